#include "bench/harness/process.hpp"

#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace kit::bench {
namespace {

std::string describe(int status) {
  if (WIFSIGNALED(status))
    return fmt::format("was killed by SIG{}", ::sigabbrev_np(WTERMSIG(status)));
  // A launcher reports a rank's signal as 128 and the signal's number.
  const int code = WEXITSTATUS(status);
  if (code > 128 && ::sigabbrev_np(code - 128) != nullptr) {
    return fmt::format("was killed by SIG{}", ::sigabbrev_np(code - 128));
  }
  return code == 0 ? "" : fmt::format("ended with exit code {}", code);
}

}  // namespace

std::string run_process(const std::vector<std::string>& argv, double limit_seconds) {
  std::vector<char*> arguments;
  for (const std::string& argument : argv) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return fmt::format("could not be started: {}", ::strerror(errno));
  if (child == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::setpgid(child, child);  // in both, so that it is done whoever comes first
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(limit_seconds);
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) {
    if (Clock::now() > end) {
      ::kill(-child, SIGTERM);  // mpirun ends its ranks, which have groups of their own, on this
      std::this_thread::sleep_for(std::chrono::seconds(1));
      ::kill(-child, SIGKILL);
      ::waitpid(child, &status, 0);
      return fmt::format("took over {:.0f} s", limit_seconds);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  ::kill(-child, SIGKILL);  // what it may have left behind
  return describe(status);
}

bool pin(int place) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return false;
  for (int cpu = CPU_SETSIZE - 1; cpu >= 0; --cpu) {
    if (!CPU_ISSET(cpu, &allowed) || place-- > 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return ::sched_setaffinity(0, sizeof one, &one) == 0;
  }
  return false;
}

int cores() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  return ::sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 1;
}

}  // namespace kit::bench
