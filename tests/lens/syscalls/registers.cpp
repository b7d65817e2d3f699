#include "lens/syscalls/registers.hpp"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

namespace kit::syscalls {

bool Registers::read(pid_t thread) {
  iovec place{&native_, sizeof native_};
  return ::ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &place) == 0;
}

bool Registers::write(pid_t thread) const {
  iovec place{const_cast<void*>(static_cast<const void*>(&native_)), sizeof native_};
  return ::ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &place) == 0;
}

bool start_again(pid_t thread, const Registers& entry, long number) {
  Registers again = entry;
  again.rewind(number);
  return again.write(thread);
}

#if defined(__x86_64__)

namespace {
constexpr unsigned long long user_regs_struct::*kArguments[] = {
    &user_regs_struct::rdi, &user_regs_struct::rsi, &user_regs_struct::rdx,
    &user_regs_struct::r10, &user_regs_struct::r8,  &user_regs_struct::r9};
}

std::uint64_t Registers::argument(std::size_t i) const {
  return native_.*kArguments[i];
}
void Registers::set_argument(std::size_t i, std::uint64_t value) {
  native_.*kArguments[i] = value;
}
void Registers::set_result(std::int64_t value) {
  native_.rax = static_cast<std::uint64_t>(value);
}
std::uint64_t Registers::stack_pointer() const {
  return native_.rsp;
}
std::uint64_t Registers::program_counter() const {
  return native_.rip;
}

void Registers::rewind(long number) {
  native_.rip -= 2;  // `syscall`
  native_.rax = static_cast<unsigned long long>(number);
  native_.orig_rax = static_cast<unsigned long long>(-1);  // in no call: the kernel restarts none
}

std::vector<std::uint64_t> Registers::in_dwarf_order() const {
  const auto& r = native_;
  return {r.rax, r.rdx, r.rcx, r.rbx, r.rsi, r.rdi, r.rbp, r.rsp, r.r8,
          r.r9,  r.r10, r.r11, r.r12, r.r13, r.r14, r.r15, r.rip};
}

bool cancel_call(pid_t thread, Registers& registers) {
  user_regs_struct native{};
  iovec place{&native, sizeof native};
  if (::ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &place) != 0) return false;
  native.orig_rax = static_cast<unsigned long long>(-1);
  return ::ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &place) == 0 && registers.read(thread);
}

#elif defined(__aarch64__)

std::uint64_t Registers::argument(std::size_t i) const {
  return native_.regs[i];
}
void Registers::set_argument(std::size_t i, std::uint64_t value) {
  native_.regs[i] = value;
}
void Registers::set_result(std::int64_t value) {
  native_.regs[0] = static_cast<std::uint64_t>(value);
}
std::uint64_t Registers::stack_pointer() const {
  return native_.sp;
}
std::uint64_t Registers::program_counter() const {
  return native_.pc;
}

void Registers::rewind(long number) {
  native_.pc -= 4;  // `svc #0`; the argument in x0 is that of the entry
  native_.regs[8] = static_cast<std::uint64_t>(number);
}

std::vector<std::uint64_t> Registers::in_dwarf_order() const {
  std::vector<std::uint64_t> all(std::begin(native_.regs), std::end(native_.regs));
  all.push_back(native_.sp);
  return all;
}

bool cancel_call(pid_t thread, Registers& registers) {
  int number = -1;
  iovec place{&number, sizeof number};
  constexpr int kSystemCall = 0x404;  // NT_ARM_SYSTEM_CALL
  return ::ptrace(PTRACE_SETREGSET, thread, kSystemCall, &place) == 0 && registers.read(thread);
}

#endif

}  // namespace kit::syscalls
