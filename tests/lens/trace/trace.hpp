// The lens `trace`: every access and every atomic operation of a submission's plain C++, thread by
// thread.
//
// The submission is compiled once more with -fsanitize=thread, together with
// tests/ID/NAME_traced.cpp, which exports what the suite calls under plain names. Both are linked
// with the kit's own __tsan_* functions (hooks.cpp) instead of libtsan into traced.so beside the
// suite's program, which loads it when a test asks:
//
//   using kit::lens::Traced;
//   if (!Traced::get()) return;                             // the test has failed, and said why
//   auto* add = Traced::get().function<void(void*, unsigned)>("traced_add");
//   const auto seen = kit::lens::record(4, 1 << 16, [&](unsigned thread) { add(counters, thread); });
//   for (const SharedLine& line : lines_written_by_several(seen)) ...    // sharing.hpp
//   miss_map(seen, arrays)                                               // miss_map.hpp
//
// Seen is what instrumented code does: the submission, and what it takes from headers. Not seen:
// what libraries do inside, but for memcpy, memmove, memset and pthreads' locks; arrays on the
// stack whose address doesn't escape. Graded numbers of misses are therefore the lens `cache`'s;
// this one says who and where.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/report.hpp"
#include "lens/trace/access.hpp"

namespace kit::lens {

/// traced.so, loaded once.
class Traced {
 public:
  /// From beside this program. Where it can't be loaded, the running test fails with the reason.
  static Traced& get(harness::Where where = harness::Where::here());
  explicit Traced(const std::string& file);

  explicit operator bool() const { return problem_.empty(); }
  const std::string& problem() const { return problem_; }
  template <class Function>
  Function* function(const char* name) const {
    return reinterpret_cast<Function*>(symbol(name));
  }
  AccessLog* into(AccessLog* log) const { return into_(log); }

 private:
  void* symbol(const char* name) const;
  void* library_ = nullptr;
  AccessLog* (*into_)(AccessLog*) = nullptr;
  std::string problem_;
};

struct Recording {
  std::vector<std::vector<Access>> threads;  // in each the order of its own accesses
  bool whole = true;  // false where a thread made more than there was room for

  std::size_t count(AccessKind kind) const;
};

/// Runs body(0) to body(threads - 1) side by side, each on a thread of its own, and records the
/// accesses of traced code while it runs, at most `most` a thread. They start together, so that
/// what is only there when they meet has its chance, though nothing that is asked of a recording
/// depends on who is first.
Recording record(const Traced& traced, unsigned threads, std::size_t most,
                 const std::function<void(unsigned)>& body);

}  // namespace kit::lens
