// The lock on a clone's build tree.
#pragma once

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>

#include "descriptor.hpp"
#include "errors.hpp"
#include "interrupt.hpp"
#include "terminal.hpp"

namespace kit {

/// One build at a time, of one clone: held while ninja runs, and while what it reads is written.
class BuildLock {
 public:
  explicit BuildLock(const std::filesystem::path& build, const Terminal* terminal = nullptr) {
    open(build);
    bool said = false;
    while (::flock(fd_.get(), LOCK_EX | LOCK_NB) != 0) {
      if (!said && terminal != nullptr)
        terminal->progress("waiting for another build of this clone");
      said = true;
      ::usleep(20'000);
      throw_if_interrupted();
    }
    if (said && terminal != nullptr) terminal->progress("");
  }

  /// If nobody has it.
  static std::optional<BuildLock> at_once(const std::filesystem::path& build) {
    BuildLock lock;
    lock.open(build);
    if (::flock(lock.fd(), LOCK_EX | LOCK_NB) != 0) return std::nullopt;
    return lock;
  }

  /// A process that keeps this descriptor open keeps the lock, also when the one who took it lets go.
  int fd() const { return fd_.get(); }

 private:
  BuildLock() = default;
  void open(const std::filesystem::path& build) {
    std::error_code error;
    std::filesystem::create_directories(build, error);
    fd_ = Descriptor(::open((build / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!fd_) {
      throw KitError(
          fmt::format("{} can't be written: {}.", build.string(), std::strerror(errno)),
          fmt::format("Mend its owner or make room:   ls -ld {0} && df -h {0}", build.string()));
    }
  }

  Descriptor fd_;
};

}  // namespace kit
