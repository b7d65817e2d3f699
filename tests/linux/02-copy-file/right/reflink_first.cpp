// Another style: shares the blocks where the file system can (FICLONE), then copy_file_range, then
// preadv and pwritev; paths relative to a directory descriptor.
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <functional>
#include <string>
#include <system_error>
#include <vector>

#include "copy_file.hpp"

namespace kit {
namespace {

template <class T>
T check(T result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

// Runs its work when the scope ends.
struct AtExit {
  std::function<void()> work;
  ~AtExit() { work(); }
};

ssize_t positioned(ssize_t (*call)(int, const iovec*, int, off_t), int fd, char* data,
                   std::size_t size, off_t at) {
  const iovec part{data, size};
  ssize_t n;
  do n = call(fd, &part, 1, at);
  while (n < 0 && errno == EINTR);
  return n;
}

ssize_t read_at(int fd, const iovec* parts, int count, off_t at) {
  return ::preadv(fd, parts, count, at);
}
ssize_t write_at(int fd, const iovec* parts, int count, off_t at) {
  return ::pwritev(fd, parts, count, at);
}

void copy_data(int in, int out, bool says_its_size) {
  // A file that says 0 bytes may have some all the same: only one with a size is shared.
  if (says_its_size) {
    if (::ioctl(out, FICLONE, in) == 0) return;
    if (errno == EPERM || errno == ETXTBSY) check(-1, "FICLONE");
  }
  off_t from = 0, to = 0;
  while (says_its_size) {
    const ssize_t n = ::copy_file_range(in, &from, out, &to, std::size_t{1} << 30, 0);
    if (n == 0) return;
    if (n > 0) continue;
    if (errno == EXDEV || errno == EINVAL || errno == EOPNOTSUPP || errno == ENOSYS) break;
    check(n, "copy_file_range");
  }
  std::vector<char> buffer(1 << 20);
  while (const ssize_t got =
             check(positioned(read_at, in, buffer.data(), buffer.size(), from), "read")) {
    from += got;
    for (ssize_t done = 0; done < got;) {
      const auto left = static_cast<std::size_t>(got - done);
      const ssize_t n = check(positioned(write_at, out, buffer.data() + done, left, to), "write");
      done += n;
      to += n;
    }
  }
}

void flush(int fd) {
  int result;
  do result = ::fsync(fd);
  while (result != 0 && errno == EINTR);
  check(result, "fsync");
}

}  // namespace

void copy_file(const char* from, const char* to) {
  const std::string path = to;
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  static std::atomic<unsigned> count{0};
  std::string temporary;

  const int dir = check(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), to);
  const AtExit close_dir{[=] { ::close(dir); }};
  const int in = check(::open(from, O_RDONLY | O_CLOEXEC), from);
  const AtExit close_in{[=] { ::close(in); }};
  struct stat source {
  }, target{};
  check(::fstat(in, &source), from);
  if (::fstatat(dir, name.c_str(), &target, AT_SYMLINK_NOFOLLOW) == 0) {
    if (source.st_dev == target.st_dev && source.st_ino == target.st_ino) {
      errno = EINVAL;
      check(-1, "the same file");
    }
  } else if (errno != ENOENT) {
    check(-1, to);
  }

  int out;
  do {
    temporary = ".incoming." + std::to_string(::getpid()) + "." + std::to_string(count++);
    out = ::openat(dir, temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  } while (out < 0 && errno == EEXIST);
  check(out, "temporary");
  const AtExit close_out{[=] { ::close(out); }};
  bool renamed = false;
  const AtExit remove{[&] {
    if (!renamed) ::unlinkat(dir, temporary.c_str(), 0);
  }};
  check(::fchmod(out, source.st_mode & 0777), "fchmod");
  copy_data(in, out, source.st_size > 0);
  flush(out);
  check(::renameat(dir, temporary.c_str(), dir, name.c_str()), to);
  renamed = true;
  flush(dir);
}

}  // namespace kit
