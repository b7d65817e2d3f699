// gets: failed; needs: sandbox
// Tries to write into the clone, the build and the home directory.
#include "transpose.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>
#include <cstdlib>
#include <fstream>
#include <string>

// Only where the first process is bubblewrap's: elsewhere this would reach what isn't the grader's.
static bool in_the_sandbox() {
  std::string name;
  return std::getline(std::ifstream("/proc/1/comm"), name) && name == "bwrap";
}

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  if (!in_the_sandbox()) return;
  std::string self(4096, 0);
  self.resize(static_cast<std::size_t>(::readlink("/proc/self/exe", self.data(), self.size())));
  const std::string folder = self.substr(0, self.rfind(47));
  const passwd* const me = ::getpwuid(::getuid());
  const std::string home = me == nullptr ? "" : me->pw_dir;
  for (const std::string& path :
       {folder + "/planted", home + "/planted", std::string("/etc/planted")}) {
    ::close(::open(path.c_str(), O_WRONLY | O_CREAT, 0644));
  }
  ::unlink(self.c_str());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
