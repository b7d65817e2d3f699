#include "machine.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/ptrace.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "errors.hpp"
#include "launch.hpp"
#include "sandbox.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

using State = Finding::State;

constexpr double kBuildGiB = 2.0;      // all suites of all exercises, sanitized ones too
constexpr double kTemporaryGiB = 0.5;  // run directories
constexpr double kSharedMemoryMiB = 256;

// A tool, for 20 s at most; 124 if it had to be ended.
ToolRun run_bounded(std::vector<std::string> argv) {
  Command command;
  command.argv = {"timeout", "-k", "1", "20"};
  command.argv.insert(command.argv.end(), argv.begin(), argv.end());
  return run_tool(command);
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

std::string last_line(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

std::string why(const ToolRun& run) {
  if (run.status == 124) return "did not end within 20 s";
  const std::string line = last_line(run.output);
  return line.empty() ? fmt::format("ended with {}", run.status) : line;
}

// The number in a file of /proc/sys; `otherwise` if there is none, or if it may not be read.
long setting(const std::string& name, long otherwise) {
  std::ifstream in("/proc/sys/" + name);
  long value = 0;
  return in >> value ? value : otherwise;
}

// ---- the tools
// ------------------------------------------------------------------------------------------------------

// Builds a small program and runs it. A layout of addresses that is fixed, as the sandbox does it,
// is tried second.
Finding compiler(const std::string& what, const std::string& flags, const std::string& libraries) {
  const RunDirectory directory;
  const fs::path source = directory.path() / "a.cpp";
  const std::string program = (directory.path() / "a").string();
  std::ofstream(source) << "#include <cstdio>\nint main() { return std::puts(\"runs\") < 0; }\n";
  const ToolRun built = run_bounded({"g++", flags, source.string(), "-o", program});
  if (built.status != 0) {
    return {State::missing, what, "does not build a program: " + why(built),
            "Install it anew; Fedora also needs " + libraries};
  }
  if (run_bounded({program}).status == 0) return {State::ok, what, "a program builds and runs", ""};
  const ToolRun fixed = run_bounded({"setarch", "--addr-no-randomize", program});
  if (fixed.status == 0)
    return {State::ok, what, "a program runs with a fixed address layout, as in the kit's sandbox",
            ""};
  return {State::missing, what, "builds a program that does not run: " + why(fixed),
          "sudo sysctl -w vm.mmap_rnd_bits=28"};
}

Finding valgrind() {
  const ToolRun run =
      run_bounded({"valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "true"});
  if (run.status == 0)
    return {State::ok, "valgrind",
            first_line(run_bounded({"valgrind", "--version"}).output) + " counts", ""};
  return {State::missing, "valgrind", "does not run: " + why(run),
          "Install the distribution's own package anew"};
}

Finding two_ranks() {
  const ToolRun run =
      run_bounded({"env", "OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
                   "OMPI_MCA_rmaps_base_oversubscribe=1", "mpirun", "-np", "2", "true"});
  if (run.status == 0) return {State::ok, "mpirun", "starts 2 ranks", ""};
  return {State::missing, "mpirun", "starts no 2 ranks: " + why(run),
          "See what it says:   OMPI_MCA_rmaps_base_oversubscribe=1 mpirun -np 2 true"};
}

// The launcher of the user's own, if there is one: tried with a program of two ranks.
Finding launcher(const Workspace& workspace) {
  std::optional<Launcher> found;
  try {
    found = find_launcher(workspace, {});
  } catch (const KitError& error) {
    return {State::missing, "launcher", error.what(), error.mend()};
  }
  if (!found) return {State::ok, "launcher", "the kit's own mpirun, on this machine", ""};
  std::vector<std::string> words = {"env"};
  for (const auto& [name, value] : open_mpi_settings(environment_variable))
    words.push_back(fmt::format("{}={}", name, value));
  // One that asks for more nodes than ranks is tried with as many as it has.
  const std::vector<std::string> argv = found->command(2, {"hostname"});
  words.insert(words.end(), argv.begin(), argv.end());
  const ToolRun run = run_bounded(words);
  if (run.status == 0) {
    std::set<std::string> hosts;
    std::istringstream lines(run.output);
    for (std::string host; lines >> host;) hosts.insert(host);
    return {State::ok, "launcher",
            fmt::format("{} starts 2 ranks, on {}", found->text(), fmt::join(hosts, ", ")), ""};
  }
  const std::string trouble = launcher_trouble(run.output);
  return {State::missing, "launcher",
          fmt::format("{} starts no 2 ranks: {}", found->text(),
                      trouble.empty() ? why(run) : first_line(trouble)),
          "See what it says:   " + fmt::format("{}", fmt::join(argv, " "))};
}

// ---- what the kernel allows
// ------------------------------------------------------------------------------------------

Finding bubblewrap(const Workspace& workspace) {
  if (isolation(workspace) == Isolation::namespaces) {
    return {State::ok, "bubblewrap", "each run gets namespaces of its own", ""};
  }
  const ToolRun run = run_bounded({"bwrap", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev",
                                   "--proc", "/proc", "true"});
  Finding finding{
      State::falls_back, "bubblewrap",
      "each run is a session with limits only. That doesn't cover: files (it may write yours), the "
      "network, signals to your other processes, the kit's among them, and what two runs "
      "share: ports, shared memory, /tmp. " +
          (run.status == 0 ? "Switched off by KIT_SANDBOX." : why(run)),
      ""};
  if (run.status == 0) {
    finding.mend = "unset KIT_SANDBOX";
  } else if (setting("kernel/unprivileged_userns_clone", 1) == 0) {
    finding.mend = "sudo sysctl -w kernel.unprivileged_userns_clone=1";
  } else if (setting("kernel/apparmor_restrict_unprivileged_userns", 0) == 1) {
    finding.mend = "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
  } else if (setting("user/max_user_namespaces", 1) == 0) {
    finding.mend = "sudo sysctl -w user.max_user_namespaces=15000";
  } else {
    finding.mend =
        "In Docker:   docker run --security-opt seccomp=unconfined --security-opt "
        "apparmor=unconfined ...";
  }
  return finding;
}

// Traces one system call of a child, as the lens of system calls does. 0, or the errno of what
// failed.
int trace_one_call() {
  const pid_t child = ::fork();
  if (child < 0) return errno;
  if (child == 0) {
    ::alarm(10);
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(errno);
    ::raise(SIGSTOP);
    ::_exit(0);
  }
  int status = 0;
  int error = 0;
  if (::waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
    return WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD;
  __ptrace_syscall_info info{};
  if (::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) != 0 ||
      ::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) != 0 ||
      ::waitpid(child, &status, 0) != child ||
      ::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0) {
    error = errno != 0 ? errno : EPERM;
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, &status, 0);
  return error;
}

Finding tracing() {
  const int error = trace_one_call();
  if (error == 0) return {State::ok, "ptrace", "system calls can be traced", ""};
  Finding finding{State::missing, "ptrace",
                  fmt::format("no system call can be traced: {}", std::strerror(error)), ""};
  const long scope = setting("kernel/yama/ptrace_scope", 0);
  if (error == EIO || error == EINVAL) {
    finding.mend = "Linux 5.3 or newer is needed (PTRACE_GET_SYSCALL_INFO)";
  } else if (scope == 3) {
    finding.mend =
        "Set kernel.yama.ptrace_scope to 1 in /etc/sysctl.d and start the machine anew; it can't "
        "be lowered while it runs";
  } else if (scope == 2) {
    finding.mend = "sudo sysctl -w kernel.yama.ptrace_scope=1";
  } else {
    finding.mend =
        "In Docker:   docker run --cap-add SYS_PTRACE --security-opt seccomp=unconfined ...";
  }
  return finding;
}

Finding uring() {
  io_uring_params parameters{};
  const long fd = ::syscall(SYS_io_uring_setup, 1U, &parameters);
  if (fd >= 0) {
    ::close(static_cast<int>(fd));
    return {State::ok, "io_uring", "a ring can be made", ""};
  }
  const std::string detail = fmt::format(
      "no ring can be made ({}); only exercises on io_uring need one", std::strerror(errno));
  const bool switched_off = setting("kernel/io_uring_disabled", 0) != 0;
  return {State::falls_back, "io_uring", detail,
          switched_off ? "sudo sysctl -w kernel.io_uring_disabled=0"
                       : "In Docker:   docker run --security-opt seccomp=unconfined ..."};
}

// ---- room and surroundings
// -------------------------------------------------------------------------------------------

Finding room(const std::string& what, const fs::path& place, double wanted_gib) {
  struct statvfs info {};
  fs::path at = place;
  while (!fs::exists(at) && at.has_relative_path()) at = at.parent_path();
  if (::statvfs(at.c_str(), &info) != 0) {
    return {State::missing, what, fmt::format("{}: {}", at.string(), std::strerror(errno)),
            "ls -ld " + at.string()};
  }
  const double gib =
      static_cast<double>(info.f_bavail) * static_cast<double>(info.f_frsize) / (1 << 30);
  const std::string seen = fmt::format("{:.1f} GiB free in {}", gib, place.string());
  if (gib >= wanted_gib) return {State::ok, what, seen, ""};
  return {State::missing, what, fmt::format("{}; {:.1f} GiB are wanted", seen, wanted_gib),
          "Make room:   df -h " + at.string()};
}

Finding shared_memory(const Workspace& workspace) {
  struct statvfs info {};
  const bool there = ::statvfs("/dev/shm", &info) == 0;
  const double mib =
      there ? static_cast<double>(info.f_blocks) * static_cast<double>(info.f_frsize) / (1 << 20)
            : 0;
  const std::string seen = there ? fmt::format("{:.0f} MiB", mib) : std::string("not there");
  if (mib >= kSharedMemoryMiB) return {State::ok, "/dev/shm", seen, ""};
  // In the sandbox each run has a /dev/shm of its own; this one serves where there is none.
  if (isolation(workspace) == Isolation::namespaces)
    return {State::ok, "/dev/shm", seen + "; the sandbox brings its own", ""};
  return {State::falls_back, "/dev/shm",
          seen + ", little for 8 ranks: messages may go through /tmp",
          "sudo mount -o remount,size=1G /dev/shm, or docker run --shm-size=1g ..."};
}

Finding file_events(const Workspace& workspace) {
  const auto falls_back = [](const std::string& reason, const std::string& mend) {
    return Finding{State::falls_back, "file events",
                   reason + ": ./kit watch looks for changes by itself, a little later", mend};
  };
  const int fd = ::inotify_init1(IN_CLOEXEC);
  if (fd < 0)
    return falls_back(std::strerror(errno), "sudo sysctl -w fs.inotify.max_user_instances=512");
  const int watch = ::inotify_add_watch(fd, workspace.root.c_str(), IN_CLOSE_WRITE);
  const int error = errno;
  ::close(fd);
  if (watch < 0)
    return falls_back(std::strerror(error), "sudo sysctl -w fs.inotify.max_user_watches=65536");
  // Changes made elsewhere bring no events in these file systems (the numbers stand in statfs(2)).
  static const std::map<unsigned long, const char*> remote = {{0x6969, "NFS"},
                                                              {0xFF534D42, "CIFS"},
                                                              {0xFE534D42, "SMB"},
                                                              {0x01021997, "9p (WSL)"},
                                                              {0x65735546, "FUSE"}};
  struct statfs info {};
  if (::statfs(workspace.root.c_str(), &info) == 0) {
    const auto found = remote.find(static_cast<unsigned long>(info.f_type) & 0xFFFFFFFF);
    if (found != remote.end())
      return falls_back(fmt::format("the clone lies on {}", found->second),
                        "Move the clone to a local disk");
  }
  return {State::ok, "file events", "a save is seen at once", ""};
}

Finding characters(const Terminal& terminal) {
  const bool ascii = terminal.bar(1, 1).find('#') != std::string::npos;
  if (!ascii) return {State::ok, "characters", "UTF-8", ""};
  return {State::falls_back, "characters", "no UTF-8 in this locale: bars are drawn with # and .",
          "export LC_ALL=C.UTF-8"};
}

}  // namespace

std::vector<Finding> examine_machine(const Workspace& workspace, const Terminal& terminal) {
  const std::vector<std::pair<const char*, std::function<Finding()>>> tries = {
      {"g++", [] { return compiler("g++", "-std=c++20", "gcc-c++"); }},
      {"the address sanitizer",
       [] {
         return compiler("AddressSanitizer", "-fsanitize=address,undefined",
                         "libasan and libubsan");
       }},
      {"the thread sanitizer",
       [] { return compiler("ThreadSanitizer", "-fsanitize=thread", "libtsan"); }},
      {"valgrind", [] { return valgrind(); }},
      {"mpirun", [] { return two_ranks(); }},
      {"launcher", [&] { return launcher(workspace); }},
      {"bubblewrap", [&] { return bubblewrap(workspace); }},
      {"ptrace", [] { return tracing(); }},
      {"io_uring", [] { return uring(); }},
      {"shared memory", [&] { return shared_memory(workspace); }},
      {"file events", [&] { return file_events(workspace); }},
      {"room", [&] { return room("build room", workspace.build, kBuildGiB); }},
      {"room", [] { return room("run room", "/tmp", kTemporaryGiB); }},
      {"characters", [&] { return characters(terminal); }},
  };
  std::vector<Finding> findings;
  for (const auto& [name, attempt] : tries) {
    terminal.progress(fmt::format("trying {}", name));
    findings.push_back(attempt());
  }
  terminal.progress("");
  return findings;
}

}  // namespace kit
