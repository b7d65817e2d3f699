// The suite's half of the lens: starts its own program under valgrind, listens to what it says, and
// joins that with the counts that callgrind wrote. A region in which the program ends costs that
// region only: it is started again behind it.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "harness/report.hpp"
#include "lens/cache/callgrind_file.hpp"
#include "lens/cache/regions.hpp"

// Defined where a sanitizer is linked in.
extern "C" void __asan_init() __attribute__((weak));
extern "C" void __tsan_init() __attribute__((weak));
extern char** environ;

namespace kit::lens {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using harness::number;

/// How one start of the program went.
struct Run {
  std::map<std::size_t, std::string> ended;  // region -> what was wrong with its result
  std::optional<std::size_t> open;           // begun and not ended
  bool done = false;
  bool timed_out = false;
  std::string not_started;
  int status = 0;
};

fs::path new_directory() {
  static int runs = 0;
  const fs::path directory = harness::run_directory() / ("cache-" + std::to_string(++runs));
  fs::create_directories(directory);
  return directory;
}

std::vector<std::string> valgrind_command(const fs::path& directory) {
  return {"valgrind",
          "-q",
          "--vgdb=no",  // no FIFOs in /tmp
          "--log-file=" + (directory / "valgrind.log").string(),
          "--tool=callgrind",
          "--callgrind-out-file=" + (directory / "counts").string(),
          "--compress-strings=no",
          "--compress-pos=no",
          "--instr-atstart=no",
          "--collect-atstart=no",
          "--cache-sim=yes",
          "--branch-sim=yes",
          "--I1=32768,8,64",
          "--D1=32768,8,64",
          "--LL=1048576,16,64",
          fs::read_symlink("/proc/self/exe").string()};
}

// Starts the command with the pipe open and nothing on its standard streams. Returns its pid, or -1
// and errno.
pid_t start(std::vector<std::string> command, int pipe, const std::string& regions) {
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::string variable = std::string(kRegionsVariable) + "=" + std::to_string(pipe) + ":" + regions;
  std::vector<char*> environment = {variable.data()};
  for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
  environment.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe, pipe);  // takes its close-on-exec away
  pid_t pid = -1;
  const int error =
      ::posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  errno = error;
  return error == 0 ? pid : -1;
}

void hear(const std::string& line, Run& run) {
  std::istringstream words(line);
  std::string what;
  std::size_t region = 0;
  words >> what >> region;
  if (what == "done") {
    run.done = true;
  } else if (what == "begin") {
    run.open = region;
  } else if (what == "right" || what == "wrong") {
    std::string problem;
    std::getline(words >> std::ws, problem);
    std::replace(problem.begin(), problem.end(), kLineFeed, '\n');
    run.ended[region] = problem;
    run.open.reset();
  }
}

// Reads lines until "done", the end of the program or of the pipe, or the deadline. The program's end counts, not only
// the pipe's: a process that it left behind holds the pipe open for as long as it lives.
void listen_while(int pipe, int ended, Clock::time_point deadline, Run& run) {
  std::string text;
  while (!run.done) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd waiting[2] = {{pipe, POLLIN, 0}, {ended, POLLIN, 0}};
    const int ready = ::poll(waiting, 2, static_cast<int>(std::max<long>(left.count(), 0)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) {
      run.timed_out = true;
      return;
    }
    if (waiting[0].revents == 0) return;  // it has ended, and all that it said is read
    char bytes[4096];
    const ssize_t got = ::read(pipe, bytes, sizeof bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    text.append(bytes, static_cast<std::size_t>(got));
    for (std::size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
      hear(text.substr(0, end), run);
    }
  }
}

void listen(int pipe, pid_t pid, Clock::time_point deadline, Run& run) {
  const int ended = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  listen_while(pipe, ended, deadline, run);
  if (ended >= 0) ::close(ended);
}

// The pipe is closed: the program ends by itself now, or has no reason to go on.
int finish(pid_t pid, bool kill_now) {
  int status = 0;
  for (int tries = 0; !kill_now && tries < 200; ++tries) {
    if (::waitpid(pid, &status, WNOHANG) == pid) return status;
    ::usleep(10'000);
  }
  ::kill(pid, SIGKILL);
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// Above the standard descriptors, which a submission may have closed: the program gets those anew.
bool open_pipe(int (&ends)[2]) {
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  for (int& end : ends) {
    if (end > 2) continue;
    const int low = std::exchange(end, ::fcntl(end, F_DUPFD_CLOEXEC, 3));
    ::close(low);
  }
  return ends[0] >= 0 && ends[1] >= 0;
}

Run run_under_valgrind(const fs::path& directory, const std::vector<std::size_t>& regions,
                       Clock::time_point deadline) {
  Run run;
  std::string list;
  for (const std::size_t region : regions) {
    list += (list.empty() ? "" : ",") + std::to_string(region);
  }
  int ends[2];
  if (!open_pipe(ends)) {
    run.not_started = std::string("no pipe: ") + std::strerror(errno);
    return run;
  }
  const pid_t pid = start(valgrind_command(directory), ends[1], list);
  if (pid < 0) {
    run.not_started = errno == ENOENT ? "valgrind is not installed, or not in PATH"
                                      : std::string("valgrind: ") + std::strerror(errno);
  }
  ::close(ends[1]);
  if (pid >= 0) {
    listen(ends[0], pid, deadline, run);
    // After "done" all counts are written.
    run.status = finish(pid, run.done || run.timed_out);
  }
  ::close(ends[0]);
  return run;
}

std::map<std::string, CacheCounts> read_counts(const fs::path& directory) {
  std::map<std::string, CacheCounts> counts;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (!entry.path().filename().string().starts_with("counts.")) continue;
    std::ifstream file(entry.path());
    CallgrindFile read = read_callgrind(file);
    if (read.complete) counts[read.trigger] = std::move(read.counts);
  }
  return counts;
}

// The first place that valgrind's log names: " ... (transpose.cpp:17)".
std::string place_in_log(const fs::path& directory) {
  std::ifstream log(directory / "valgrind.log");
  for (std::string line; std::getline(log, line);) {
    const auto open = line.rfind('(');
    const auto colon = line.rfind(':');
    if (!line.ends_with(')') || open == std::string::npos || colon == std::string::npos) continue;
    if (colon < open || line.find_first_not_of("0123456789", colon + 1) != line.size() - 1)
      continue;
    return " (" + line.substr(open + 1, line.size() - open - 2) + ")";
  }
  return "";
}

std::string how_it_ended(const Run& run, const fs::path& directory) {
  if (run.timed_out) return "it had not ended when the time for all counts was over";
  if (WIFEXITED(run.status)) {
    return "it left the program with exit code " + std::to_string(WEXITSTATUS(run.status));
  }
  const int signal = WTERMSIG(run.status);
  std::string text = std::string("it crashed: ") + ::strsignal(signal) + place_in_log(directory);
  if (signal == SIGILL) text += "\n  valgrind knows AVX2 and no AVX-512";
  return text;
}

std::string not_the_submissions_fault(const Run& run, const fs::path& directory) {
  if (!run.not_started.empty()) return "kit: no counts: " + run.not_started;
  std::string text = "kit: no counts: under valgrind the suite ended outside its regions";
  std::ifstream log(directory / "valgrind.log");
  for (std::string line; std::getline(log, line);) text += "\n  " + line;
  return text;
}

// Whether this process may still open what a run needs.
bool descriptors_are_left() {
  std::vector<int> some;
  for (int i = 0; i < 8; ++i) {
    if (const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC); fd >= 0) some.push_back(fd);
  }
  for (const int fd : some) ::close(fd);
  return some.size() == 8;
}

}  // namespace

