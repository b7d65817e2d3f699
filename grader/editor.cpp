#include "editor.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <vector>

#include "errors.hpp"

extern char** environ;

namespace kit {

namespace fs = std::filesystem;

namespace {

bool on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((fs::path(folder.empty() ? "." : folder) / program).c_str(), X_OK) == 0)
      return true;
  }
  return false;
}

// The words of the variable are the program and its options: "code --wait".
std::vector<std::string> editor() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    const char* value = std::getenv(name);
    std::istringstream text(value ? value : "");
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(word);
    if (!words.empty()) return words;
  }
  for (const char* program : {"code", "vim", "nano"}) {
    if (on_path(program)) return {program};
  }
  return {};
}

// Ctrl-C belongs to the editor while it runs: an interrupted wait goes on.
void run_and_wait(std::vector<std::string> words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int error =
      ::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ);
  const std::string mend = "Set EDITOR to the one you use:   EDITOR=nano ./kit open";
  if (error != 0) {
    throw KitError(
        fmt::format("The editor \"{}\" can't be started: {}.", words[0], std::strerror(error)),
        mend);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw KitError("The editor was lost sight of.");
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw KitError(fmt::format("The editor \"{}\" ended with an error.", words[0]), mend);
  }
}

}  // namespace

void open_in_editor(const fs::path& file) {
  std::vector<std::string> words = editor();
  if (words.empty()) {
    throw KitError(
        "No editor was found: VISUAL and EDITOR are not set, and code, vim and nano are not "
        "installed.",
        fmt::format("Open {} in any editor.", file.string()));
  }
  words.push_back(file.string());
  run_and_wait(words);
}

}  // namespace kit
