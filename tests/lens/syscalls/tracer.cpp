#include "lens/syscalls/tracer.hpp"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "lens/syscalls/account.hpp"
#include "lens/syscalls/decode.hpp"
#include "lens/syscalls/filter.hpp"
#include "lens/syscalls/surroundings.hpp"

// Defined where the address sanitizer is linked in: it reports fatal signals itself.
extern "C" void __asan_init() __attribute__((weak));

namespace kit::syscalls {
namespace {

using Clock = std::chrono::steady_clock;

// Origins of the first calls only: enough for any message, and a runaway region fills no memory.
constexpr std::size_t kCallsWithOrigin = 256;
constexpr int kSystemCallStop = SIGTRAP | 0x80;
// A thread that is held back goes on after so many calls of the others: they may spin for it.
constexpr std::size_t kCallsWhileHeld = 256;
// How the kernel notes for itself that a signal ended a call: ERESTARTSYS to ERESTART_RESTARTBLOCK.
constexpr std::int64_t kFirstRestart = -512, kLastRestart = -516;

// What the child says of its end, in memory that both see.
struct Report {
  bool filter_refused;
  Ending::Kind kind;
  int code;
  char what[512];
};

[[noreturn]] void run_child(const Region& region, const sigset_t& mask, Report& report) {
  if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(126);
  ::raise(SIGSTOP);
  if (__asan_init == nullptr) {
    // The suite's handlers would tell its transcript of a crash of the suite.
    for (const int fatal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::signal(fatal, SIG_DFL);
  }
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  if (!install_filter()) {
    report.filter_refused = true;
    ::_exit(126);
  }
  mark(kBegin);
  report.kind = Ending::Kind::returned;
  try {
    region();
  } catch (const std::system_error& error) {
    report.kind = Ending::Kind::threw_code;
    report.code = error.code().value();
    ::strncpy(report.what, error.what(), sizeof report.what - 1);
  } catch (const std::exception& error) {
    report.kind = Ending::Kind::threw_other;
    ::strncpy(report.what, error.what(), sizeof report.what - 1);
  } catch (...) {
    report.kind = Ending::Kind::threw_other;
    ::strncpy(report.what, "something that is no std::exception", sizeof report.what - 1);
  }
  mark(kEnd);
  ::_exit(0);
}

struct Thread {
  bool new_born = true;  // its first SIGSTOP is ptrace's own
  std::optional<std::size_t> in_call;
  std::optional<std::int64_t> result;  // to be put in place of the call's own
  Registers entry;                     // as they were before a length was changed
  bool changed = false;
  ShortVector vector;
  // A call that is put off until a signal has been handled: its number, and the registers at its
  // entry, by which it is known when it comes again.
  std::optional<long> put_off;
  Registers put_off_at;
  bool comes_again = false;
  std::optional<std::size_t> held_since;  // calls made when it was stopped for a delay
  bool runs_other_program = false;        // after exec its addresses mean nothing to the suite
};

class Tracer {
 public:
  Tracer(pid_t child, const Plan& plan, const Report& report)
      : child_(child), plan_(plan), report_(report) {
    threads_[child] = {};
  }

  Trace run() {
    const auto deadline = Clock::now() + plan_.wall_limit;
    while (!threads_.empty()) {
      if (handle_stops()) continue;
      if (release_held()) continue;
      if (wait_for_a_change()) continue;
      if (state_ == State::inside && plan_.sleep_is_hang && all_asleep()) {
        if (trace_.asleep < plan_.when_asleep.size()) {
          calls_when_fed_ = trace_.calls.size();
          plan_.when_asleep[trace_.asleep++]();
        } else {
          end_by_force(Ending::Kind::hung);
        }
      }
      if (Clock::now() > deadline) end_by_force(Ending::Kind::timed_out);
    }
    return std::move(trace_);
  }

 private:
  enum class State { before, inside, after };

  // Only of threads that are known: the suite's other children are none of ours.
  bool handle_stops() {
    bool any = false;
    std::vector<pid_t> known;
    for (const auto& [id, thread] : threads_) known.push_back(id);
    for (const pid_t id : known) {
      int status = 0;
      const pid_t got = ::waitpid(id, &status, WNOHANG | __WALL);
      if (got == 0) continue;
      any = true;
      if (got < 0) {
        if (errno == ECHILD) threads_.erase(id);
      } else if (WIFSTOPPED(status)) {
        handle_stop(id, status);
      } else {
        handle_exit(id, status);
      }
    }
    return any;
  }

  // SIGCHLD is blocked while we trace, so that one which comes between the look and the wait isn't
  // lost.
  static bool wait_for_a_change() {
    sigset_t child_signal;
    sigemptyset(&child_signal);
    sigaddset(&child_signal, SIGCHLD);
    const timespec patience{0, 2'000'000};
    return ::sigtimedwait(&child_signal, nullptr, &patience) == SIGCHLD;
  }

  void handle_stop(pid_t id, int status) {
    const int signal = WSTOPSIG(status);
    const int event = status >> 16;
    Thread& thread = threads_[id];
    if (event == PTRACE_EVENT_SECCOMP) return enter(id, thread);
    if (signal == kSystemCallStop) return leave(id, thread);
    if (event == PTRACE_EVENT_CLONE || event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK) {
      unsigned long born = 0;
      ::ptrace(PTRACE_GETEVENTMSG, id, nullptr, &born);
      const auto new_id = static_cast<pid_t>(born);
      threads_[new_id].runs_other_program = thread.runs_other_program;
      const bool is_thread =
          ::access(("/proc/" + std::to_string(id) + "/task/" + std::to_string(new_id)).c_str(),
                   F_OK) == 0;
      if (!is_thread) processes_.push_back(new_id);
      if (is_thread && thread.in_call) trace_.calls[*thread.in_call].family = Family::thread;
      return go_on(id, 0);
    }
    if (event == PTRACE_EVENT_EXEC) {
      thread.runs_other_program = true;
      return go_on(id, 0);
    }
    if (event != 0) return go_on(id, 0);
    if (signal == SIGSTOP && thread.new_born) {
      thread.new_born = false;
      if (id == child_) {
        ::ptrace(PTRACE_SETOPTIONS, id, nullptr,
                 PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE |
                     PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC |
                     PTRACE_O_EXITKILL);
      }
      return go_on(id, 0);
    }
    // A signal on its way to the child. Where it would kill, keep where that was.
    if (id == child_ && (signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE ||
                         signal == SIGILL || signal == SIGABRT)) {
      Registers registers;
      if (!thread.runs_other_program && registers.read(id)) {
        fatal_ = std::make_shared<Origin>(capture_origin(id, registers));
      }
    }
    go_on(id, signal);
  }

  void go_on(pid_t id, int signal) {
    const auto how = threads_[id].in_call ? PTRACE_SYSCALL : PTRACE_CONT;
    ::ptrace(how, id, nullptr, static_cast<long>(signal));
  }

  void enter(pid_t id, Thread& thread) {
    __ptrace_syscall_info info{};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof info, &info) <= 0) return go_on(id, 0);
    const auto& arguments = info.seccomp.args;
    if (static_cast<long>(info.seccomp.nr) == SYS_getpid && arguments[0] == kMark) {
      return pass_mark(id, arguments[1]);
    }
    if (state_ != State::inside) return go_on(id, 0);
    if (trace_.calls.size() >= plan_.most_calls) return end_by_force(Ending::Kind::ran_away);
    const bool input_to_come = trace_.asleep < plan_.when_asleep.size();
    if (plan_.most_calls_awake != 0 && input_to_come &&
        trace_.calls.size() - calls_when_fed_ >= plan_.most_calls_awake) {
      return end_by_force(Ending::Kind::spins);
    }
    if (const Fault* signal = signal_due_before_next_call()) {
      return put_off(id, thread, static_cast<long>(info.seccomp.nr), *signal);
    }

    const CallKind kind = kind_of(static_cast<long>(info.seccomp.nr), &arguments[0]);
    Call call;
    call.name = kind.name;
    call.family = kind.family;
    call.shape = kind.shape;
    call.number = kind.number;
    call.thread = id;
    std::copy_n(&arguments[0], call.arguments.size(), call.arguments.begin());
    decode(call);
    thread.entry.read(id);
    if (thread.comes_again && thread.entry.stack_pointer() == thread.put_off_at.stack_pointer() &&
        thread.entry.program_counter() == thread.put_off_at.program_counter()) {
      call.injected = Fault::Kind::signal_before;
      thread.comes_again = false;
    }
    if (trace_.calls.size() < kCallsWithOrigin && !thread.runs_other_program) {
      call.origin = std::make_shared<Origin>(capture_origin(id, thread.entry));
    }
    thread.result.reset();
    thread.changed = false;
    thread.vector = {};
    thread.in_call = trace_.calls.size();
    trace_.calls.push_back(std::move(call));
    if (plan_.meanwhile.work && plan_.meanwhile.call == *thread.in_call) plan_.meanwhile.work();
    if (interfere(id, thread, trace_.calls.back())) go_on(id, 0);
  }

