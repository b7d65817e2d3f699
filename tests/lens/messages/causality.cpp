#include "lens/messages/causality.hpp"

#include <algorithm>

namespace kit::lens {
namespace {

void merge(VectorClock& into, const VectorClock& other) {
  for (std::size_t q = 0; q < into.size(); ++q) into[q] = std::max(into[q], other[q]);
}

}  // namespace

Clocks vector_clocks(const Log& log, const Matches& matches) {
  const std::size_t ranks = log.size();
  Clocks clocks(ranks);
  std::vector<VectorClock> now(ranks, VectorClock(ranks, 0));
  // A rank is walked until it needs a clock of another that isn't known yet. The run took place, so
  // some walk can always go on; if a log is cut off (a hang), what can't be reached keeps the clock
  // of its last known event.
  bool moved = true;
  bool forced = false;
  while (moved) {
    moved = false;
    for (std::size_t r = 0; r < ranks; ++r) {
      while (clocks[r].size() < log[r].size()) {
        const Event& e = log[r][clocks[r].size()];
        const VectorClock* from = nullptr;
        if (e.kind == Kind::Done) {
          const int m = matches.message_of[r][at(e.op)];
          if (m >= 0) {
            const Message& message = matches.messages[at(m)];
            const Event& post = log[r][at(e.op)];
            const bool waits = post.kind == Kind::Recv || post.mode == Mode::Synchronous;
            const int other = post.kind == Kind::Recv ? message.from : message.to;
            const int event = post.kind == Kind::Recv ? message.send : message.recv;
            if (waits && other >= 0 && event >= 0) {
              if (clocks[at(other)].size() > at(event)) {
                from = &clocks[at(other)][at(event)];
              } else if (!forced) {
                break;
              }
            }
          }
        } else if (e.kind == Kind::Probe && matches.message_of[r][clocks[r].size()] >= 0) {
          const Message& message = matches.messages[at(matches.message_of[r][clocks[r].size()])];
          if (clocks[at(message.from)].size() > at(message.send)) {
            from = &clocks[at(message.from)][at(message.send)];
          } else if (!forced) {
            break;
          }
        }
        if (from != nullptr) merge(now[r], *from);
        ++now[r][r];
        clocks[r].push_back(now[r]);
        moved = true;
        forced = false;
      }
    }
    if (!moved && !forced) {
      for (std::size_t r = 0; r < ranks; ++r) moved = moved || clocks[r].size() < log[r].size();
      forced = moved;
    }
  }
  return clocks;
}

std::vector<Race> races(const Log& log, const Matches& matches, const Clocks& clocks) {
  std::vector<Race> found;
  for (std::size_t r = 0; r < log.size(); ++r) {
    for (std::size_t i = 0; i < log[r].size(); ++i) {
      const Event& done = log[r][i];
      const bool probe = done.kind == Kind::Probe;
      if (done.kind != Kind::Done && !probe) continue;
      const std::size_t post = probe ? i : at(done.op);
      const Event& receive = log[r][post];
      if ((receive.kind != Kind::Recv && !probe) || receive.peer != kAnySource) continue;
      const int mine = matches.message_of[r][post];
      for (const Message& other : matches.messages) {
        const Event& send = log[at(other.from)][at(other.send)];
        if (other.to != static_cast<int>(r) || other.from == receive.took_from) continue;
        if (!fits(receive, other.from, send)) continue;
        if (other.recv >= 0 && other.recv < static_cast<int>(post)) continue;
        // Does it causally follow the end of this receive? Then it could not have come instead.
        if (clocks[at(other.from)][at(other.send)][r] >= clocks[r][i][r]) continue;
        found.push_back({static_cast<int>(r), static_cast<int>(post), receive.took_from,
                         mine < 0 ? -1 : matches.messages[at(mine)].send, other.from, other.send});
        break;
      }
    }
  }
  return found;
}

std::vector<EarlyLeave> early_leaves(const Log& log, const Clocks& clocks) {
  std::vector<EarlyLeave> found;
  // The event of each rank's k-th entry.
  std::vector<std::vector<std::size_t>> entries(log.size());
  for (std::size_t r = 0; r < log.size(); ++r) {
    for (std::size_t i = 0; i < log[r].size(); ++i) {
      if (log[r][i].kind == Kind::Enter) entries[r].push_back(i);
    }
  }
  for (std::size_t r = 0; r < log.size(); ++r) {
    std::size_t call = 0;
    for (std::size_t i = 0; i < log[r].size(); ++i) {
      if (log[r][i].kind != Kind::Leave) continue;
      for (std::size_t q = 0; q < log.size(); ++q) {
        const bool knows = call < entries[q].size() && clocks[r][i][q] > entries[q][call];
        if (!knows) {
          found.push_back({static_cast<int>(call) + 1, static_cast<int>(r), static_cast<int>(q)});
        }
      }
      ++call;
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const EarlyLeave& a, const EarlyLeave& b) { return a.call < b.call; });
  return found;
}

int call_number(const std::vector<Event>& events, int event) {
  int number = 0;
  for (int i = 0; i <= event && at(i) < events.size(); ++i)
    number += events[at(i)].kind == Kind::Enter;
  return number;
}

}  // namespace kit::lens
