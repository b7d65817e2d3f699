#include "sandbox.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "errors.hpp"
#include "interrupt.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

constexpr rlim_t kLargestFile = 2UL << 30;
constexpr rlim_t kOpenFiles = 4096;

std::vector<std::string> bubblewrap(const Workspace& workspace, const fs::path& directory) {
  std::vector<std::string> argv = {"bwrap",
                                   "--unshare-all",
                                   "--die-with-parent",
                                   "--ro-bind",
                                   "/",
                                   "/",
                                   "--dev",
                                   "/dev",
                                   "--proc",
                                   "/proc",
                                   "--tmpfs",
                                   "/tmp",
                                   "--perms",
                                   "1777",
                                   "--tmpfs",
                                   "/dev/shm"};
  // The clone and the build may lie in /tmp, which has just become empty.
  for (const fs::path& path : {workspace.root, workspace.build}) {
    if (fs::exists(path)) argv.insert(argv.end(), {"--ro-bind", path.string(), path.string()});
  }
  argv.insert(argv.end(), {"--bind", directory.string(), directory.string(), "--chdir",
                           directory.string(), "--"});
  return argv;
}

void limit(__rlimit_resource what, rlim_t value) {
  rlimit now{};
  if (::getrlimit(what, &now) == 0 && (now.rlim_max == RLIM_INFINITY || value < now.rlim_max)) {
    now = {value, value};
    ::setrlimit(what, &now);
  }
}

std::vector<pid_t> children_of(pid_t pid) {
  std::vector<pid_t> children;
  std::error_code error;
  for (const auto& task : fs::directory_iterator(fmt::format("/proc/{}/task", pid), error)) {
    std::ifstream in(task.path() / "children");
    pid_t child = 0;
    while (in >> child) children.push_back(child);
  }
  return children;
}

std::vector<pid_t> tree_of(pid_t root) {
  std::vector<pid_t> tree = {root};
  for (std::size_t i = 0; i < tree.size() && tree.size() < 20000; ++i) {
    const std::vector<pid_t> more = children_of(tree[i]);
    tree.insert(tree.end(), more.begin(), more.end());
  }
  return tree;
}

struct Load {
  long memory_kb = 0;  // anonymous and shared; pages of mapped files are the page cache's
  int threads = 0;
  bool running = false;  // has a core, or waits for one
};

Load load_of(pid_t pid) {
  std::ifstream in(fmt::format("/proc/{}/status", pid));
  std::string key;
  long kb = 0;
  Load load;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    if (line.starts_with("RssAnon:") || line.starts_with("RssShmem:")) {
      words >> key >> kb;
      load.memory_kb += kb;
    } else if (line.starts_with("Threads:")) {
      words >> key >> load.threads;
    } else if (line.starts_with("State:")) {
      load.running = line.find('R') != std::string::npos;
    }
  }
  return load;
}

constexpr std::string_view kRunPattern = "kit-XXXXXX";

Descriptor locked(const fs::path& directory) {
  Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (fd && ::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) fd.reset();
  return fd;
}

void remove_tree(const fs::path& directory) {
  std::error_code error;
  fs::remove_all(directory, error);
  // A submission may have taken its own rights away, a level at a time.
  for (int round = 0; error && round < 64; ++round) {
    std::error_code ignored;
    fs::permissions(directory, fs::perms::owner_all, fs::perm_options::add, ignored);
    for (auto at = fs::recursive_directory_iterator(
             directory, fs::directory_options::skip_permission_denied, ignored);
         !ignored && at != fs::recursive_directory_iterator(); at.increment(ignored)) {
      std::error_code refused;
      if (at->is_directory(refused) && !at->is_symlink(refused))
        fs::permissions(at->path(), fs::perms::owner_all, fs::perm_options::add, refused);
    }
    fs::remove_all(directory, error);
  }
}

// Once a process: directories of this user that nobody holds any more. One that was made a moment ago may not be
// locked yet.
void remove_forgotten(const fs::path& place) {
  static std::atomic<bool> done = false;
  if (done.exchange(true)) return;
  std::error_code error;
  for (auto at = fs::directory_iterator(place, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.size() != kRunPattern.size() || !name.starts_with("kit-")) continue;
    struct stat status {};
    if (::lstat(at->path().c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
        status.st_uid != ::geteuid() || ::time(nullptr) - status.st_ctime < 60) {
      continue;
    }
    if (const Descriptor nobodys = locked(at->path()); nobodys) remove_tree(at->path());
  }
}

}  // namespace