  const Fault* signal_due_before_next_call() const {
    if (put_one_off_) return nullptr;  // what the handler calls is not put off again
    const auto due =
        std::find_if(plan_.faults.begin(), plan_.faults.end(), [&](const Fault& fault) {
          return fault.kind == Fault::Kind::signal_before && fault.call == trace_.calls.size();
        });
    return due == plan_.faults.end() ? nullptr : &*due;
  }

  // A signal sent here would end the call with EINTR. So the call is cancelled and not recorded; at
  // its exit the signal is sent and the thread put back before the call. The handler, if the
  // signal isn't blocked, runs first.
  void put_off(pid_t id, Thread& thread, long number, const Fault& fault) {
    put_one_off_ = true;
    thread.put_off_at.read(id);
    thread.put_off = number;
    Registers cancelled;
    cancel_call(id, cancelled);
    signal_to_send_ = static_cast<int>(fault.value);
    ::ptrace(PTRACE_SYSCALL, id, nullptr, 0L);
  }

  void make_again(pid_t id, Thread& thread) {
    start_again(id, thread.put_off_at, *thread.put_off);
    thread.put_off.reset();
    thread.comes_again = true;
    ::kill(id, signal_to_send_);  // for the process, and this thread is asked first
    go_on(id, 0);
  }

