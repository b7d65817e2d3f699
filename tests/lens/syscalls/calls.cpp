#include "lens/syscalls/calls.hpp"

#include <linux/fs.h>
#include <linux/sched.h>
#include <sched.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace kit::syscalls {
namespace {

// Newer than the kernel headers of some systems; one number on every architecture.
constexpr long kFchmodat2 = 452;

constexpr CallKind kKinds[] = {
    {SYS_read, "read", Family::read, "f.n"},
    {SYS_readv, "readv", Family::read, "fvc"},
    {SYS_pread64, "pread64", Family::read, "f.ni"},
    {SYS_preadv, "preadv", Family::read, "fvci"},
    {SYS_preadv2, "preadv2", Family::read, "fvci"},
    {SYS_recvfrom, "recvfrom", Family::read, "f.n"},
    {SYS_recvmsg, "recvmsg", Family::read, "f"},
    {SYS_write, "write", Family::write, "f.n"},
    {SYS_writev, "writev", Family::write, "fvc"},
    {SYS_pwrite64, "pwrite64", Family::write, "f.ni"},
    {SYS_pwritev, "pwritev", Family::write, "fvci"},
    {SYS_pwritev2, "pwritev2", Family::write, "fvci"},
    {SYS_sendto, "sendto", Family::write, "f.n"},
    {SYS_sendmsg, "sendmsg", Family::write, "f"},
    {SYS_copy_file_range, "copy_file_range", Family::copy_range, "f.F.n"},
    {SYS_sendfile, "sendfile", Family::send_file, "Ff.n"},
    {SYS_splice, "splice", Family::send_file, "f.F.n"},
    {SYS_tee, "tee", Family::send_file, "fFn"},
    {SYS_openat, "openat", Family::open, "dpom"},
    {SYS_openat2, "openat2", Family::open, "dp"},
    {SYS_close, "close", Family::close, "f"},
    {SYS_close_range, "close_range", Family::other, "ii"},
    {SYS_fstat, "fstat", Family::stat, "f"},
    {SYS_newfstatat, "newfstatat", Family::stat, "dp"},
    {SYS_statx, "statx", Family::stat, "dp"},
    {SYS_faccessat, "faccessat", Family::stat, "dp"},
    {SYS_faccessat2, "faccessat2", Family::stat, "dp"},
    {SYS_fsync, "fsync", Family::sync, "f"},
    {SYS_fdatasync, "fdatasync", Family::sync, "f"},
    {SYS_syncfs, "syncfs", Family::sync, "f"},
    {SYS_sync, "sync", Family::sync, ""},
    // Starts or awaits the writing of some pages, and promises nothing after a power cut.
    {SYS_sync_file_range, "sync_file_range", Family::other, "fiii"},
    {SYS_renameat2, "renameat2", Family::rename, "dpDqi"},
    {SYS_linkat, "linkat", Family::link, "dpDq"},
    {SYS_symlinkat, "symlinkat", Family::other, "pDq"},
    {SYS_unlinkat, "unlinkat", Family::unlink, "dp"},
    {SYS_mkdirat, "mkdirat", Family::other, "dpm"},
    {SYS_fchmod, "fchmod", Family::chmod, "fm"},
    {SYS_fchmodat, "fchmodat", Family::chmod, "dpm"},
    {kFchmodat2, "fchmodat2", Family::chmod, "dpmi"},
    {SYS_fchown, "fchown", Family::other, "fii"},
    {SYS_fchownat, "fchownat", Family::other, "dpii"},
    {SYS_ftruncate, "ftruncate", Family::truncate, "fi"},
    {SYS_truncate, "truncate", Family::truncate, "pi"},
    {SYS_fallocate, "fallocate", Family::truncate, "fiii"},
    {SYS_setxattr, "setxattr", Family::other, "p..ni"},
    {SYS_fsetxattr, "fsetxattr", Family::other, "f..ni"},
    {SYS_getxattr, "getxattr", Family::other, "p..n"},
    {SYS_fgetxattr, "fgetxattr", Family::other, "f..n"},
    {SYS_flistxattr, "flistxattr", Family::other, "f.n"},
    {SYS_utimensat, "utimensat", Family::other, "dp"},
    {SYS_statfs, "statfs", Family::other, "p"},
    {SYS_fstatfs, "fstatfs", Family::other, "f"},
    {SYS_readahead, "readahead", Family::other, "fii"},
    {SYS_vmsplice, "vmsplice", Family::other, "fvc"},
    {SYS_lseek, "lseek", Family::seek, "fii"},
    {SYS_fadvise64, "fadvise64", Family::other, "fiii"},
    {SYS_getdents64, "getdents64", Family::other, "f"},
    {SYS_ioctl, "ioctl", Family::other, "fi"},
    {SYS_fcntl, "fcntl", Family::other, "fii"},
    {SYS_flock, "flock", Family::lock, "fi"},
    {SYS_ppoll, "ppoll", Family::poll, ".i"},
    {SYS_pselect6, "pselect6", Family::poll, "i"},
    {SYS_epoll_pwait, "epoll_pwait", Family::poll, "f.ii"},
    {SYS_wait4, "wait4", Family::wait, "i"},
    {SYS_waitid, "waitid", Family::wait, "ii"},
    {SYS_execve, "execve", Family::exec, "p"},
    {SYS_execveat, "execveat", Family::exec, "dp"},
    {SYS_pipe2, "pipe2", Family::pipe, ".o"},
    {SYS_eventfd2, "eventfd2", Family::event, "io"},
    {SYS_timerfd_create, "timerfd_create", Family::event, "io"},
    {SYS_timerfd_settime, "timerfd_settime", Family::other, "f"},
    {SYS_signalfd4, "signalfd4", Family::event, "i"},
    {SYS_pidfd_open, "pidfd_open", Family::event, "i"},
    {SYS_epoll_create1, "epoll_create1", Family::event, "i"},
    {SYS_epoll_ctl, "epoll_ctl", Family::other, "fif"},
    {SYS_inotify_init1, "inotify_init1", Family::event, "i"},
    {SYS_memfd_create, "memfd_create", Family::event, ""},
    {SYS_dup, "dup", Family::duplicate, "f"},
    {SYS_dup3, "dup3", Family::duplicate, "fii"},
    {SYS_futex, "futex", Family::futex, ".ii"},
    {SYS_accept, "accept", Family::accept, "f"},
    {SYS_accept4, "accept4", Family::accept, "f"},
    {SYS_connect, "connect", Family::connect, "f"},
    {SYS_socket, "socket", Family::event, "iii"},
    {SYS_socketpair, "socketpair", Family::pipe, "iii"},
    {SYS_nanosleep, "nanosleep", Family::sleep, ""},
    {SYS_clock_nanosleep, "clock_nanosleep", Family::sleep, "ii"},
    {SYS_rt_sigsuspend, "rt_sigsuspend", Family::sleep, ""},
    {SYS_rt_sigtimedwait, "rt_sigtimedwait", Family::sleep, ""},
    {SYS_rt_sigaction, "rt_sigaction", Family::other, "i"},
    {SYS_mmap, "mmap", Family::map, ".n..f"},
    {SYS_msync, "msync", Family::other, ".n"},
    {SYS_kill, "kill", Family::kill, "ii"},
    {SYS_tgkill, "tgkill", Family::kill, "iii"},
    {SYS_pidfd_send_signal, "pidfd_send_signal", Family::kill, "fi"},
    {SYS_exit, "exit", Family::other, "i"},
    {SYS_exit_group, "exit_group", Family::other, "i"},
    {SYS_umask, "umask", Family::other, "m"},
    {SYS_getcwd, "getcwd", Family::other, ""},
    {SYS_chdir, "chdir", Family::other, "p"},
    {SYS_fchdir, "fchdir", Family::other, "f"},
    {SYS_getppid, "getppid", Family::other, ""},
    {SYS_getuid, "getuid", Family::other, ""},
    {SYS_geteuid, "geteuid", Family::other, ""},
    {SYS_getgid, "getgid", Family::other, ""},
    {SYS_getegid, "getegid", Family::other, ""},
    {SYS_getpid, "getpid", Family::other, ""},
    {SYS_uname, "uname", Family::other, ""},
    {SYS_sysinfo, "sysinfo", Family::other, ""},
    {SYS_io_uring_setup, "io_uring_setup", Family::other, "i"},
    {SYS_io_uring_enter, "io_uring_enter", Family::other, "fii"},
    {SYS_mlock, "mlock", Family::other, ".i"},
    {SYS_readlinkat, "readlinkat", Family::other, "dp"},
    {SYS_setpgid, "setpgid", Family::other, "ii"},
    {SYS_prctl, "prctl", Family::other, "i"},
    {SYS_sched_yield, "sched_yield", Family::other, ""},
    {SYS_prlimit64, "prlimit64", Family::other, "ii"},
    {SYS_clone3, "clone3", Family::fork, ""},
    {SYS_clone, "clone", Family::fork, ""},
#ifdef __x86_64__  // older calls, which newer architectures never had
    {SYS_open, "open", Family::open, "pom"},
    {SYS_creat, "creat", Family::open, "pm"},
    {SYS_stat, "stat", Family::stat, "p"},
    {SYS_lstat, "lstat", Family::stat, "p"},
    {SYS_access, "access", Family::stat, "p"},
    {SYS_rename, "rename", Family::rename, "pq"},
    {SYS_renameat, "renameat", Family::rename, "dpDq"},
    {SYS_link, "link", Family::link, "pq"},
    {SYS_symlink, "symlink", Family::other, "pq"},
    {SYS_unlink, "unlink", Family::unlink, "p"},
    {SYS_mkdir, "mkdir", Family::other, "pm"},
    {SYS_rmdir, "rmdir", Family::other, "p"},
    {SYS_chmod, "chmod", Family::chmod, "pm"},
    {SYS_chown, "chown", Family::other, "pii"},
    {SYS_readlink, "readlink", Family::other, "p"},
    {SYS_poll, "poll", Family::poll, ".ii"},
    {SYS_select, "select", Family::poll, "i"},
    {SYS_epoll_wait, "epoll_wait", Family::poll, "f.ii"},
    {SYS_epoll_create, "epoll_create", Family::event, "i"},
    {SYS_eventfd, "eventfd", Family::event, "i"},
    {SYS_signalfd, "signalfd", Family::event, "i"},
    {SYS_pipe, "pipe", Family::pipe, "."},
    {SYS_dup2, "dup2", Family::duplicate, "fi"},
    {SYS_fork, "fork", Family::fork, ""},
    {SYS_vfork, "vfork", Family::fork, ""},
    {SYS_pause, "pause", Family::sleep, ""},
    {SYS_alarm, "alarm", Family::other, "i"},
#endif
};

constexpr std::array<std::string_view, 31> kFamilies = {
    "read",   "write",   "copy_range", "send_file", "clone_file", "open",     "close",     "stat",
    "sync",   "rename",  "link",       "unlink",    "chmod",      "truncate", "seek",      "poll",
    "wait",   "fork",    "thread",     "exec",      "pipe",       "event",    "duplicate", "futex",
    "accept", "connect", "sleep",      "map",       "kill",       "lock",     "other"};
static_assert(kFamilies.size() == static_cast<std::size_t>(Family::other) + 1);

// "syscall 277", kept for good: a call's name is a view.
std::string_view numbered(long number) {
  static std::map<long, std::string> names;
  return names.try_emplace(number, "syscall " + std::to_string(number)).first->second;
}

}  // namespace

std::string_view name_of(Family family) {
  return kFamilies[static_cast<std::size_t>(family)];
}

CallKind kind_of(long number, const std::uint64_t* arguments) {
  const auto* found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const CallKind& kind) { return kind.number == number; });
  if (found == std::end(kKinds)) {
    return {number, numbered(number), Family::other, "iii"};
  }
  CallKind kind = *found;
  // 32 bits of the request count: a caller may pass it sign-extended.
  const auto request = static_cast<std::uint32_t>(arguments[1]);
  if (number == SYS_ioctl && request == FICLONE) {
    return {number, "ioctl FICLONE", Family::clone_file, "F.f"};
  }
  if (number == SYS_ioctl && request == FICLONERANGE) {
    return {number, "ioctl FICLONERANGE", Family::clone_file, "F"};
  }
  if (number == SYS_clone && (arguments[0] & CLONE_THREAD) != 0) kind.family = Family::thread;
  // The flags of clone3 lie in memory; the tracer corrects the family from the event that follows.
  return kind;
}

}  // namespace kit::syscalls
