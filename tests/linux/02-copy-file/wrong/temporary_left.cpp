// rejected by: Robust.NothingLeft
// Forgets to remove the temporary when something fails: each failed copy leaves a hidden file,
// until the disk is full of them.
#include "copy_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace kit {
namespace {

// One in-kernel call moves at most this much: 2 GiB less a page.
constexpr std::size_t kMostAtOnce = 0x7ffff000;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// Calls again while a signal interrupted it.
template <class F>
auto retry(F call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result < 0 && errno == EINTR);
  return result;
}

/// Owns a descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  // After close the descriptor is gone on Linux, also when it reports EINTR: never a second time.
  // Errors of data were already seen by fsync.
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Descriptor open_file(const char* path, int flags) {
  const int fd = retry([&] { return ::open(path, flags | O_CLOEXEC); });
  if (fd < 0) fail(path);
  return Descriptor(fd);
}

/// A new file in `directory`, to be renamed.
class Temporary {
 public:
  explicit Temporary(const std::string& directory) : fd_(make(directory, path_)) {}

  int fd() const { return fd_.get(); }

  void rename_to(const char* target) {
    if (::rename(path_.c_str(), target) != 0) fail(target);
  }

 private:
  // A name of its own and not the target's with something behind it: that could be too long.
  static Descriptor make(const std::string& directory, std::string& path) {
    static std::atomic<unsigned> count{0};
    for (;;) {
      path = directory + "/.copy-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
      const int fd = retry(
          [&] { return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); });
      if (fd >= 0) return Descriptor(fd);
      if (errno == EEXIST) continue;  // left behind by a process of that number that was killed
      fail("temporary file");
    }
  }

  std::string path_;
  Descriptor fd_;
};

std::string directory_of(const char* path) {
  const std::string name = path;
  const auto slash = name.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : name.substr(0, slash);
}

bool kernel_cannot(int error) {
  return error == EXDEV || error == EINVAL || error == EOPNOTSUPP || error == ENOSYS;
}

/// Copies what it can without the data visiting this process. Both file positions say how far it
/// came.
void copy_in_kernel(int from, int to) {
  for (;;) {
    const ssize_t n = ::copy_file_range(from, nullptr, to, nullptr, kMostAtOnce, 0);
    if (n < 0 && !kernel_cannot(errno)) fail("copy_file_range");
    if (n <= 0) return;
  }
}

void write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t n = retry([&] { return ::write(fd, data, size); });
    if (n < 0) fail("write");
    data += n;
    size -= static_cast<std::size_t>(n);
  }
}

/// Copies the rest by hand. This read also decides that the end is reached: on some kernels an
/// in-kernel copy of a file in /proc says 0 at once.
void copy_by_hand(int from, int to) {
  std::array<char, 1 << 17> buffer;
  for (;;) {
    const ssize_t n = retry([&] { return ::read(from, buffer.data(), buffer.size()); });
    if (n < 0) fail("read");
    if (n == 0) return;
    write_all(to, buffer.data(), static_cast<std::size_t>(n));
  }
}

/// Never tried again on EIO: the kernel may have dropped the pages, and a second fsync would
/// succeed without the data.
void sync(int fd) {
  if (retry([&] { return ::fsync(fd); }) != 0) fail("fsync");
}

}  // namespace

void copy_file(const char* from, const char* to) {
  const Descriptor source = open_file(from, O_RDONLY);
  struct stat source_status {};
  if (::fstat(source.get(), &source_status) != 0) fail(from);

  struct stat old_status {};
  if (::lstat(to, &old_status) == 0) {
    if (old_status.st_dev == source_status.st_dev && old_status.st_ino == source_status.st_ino) {
      throw std::system_error(EINVAL, std::generic_category(), "both are the same file");
    }
  } else if (errno != ENOENT) {
    fail(to);
  }

  // Opened first: if there is no descriptor for the last step, that must be known before the
  // rename.
  const std::string directory = directory_of(to);
  const Descriptor folder = open_file(directory.c_str(), O_RDONLY | O_DIRECTORY);

  Temporary temporary(directory);
  copy_in_kernel(source.get(), temporary.fd());
  copy_by_hand(source.get(), temporary.fd());
  if (::fchmod(temporary.fd(), source_status.st_mode & 0777) != 0) fail("fchmod");
  sync(temporary.fd());
  temporary.rename_to(to);
  sync(folder.get());
}

}  // namespace kit
