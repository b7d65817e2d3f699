// The suite of mpi/04-dissemination-barrier. Whether a rank may leave early is decided by who can
// know of whom, from the log of all messages: it needs no delay, and no luck.
#include "barrier.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/mpi.hpp"
#include "harness/mpi_judge.hpp"
#include "harness/report.hpp"
#include "lens/messages/mirror.hpp"
#include "lens/messages/shared.hpp"

namespace {

using kit::harness::case_input;
using kit::harness::count_of;
using kit::harness::fail;
using kit::harness::meet;
using kit::harness::number;
using kit::harness::on_ranks;
using kit::harness::under_test;
using kit::lens::Event;
using kit::lens::Kind;
using kit::lens::MessageReport;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

int log2_up(int p) {
  return static_cast<int>(std::bit_width(static_cast<unsigned>(p - 1)));
}

std::string input(int calls) {
  return calls == 1 ? "one call" : number(std::int64_t{calls}) + " calls in a row";
}

// Looks, when this rank has left a call, whether all others have entered it: in the logs that all
// ranks write. What is seen so in one run is no proof, but it needs no message to be understood.
// Over several hosts what is known of another's log is old by a moment: then nothing is said here.
class Entries {
 public:
  explicit Entries(int ranks) : seen_(static_cast<std::size_t>(ranks)) {}
  // A rank that has not entered call number `call` (1, 2, ...), or -1.
  int missing(int call) {
    if (kit::lens::hosts() > 1) return -1;
    for (std::size_t r = 0; r < seen_.size(); ++r) {
      const auto& log = kit::lens::shared().rank[r];
      const std::uint32_t events = log.count.load(std::memory_order_acquire);
      for (; seen_[r].entries < call && seen_[r].at < events; ++seen_[r].at) {
        seen_[r].entries += log.events[seen_[r].at].kind == Kind::Enter;
      }
      if (seen_[r].entries < call && !log.overflow.load()) return static_cast<int>(r);
    }
    return -1;
  }

