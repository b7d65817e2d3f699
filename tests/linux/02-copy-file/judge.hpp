// What the sweeps of this exercise run, and how each run is judged.
#pragma once

#include <array>
#include <cerrno>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lens/syscalls/faults.hpp"
#include "lens/syscalls/tracer.hpp"
#include "scene.hpp"

namespace judge {

using namespace kit::syscalls;
using kit::harness::fail;
using scene::Scene;
using scene::State;

// The two worlds of each sweep: the kernel can copy, and it can't.
struct World {
  const char* name;
  Plan plan;
};

inline std::array<World, 2> worlds() {
  Plan with;
  with.sync_reaches_disk = false;  // what is judged is which syncs are made, not the disk
  with.on_one_cpu = true;
  Plan without = with;
  without.refuse = {
      {Family::copy_range, ENOSYS}, {Family::send_file, ENOSYS}, {Family::clone_file, EOPNOTSUPP}};
  return {World{"", with}, World{", no in-kernel copy", without}};
}

inline Trace traced(const std::string& from, const std::string& to, const Plan& plan) {
  return run_traced([&] { kit::copy_file(from.c_str(), to.c_str()); }, plan);
}

inline Trace copy_traced(Scene& scene, const Plan& plan) {
  scene.reset();
  return traced(scene.from(), scene.to(), plan);
}

/// The same copy once more, traced, as a story's last part: at most ten calls, with an arrow at the
/// last one that failed with the error it threw; where none did, at the last that moved bytes, or
/// for a wrong mode at the last that set one. `set_up` makes the scene what it was.
inline std::string calls_again(const std::function<void()>& set_up, const std::string& from,
                               const std::string& to, bool about_the_mode = false) {
  set_up();
  const Trace trace = traced(from, to, worlds()[0].plan);
  if (trace.calls.empty()) return "\n" + paragraph("It made no system call at all.");
  const Ending& ending = trace.ending;
  const bool threw = ending.kind == Ending::Kind::threw_code;
  std::size_t at = trace.calls.size() - 1;
  bool failed = false;
  for (std::size_t i = trace.calls.size(); i-- > 0 && !failed;) {
    failed = threw && trace.calls[i].result == -ending.code;
    if (failed) at = i;
  }
  const auto tells = [&](const Call& call) {
    if (!about_the_mode) return call.transfers();
    const bool creates = (call.open_flags() & (O_CREAT | O_TMPFILE)) != 0;
    return call.result >= 0 && (call.family == Family::chmod || creates);
  };
  for (std::size_t i = trace.calls.size(); i-- > 0 && !threw;) {
    if (!tells(trace.calls[i])) continue;
    at = i;
    break;
  }
  const std::string what = failed                   ? "this failed"
                           : about_the_mode         ? "the last to set a mode"
                           : tells(trace.calls[at]) ? "the last to move bytes"
                                                    : "its last call";
  return "\n" + excerpt(trace, at, what + line_note(trace.calls[at].origin));
}

/// The undisturbed run that a sweep starts from. Fails the test unless it copied: a sweep over
/// nothing proves nothing.
inline std::optional<Trace> undisturbed(Scene& scene, const World& world,
                                        const std::string& input) {
  Trace trace = copy_traced(scene, world.plan);
  if (trace.ending.returned() && scene.state() == State::new_file) return trace;
  const std::string story =
      paragraph("Without any fault: " + ending_text(trace.ending) + ". " + scene.state_text());
  fail(input + world.name,
       story + (trace.calls.empty()
                    ? ""
                    : "\n" + excerpt(trace, trace.calls.size() - 1, "its last call")));
  return std::nullopt;
}

/// The last call that failed with the error that ended the run:
/// " at call 5, openat(...) (copy_file.cpp:77)".
inline std::string failed_call_text(const Trace& trace) {
  for (std::size_t i = trace.calls.size(); i-- > 0;) {
    const Call& call = trace.calls[i];
    if (!trace.ending.threw(static_cast<int>(-call.result)) || call.result >= 0) continue;
    return " at call " + std::to_string(i + 1) + ", " + call_text(call) + line_note(call.origin);
  }
  return "";
}

/// Where the new file took the target's place.
inline std::size_t call_of_rename(const Trace& trace) {
  for (std::size_t i = 0; i < trace.calls.size(); ++i) {
    if (trace.calls[i].family == Family::rename && trace.calls[i].finished &&
        trace.calls[i].result == 0)
      return i;
  }
  return trace.calls.size();
}

inline std::optional<std::string> broken_by_fault(const Scene& scene, const FaultCase& one,
                                                  const Trace& trace) {
  const std::string seen = "Seen: " + ending_text(trace.ending) + ". " + scene.state_text();
  for (const Call& call : trace.calls) {
    if (call.family == Family::close && call.result == -EBADF) {
      return paragraph(
          "It closes a descriptor that is gone already: after an error of close too, Linux has "
          "closed it, and the number may be another thread's by now.");
    }
  }
  const State state = scene.state();
  if (trace.ending.returned() && state == State::new_file) return std::nullopt;
  if (trace.ending.returned()) {
    return paragraph("It returned as if all were well. " + scene.state_text());
  }
  if (trace.ending.kind != Ending::Kind::threw_code) return paragraph(seen);
  if (one.must_survive) {
    return paragraph("Expected: it goes on, returns, and `to` is the new file. " + seen);
  }
  if (trace.ending.code != one.fault.value) {
    return paragraph("The exception names another error than the call did. " + seen +
                     " Cleaning up changes errno: keep it first.");
  }
  const bool may_be_new = one.fault.call > call_of_rename(trace);
  if (state == State::old_file || (state == State::new_file && may_be_new)) return std::nullopt;
  return paragraph("It reported the error, but `to` is not what it was. " + seen);
}

inline std::optional<std::string> left_something(const Scene& scene, const FaultCase& one,
                                                 const Trace& run) {
  // Without unlink nobody can take the temporary away.
  const std::string litter = one.family == Family::unlink ? "" : scene.litter();
  if (!litter.empty()) {
    return paragraph("Left behind in the target's directory: " + litter +
                     ". A million failed copies later the disk is full of them.");
  }
  if (!run.leaked.empty()) {
    const auto& [descriptor, file] = *run.leaked.begin();
    return paragraph("Descriptor " + std::to_string(descriptor) + " is still open (" +
                     std::filesystem::path(file).filename().string() +
                     "). A service that leaks one a failure stops at 1,024.");
  }
  if (!run.lost.empty()) {
    return paragraph("It closed descriptor " + std::to_string(run.lost.begin()->first) +
                     ", which isn't its own.");
  }
  if (run.children_left > 0) return paragraph("It left a child process behind.");
  return std::nullopt;
}

/// Under a sanitizer a run takes four times as long, and the plain suite has judged every one of them. What is left to
/// find is memory misused on some path, and these take every path: each fault that must be survived, one reported error
/// of each call, and every fifth place to be killed at or to stand at.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
constexpr bool kSanitized = __has_feature(address_sanitizer);
#else
constexpr bool kSanitized = false;
#endif
constexpr std::size_t kPlaceStep = kSanitized ? 5 : 1;

inline std::vector<FaultCase> faults_to_walk(const Trace& undisturbed, const Plan& plan) {
  std::vector<FaultCase> cases;
  for (const FaultCase& one : faults_of(undisturbed, plan)) {
    const bool repeats = !one.must_survive && !cases.empty() && !cases.back().must_survive &&
                         cases.back().fault.call == one.fault.call;
    if (!kSanitized || !repeats) cases.push_back(one);
  }
  return cases;
}

inline std::vector<FaultCase> places_to_be_killed_at(const Trace& undisturbed) {
  const std::vector<FaultCase> all = kills_of(undisturbed);
  std::vector<FaultCase> cases;
  for (std::size_t i = 0; i < all.size(); i += kPlaceStep) cases.push_back(all[i]);
  return cases;
}

/// Each fault once, over an old target: two tests judge the same runs.
struct FaultWalk {
  Sweep not_survived;
  Sweep left_something;  // its first run is the one in which nothing goes wrong
};

/// `undisturbed`: the run that has just ended, its files still as it left them. Made for the first
/// test that asks.
inline const FaultWalk& walk_through_faults(Scene& scene, const World& world,
                                            const Trace& undisturbed) {
  static std::map<std::string, FaultWalk> made;
  const auto [place, is_new] = made.try_emplace(world.name);
  FaultWalk& walk = place->second;
  if (!is_new) return walk;
  const FaultCase nothing;
  walk.left_something = for_each_fault(
      {nothing}, world.plan, [&](const Plan&) { return undisturbed; },
      [&](const FaultCase& one, const Trace& run) { return left_something(scene, one, run); });
  walk.not_survived = for_each_fault(
      faults_to_walk(undisturbed, world.plan), world.plan,
      [&](const Plan& plan) { return copy_traced(scene, plan); },
      [&](const FaultCase& one, const Trace& run) {
        Sweep& left = walk.left_something;
        ++left.runs;
        if (const auto story = left_something(scene, one, run)) {
          ++left.broken;
          if (!left.first) left.first = Break{left.runs, one, *story, run};
        }
        return broken_by_fault(scene, one, run);
      });
  return walk;
}

}  // namespace judge
