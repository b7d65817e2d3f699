// The lens's words for people: tables and sentences, at most 72 columns wide.
#include <algorithm>
#include <map>

#include "lens/messages/report.hpp"
#include "lens/messages/shared.hpp"

namespace kit::lens {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string rank_name(int rank) {
  return rank == kUnknown ? "a rank outside" : std::to_string(rank);
}

std::string what(const Waiting& w) {
  if (w.returned) return w.threw ? "has thrown" : "has returned";
  std::string text = name(w.call);
  if (family(w.call) != Family::Messages) return text + ", waits for " + rank_list(w.for_ranks);
  text += w.sends ? " to " : " from ";
  if (w.for_ranks.empty()) return text + "any source";
  return text + (w.for_ranks.front() == kUnknown ? rank_name(kUnknown) : rank_list(w.for_ranks));
}

}  // namespace

std::string rank_list(const std::vector<int>& ranks) {
  std::string out;
  for (std::size_t i = 0; i < ranks.size();) {
    std::size_t last = i;
    while (last + 1 < ranks.size() && ranks[last + 1] == ranks[last] + 1) ++last;
    if (!out.empty()) out += ", ";
    out += std::to_string(ranks[i]);
    if (last == i + 1) out += ", " + std::to_string(ranks[last]);
    if (last > i + 1) out += " to " + std::to_string(ranks[last]);
    i = last + 1;
  }
  return out;
}

std::string round_table(const MessageReport& report, int rows) {
  constexpr int kColumns = 10;
  const int rounds = std::min(report.rounds, kColumns);
  // Cells by rank and round.
  std::map<std::pair<int, int>, std::string> cells;
  std::size_t width = 4;
  for (const Step& s : report.steps) {
    if (s.round > rounds) continue;
    cells[{s.from, s.round}] += ">" + std::to_string(s.to);
    cells[{s.to, s.round}] += "<" + std::to_string(s.from);
    width =
        std::max({width, cells[{s.from, s.round}].size() + 1, cells[{s.to, s.round}].size() + 1});
  }
  std::string out = padded("round", 8);
  for (int k = 1; k <= rounds; ++k) out += " " + padded(std::to_string(k), width);
  if (rounds < report.rounds) out += " ...";
  for (int r = 0; r < std::min(report.ranks, rows); ++r) {
    out += "\n" + padded("rank " + std::to_string(r), 8);
    for (int k = 1; k <= rounds; ++k) {
      const auto cell = cells.find({r, k});
      out += " " + padded(cell == cells.end() ? "." : cell->second, width);
    }
  }
  if (report.ranks > rows)
    out += "\n" + std::to_string(report.ranks - rows) + " more rank" +
           (report.ranks - rows == 1 ? "" : "s");
  // No blanks at the ends of lines.
  std::string trimmed;
  for (std::size_t i = 0; i <= out.size(); ++i) {
    if (i == out.size() || out[i] == '\n') {
      while (!trimmed.empty() && trimmed.back() == ' ') trimmed.pop_back();
    }
    if (i < out.size()) trimmed += out[i];
  }
  return trimmed;
}

std::string hang_story(const Hang& hang) {
  std::vector<int> shown = hang.circle;
  const bool circle = shown.size() > 1;
  if (!circle) {
    shown.clear();
    for (const Waiting& w : hang.ranks) shown.push_back(w.rank);
  }
  std::size_t width = 0;
  for (const int r : shown) width = std::max(width, what(hang.ranks[at(r)]).size());
  std::string out;
  constexpr std::size_t kRows = 9;
  for (std::size_t i = 0; i < std::min(shown.size(), kRows); ++i) {
    const Waiting& w = hang.ranks[at(shown[i])];
    if (i > 0) out += '\n';
    out += "  rank " + std::to_string(w.rank) + "   ";
    out += w.returned ? what(w) : padded(what(w), width) + "   " + where(w.site);
    const bool last = i + 1 == shown.size() && circle;
    if (last) out += "   <- closes the circle";
  }
  if (shown.size() > kRows) {
    out += "\n  and " + std::to_string(shown.size() - kRows) + " more";
    if (circle) out += "; the last waits for rank " + std::to_string(hang.circle.front());
  }
  for (const Waiting& w : hang.ranks) {
    if (circle || w.returned || w.for_ranks.empty()) continue;
    const int other = w.for_ranks.front();
    if (other == kUnknown) {
      out +=
          "\nRank " + std::to_string(w.rank) + " waits for a rank that isn't in the communicator.";
      break;
    }
    if (other == w.rank) {
      out += "\nRank " + std::to_string(other) + " waits for itself.";
      break;
    }
    if (hang.ranks[at(other)].returned) {
      out += "\nRank " + std::to_string(w.rank) + " waits for rank " + std::to_string(other) +
             (hang.ranks[at(other)].threw ? ", which has thrown." : ", which has returned.");
      break;
    }
  }
  return out;
}

