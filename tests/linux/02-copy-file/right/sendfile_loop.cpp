// Another style: sendfile, mkostemp, an explicit list of what to undo, errors as return values
// until the end.
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include "copy_file.hpp"

namespace kit {
namespace {

struct Job {
  int in = -1;
  int out = -1;
  int dir = -1;
  std::string temporary;  // empty unless there is a file to remove

  void undo() {
    if (!temporary.empty()) ::unlink(temporary.c_str());
    for (const int fd : {in, out, dir}) {
      if (fd >= 0) ::close(fd);
    }
  }
};

// 0, or an errno.
int copy_bytes(int in, int out) {
  for (;;) {
    const ssize_t n = ::sendfile(out, in, nullptr, std::size_t{1} << 30);
    if (n == 0) return 0;
    if (n < 0 && errno != EINTR) break;
  }
  if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP && errno != EXDEV) return errno;
  std::vector<char> buffer(1 << 20);
  for (;;) {
    const ssize_t got = ::read(in, buffer.data(), buffer.size());
    if (got == 0) return 0;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    for (ssize_t done = 0; done < got;) {
      const ssize_t n = ::write(out, buffer.data() + done, static_cast<std::size_t>(got - done));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) return errno;
      done += n;
    }
  }
}

int flush(int fd) {
  while (::fsync(fd) != 0) {
    if (errno != EINTR) return errno;
  }
  return 0;
}

int copy(Job& job, const char* from, const char* to) {
  job.in = ::open(from, O_RDONLY | O_CLOEXEC);
  struct stat source {
  }, target{};
  if (job.in < 0 || ::fstat(job.in, &source) != 0) return errno;
  const bool exists = ::lstat(to, &target) == 0;
  if (!exists && errno != ENOENT) return errno;
  if (exists && source.st_dev == target.st_dev && source.st_ino == target.st_ino) return EINVAL;

  const std::string name = to;
  const auto slash = name.rfind('/');
  const std::string prefix = slash == std::string::npos ? "./" : name.substr(0, slash + 1);
  std::string pattern = prefix + ".newXXXXXX";
  job.out = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (job.out < 0) return errno;
  job.temporary = pattern;

  if (const int error = copy_bytes(job.in, job.out)) return error;
  if (::fchmod(job.out, source.st_mode & 0777) != 0) return errno;
  if (const int error = flush(job.out)) return error;
  if (::rename(job.temporary.c_str(), to) != 0) return errno;
  job.temporary.clear();
  job.dir = ::open(prefix.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return job.dir < 0 ? errno : flush(job.dir);
}

}  // namespace

void copy_file(const char* from, const char* to) {
  Job job;
  const int error = copy(job, from, to);
  job.undo();
  if (error != 0) throw std::system_error(error, std::generic_category(), to);
}

}  // namespace kit
