// The sweep: every call of a region goes wrong once, in each way that the manual pages list and
// that can happen here.
//
// A fault must be survived (the region does its work as if nothing had been) or may be reported (an
// exception with that error, and then the old state must hold). The table stands in faults.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lens/syscalls/plan.hpp"
#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

struct FaultCase {
  Fault fault;
  bool must_survive = false;
  Family family = Family::other;

  /// "ENOSPC at call 5", "a short transfer at call 7", "SIGKILL at call 9", "no fault at all"
  std::string text() const;
};

/// What can go wrong in the calls of an undisturbed run under `plan`. Calls that the plan refuses
/// anyway are left out.
std::vector<FaultCase> faults_of(const Trace& undisturbed, const Plan& plan = {});

/// SIGKILL before each call.
std::vector<FaultCase> kills_of(const Trace& undisturbed);

/// The signal at each call from `first` on, delivered both ways: before the call, and in it.
/// Before the handlers are installed it kills, rightly; so `first` is a call after that.
std::vector<FaultCase> signals_of(const Trace& undisturbed, int signal, std::size_t first);

/// A failed run: what the judge said, and what was seen.
struct Break {
  std::size_t number = 0;  // of the case, from 1
  FaultCase what;
  std::string story;
  Trace trace;
};

struct Sweep {
  std::size_t runs = 0;
  std::size_t broken = 0;
  std::optional<Break> first;
};

/// Sets the scene, runs the region under the plan, and returns its trace.
using Attempt = std::function<Trace(const Plan&)>;
/// Looks at the trace and at what the run left in the world; says what is wrong, or nothing.
using Judge = std::function<std::optional<std::string>(const FaultCase&, const Trace&)>;

/// Runs each case once, on top of what `plan` already wants.
Sweep for_each_fault(const std::vector<FaultCase>& cases, const Plan& plan, const Attempt& attempt,
                     const Judge& judge);

/// Records "FAULTS that broke it: 2 of 57", and fails the running test with the first of them, its
/// call, the learner's line that made it and the calls around it. `input`: what the sweep ran on.
bool expect_unbroken(const Sweep& sweep, std::string_view key, std::string_view input);

}  // namespace kit::syscalls
