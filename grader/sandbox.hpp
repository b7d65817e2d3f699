// Runs one process tree inside limits, and ends all of it.
//
// With bubblewrap the tree has pid, network, ipc and mount namespaces of its own: it sees the
// machine read-only, writes only in its run directory, reaches no network but its own loopback, and
// dies to the last process when the first is killed. Where namespaces are forbidden it is a session
// of its own with resource limits, this process adopts what it leaves behind (subreaper), and the
// difference is said once.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "descriptor.hpp"
#include "workspace.hpp"

namespace kit {

/// A directory in /tmp (KIT_RUNS names another place) that is removed, with all in it, when its owner goes. Locked
/// while it is in use: what a grader that was killed left behind is removed by the next one.
class RunDirectory {
 public:
  RunDirectory();
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Descriptor lock_;
};

enum class Isolation { namespaces, process_group };

/// namespaces if bubblewrap works here; tried once.
Isolation isolation(const Workspace& workspace);

struct Command {
  std::vector<std::string> argv;
  std::map<std::string, std::string> environment;  // the whole of it
  std::filesystem::path directory;                 // where it runs, and the only place it may write
  int handed_down = -1;  // a descriptor that it keeps open, and with it the lock that hangs on it
};

/// One running tree. The destructor kills what is left of it.
class Process {
 public:
  /// In a sandbox. THROWS: KitError if it can't be started at all.
  static Process sandboxed(const Workspace& workspace, const Command& command);
  /// Without one: the kit's own tools (ninja, cmake, git). Environment and directory are inherited
  /// where empty.
  static Process plain(const Command& command);

  /// By a launcher that may reach other hosts: no sandbox, and it is asked to end before it is made
  /// to, so that it ends what it started elsewhere.
  static Process launched(const Command& command);

  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  pid_t pid() const { return pid_; }
  int output() const { return output_.get(); }      // standard output and error together
  int exit_notice() const { return pidfd_.get(); }  // readable once the first process has ended

  /// The wait status once it has ended, reaped; REQUIRES: exit_notice() is readable, or the caller
  /// wants to wait.
  int wait();
  /// SIGKILL to every process of the tree, and reaps them. A tool is asked first: ninja takes its
  /// compilers with it then.
  void kill();

  /// Memory of the whole tree that isn't files', in MiB, and how many processes and threads it has.
  struct Usage {
    long memory_mb = 0;
    int processes = 0;
    int threads = 0;
    int running = 0;  // processes that have a core or wait for one
  };
  Usage usage() const;

 private:
  Process() = default;
  static Process start(std::vector<std::string> argv, const Command& command, bool limited,
                       bool adopt);

  pid_t pid_ = -1;
  Descriptor output_, pidfd_;
  bool adopted_ = false;  // its orphans become this process's children
  bool reaped_ = false;
  bool tool_ = false;  // one of the kit's own
  int status_ = 0;
};

/// What of the cores a tree gets at this moment whose processes `own_running` want one: 1 on a quiet machine, 1/2 where as
/// many others want one as there are cores. Never below 1/20, so that what is measured in it stays bounded.
double share_of_the_machine(int own_running);

/// Runs a tool of the kit's own to its end; its output comes back, and line by line to `on_line`.
struct ToolRun {
  int status = 0;  // exit code, or 128 + signal
  std::string output;
};
ToolRun run_tool(const Command& command, void (*on_line)(void*, const std::string&) = nullptr,
                 void* context = nullptr);
/// The same for one that runs already.
ToolRun end_of(Process& process, void (*on_line)(void*, const std::string&) = nullptr,
               void* context = nullptr);

}  // namespace kit
