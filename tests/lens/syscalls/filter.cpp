#include "lens/syscalls/filter.hpp"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace kit::syscalls {
namespace {

constexpr long kUnseen[] = {
    SYS_brk,
    SYS_munmap,
    SYS_mprotect,
    SYS_madvise,
    SYS_mremap,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_getrandom,
    SYS_gettid,
    SYS_sigaltstack,
    SYS_clock_gettime,
    SYS_set_robust_list,
    SYS_set_tid_address,
    SYS_rseq,
    SYS_restart_syscall,
    SYS_gettimeofday,
#ifdef __x86_64__
    SYS_arch_prctl,
    SYS_time,
#endif
};

sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}
sock_filter stop() {
  return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
}
sock_filter pass() {
  return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
}

// "If the number is this one, go on with the next `length` instructions, else skip them."
sock_filter when_number(long number, std::uint8_t length) {
  return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, length);
}

// The low half of an argument (both architectures are little-endian).
std::size_t argument(std::size_t i) {
  return offsetof(seccomp_data, args) + 8 * i;
}

}  // namespace

bool install_filter() {
  std::vector<sock_filter> program = {load(offsetof(seccomp_data, nr))};
  for (const long number : kUnseen) {
    program.push_back(when_number(number, 1));
    program.push_back(pass());
  }
  // mmap: unseen if anonymous.
  program.push_back(when_number(SYS_mmap, 4));
  program.push_back(load(argument(3)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 0, 1));
  program.push_back(pass());
  program.push_back(stop());
  // getpid: a mark if its argument says so.
  program.push_back(when_number(SYS_getpid, 4));
  program.push_back(load(argument(0)));
  program.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMark, 1, 0));
  program.push_back(pass());
  program.push_back(stop());
  program.push_back(stop());
  const sock_fprog given{static_cast<unsigned short>(program.size()), program.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &given) == 0;
}

void mark(std::uint64_t which) {
  ::syscall(SYS_getpid, std::uint64_t{kMark}, which);
}

}  // namespace kit::syscalls
