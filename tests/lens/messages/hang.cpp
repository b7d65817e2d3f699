#include "lens/messages/hang.hpp"

#include <algorithm>

namespace kit::lens {
namespace {

// The calls that a rank has made on a communicator together with all others, in order, up to event
// `last` of its log.
std::vector<Call> meetings_on(const std::vector<Event>& events, std::uint32_t comm, int last) {
  std::vector<Call> calls;
  for (int i = 0; i <= last; ++i) {
    const Event& e = events[at(i)];
    if (e.kind == Kind::Forbidden && e.comm == comm && meets(e.call)) calls.push_back(e.call);
  }
  return calls;
}

class Proof {
 public:
  Proof(const Log& log, const std::vector<RankState>& states)
      : log_(log), states_(states), matches_(match(log)) {}

  // What rank r waits for, if it can't go on by what is there now.
  std::optional<Waiting> blocked(int r) const {
    const Blocked& b = states_[at(r)].blocked;
    Waiting w{r, false, b.call, b.site, {}, false};
    if (b.call == Call::Probe || b.call == Call::Mprobe) return probing(w, b);
    if (family(b.call) != Family::Messages) return meeting(w, b);
    // A wait for messages, for collectives that go on by themselves, or for both.
    bool one_missing = false, all_missing = b.complete;
    for (int i = 0; i < b.count; ++i) {
      const int op = b.ops[i];
      if (missing(r, op)) {
        const Event& e = log_[at(r)][at(op)];
        if (e.kind == Kind::Forbidden) {
          for (const int q : not_there(r, e.comm, e.object, op)) w.for_ranks.push_back(q);
          one_missing = true;
          continue;
        }
        if (!one_missing) {
          w.sends = e.kind == Kind::Send;
          w.tag = e.tag;
          w.comm = e.comm;
        }
        one_missing = true;
        if (e.peer == kAnySource)
          w.for_ranks.clear();
        else if (w.for_ranks.empty() || b.any)
          w.for_ranks.push_back(e.peer);
      } else {
        all_missing = false;
      }
    }
    if (b.any ? all_missing : one_missing) return w;
    return std::nullopt;
  }

 private:
  bool missing(int r, int op) const {
    const Event& e = log_[at(r)][at(op)];
    const int m = matches_.message_of[at(r)][at(op)];
    if (e.kind == Kind::Forbidden) return !not_there(r, e.comm, e.object, op).empty();
    if (e.kind == Kind::Send) {
      if (m >= 0 && matches_.messages[at(m)].recv >= 0) return false;
      if (e.mode == Mode::Buffered || wildcard_waits(e, r)) return false;
      return e.mode == Mode::Synchronous || e.waits || e.bytes > kEagerBytes;
    }
    if (e.peer != kAnySource && e.tag != kAnyTag) return m < 0;
    // Any unread message that fits will do. One taken by a wildcard that isn't over yet may be
    // counted here, never the other way round: the proof errs towards "may go on".
    return std::none_of(matches_.messages.begin(), matches_.messages.end(), [&](const Message& x) {
      return x.to == r && x.recv < 0 && fits(e, x.from, log_[at(x.from)][at(x.send)]);
    });
  }

  // A posted wildcard of the receiver that isn't over may take this send.
  bool wildcard_waits(const Event& send, int sender) const {
    if (send.peer < 0 || at(send.peer) >= log_.size()) return false;
    const auto& events = log_[at(send.peer)];
    return std::any_of(events.begin(), events.end(), [&](const Event& e) {
      return e.kind == Kind::Recv && (e.peer == kAnySource || e.tag == kAnyTag) &&
             e.took_from == kUnknown && fits(e, sender, send);
    });
  }

  std::optional<Waiting> probing(Waiting w, const Blocked& b) const {
    Event wanted;
    wanted.peer = b.peer;
    wanted.tag = b.tag;
    wanted.comm = b.comm;
    for (const Message& x : matches_.messages) {
      if (x.to == w.rank && x.recv < 0 && fits(wanted, x.from, log_[at(x.from)][at(x.send)])) {
        return std::nullopt;
      }
    }
    if (b.peer >= 0) w.for_ranks.push_back(b.peer);
    w.tag = b.tag;
    w.comm = b.comm;
    return w;
  }

  std::optional<Waiting> meeting(Waiting w, const Blocked& b) const {
    const int last = static_cast<int>(log_[at(w.rank)].size()) - 1;
    w.for_ranks = not_there(w.rank, b.comm, b.needs, last);
    // A library may let a rank wait for more than it needs the data of: each member has to make the
    // call, and one that is back from the function never will.
    if (w.for_ranks.empty() && b.comm == 1) {
      for (const int q : not_there(w.rank, b.comm, ~std::uint64_t{0}, last)) {
        if (states_[at(q)].state == State::Returned) w.for_ranks.push_back(q);
      }
    }
    if (w.for_ranks.empty()) return std::nullopt;
    return w;
  }

  // Of the ranks that rank r needs in its last meeting up to event `last`, those that haven't come to
  // it, or have come to another one instead.
  std::vector<int> not_there(int r, std::uint32_t comm, std::uint64_t needs, int last) const {
    const std::vector<Call> mine = meetings_on(log_[at(r)], comm, last);
    std::vector<int> missing;
    for (int q = 0; at(q) < log_.size() && !mine.empty(); ++q) {
      if ((needs >> q & 1) == 0) continue;
      const auto theirs = meetings_on(log_[at(q)], comm, static_cast<int>(log_[at(q)].size()) - 1);
      if (theirs.size() < mine.size() || theirs[mine.size() - 1] != mine.back())
        missing.push_back(q);
    }
    return missing;
  }

  const Log& log_;
  const std::vector<RankState>& states_;
  const Matches matches_;
};

}  // namespace

std::vector<int> find_circle(const std::vector<int>& next) {
  for (int first = 0; at(first) < next.size(); ++first) {
    std::vector<int> path{first};
    int r = next[at(first)];
    while (r >= 0 && at(r) < next.size() && std::find(path.begin(), path.end(), r) == path.end()) {
      path.push_back(r);
      r = next[at(r)];
    }
    if (r == first) return path;
  }
  return {};
}

std::optional<Hang> prove_hang(const Log& log, const std::vector<RankState>& states) {
  bool any_blocked = false;
  int least = states.empty() ? 0 : states.front().arrivals;
  for (const RankState& s : states) {
    if (s.state == State::Running) return std::nullopt;
    any_blocked = any_blocked || s.state == State::Blocked;
    least = std::min(least, s.arrivals);
  }
  if (!any_blocked) return std::nullopt;
  const Proof proof(log, states);
  Hang hang;
  for (int r = 0; at(r) < log.size(); ++r) {
    const RankState& s = states[at(r)];
    if (s.state == State::Returned) {
      // In a meeting that all have come to: about to go on.
      if (s.arrivals <= least) return std::nullopt;
      hang.ranks.push_back({r, true, Call::Send, 0, {}, false});
      for (const Event& e : log[at(r)]) {
        if (e.kind == Kind::Enter || e.kind == Kind::Leave)
          hang.ranks.back().threw = e.kind == Kind::Enter;
      }
      continue;
    }
    auto waiting = proof.blocked(r);
    if (!waiting) return std::nullopt;
    hang.ranks.push_back(std::move(*waiting));
  }
  std::vector<int> next;
  for (const Waiting& w : hang.ranks) {
    next.push_back(w.returned || w.for_ranks.empty() ? -1 : w.for_ranks.front());
  }
  hang.circle = find_circle(next);
  return hang;
}

}  // namespace kit::lens