RunDirectory::RunDirectory() {
  const char* wish = ::getenv("KIT_RUNS");
  const fs::path place = wish != nullptr && *wish != '\0' ? wish : "/tmp";
  remove_forgotten(place);
  std::string pattern = place / kRunPattern;  // short: a Unix socket's path has 107 bytes
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw KitError(
        fmt::format("No directory can be made in {}: {}.", place.string(), std::strerror(errno)),
        fmt::format("Make room there, or mend its permissions:   df -h {0} && ls -ld {0}",
                    place.string()));
  }
  path_ = pattern;
  lock_ = locked(path_);
}

RunDirectory::~RunDirectory() {
  remove_tree(path_);
}

Isolation isolation(const Workspace& workspace) {
  static const Isolation found = [&] {
    if (const char* wish = ::getenv("KIT_SANDBOX"); wish != nullptr && std::string(wish) == "off") {
      return Isolation::process_group;
    }
    const RunDirectory directory;
    Command probe;
    probe.argv = bubblewrap(workspace, directory.path());
    probe.argv.emplace_back("true");
    return run_tool(probe).status == 0 ? Isolation::namespaces : Isolation::process_group;
  }();
  return found;
}

namespace {

// The children that a Process stands for, and no other may end.
std::set<pid_t>& running_here() {
  static std::set<pid_t> pids;
  return pids;
}

}  // namespace

Process Process::sandboxed(const Workspace& workspace, const Command& command) {
  std::vector<std::string> argv;
  const bool namespaces = isolation(workspace) == Isolation::namespaces;
  if (namespaces) argv = bubblewrap(workspace, command.directory);
  argv.insert(argv.end(), command.argv.begin(), command.argv.end());
  return start(std::move(argv), command, true, !namespaces);
}

Process Process::plain(const Command& command) {
  return start(command.argv, command, false, false);
}

Process Process::launched(const Command& command) {
  return start(command.argv, command, false, true);
}

Process Process::start(std::vector<std::string> argv, const Command& command, bool limited,
                       bool adopt) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    throw KitError(fmt::format("No pipe can be made: {}.", std::strerror(errno)));
  }
  Process process;
  process.output_ = Descriptor(pipe[0]);
  Descriptor write_end(pipe[1]);
  // Everything that allocates happens before the fork.
  std::vector<char*> arguments;
  arguments.reserve(argv.size() + 1);
  for (std::string& word : argv) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::vector<std::string> settings;
  settings.reserve(command.environment.size());
  for (const auto& [name, value] : command.environment)
    settings.push_back(fmt::format("{}={}", name, value));
  std::vector<char*> environment;
  environment.reserve(settings.size() + 1);
  for (std::string& setting : settings) environment.push_back(setting.data());
  environment.push_back(nullptr);
  if (adopt) ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  process.adopted_ = adopt;
  process.tool_ = !limited;

  const pid_t parent = ::getpid();
  process.pid_ = ::fork();
  if (process.pid_ < 0)
    throw KitError(fmt::format("No process can be made: {}.", std::strerror(errno)));
  if (process.pid_ == 0) {
    ::setsid();  // Ctrl-C reaches the grader alone, which then ends this
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::signal(SIGPIPE, SIG_DFL);
    // What this process was handed and never opened itself goes no further: a suite's first descriptor is 3.
    ::syscall(SYS_close_range, 3U, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
    if (command.handed_down >= 0) ::fcntl(command.handed_down, F_SETFD, 0);
    const int null = ::open("/dev/null", O_RDONLY);
    ::dup2(null, 0);
    ::dup2(write_end.get(), 1);
    ::dup2(write_end.get(), 2);
    if (limited) {
      // ThreadSanitizer refuses kernels that randomise more address bits than it knows.
      ::personality(ADDR_NO_RANDOMIZE);
      limit(RLIMIT_CORE, 0);
      limit(RLIMIT_FSIZE, kLargestFile);
      limit(RLIMIT_NOFILE, kOpenFiles);
    }
    if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0) ::_exit(127);
    if (settings.empty()) {
      ::execvp(arguments[0], arguments.data());
    } else {
      ::execvpe(arguments[0], arguments.data(), environment.data());
    }
    const char* reason = ::strerror(errno);
    (void)!::write(2, arguments[0], std::strlen(arguments[0]));
    (void)!::write(2, ": ", 2);
    (void)!::write(2, reason, std::strlen(reason));
    (void)!::write(2, "\n", 1);
    ::_exit(127);
  }
  running_here().insert(process.pid_);
  process.pidfd_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process.pid_, 0)));
  if (!process.pidfd_)
    throw KitError("This kernel has no pidfd_open (Linux 5.3 or newer is needed).");
  return process;
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::move(other.output_)),
      pidfd_(std::move(other.pidfd_)),
      adopted_(other.adopted_),
      reaped_(other.reaped_),
      tool_(other.tool_),
      status_(other.status_) {}

