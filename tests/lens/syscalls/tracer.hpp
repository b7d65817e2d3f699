// Runs a region of code in a forked child under ptrace and records its system calls.
//
//   suite ── fork ──> child:  filter, mark, region(), mark, _exit
//     │                         │ stops at each call that the filter names
//     └── decides by the Plan <─┘ error? shorter? kill? then lets it go on to the call's end
//
// All threads and processes that the region starts are traced too. The region changes the child's
// memory only: what a suite wants back from it comes by a Shared<T>, or by the files it wrote. The
// child leaves by _exit, so nothing of the suite's is flushed twice, and LeakSanitizer, which can't
// work under ptrace, isn't asked.
//
// REQUIRES: the suite has one thread.
// THROWS: std::runtime_error where the machine forbids tracing; that is never the learner's fault.
// COST: about 0.1 ms a call, and some milliseconds a run.
#pragma once

#include <sys/mman.h>

#include <functional>
#include <new>
#include <type_traits>

#include "lens/syscalls/plan.hpp"
#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

using Region = std::function<void()>;

Trace run_traced(const Region& region, const Plan& plan = {});

/// A value that the region may write and the suite read afterwards.
template <class T>
class Shared {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Shared() {
    void* place =
        ::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED) throw std::bad_alloc();
    value_ = new (place) T{};
  }
  ~Shared() { ::munmap(value_, sizeof(T)); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;

  T& operator*() { return *value_; }
  T* operator->() { return value_; }

 private:
  T* value_;
};

}  // namespace kit::syscalls
