// Another style: a file without a name (O_TMPFILE), so that a killed copy leaves nothing behind. It
// gets a name by linkat and its place by rename, since linkat never replaces. Where the file system
// has no O_TMPFILE: a named one at once.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <random>
#include <string>
#include <system_error>

#include "copy_file.hpp"

namespace kit {
namespace {

class Errno : public std::system_error {
 public:
  explicit Errno(const char* what) : Errno(errno, what) {}
  Errno(int error, const char* what) : system_error(error, std::generic_category(), what) {}
};

class File {
 public:
  File(const std::string& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return fd_ >= 0; }
  operator int() const { return fd_; }

 private:
  int fd_;
};

struct NameToRemove {
  std::string path;
  ~NameToRemove() {
    if (!path.empty()) ::unlink(path.c_str());
  }
};

std::string random_name(const std::string& folder) {
  static std::mt19937_64 random{static_cast<std::uint64_t>(::getpid())};
  return folder + "/.part" + std::to_string(random());
}

ssize_t read_some(int fd, char* data, std::size_t size) {
  for (;;) {
    const ssize_t n = ::read(fd, data, size);
    if (n >= 0 || errno != EINTR) return n;
  }
}

void copy_all(int in, int out) {
  for (bool kernel = true; kernel;) {
    const ssize_t n = ::copy_file_range(in, nullptr, out, nullptr, 0x40000000, 0);
    if (n < 0 && errno != ENOSYS && errno != EXDEV && errno != EINVAL && errno != EOPNOTSUPP) {
      throw Errno("copy_file_range");
    }
    kernel = n > 0;
  }
  constexpr std::size_t kBuffer = 1 << 18;
  const auto buffer = std::make_unique<char[]>(kBuffer);
  for (ssize_t got; (got = read_some(in, buffer.get(), kBuffer)) != 0;) {
    if (got < 0) throw Errno("read");
    const char* data = buffer.get();
    while (got > 0) {
      const ssize_t n = ::write(out, data, static_cast<std::size_t>(got));
      if (n < 0 && errno != EINTR) throw Errno("write");
      if (n < 0) continue;
      data += n;
      got -= n;
    }
  }
}

void flush(int fd) {
  while (::fsync(fd) < 0) {
    if (errno != EINTR) throw Errno("fsync");
  }
}

}  // namespace

void copy_file(const char* from, const char* to) {
  const File in(from, O_RDONLY);
  struct stat source {
  }, old{};
  if (!in || ::fstat(in, &source) < 0) throw Errno(from);
  if (::lstat(to, &old) == 0 && old.st_dev == source.st_dev && old.st_ino == source.st_ino) {
    throw Errno(EINVAL, "the same file");
  }

  const std::string path = to;
  const auto slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  NameToRemove name;
  auto out = std::make_unique<File>(folder, O_TMPFILE | O_RDWR, 0600);
  const bool unnamed = static_cast<bool>(*out);
  if (!unnamed) {
    if (errno != EOPNOTSUPP && errno != EISDIR) throw Errno("temporary");
    std::string temporary;
    do {
      temporary = random_name(folder);
      out = std::make_unique<File>(temporary, O_CREAT | O_EXCL | O_RDWR, 0600);
    } while (!*out && errno == EEXIST);
    if (!*out) throw Errno("temporary");
    name.path = temporary;
  }
  copy_all(in, *out);
  if (::fchmod(*out, source.st_mode & 0777) < 0) throw Errno("fchmod");
  flush(*out);
  while (unnamed && name.path.empty()) {
    const std::string self = "/proc/self/fd/" + std::to_string(static_cast<int>(*out));
    const std::string temporary = random_name(folder);
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, temporary.c_str(), AT_SYMLINK_FOLLOW) == 0) {
      name.path = temporary;
    } else if (errno != EEXIST) {
      throw Errno("linkat");
    }
  }
  if (::rename(name.path.c_str(), to) < 0) throw Errno(to);
  name.path.clear();
  const File directory(folder, O_RDONLY | O_DIRECTORY);
  if (!directory) throw Errno("directory");
  flush(directory);
}

}  // namespace kit