std::vector<RegionResult> count_regions(const std::vector<std::string>& names,
                                        std::chrono::seconds net) {
  const auto& regions = registered_regions();
  std::vector<RegionResult> results(names.size());
  std::map<std::size_t, RegionResult*> wanted;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto at = std::find_if(regions.begin(), regions.end(),
                                 [&](const Region& region) { return region.name == names[i]; });
    if (at == regions.end()) {
      results[i] = {{}, "kit: this suite has no region \"" + names[i] + "\"", true};
    } else {
      wanted[static_cast<std::size_t>(at - regions.begin())] = &results[i];
    }
  }
  const auto fail_rest = [&wanted](const std::string& problem, bool kit_fault) {
    for (auto& [region, result] : wanted) *result = {{}, problem, kit_fault};
    wanted.clear();
  };
  if (__asan_init != nullptr || __tsan_init != nullptr) {
    fail_rest("kit: no counts: this program is built with a sanitizer", true);
  }
  if (!descriptors_are_left()) {
    fail_rest(
        "no file descriptor is left in this process: what was called before has opened all\n"
        "  of them and closed none",
        false);
  }
  const auto deadline = Clock::now() + net;
  while (!wanted.empty()) {
    std::vector<std::size_t> left;
    for (const auto& [region, result] : wanted) left.push_back(region);
    const fs::path directory = new_directory();
    const Run run = run_under_valgrind(directory, left, deadline);
    const auto counts = read_counts(directory);
    for (const auto& [region, problem] : run.ended) {
      const auto it = wanted.find(region);
      if (it == wanted.end()) continue;
      const auto found = counts.find(region_trigger(region));
      if (!problem.empty()) {
        it->second->problem = problem;
      } else if (found != counts.end()) {
        it->second->counts = found->second;
      } else {
        *it->second = {{}, "kit: no counts: callgrind wrote none for this region", true};
      }
      wanted.erase(it);
    }
    if (run.open && wanted.contains(*run.open)) {
      wanted[*run.open]->problem = how_it_ended(run, directory);
      wanted.erase(*run.open);
      if (run.timed_out) fail_rest("not counted: the one before it did not end", false);
    } else if (!wanted.empty()) {
      fail_rest(run.timed_out ? "kit: no counts: valgrind did not get to the first region in time"
                              : not_the_submissions_fault(run, directory),
                true);
    }
    std::error_code ignored;
    fs::remove_all(directory, ignored);
  }
  return results;
}

std::optional<CacheCounts> cache_counts(const std::string& name, harness::Where where) {
  static const auto all = [] {
    std::vector<std::string> names;
    for (const Region& region : registered_regions()) names.push_back(region.name);
    const auto results = count_regions(names);
    std::map<std::string, RegionResult> by_name;
    for (std::size_t i = 0; i < names.size(); ++i) by_name[names[i]] = results[i];
    return by_name;
  }();
  const auto found = all.find(name);
  if (found == all.end()) {
    harness::fail("kit: this suite has no region \"" + name + "\"", "", where);
    return std::nullopt;
  }
  const RegionResult& result = found->second;
  if (result.problem.empty()) return result.counts;
  if (result.kit_fault) {
    harness::fail(result.problem, "  Your code was not judged. ./kit doctor looks for the cause.",
                  where);
  } else {
    harness::fail(name + ", while its costs were counted", "  " + result.problem, where);
  }
  return std::nullopt;
}

}  // namespace kit::lens
