// A thread of rank 0 that looks at the shared memory every 5 ms and makes no MPI call: it hears a
// rank's last words, and finds the proof that no rank can go on.
#pragma once

#include <functional>

#include "lens/messages/hang.hpp"
#include "lens/messages/shared.hpp"

namespace kit::lens {

struct WatcherEvents {
  std::function<void(const Hang&, const Log&)> hang;
  std::function<void(const LastWords&)> last_words;
};

void start_watcher(WatcherEvents events);
void stop_watcher();

}  // namespace kit::lens
