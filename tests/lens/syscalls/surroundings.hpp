// What the tracing process changes of itself while it traces, and puts back.
#pragma once

#include <sched.h>
#include <signal.h>

namespace kit::syscalls {

// Blocks SIGCHLD, so that the tracer can wait for it.
class ChildSignalsBlocked {
 public:
  ChildSignalsBlocked() {
    sigset_t block;
    sigemptyset(&block);
    sigaddset(&block, SIGCHLD);
    ::sigprocmask(SIG_BLOCK, &block, &before_);
  }
  ~ChildSignalsBlocked() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  ChildSignalsBlocked(const ChildSignalsBlocked&) = delete;
  ChildSignalsBlocked& operator=(const ChildSignalsBlocked&) = delete;
  const sigset_t& before() const { return before_; }

 private:
  sigset_t before_{};
};

// This process on the CPU where it is, and with it the child that it forks.
class OneCpu {
 public:
  explicit OneCpu(bool wanted) {
    cpu_set_t one;
    CPU_ZERO(&one);
    const int here = ::sched_getcpu();
    if (!wanted || here < 0 || ::sched_getaffinity(0, sizeof before_, &before_) != 0) return;
    CPU_SET(here, &one);
    pinned_ = ::sched_setaffinity(0, sizeof one, &one) == 0;
  }
  ~OneCpu() {
    if (pinned_) ::sched_setaffinity(0, sizeof before_, &before_);
  }
  OneCpu(const OneCpu&) = delete;
  OneCpu& operator=(const OneCpu&) = delete;

 private:
  cpu_set_t before_;
  bool pinned_ = false;
};

}  // namespace kit::syscalls
