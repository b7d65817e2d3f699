// What the sweeps of this exercise run, and how each run is judged.
#pragma once

#include <array>
#include <cerrno>
#include <optional>
#include <string>

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
  Plan without = with;
  without.refuse = {
      {Family::copy_range, ENOSYS}, {Family::send_file, ENOSYS}, {Family::clone_file, EOPNOTSUPP}};
  return {World{"", with}, World{", no in-kernel copy", without}};
}

inline Trace copy_traced(Scene& scene, const Plan& plan) {
  scene.reset();
  return run_traced(
      [from = scene.from(), to = scene.to()] { kit::copy_file(from.c_str(), to.c_str()); }, plan);
}

/// The undisturbed run that a sweep starts from. Fails the test unless it copied: a sweep over
/// nothing proves nothing.
inline std::optional<Trace> undisturbed(Scene& scene, const World& world,
                                        const std::string& input) {
  Trace trace = copy_traced(scene, world.plan);
  if (trace.ending.returned() && scene.state() == State::new_file) return trace;
  fail(input + world.name,
       paragraph("Without any fault: " + ending_text(trace.ending) + ". " + scene.state_text()));
  return std::nullopt;
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

}  // namespace judge