  // Lets threads go on that were held back, once nobody else has anything to do.
  bool release_held() {
    bool any = false;
    for (auto& [id, thread] : threads_) {
      if (!thread.held_since) continue;
      const bool others_rest =
          std::all_of(threads_.begin(), threads_.end(), [&](const auto& entry) {
            const auto& [other, its] = entry;
            if (its.held_since) return true;
            if (!its.in_call) return false;
            const Call& call = trace_.calls[*its.in_call];
            // vfork returns only when the child, which may be the one held, has gone on.
            return call.family == Family::fork || sleeps_for_good(other, call);
          });
      if (!others_rest && trace_.calls.size() - *thread.held_since < kCallsWhileHeld) continue;
      thread.held_since.reset();
      go_on(id, 0);
      any = true;
    }
    return any;
  }

  // Does to this call what the plan wants. False if the thread is not to go on now.
  bool interfere(pid_t id, Thread& thread, Call& call) {
    for (const Fault& fault : plan_.faults) {
      if (fault.call != *thread.in_call || fault.kind == Fault::Kind::none ||
          fault.kind == Fault::Kind::signal_before) {
        continue;
      }
      call.injected = fault.kind;
      switch (fault.kind) {
        case Fault::Kind::kill:
          ::kill(child_, SIGKILL);
          return false;
        case Fault::Kind::error:
          fail_call(id, thread, call, fault.value);
          break;
        case Fault::Kind::shorten:
          shorten(id, thread, call, fault.value);
          break;
        case Fault::Kind::signal_in:
          ::kill(id, static_cast<int>(fault.value));
          break;
        case Fault::Kind::delay:
          thread.held_since = trace_.calls.size();
          return false;
        case Fault::Kind::signal_before:  // has been, before the call was recorded
        case Fault::Kind::none:
          break;
      }
      return true;
    }
    for (const Refusal& refusal : plan_.refuse) {
      if (refusal.family == call.family) {
        fail_call(id, thread, call, refusal.error);
        return true;
      }
    }
    if (plan_.longest_transfer != 0 && call.transfers() && call.asked > plan_.longest_transfer) {
      shorten(id, thread, call, static_cast<long>(plan_.longest_transfer));
    }
    const bool on_valid_file = call.files.empty() || call.files[0].exists();
    if (!plan_.sync_reaches_disk && call.family == Family::sync && on_valid_file) {
      thread.result = 0;
      cancel_call(id, thread.entry);
    }
    return true;
  }

  // On Linux the descriptor is gone even if close reports an error: so close is made, and only its
  // result replaced.
  void fail_call(pid_t id, Thread& thread, const Call& call, long error) {
    thread.result = -error;
    if (call.family != Family::close) cancel_call(id, thread.entry);
  }

  void shorten(pid_t id, Thread& thread, const Call& call, long bytes) {
    const auto limit = static_cast<std::uint64_t>(bytes);
    if (call.asked <= limit) return;
    Registers shorter = thread.entry;
    if (const auto length = call.shape.find('n'); length != std::string_view::npos) {
      shorter.set_argument(length, limit);
    } else if (const auto vector = call.shape.find('v'); vector != std::string_view::npos) {
      shorter.set_argument(vector + 1, thread.vector.shrink(id, call.arguments[vector],
                                                            call.arguments[vector + 1], limit));
    } else {
      return;
    }
    thread.changed = shorter.write(id);
  }

