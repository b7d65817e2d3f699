#include "lens/syscalls/account.hpp"

#include <algorithm>
#include <fstream>

namespace kit::syscalls {
namespace {

std::string proc(pid_t process, const char* what) {
  return "/proc/" + std::to_string(process) + "/" + what;
}

// The letter of the state in /proc/PID/stat; behind the name, which may hold blanks and
// parentheses.
char state_of(pid_t thread) {
  std::ifstream file(proc(thread, "stat"));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const auto end = text.rfind(')');
  return end == std::string::npos || end + 2 >= text.size() ? '?' : text[end + 2];
}

bool waits_without_time_out(const Call& call) {
  const auto milliseconds = [&](std::size_t i) { return static_cast<int>(call.arguments[i]); };
  if (call.name == "poll") return milliseconds(2) < 0;
  if (call.name == "epoll_wait" || call.name == "epoll_pwait") return milliseconds(3) < 0;
  if (call.name == "ppoll") return call.arguments[2] == 0;
  if (call.name == "select" || call.name == "pselect6") return call.arguments[4] == 0;
  if (call.name == "futex") return call.arguments[3] == 0;
  if (call.name == "pause" || call.name == "rt_sigsuspend") return true;
  if (call.name == "rt_sigtimedwait") return call.arguments[2] == 0;
  return false;
}

}  // namespace

Descriptors open_descriptors(pid_t process) {
  Descriptors all;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(proc(process, "fd"), error)) {
    const auto target = std::filesystem::read_symlink(entry.path(), error);
    all[std::stoi(entry.path().filename().string())] = target.string();
  }
  return all;
}

Descriptors difference(const Descriptors& a, const Descriptors& b) {
  Descriptors out;
  for (const auto& [descriptor, target] : a) {
    // By number alone: the name of an open file changes when it is renamed.
    if (!b.contains(descriptor)) out[descriptor] = target;
  }
  return out;
}

int unreaped(const std::vector<pid_t>& processes) {
  return static_cast<int>(std::count_if(processes.begin(), processes.end(),
                                        [](pid_t process) { return state_of(process) != '?'; }));
}

int threads_of_this_process() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<int>(std::distance(begin(tasks), end(tasks)));
}

std::set<std::string> entries(const std::filesystem::path& directory) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

bool sleeps_for_good(pid_t thread, const Call& call) {
  bool may_sleep = false;
  switch (call.family) {
    case Family::read:
    case Family::write:
    case Family::send_file:
      may_sleep = std::any_of(call.files.begin(), call.files.end(),
                              [](const File& file) { return !file.is_regular; });
      break;
    case Family::open:  // a FIFO that nobody opens at the other end
      may_sleep = std::none_of(call.files.begin(), call.files.end(),
                               [](const File& file) { return file.is_regular; });
      break;
    case Family::poll:
    case Family::futex:
    case Family::sleep:
      may_sleep = waits_without_time_out(call);
      break;
    case Family::wait:
    case Family::accept:
    case Family::lock:
      may_sleep = true;
      break;
    default:
      break;
  }
  return may_sleep && state_of(thread) == 'S';
}

}  // namespace kit::syscalls
