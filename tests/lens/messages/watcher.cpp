#include "lens/messages/watcher.hpp"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace kit::lens {
namespace {

std::thread watcher;
std::atomic<bool> stopping = false;

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
    if (now == before && this_case == case_before) {
      // Nothing moved between two looks. What is read now is of one moment if nothing moves until
      // it has been read.
      const auto states = read_states(ranks);
      const Log log = read_log(ranks);
      const auto hang = prove_hang(log, states);
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
