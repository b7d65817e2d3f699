#include "lens/syscalls/origin.hpp"

#include <elfutils/libdwfl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>

namespace kit::syscalls {
namespace {

constexpr std::size_t kTopOfStack = 4096;
constexpr std::size_t kDeepest = 64;

// What libdwfl asks about "the process" is answered from this copy alone. A Dwfl can be attached
// only once, so the copy changes and not the argument.
const Origin* shown = nullptr;

pid_t next_thread(Dwfl*, void* anything, void** thread) {
  const bool first = *thread == nullptr;
  *thread = anything;
  return first ? ::getpid() : 0;
}

bool set_registers(Dwfl_Thread* thread, void*) {
  const Registers& registers = shown->registers;
  std::vector<Dwarf_Word> words;
  for (const std::uint64_t value : registers.in_dwarf_order()) words.push_back(value);
#ifdef __aarch64__
  dwfl_thread_state_register_pc(thread, registers.program_counter());
#endif
  return dwfl_thread_state_registers(thread, 0, static_cast<unsigned>(words.size()), words.data());
}

bool read_word(Dwfl*, Dwarf_Addr address, Dwarf_Word* result, void*) {
  const Origin& origin = *shown;
  const std::uint64_t bottom = origin.registers.stack_pointer();
  if (address < bottom || address - bottom + sizeof *result > origin.stack.size()) return false;
  std::memcpy(result, origin.stack.data() + (address - bottom), sizeof *result);
  return true;
}

int keep_frame(Dwfl_Frame* frame, void* argument) {
  auto& counters = *static_cast<std::vector<std::uint64_t>*>(argument);
  Dwarf_Addr counter = 0;
  bool is_call = false;
  if (!dwfl_frame_pc(frame, &counter, &is_call)) return DWARF_CB_ABORT;
  counters.push_back(is_call ? counter
                             : counter - 1);  // a frame "in activation" stands where it is
  return counters.size() < kDeepest ? DWARF_CB_OK : DWARF_CB_ABORT;
}

// The lines of /proc/self/maps that the loader made. libelf maps the same files once more, to read
// them, and taken for loaded code those copies lead the unwinder astray: a file counts where a part
// of it is executable.
std::string loaded_code() {
  std::ifstream maps("/proc/self/maps");
  std::string kept, group, group_file, line;
  std::uint64_t group_end = 0;
  bool executable = false;
  const auto end_group = [&] {
    if (executable) kept += group;
    group.clear();
    executable = false;
  };
  while (std::getline(maps, line)) {
    std::istringstream fields(line);
    std::uint64_t begin = 0, end = 0;
    char dash = 0;
    std::string permissions, offset, device, inode, file;
    fields >> std::hex >> begin >> dash >> end >> permissions >> offset >> device >> inode >> file;
    if (file != group_file || begin != group_end) end_group();
    group += line + "\n";
    group_file = file;
    group_end = end;
    executable = executable || permissions.find('x') != std::string::npos;
  }
  end_group();
  return kept;
}

Dwfl* open_for_unwinding() {
  static char* no_debuginfo_path = nullptr;
  static Dwfl_Callbacks files{};
  files.find_elf = dwfl_linux_proc_find_elf;
  files.find_debuginfo = dwfl_standard_find_debuginfo;
  files.debuginfo_path = &no_debuginfo_path;
  static Dwfl_Thread_Callbacks threads{};
  threads.next_thread = next_thread;
  threads.memory_read = read_word;
  threads.set_initial_registers = set_registers;

  ::unsetenv("DEBUGINFOD_URLS");  // a debug server is never asked: nothing here leaves the machine
  Dwfl* dwfl = dwfl_begin(&files);
  if (dwfl == nullptr) return nullptr;
  std::string maps = loaded_code();
  std::FILE* stream = ::fmemopen(maps.data(), maps.size(), "r");
  dwfl_report_begin(dwfl);
  if (stream != nullptr) {
    dwfl_linux_proc_maps_report(dwfl, stream);
    std::fclose(stream);
  }
  dwfl_report_end(dwfl, nullptr, nullptr);
  static int anything = 0;
  dwfl_attach_state(dwfl, nullptr, ::getpid(), &threads, &anything);
  return dwfl;
}

}  // namespace

Origin capture_origin(pid_t thread, const Registers& registers) {
  Origin origin{registers, std::vector<std::byte>(kTopOfStack)};
  iovec here{origin.stack.data(), origin.stack.size()};
  iovec there{reinterpret_cast<void*>(registers.stack_pointer()), kTopOfStack};
  // Less comes back near the end of the stack.
  const ssize_t got = ::process_vm_readv(thread, &here, 1, &there, 1, 0);
  origin.stack.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return origin;
}

std::vector<std::uint64_t> unwind(const Origin& origin) {
  static Dwfl* const dwfl =
      open_for_unwinding();  // some 10 ms, only when a message shows something
  std::vector<std::uint64_t> counters;
  shown = &origin;
  if (dwfl != nullptr) dwfl_getthread_frames(dwfl, ::getpid(), keep_frame, &counters);
  return counters;
}

harness::SourceLine learner_line(const Origin& origin) {
  for (const std::uint64_t counter : unwind(origin)) {
    const auto* address = reinterpret_cast<const void*>(counter);
    if (harness::is_submission(address)) return harness::source_line(address);
  }
  return {};
}

}  // namespace kit::syscalls
