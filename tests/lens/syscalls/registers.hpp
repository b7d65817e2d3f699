// The registers of a stopped thread, as far as system calls go. The one file that knows the
// architecture.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

#include <array>
#include <cstdint>
#include <vector>

namespace kit::syscalls {

class Registers {
 public:
  /// Of a thread that is stopped under ptrace. False if it has gone.
  bool read(pid_t thread);
  bool write(pid_t thread) const;

  std::uint64_t argument(std::size_t i) const;
  void set_argument(std::size_t i, std::uint64_t value);
  void set_result(std::int64_t value);
  std::uint64_t stack_pointer() const;
  std::uint64_t program_counter() const;

  /// Back to the instruction that makes call `number`.
  void rewind(long number);

  /// In the order in which DWARF numbers them, as far as unwinding asks for them.
  std::vector<std::uint64_t> in_dwarf_order() const;

 private:
#if defined(__x86_64__)
  user_regs_struct native_{};
#elif defined(__aarch64__)
  user_pt_regs native_{};
#else
#error "the lens syscalls knows x86-64 and aarch64"
#endif
};

/// At the exit of a cancelled call: the thread makes it again, with the registers it had at its
/// entry, but handles first what signals there are.
bool start_again(pid_t thread, const Registers& entry, long number);

/// At the entry of a call: it won't be run, and its result is whatever the exit stop sets.
bool cancel_call(pid_t thread, Registers& registers);

}  // namespace kit::syscalls
