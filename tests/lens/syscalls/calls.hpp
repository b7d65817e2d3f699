// The system calls that the lens knows by name: to which family each belongs, and what its
// arguments mean.
//
// Faults are planned by family and never by name: whoever reads with readv or pread is met by a
// fault for reading too.
#pragma once

#include <cstdint>
#include <string_view>

namespace kit::syscalls {

enum class Family {
  read,        // read, readv, pread64, preadv, recvfrom, recvmsg
  write,       // write, writev, pwrite64, pwritev, sendto, sendmsg
  copy_range,  // copy_file_range
  send_file,   // sendfile, splice, tee
  clone_file,  // ioctl FICLONE and FICLONERANGE
  open,
  close,
  stat,
  sync,  // fsync, fdatasync, syncfs, sync
  rename,
  link,
  unlink,
  chmod,
  truncate,
  seek,
  poll,
  wait,
  fork,  // processes; a new thread is `thread`
  thread,
  exec,
  pipe,
  event,  // eventfd, timerfd, signalfd, pidfd, epoll, inotify: what makes a descriptor
  duplicate,
  futex,
  accept,
  connect,
  sleep,
  map,
  kill,
  lock,
  other
};

std::string_view name_of(Family family);

/// `shape` has a letter for each argument:
///   f descriptor         F descriptor that is written to
///   d directory of       p path              D, q  the same for the second path
///   n length             v, c  iovec and its count
///   o open flags         m mode              i number worth showing     . not worth showing
struct CallKind {
  long number = -1;
  std::string_view name;
  Family family = Family::other;
  std::string_view shape;
};

/// Never fails: an unknown number gets a name such as "syscall 277" and the family `other`.
CallKind kind_of(long number, const std::uint64_t* arguments);

}  // namespace kit::syscalls
