#include "lens/messages/replay.hpp"

#include <algorithm>
#include <queue>
#include <set>
#include <tuple>

namespace kit::lens {
namespace {

// A moment, and the transfer that made it so late (-1: none).
struct Moment {
  double at = 0;
  int because = -1;
};

Moment later(const Moment& a, const Moment& b) {
  return b.at > a.at ? b : a;
}

struct Operation {
  Moment posted;
  bool is_posted = false;
  Moment end;
  bool ended = false;
};

class Walk {
 public:
  Walk(const Log& log, const Matches& matches, Network network)
      : log_(log),
        matches_(matches),
        network_(network),
        at_(log.size(), 0),
        clock_(log.size()),
        out_(log.size()),
        in_(log.size()),
        ready_of_(log.size()),
        probers_(matches.messages.size()),
        gone_(matches.messages.size(), false),
        arrived_(matches.messages.size()) {
    for (const auto& events : log) operations_.emplace_back(events.size());
  }

  Replay run() {
    for (std::size_t r = 0; r < log_.size(); ++r) advance(r);
    wake();
    while (!ready_.empty()) {
      const int m = next();
      if (m >= 0) transfer(m);
    }
    for (std::size_t r = 0; r < log_.size(); ++r) {
      result_.end = std::max(result_.end, clock_[r].at);
      result_.waits_at.push_back(at_[r] < log_[r].size() ? static_cast<int>(at_[r]) : -1);
    }
    return std::move(result_);
  }

 private:
  // start, send posted, receive posted, event of the send, sender, message
  using Key = std::tuple<double, double, double, int, int, int>;

  const Message& message(int m) const { return matches_.messages[static_cast<std::size_t>(m)]; }
  Operation& send_of(int m) {
    return operations_[static_cast<std::size_t>(message(m).from)]
                      [static_cast<std::size_t>(message(m).send)];
  }
  Operation& recv_of(int m) {
    return operations_[static_cast<std::size_t>(message(m).to)]
                      [static_cast<std::size_t>(message(m).recv)];
  }

  bool eager(int m) const {
    const Event& e =
        log_[static_cast<std::size_t>(message(m).from)][static_cast<std::size_t>(message(m).send)];
    return e.mode != Mode::Synchronous && e.bytes <= network_.eager;
  }
  double bytes(int m) const {
    return static_cast<double>(
        log_[static_cast<std::size_t>(message(m).from)][static_cast<std::size_t>(message(m).send)]
            .bytes);
  }

  static Moment after(Moment moment, double time) {
    moment.at += time;
    return moment;
  }

  Moment start(int m) {
    Moment s = send_of(m).posted;
    if (!eager(m))
      s = after(later(after(s, network_.latency), recv_of(m).posted), network_.latency);
    if (message(m).from == message(m).to) return s;  // to itself: no port
    s = later(s, out_[static_cast<std::size_t>(message(m).from)]);
    return later(s, after(in_[static_cast<std::size_t>(message(m).to)], -network_.latency));
  }

  Key key(int m) {
    return {start(m).at,     send_of(m).posted.at, recv_of(m).posted.at,
            message(m).send, message(m).from,      m};
  }

  // Walks rank r's log as far as what has ended allows.
  void advance(std::size_t r) {
    for (; at_[r] < log_[r].size(); ++at_[r]) {
      const Event& e = log_[r][at_[r]];
      const int m = matches_.message_of[r][at_[r]];
      if (e.kind == Kind::Send || e.kind == Kind::Recv) {
        Operation& op = operations_[r][at_[r]];
        const bool send = e.kind == Kind::Send;
        if (send) clock_[r].at += network_.overhead;
        op.posted = clock_[r];
        op.is_posted = true;
        const bool leaves =
            e.mode == Mode::Buffered || (e.mode == Mode::Standard && e.bytes <= network_.eager);
        if (send && leaves) end(op, clock_[r]);
        if (m >= 0) posted(m, e.kind == Kind::Send);
      } else if (e.kind == Kind::Done) {
        const auto of = static_cast<std::size_t>(e.op);
        const Operation& op = operations_[r][of];
        // A receive that took a message of the caller's has no send in the log, and costs nothing
        // here; nor does a collective.
        const Kind kind = log_[r][of].kind;
        const bool foreign =
            kind == Kind::Forbidden || (kind == Kind::Recv && matches_.message_of[r][of] < 0);
        if (!op.ended && !foreign) return;
        if (op.ended && op.end.at > clock_[r].at) {
          result_.standstills.push_back({static_cast<int>(r), clock_[r].at, op.end.at});
          clock_[r] = op.end;
        }
      } else if (e.kind == Kind::Probe && m >= 0) {
        if (!send_of(m).is_posted) {
          probers_[static_cast<std::size_t>(m)].push_back(r);
          return;
        }
        if (const Moment seen = after(send_of(m).posted, network_.latency);
            seen.at > clock_[r].at) {
          result_.standstills.push_back({static_cast<int>(r), clock_[r].at, seen.at});
          clock_[r] = seen;
        }
      }
    }
  }