 private:
  struct Seen {
    std::uint32_t at = 0;
    int entries = 0;
  };
  std::vector<Seen> seen_;
};

// `calls` barriers, one after the other. Empty, or which rank had not entered when this one left.
// `late` says whether this rank comes late to a call.
template <class Late>
std::string barriers(int calls, MPI_Comm comm, Late late) {
  Entries entries(kit::harness::mpi::case_size());
  std::string wrong;
  for (int call = 1; call <= calls; ++call) {
    if (late(call)) ::usleep(1000);
    under_test([&] { kit::barrier(comm); });
    if (!wrong.empty()) continue;  // the others count on this rank to go through all calls
    if (const int missing = entries.missing(call); missing >= 0) {
      wrong = "Rank " + std::to_string(rank_in(comm)) + " left call " + number(std::int64_t{call}) +
              ", and rank " + std::to_string(missing) + " had not entered it.";
    }
  }
  return wrong;
}

// The events of rank `r` in call number `call`: [first, past).
std::pair<int, int> events_of_call(const kit::lens::Log& log, int r, int call) {
  const auto& events = log[static_cast<std::size_t>(r)];
  int first = static_cast<int>(events.size()), past = first, entered = 0;
  for (int i = 0; i < static_cast<int>(events.size()); ++i) {
    const Event& e = events[static_cast<std::size_t>(i)];
    if (e.kind == Kind::Enter && ++entered == call) first = i;
    if (e.kind == Kind::Leave && entered == call) past = i + 1;
  }
  return {first, past};
}

// What each rank did in that call, in its order: a send counts where it was posted, a message where
// the rank had it.
std::string order_table(const kit::lens::Log& log, int call) {
  std::string out = "In the order of each rank (> posts a send to, < has a message from):\n";
  for (int r = 0; r < static_cast<int>(log.size()); ++r) {
    const auto& events = log[static_cast<std::size_t>(r)];
    const auto [first, past] = events_of_call(log, r, call);
    out += "\nrank " + std::to_string(r) + "  ";
    int shown = 0;
    for (int i = first; i < past; ++i) {
      const Event& e = events[static_cast<std::size_t>(i)];
      const bool sends = e.kind == Kind::Send;
      const bool ends = e.kind == Kind::Done && e.op >= 0 &&
                        events[static_cast<std::size_t>(e.op)].kind == Kind::Recv;
      if (!sends && !ends) continue;
      if (++shown > 12) {
        out += " ...";
        break;
      }
      out += sends ? " >" + std::to_string(e.peer)
                   : " <" + std::to_string(events[static_cast<std::size_t>(e.op)].took_from);
    }
  }
  return out;
}

// If a rank had heard of the missing one when it returned, and not yet when it posted a send, that
// send; else empty. One to the rank that leaves is told first.
std::string sent_too_early(const MessageReport& seen, const kit::lens::EarlyLeave& leave) {
  const auto matches = kit::lens::match(seen.log);
  const auto clocks = kit::lens::vector_clocks(seen.log, matches);
  const int entry = events_of_call(seen.log, leave.missing, leave.call).first;
  const auto knows = [&](int rank, int event) {
    return static_cast<int>(clocks[static_cast<std::size_t>(rank)][static_cast<std::size_t>(event)]
                                  [static_cast<std::size_t>(leave.missing)]) > entry;
  };
  for (const bool to_it : {true, false}) {
    for (const auto& m : matches.messages) {
      const auto [first, past] = events_of_call(seen.log, m.from, leave.call);
      if (m.recv < 0 || (m.to == leave.rank) != to_it || m.from == leave.rank) continue;
      if (m.send < first || m.send >= past || knows(m.from, m.send)) continue;
      const auto& events = seen.log[static_cast<std::size_t>(m.from)];
      for (int i = m.send; i < past; ++i) {
        const Event& done = events[static_cast<std::size_t>(i)];
        if (done.kind != Kind::Done || done.op < 0 || !knows(m.from, i)) continue;
        const int from = events[static_cast<std::size_t>(done.op)].took_from;
        if (from < 0) break;
        const Event& send = events[static_cast<std::size_t>(m.send)];
        return "Rank " + std::to_string(m.from) + " posted its send to " + std::to_string(m.to) +
               " (" + kit::lens::where(send.site) + ") before it had rank " + std::to_string(from) +
               "'s message,\nso that it can't speak of rank " + std::to_string(leave.missing) +
               ".\n";
      }
    }
  }
  return "";
}

// Nobody can leave early, by the messages of this run: false if it was said that somebody can.
bool expect_held(const MessageReport& seen) {
  if (!kit::harness::expect_no_race(seen)) return false;
  // What a collective call makes sure of isn't in the messages; Cost.OwnMessages refuses it.
  if (!seen.forbidden.empty() || seen.early_leaves.empty()) return true;
  const auto& first = seen.early_leaves.front();
  std::vector<int> knows;
  for (int r = 0; r < seen.ranks; ++r) {
    bool known = true;
    for (const auto& other : seen.early_leaves) {
      known =
          known && !(other.call == first.call && other.rank == first.rank && other.missing == r);
    }
    if (known) knows.push_back(r);
  }
  fail(
      case_input(),
      "Call " + std::to_string(first.call) + ": rank " + std::to_string(first.rank) +
          " may leave before rank " + std::to_string(first.missing) +
          " has entered:\nno chain of messages leads from one to the other. When it leaves, rank " +
          std::to_string(first.rank) + "\ncan know of " +
          (knows.size() == 1 ? "itself only" : "ranks " + kit::lens::rank_list(knows)) +
          ", and there are 0 to " + std::to_string(seen.ranks - 1) + ".\n" +
          sent_too_early(seen, first) + "That it held in this run is luck.\n\n" +
          (seen.messages == 0 ? std::string("No message was sent.")
                              : order_table(seen.log, first.call)));
  return false;
}

// Barriers whose log is looked at: the messages say who can know of whom, and what each rank saw
// counts as well.
template <class Judge>
void one_case(int p, int calls, Judge judge) {
  std::string wrong;
  bool told = false;
  on_ranks(p, input(calls), [&](MPI_Comm comm) {
    wrong = barriers(calls, comm, [](int) { return false; });
    meet();
  }).judge([&](const MessageReport& seen) {
    told = !expect_held(seen);
    if (!told && wrong.empty()) judge(seen);
  });
  // The proof from the messages comes first: it says why.
  if (!wrong.empty() && !told) {
    fail((p == 1 ? "1 rank, " : std::to_string(p) + " ranks, ") + input(calls), wrong);
  }
}

void one_case(int p, int calls) {
  one_case(p, calls, [](const MessageReport&) {});
}

// The same for Robust and Cost: that it is no barrier is told in full by Correct.
template <class Judge>
void judged_case(int p, int calls, Judge judge) {
  bool held = true;
  std::string wrong;
  on_ranks(p, input(calls), [&](MPI_Comm comm) {
    wrong = barriers(calls, comm, [](int) { return false; });
    meet();
  }).judge([&](const MessageReport& seen) {
    held = wrong.empty() && seen.races.empty() &&
           (!seen.forbidden.empty() || seen.early_leaves.empty());
    if (held) judge(seen);
  });
  if (!wrong.empty() || !held) {
    fail((p == 1 ? "1 rank, " : std::to_string(p) + " ranks, ") + input(calls),
         "Not judged: the result is wrong, a rank may leave before all have entered. The\n"
         "Correct tests say more.");
  }
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, TwoRanks) {
  one_case(2, 1);
}

TEST(Correct, FourRanks) {
  one_case(4, 1);
}

TEST(Correct, FiveRanks) {
  one_case(5, 1);
}

TEST(Correct, NobodyLeavesEarly) {
  for (int p = 1; p <= 9; ++p) one_case(p, 1);
  for (int p = 1; p <= 9; ++p) one_case(p, 20);
}

TEST(Correct, PermutedSubset) {
  // Each case is another communicator: these ranks are the last of the world, in reverse order.
  // What a rank keeps from one call to the next, in a static, is then not the same on all.
  for (const int p : {2, 3, 5, 4, 8, 2}) one_case(p, 2);
}

// -------------------------------------------------------------------------------------------------
// Robust

// The first message of this rank's own with a tag that is the caller's, in words; or nothing.
std::string callers_tag_sent() {
  const auto& log = kit::lens::shared().rank[kit::harness::mpi::case_rank()];
  int call = 0;
  for (std::uint32_t i = 0; i < log.count.load(); ++i) {
    const Event& e = log.events[i];
    call += e.kind == Kind::Enter;
    if (e.kind != Kind::Send || e.tag < kit::lens::kFirstCallersTag) continue;
    return "In call " + number(std::int64_t{call}) + ", " + kit::lens::name(e.call) + " (" +
           kit::lens::where(e.site) + ") has tag " + number(std::int64_t{e.tag}) +
           ".\nTags from 30,000 up are the caller's. A tag that counts calls gets there\n"
           "sooner or later; messages between two ranks stay in order without it.";
  }
  return "";
}

TEST(Robust, ThousandInARow) {
  // A thousand where they cost little: beside other programs each message waits for a core.
  struct Row {
    int ranks, calls;
  };
  for (const Row row : {Row{3, 1000}, Row{8, 100}, Row{9, 100}}) {
    on_ranks(row.ranks, input(row.calls) + ", some ranks late", [&](MPI_Comm comm) {
      const int rank = rank_in(comm);
      const std::string wrong = barriers(row.calls, comm, [&](int call) {
        return call % 20 == 0 && call / 20 % row.ranks == rank;
      });
      meet();
      if (const auto tags = callers_tag_sent(); !tags.empty()) {
        fail(case_input(), tags);
      } else if (!wrong.empty()) {
        fail(case_input(), wrong);
      }
    });
  }
  // The same once more, from the messages: few enough to be followed one by one.
  one_case(8, 20);
}

TEST(Robust, NeedsNoBuffering) {
  for (int p = 2; p <= 9; ++p) {
    judged_case(p, 1, [](const MessageReport& seen) { kit::harness::expect_no_buffering(seen); });
  }
}

TEST(Robust, CallersMessagesStay) {
  for (const int p : {2, 5, 8}) {
    const char* const what = "one call, the caller's messages wait";
    bool told = false;
    std::vector<int> missing;
    on_ranks(p, what, [&](MPI_Comm comm) {
      kit::harness::CallersMessages callers(comm);
      under_test([&] { kit::barrier(comm); });
      missing = callers.missing();
    }).judge([&](const MessageReport& seen) {
      told = !kit::harness::expect_callers_messages_stay(seen) || !expect_held(seen);
    });
    if (!missing.empty() && !told) {
      fail(std::to_string(p) + " ranks, " + what,
           "The caller's message from rank " + std::to_string(missing.front()) + " is gone.");
    }
  }
}

TEST(Robust, LeavesNothingBehind) {
  for (int p = 1; p <= 9; ++p) {
    judged_case(p, 3, [](const MessageReport& seen) { kit::harness::expect_nothing_left(seen); });
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

TEST(Cost, LogarithmicRounds) {
  for (int p = 1; p <= 9; ++p) {
    judged_case(p, 1, [p](const MessageReport& seen) {
      kit::harness::expect_rounds(
          seen, "p=" + std::to_string(p), log2_up(p), "ceil(log2 " + std::to_string(p) + ")",
          p == 1 ? "One rank has nobody to wait for."
                 : "In each round every rank can tell one other all that it has heard of, and\n"
                   "hear as much: what a rank knows of doubles.");
    });
  }
}

TEST(Cost, FewSmallMessages) {
  for (int p = 1; p <= 9; ++p) {
    judged_case(p, 1, [p](const MessageReport& seen) {
      const int bound = log2_up(p);
      int most = 0, who = 0;
      const char* did = " sent ";
      for (int r = 0; r < p; ++r) {
        const auto& t = seen.totals[static_cast<std::size_t>(r)];
        if (t.sent > most) most = t.sent, who = r, did = " sent ";
        if (t.received > most) most = t.received, who = r, did = " received ";
      }
      const bool few = kit::harness::expect_within(
          {.lens = "messages",
           .key = "messages a rank p=" + std::to_string(p),
           .measured = static_cast<double>(most),
           .limit = static_cast<double>(bound),
           .unit = "messages"},
          case_input(),
          "Rank " + std::to_string(who) + did + count_of(most, "message") + "; " +
              std::to_string(bound) + (bound == 1 ? " is" : " are") +
              " enough: one in each round.\n\n" + kit::lens::round_table(seen));
      for (const auto& step : seen.steps) {
        if (!few || step.bytes <= 8) continue;
        fail(case_input(),
             "A message of " + count_of(step.bytes, "byte") + " from rank " +
                 std::to_string(step.from) + " to rank " + std::to_string(step.to) + " (" +
                 kit::lens::where(step.site) +
                 ");\nat most 8 bytes: that a message comes says all there is to say.");
        return;
      }
    });
  }
}

TEST(Cost, OwnMessages) {
  for (const int p : {2, 8}) {
    judged_case(p, 1, [](const MessageReport& seen) {
      kit::harness::expect_own_messages(
          seen,
          "The barrier is to be made of messages between two ranks on `comm` itself.\n"
          "Those stay in order, so receives that name their source keep two calls\n"
          "apart without a communicator of their own.");
    });
  }
}

}  // namespace
