#include "lens/syscalls/decode.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <vector>

namespace kit::syscalls {
namespace {

bool read_memory(pid_t process, std::uint64_t address, void* to, std::size_t size) {
  iovec here{to, size};
  iovec there{reinterpret_cast<void*>(address), size};
  return ::process_vm_readv(process, &here, 1, &there, 1, 0) == static_cast<ssize_t>(size);
}

void write_word(pid_t process, std::uint64_t address, std::uint64_t value) {
  iovec here{&value, sizeof value};
  iovec there{reinterpret_cast<void*>(address), sizeof value};
  (void)::process_vm_writev(process, &here, 1, &there, 1, 0);
}

std::string proc(pid_t process, const std::string& what) {
  return "/proc/" + std::to_string(process) + "/" + what;
}

std::string link_text(const std::string& path) {
  char text[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), text, sizeof text);
  return size < 0 ? "" : std::string(text, static_cast<std::size_t>(size));
}

void identify(File& file, const std::string& path, bool follow) {
  struct stat status {};
  if ((follow ? ::stat(path.c_str(), &status) : ::lstat(path.c_str(), &status)) != 0) return;
  file.device = status.st_dev;
  file.inode = status.st_ino;
  file.is_directory = S_ISDIR(status.st_mode);
  file.is_regular = S_ISREG(status.st_mode);
}

// A path as the child means it: relative to its directory, and its own /proc/self.
File file_named(pid_t process, int directory, const std::string& given) {
  File file;
  if (given.empty()) return file_behind(process, directory);  // AT_EMPTY_PATH
  std::string path = given;
  const bool in_proc = path.starts_with("/proc/self/");
  if (in_proc) {
    path = proc(process, path.substr(std::strlen("/proc/self/")));
  } else if (path[0] != '/') {
    const std::string base =
        link_text(proc(process, directory == AT_FDCWD ? "cwd" : "fd/" + std::to_string(directory)));
    path = base + "/" + path;
  }
  file.path = path;
  identify(file, path, in_proc);
  return file;
}

std::vector<iovec> read_vector(pid_t process, std::uint64_t address, std::uint64_t count) {
  std::vector<iovec> parts(std::min<std::uint64_t>(count, IOV_MAX));
  if (!parts.empty() &&
      !read_memory(process, address, parts.data(), parts.size() * sizeof(iovec))) {
    parts.clear();
  }
  return parts;
}

}  // namespace

std::string read_string(pid_t process, std::uint64_t address) {
  constexpr std::uint64_t kPage = 4096;
  std::string text;
  while (text.size() < PATH_MAX) {
    // Never across a page's end: the next page may not be there.
    char part[kPage];
    const std::uint64_t size = kPage - address % kPage;
    if (!read_memory(process, address, part, size)) break;
    const std::size_t length = ::strnlen(part, size);
    text.append(part, length);
    if (length < size) break;
    address += size;
  }
  return text;
}

File file_behind(pid_t process, int descriptor) {
  File file;
  file.descriptor = descriptor;
  const std::string link = proc(process, "fd/" + std::to_string(descriptor));
  file.path = link_text(link);
  identify(file, link, true);
  return file;
}

void decode(Call& call) {
  int directory = AT_FDCWD;
  for (std::size_t i = 0; i < call.shape.size() && i < call.arguments.size(); ++i) {
    const std::uint64_t value = call.arguments[i];
    switch (call.shape[i]) {
      case 'f':
      case 'F':
        call.files.push_back(file_behind(call.thread, static_cast<int>(value)));
        break;
      case 'd':
      case 'D':
        directory = static_cast<int>(value);
        break;
      case 'p':
      case 'q':
        call.files.push_back(file_named(call.thread, directory, read_string(call.thread, value)));
        break;
      case 'n':
        call.asked = value;
        break;
      case 'v':
        for (const iovec& part : read_vector(call.thread, value, call.arguments[i + 1])) {
          call.asked += part.iov_len;
        }
        break;
      default:
        break;
    }
  }
}

void decode_result(Call& call) {
  if (call.result < 0 || (call.family != Family::open && call.family != Family::accept)) return;
  call.files.push_back(file_behind(call.thread, static_cast<int>(call.result)));
}

std::uint64_t ShortVector::shrink(pid_t process, std::uint64_t address, std::uint64_t count,
                                  std::uint64_t bytes) {
  const std::vector<iovec> parts = read_vector(process, address, count);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].iov_len >= bytes) {
      process_ = process;
      address_ = address + i * sizeof(iovec) + offsetof(iovec, iov_len);
      length_ = parts[i].iov_len;
      write_word(process, address_, bytes);
      return i + 1;
    }
    bytes -= parts[i].iov_len;
  }
  return count;
}

void ShortVector::restore() const {
  if (address_ != 0) write_word(process_, address_, length_);
}

}  // namespace kit::syscalls