  static void end(Operation& op, const Moment& when) {
    if (op.ended) return;
    op.end = when;
    op.ended = true;
  }

  void posted(int m, bool send) {
    if (send) {
      // Whoever probes for it may go on, but only when this rank's own walk is over: see wake().
      for (const std::size_t r : probers_[static_cast<std::size_t>(m)]) waiting_.push_back(r);
    }
    if (message(m).recv < 0 || message(m).to < 0) return;
    if (gone_[static_cast<std::size_t>(m)]) {
      if (!send) receive(m);
      return;
    }
    if (!send_of(m).is_posted || (!eager(m) && !recv_of(m).is_posted)) return;
    if (ready_of_[static_cast<std::size_t>(message(m).from)].count({message(m).send, m}) != 0)
      return;
    ready_.push(key(m));
    ready_of_[static_cast<std::size_t>(message(m).from)].insert({message(m).send, m});
  }

  void wake() {
    while (!waiting_.empty()) {
      const std::size_t r = waiting_.back();
      waiting_.pop_back();
      advance(r);
    }
  }

  // The message that goes next, or -1 if the top of the heap was out of date.
  int next() {
    const Key top = ready_.top();
    ready_.pop();
    const int m = std::get<5>(top);
    if (gone_[static_cast<std::size_t>(m)]) return -1;
    const Key now = key(m);
    if (now != top) {  // a port was taken in the meantime
      ready_.push(now);
      return -1;
    }
    // Of the same sender, what was posted before it at the same time and can start as early goes
    // first.
    for (const auto& [event, earlier] : ready_of_[static_cast<std::size_t>(message(m).from)]) {
      if (event >= message(m).send) break;
      if (send_of(earlier).posted.at >= send_of(m).posted.at && start(earlier).at <= start(m).at) {
        ready_.push(now);
        return earlier;
      }
    }
    return m;
  }

  // The message has come, and there is a receive for it.
  void receive(int m) {
    Operation& op = recv_of(m);
    end(op, after(later(op.posted, arrived_[static_cast<std::size_t>(m)]), network_.overhead));
  }

  void transfer(int m) {
    gone_[static_cast<std::size_t>(m)] = true;
    const auto from = static_cast<std::size_t>(message(m).from);
    const auto to = static_cast<std::size_t>(message(m).to);
    ready_of_[from].erase({message(m).send, m});
    const Moment s = start(m);
    const double at_the_port = network_.alpha + network_.beta * bytes(m);
    const int number = static_cast<int>(result_.transfers.size());
    const Moment sent{s.at + at_the_port, number};
    const Moment arrives{sent.at + network_.latency, number};
    result_.transfers.push_back({m, s.at, arrives.at, s.because});
    result_.end = std::max(result_.end, arrives.at);
    if (from != to) {
      out_[from] = {s.at + std::max(at_the_port, network_.gap), number};
      in_[to] = arrives;
    }
    end(send_of(m), sent);
    arrived_[static_cast<std::size_t>(m)] = arrives;
    if (recv_of(m).is_posted) receive(m);
    advance(from);
    advance(to);
    wake();
  }

  const Log& log_;
  const Matches& matches_;
  const Network network_;
  std::vector<std::size_t> at_;  // next event of each rank
  std::vector<Moment> clock_, out_, in_;
  std::vector<std::vector<Operation>> operations_;
  std::priority_queue<Key, std::vector<Key>, std::greater<>> ready_;
  std::vector<std::set<std::pair<int, int>>> ready_of_;  // of each sender: (event, message)
  std::vector<std::vector<std::size_t>> probers_;        // of each message
  std::vector<std::size_t> waiting_;
  std::vector<bool> gone_;
  std::vector<Moment> arrived_;
  Replay result_;
};

}  // namespace

Replay replay(const Log& log, const Matches& matches, Network network) {
  return Walk(log, matches, network).run();
}

}  // namespace kit::lens
