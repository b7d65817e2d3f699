#include "lens/messages/watcher.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "lens/messages/mirror.hpp"

namespace kit::lens {
namespace {

std::thread watcher;
std::atomic<bool> stopping = false;

// Whether what is known of all ranks is of the case that runs; from another host it comes later.
bool of_this_case(int ranks) {
  for (int r = 0; r < ranks; ++r) {
    if (shared().rank[r].case_number.load() != shared().case_number.load()) return false;
  }
  return true;
}

void watch(const WatcherEvents& events) {
  std::vector<std::uint64_t> before;
  int case_before = -1;
  while (!stopping.load()) {
    ::usleep(5000);
    LastWords& words = shared().last_words;
    if (words.state.load() == 2) {
      events.last_words(words);
      words.state.store(3);
    }
    const int ranks = shared().ranks.load();
    if (ranks == 0) continue;
    const int this_case = shared().changes.load();
    const auto now = versions(ranks);
    if (now == before && this_case == case_before && of_this_case(ranks)) {
      // Nothing moved between two looks. What is read now is of one moment if nothing moves until
      // it has been read.
      std::unique_lock lock(mirror_lock());
      const auto states = read_states(ranks);
      const Log log = read_log(ranks);
      const bool still = versions(ranks) == now;
      lock.unlock();
      const auto hang = still ? prove_hang(log, states) : std::nullopt;
      if (hang && versions(ranks) == now && shared().changes.load() == this_case) {
        events.hang(*hang, log);
      }
    }
    before = now;
    case_before = this_case;
  }
}

}  // namespace

void start_watcher(WatcherEvents events) {
  // Signals are the main thread's.
  sigset_t all, old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  watcher = std::thread([events = std::move(events)] { watch(events); });
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
}

void stop_watcher() {
  stopping.store(true);
  if (watcher.joinable()) watcher.join();
}

}  // namespace kit::lens
