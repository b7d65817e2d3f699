// What is to happen to the calls of a run: nothing, by default.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

#include "lens/syscalls/calls.hpp"

namespace kit::syscalls {

/// One misfortune at one call. `call` counts all calls of the region from 0, over all its threads.
struct Fault {
  enum class Kind {
    none,
    error,  // the call is not made and reports `value`, an errno; close is made, only its result is
            // replaced
    shorten,  // at most `value` bytes are asked for, so that the kernel really transfers no more
    kill,     // SIGKILL for the whole process before the call is made
    // The signal `value` for the process. One that comes in a call interrupts it if it sleeps; one
    // that comes before it is handled first, and then the call starts. Only the second shows "look
    // at the flag, then wait": the handler has run when the wait begins, and nothing ends it.
    signal_in,
    signal_before,
    delay  // this thread stands before the call until all others sleep, or are gone
  };
  std::size_t call = 0;
  Kind kind = Kind::none;
  long value = 0;
};

/// Every call of this family fails with this errno: a kernel or a file system that can't.
/// With 0 it is not made either, but says that it moved nothing.
struct Refusal {
  Family family;
  int error;
};

/// What the suite does while the region stands before this call.
struct Meanwhile {
  std::size_t call = 0;
  std::function<void()> work;  // nothing if empty
};

struct Plan {
  std::vector<Fault> faults;
  std::vector<Refusal> refuse;
  Meanwhile meanwhile;
  /// No transfer moves more bytes than this; 0 leaves them as they are asked for.
  std::size_t longest_transfer = 0;
  /// False: fsync and its kin on a valid descriptor succeed without waiting for a disk. They are
  /// counted all the same.
  bool sync_reaches_disk = true;
  /// The suite and the region share one CPU meanwhile, so that a stop costs no call to another core:
  /// a sweep takes two thirds of the time. Not for regions with threads of their own.
  bool on_one_cpu = false;

  /// A region that makes more calls than this is stopped.
  std::size_t most_calls = 20'000;
  /// One is called each time that every thread of the region sleeps in a call for good: the input
  /// it waits for.
  std::vector<std::function<void()>> when_asleep;
  /// More calls than this between two sleeps, while input is still to come: the region spins. 0: any
  /// number. No clock tells a spin from a wait, but this does.
  std::size_t most_calls_awake = 0;
  /// When it sleeps and nothing of that is left, it hangs. False where a timer of the region's own
  /// may still wake it.
  bool sleep_is_hang = true;
  /// Only a net.
  std::chrono::milliseconds wall_limit{8'000};
};

}  // namespace kit::syscalls