Process::~Process() {
  if (pid_ > 0) kill();
}

int Process::wait() {
  while (!reaped_ && pid_ > 0) {
    if (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
      throw_if_interrupted();
    } else {
      reaped_ = true;
      running_here().erase(pid_);
    }
  }
  return status_;
}

void Process::kill() {
  if (pid_ <= 0) return;
  if (!reaped_ && tool_) {
    ::kill(pid_, SIGTERM);
    pollfd ended{exit_notice(), POLLIN, 0};
    ::poll(&ended, 1, 2000);
  }
  if (!reaped_) {
    // Stopped first, so that none of them forks while the list is read.
    const std::vector<pid_t> tree = adopted_ ? tree_of(pid_) : std::vector<pid_t>{pid_};
    ::kill(-pid_, SIGKILL);
    for (const pid_t pid : tree) ::kill(pid, SIGKILL);
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    reaped_ = true;
    running_here().erase(pid_);
  }
  // What it left behind has become this process's child: end it, and what appears meanwhile, a
  // bounded number of times. Other children, such as a build that runs beside it, have a Process of
  // their own.
  for (int round = 0; adopted_ && round < 100; ++round) {
    std::vector<pid_t> orphans = children_of(::getpid());
    std::erase_if(orphans, [](pid_t pid) { return running_here().contains(pid); });
    if (orphans.empty()) break;
    for (const pid_t orphan : orphans) {
      for (const pid_t pid : tree_of(orphan)) ::kill(pid, SIGKILL);
      ::waitpid(orphan, nullptr, 0);
    }
  }
  pid_ = -1;
}

double share_of_the_machine(int own_running) {
  // "0.52 0.48 0.40 3/812 17": 3 tasks have a core or wait for one, the reader of this line among them.
  std::ifstream in("/proc/loadavg");
  std::string word;
  int running = 0;
  in >> word >> word >> word >> running;
  const double cores = std::max(1U, std::thread::hardware_concurrency());
  const double others = std::max(0, running - own_running - 1);
  return std::max(0.05, cores / (cores + others));
}

Process::Usage Process::usage() const {
  Usage usage;
  long kb = 0;
  for (const pid_t pid : tree_of(pid_)) {
    const Load load = load_of(pid);
    kb += load.memory_kb;
    usage.threads += load.threads;
    usage.running += load.running ? 1 : 0;
    ++usage.processes;
  }
  usage.memory_mb = kb / 1024;
  return usage;
}

ToolRun run_tool(const Command& command, void (*on_line)(void*, const std::string&),
                 void* context) {
  Process process = Process::plain(command);
  return end_of(process, on_line, context);
}

ToolRun end_of(Process& process, void (*on_line)(void*, const std::string&), void* context) {
  ToolRun run;
  std::string line;
  std::array<char, 4096> buffer{};
  for (;;) {
    pollfd waiting{process.output(), POLLIN, 0};
    if (::poll(&waiting, 1, -1) < 0) throw_if_interrupted();
    throw_if_interrupted();
    if (waiting.revents == 0) continue;
    const ssize_t n = ::read(process.output(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    run.output.append(buffer.data(), static_cast<std::size_t>(n));
    for (ssize_t i = 0; i < n; ++i) {
      const char c = buffer[static_cast<std::size_t>(i)];
      if (c != '\n') {
        line += c;
      } else {
        if (on_line != nullptr) on_line(context, line);
        line.clear();
      }
    }
  }
  const int status = process.wait();
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return run;
}

}  // namespace kit