  void leave(pid_t id, Thread& thread) {
    if (thread.put_off) return make_again(id, thread);
    if (!thread.in_call) return go_on(id, 0);
    Call& call = trace_.calls[*thread.in_call];
    __ptrace_syscall_info info{};
    if (::ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof info, &info) > 0) call.result = info.exit.rval;
    if (call.result <= kFirstRestart && call.result >= kLastRestart) {
      call.result = -EINTR;
      call.interrupted = true;
    }
    Registers registers;
    if ((thread.changed || thread.result) && registers.read(id)) {
      // The kernel leaves argument registers as they were, and callers rely on that.
      if (thread.changed) restore_arguments(call, registers);
      if (thread.result) {
        call.result = *thread.result;
        registers.set_result(call.result);
      }
      registers.write(id);
      thread.vector.restore();
    }
    call.finished = true;
    call.ended = trace_.calls.size();
    decode_result(call);
    thread.in_call.reset();
    go_on(id, 0);
  }

  static void restore_arguments(const Call& call, Registers& registers) {
#ifdef __aarch64__
    constexpr std::size_t kFirst = 1;  // the first argument's register holds the result
#else
    constexpr std::size_t kFirst = 0;
#endif
    for (std::size_t i = kFirst; i < call.arguments.size(); ++i) {
      registers.set_argument(i, call.arguments[i]);
    }
  }

  void pass_mark(pid_t id, std::uint64_t which) {
    if (which == kBegin && state_ == State::before) {
      state_ = State::inside;
      before_ = open_descriptors(child_);
    } else if (which == kEnd && state_ == State::inside && id == child_) {
      state_ = State::after;
      const Descriptors after = open_descriptors(child_);
      trace_.leaked = difference(after, before_);
      trace_.lost = difference(before_, after);
      trace_.children_left = unreaped(processes_);
      trace_.ending = {report_.kind, report_.code, report_.what, nullptr};
    }
    go_on(id, 0);
  }

  void handle_exit(pid_t id, int status) {
    threads_.erase(id);
    if (id != child_) return;
    if (state_ == State::before) {
      throw std::runtime_error(report_.filter_refused
                                   ? "the lens syscalls: this machine refuses a seccomp filter"
                                   : "the lens syscalls: this machine refuses ptrace");
    }
    if (state_ == State::inside) {
      const bool killed = WIFSIGNALED(status);
      trace_.ending = {killed ? Ending::Kind::killed : Ending::Kind::exited,
                       killed ? WTERMSIG(status) : WEXITSTATUS(status), "", fatal_};
      state_ = State::after;
    }
    kill_all();  // processes of the region that outlive it
  }

  void end_by_force(Ending::Kind kind) {
    if (state_ == State::inside) trace_.ending = {kind, 0, "", nullptr};
    state_ = State::after;
    ::kill(child_, SIGKILL);
    kill_all();
  }

  void kill_all() {
    for (const pid_t process : processes_) {
      if (threads_.contains(process)) ::kill(process, SIGKILL);
    }
  }

  bool all_asleep() const {
    return std::all_of(threads_.begin(), threads_.end(), [&](const auto& entry) {
      const auto& [id, thread] = entry;
      return thread.in_call && sleeps_for_good(id, trace_.calls[*thread.in_call]);
    });
  }

  pid_t child_;
  const Plan& plan_;
  const Report& report_;
  std::map<pid_t, Thread> threads_;
  std::vector<pid_t> processes_;  // made by the region
  State state_ = State::before;
  std::size_t calls_when_fed_ = 0;
  bool put_one_off_ = false;
  int signal_to_send_ = 0;
  Descriptors before_;
  std::shared_ptr<const Origin> fatal_;
  Trace trace_;
};

}  // namespace

Trace run_traced(const Region& region, const Plan& plan) {
  if (threads_of_this_process() != 1) {
    throw std::runtime_error(
        "the lens syscalls: the suite has more than one thread, it can't fork");
  }
  const ChildSignalsBlocked blocked;
  const OneCpu together(plan.on_one_cpu);
  Shared<Report> report;
  const pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "the lens syscalls: fork");
  if (child == 0) run_child(region, blocked.before(), *report);
  return Tracer(child, plan, *report).run();
}

}  // namespace kit::syscalls