std::string wrong_tag_story(const Hang& hang, const Log& log) {
  const Matches matches = match(log);
  for (const Waiting& w : hang.ranks) {
    if (w.returned || w.sends || w.tag == kAnyTag || w.for_ranks.empty()) continue;
    for (const Message& m : matches.messages) {
      const Event& send = log[at(m.from)][at(m.send)];
      const bool for_it = m.to == w.rank && m.from == w.for_ranks.front() && send.comm == w.comm;
      if (!for_it || m.recv >= 0 || send.tag == w.tag) continue;
      return "Rank " + std::to_string(m.from) + " sent tag " + std::to_string(send.tag) + " (" +
             where(send.site) + "); rank " + std::to_string(w.rank) + " waits for tag " +
             std::to_string(w.tag) + ".";
    }
  }
  return "";
}

std::string race_story(const Log& log, const Race& race) {
  const auto number = [&](int rank, int event) {
    const int call = event < 0 ? 0 : call_number(log[at(rank)], event);
    return call == 0 ? std::string() : " of call " + std::to_string(call);
  };
  const Event& receive = log[at(race.rank)][at(race.receive)];
  const Event& other = log[at(race.other_from)][at(race.other_send)];
  return "Rank " + std::to_string(race.rank) + ", " + name(receive.call) + " from any source (" +
         where(receive.site) + "):\ntook rank " + std::to_string(race.took_from) + "'s message" +
         number(race.took_from, race.took_send) + "; rank " + std::to_string(race.other_from) +
         "'s" + number(race.other_from, race.other_send) + "\n(" + where(other.site) +
         ") could have come first. What a call receives then depends\non timing. Name the source, "
         "or "
         "give each call a tag of its own.";
}

std::string leftover_story(const Leftover& l) {
  const std::string who =
      "rank " + std::to_string(l.rank) + ", " + name(l.call) + ", " + where(l.site) + ":";
  switch (l.kind) {
    case Leftover::Kind::UnreadMessage:
      return who + "\n    its message to rank " + rank_name(l.peer) + " (tag " +
             std::to_string(l.tag) + ") was never received";
    case Leftover::Kind::UnmatchedReceive:
      return who + "\n    no message came, and it still waits for one";
    case Leftover::Kind::OpenRequest:
      return who +
             "\n    its request was never completed by MPI_Wait or MPI_Test; freeing it\n"
             "    doesn't complete it";
    case Leftover::Kind::Datatype:
      return who + "\n    the datatype was never freed";
    case Leftover::Kind::Communicator:
      return who + "\n    the communicator was never freed";
    case Leftover::Kind::PersistentRequest:
      return who + "\n    the persistent request was never freed";
    case Leftover::Kind::Group:
      return who + "\n    the group was never freed";
    case Leftover::Kind::Operator:
      return who + "\n    the operator was never freed";
    case Leftover::Kind::Window:
      return who + "\n    the window was never freed";
  }
  return who;
}

std::string outside_story(const Outside& o) {
  return "Rank " + std::to_string(o.rank) + ", " + name(o.call) + (o.sends ? " to " : " from ") +
         (o.peer < 0 ? "any source" : std::to_string(o.peer)) + " (" + where(o.site) + "):\nits " +
         std::to_string(o.bytes) + " bytes are " + (o.sends ? "sent from" : "received into") +
         " memory outside the field.";
}

std::string leftovers_story(const std::vector<Leftover>& leftovers) {
  const std::size_t n = leftovers.size();
  std::string out = n == 1 ? "One thing is left behind when all ranks are back:\n  "
                           : std::to_string(n) +
                                 " things are left behind when all ranks are back; the first:\n  ";
  out += leftover_story(leftovers.front());
  switch (leftovers.front().kind) {
    case Leftover::Kind::UnreadMessage:
      return out + "\nThe next call may take this message for its own.";
    case Leftover::Kind::UnmatchedReceive:
      return out + "\nThis receive may take a message of the next call.";
    case Leftover::Kind::OpenRequest:
      return out +
             "\nMPI may still use the buffer when the caller does, and each call loses a\n"
             "request.";
    case Leftover::Kind::Datatype:
      return out + "\nEach call loses a datatype.";
    case Leftover::Kind::Communicator:
      return out + "\nEach call loses a communicator, and MPI has only so many.";
    case Leftover::Kind::PersistentRequest:
      return out + "\nEach call loses a request; MPI_Wait ends only what was started.";
    case Leftover::Kind::Group:
      return out + "\nEach call loses a group.";
    case Leftover::Kind::Operator:
      return out + "\nEach call loses an operator.";
    case Leftover::Kind::Window:
      return out + "\nEach call loses a window, and what MPI keeps for it.";
  }
  return out;
}

}  // namespace kit::lens
