// The suite of mpi/02-ring-shift: blocks moved by any number of steps among any number of ranks,
// what production does to it, and what it costs by the replay of its messages.
#include "ring_shift.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/mpi.hpp"
#include "harness/mpi_judge.hpp"
#include "harness/report.hpp"

namespace {

using kit::harness::case_input;
using kit::harness::count_of;
using kit::harness::fail;
using kit::harness::meet;
using kit::harness::number;
using kit::harness::on_ranks;
using kit::harness::under_test;
using kit::lens::MessageReport;

std::string in_words(int steps) {
  if (steps == INT_MIN) return "INT_MIN steps";
  if (steps == INT_MAX) return "INT_MAX steps";
  return number(std::int64_t{steps}) + (steps == 1 || steps == -1 ? " step" : " steps");
}

std::string input(std::size_t n, int steps) {
  return count_of(static_cast<std::int64_t>(n), "byte") + ", " + in_words(steps);
}

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

// Whose block rank `rank` has after the shift.
int source_of(int rank, int steps, int ranks) {
  const std::int64_t from = (std::int64_t{rank} - steps) % ranks;
  return static_cast<int>(from < 0 ? from + ranks : from);
}

bool nothing_to_do(int steps, int ranks) {
  return std::int64_t{steps} % ranks == 0;
}

// Other bytes on each of up to 9 ranks and in each of up to 12 calls, so that bytes say whose they
// are.
std::byte held(std::size_t i, int rank, int call) {
  return static_cast<std::byte>(
      (i * 7 + static_cast<std::size_t>(rank) * 31 + static_cast<std::size_t>(call) * 13) % 250 +
      1);
}

constexpr int kCalls = 12;

struct Block {
  Block(std::size_t n, int rank_, int ranks_, int steps_, int call_)
      : rank(rank_), ranks(ranks_), steps(steps_), call(call_), data(n) {
    for (std::size_t i = 0; i < n; ++i) data[i] = held(i, rank, call);
  }
  bool is_of(int from, int in_call) const {
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (data[i] != held(i, from, in_call)) return false;
    }
    return true;
  }
  // Empty, or what is wrong with it.
  std::string fault() const {
    const int source = source_of(rank, steps, ranks);
    if (is_of(source, call)) return "";
    const std::string expected = "rank " + std::to_string(source) + "'s was to come";
    if (is_of(rank, call)) {
      return "Rank " + std::to_string(rank) + " still has its own block; " + expected + ".";
    }
    for (int from = 0; from < ranks; ++from) {
      if (is_of(from, call)) {
        return "Rank " + std::to_string(rank) + " has rank " + std::to_string(from) + "'s block; " +
               expected + ".";
      }
      for (int other = 1; other <= kCalls; ++other) {
        if (is_of(from, other)) {
          return "Rank " + std::to_string(rank) + " has the block that rank " +
                 std::to_string(from) + " had in call " + std::to_string(other) + ";\n" + expected +
                 ".";
        }
      }
    }
    std::size_t i = 0;
    while (data[i] == held(i, source, call)) ++i;
    return "Byte " + number(static_cast<std::int64_t>(i)) + " of rank " + std::to_string(rank) +
           "'s block is " + std::to_string(static_cast<int>(data[i])) + "; of rank " +
           std::to_string(source) + "'s, which was to come, it is " +
           std::to_string(static_cast<int>(held(i, source, call))) + ".";
  }
  void check() const {
    if (fault().empty()) return;
    fail(case_input(), "Not judged: the result is wrong, rank " + std::to_string(rank) +
                           " has other bytes than were to\ncome. The Correct tests say more.");
  }
  int rank, ranks, steps, call;
  std::vector<std::byte> data;
};

// One shift. What came is looked at when every rank is back, so that one that still sends doesn't
// lose its bytes.
void shift_once(std::size_t n, int steps, MPI_Comm comm) {
  Block block(n, rank_in(comm), kit::harness::mpi::case_size(), steps, 1);
  under_test([&] { kit::ring_shift(block.data, steps, comm); });
  meet();
  block.check();
}

kit::harness::Case one_case(int p, std::size_t n, int steps) {
  return on_ranks(p, input(n, steps), [&](MPI_Comm comm) { shift_once(n, steps, comm); });
}

// The same where the result is all that is asked for. If it is wrong, and the lens has seen a
// cause, that is told, with its line, before what came of it.
void right_case(int p, std::size_t n, int steps) {
  std::string wrong;
  const auto done = on_ranks(p, input(n, steps), [&](MPI_Comm comm) {
    Block block(n, rank_in(comm), p, steps, 1);
    under_test([&] { kit::ring_shift(block.data, steps, comm); });
    meet();
    wrong = block.fault();
  });
  if (kit::harness::on_any_rank(!wrong.empty())) done.judge(kit::harness::tell_the_cause);
  if (!wrong.empty()) fail(count_of(p, "rank") + ", " + input(n, steps), wrong);
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, FourRanksOneStep) {
  right_case(4, 5, 1);
}

TEST(Correct, FiveRanksTwoToTheLeft) {
  right_case(5, 1000, -2);
}

TEST(Correct, NoBytes) {
  right_case(3, 0, 1);
  right_case(3, 1, 1);
}

TEST(Correct, MovesEveryBlock) {
  // Each call has a communicator of its own: what one leaves behind is Robust's business.
  for (int p = 1; p <= 9; ++p) {
    for (const int steps : {1, -1, 0, 2, 3, p + 1, -(5 * p + 2), INT_MAX, INT_MIN}) {
      right_case(p, 840, steps);
    }
  }
  for (const int p : {5, 8}) {
    const auto q = static_cast<std::size_t>(p);
    for (const std::size_t n :
         {std::size_t{1}, std::size_t{3}, q - 1, q, q + 1, std::size_t{841}}) {
      right_case(p, n, 3);
    }
  }
  for (const int steps : {1, -3, 2}) right_case(8, 100'000, steps);
}

TEST(Correct, PermutedSubset) {
  // Each case is another communicator: these ranks are the last of the world, in reverse order.
  // What a rank keeps from one call to the next, in a static, is then not the same on all.
  for (const int p : {2, 3, 5, 4, 8, 2}) right_case(p, 64, p - 1);
}

// -------------------------------------------------------------------------------------------------
// Robust

// Calls one after the other, each with other steps, and no waiting between them. Returns what is
// wrong.
std::string back_to_back(MPI_Comm comm, int p) {
  std::vector<Block> blocks;
  for (int call = 0; call < kCalls; ++call) {
    blocks.emplace_back(64, rank_in(comm), p, call % 2 == 0 ? call + 1 : -call, call + 1);
  }
  for (Block& b : blocks) {
    under_test([&] { kit::ring_shift(b.data, b.steps, comm); });
  }
  meet();
  for (const Block& b : blocks) {
    if (const auto wrong = b.fault(); !wrong.empty()) {
      return "Call " + std::to_string(b.call) + " of " + std::to_string(kCalls) + ", " +
             in_words(b.steps) + ":\n" + wrong;
    }
  }
  return "";
}

const char* const kBackToBack = "12 calls in a row, 64 bytes, steps 1, -1, 3, -3, ...";

TEST(Robust, BackToBack) {
  for (int p = 2; p <= 8; ++p) {
    // What the lens saw names the line, so it is said before which bytes were wrong.
    std::string wrong;
    bool told = false;
    on_ranks(p, kBackToBack, [&](MPI_Comm comm) {
      wrong = back_to_back(comm, p);
    }).judge([&](const MessageReport& seen) {
      told = !kit::harness::expect_no_race(seen) || !kit::harness::expect_nothing_left(seen);
    });
    if (!wrong.empty() && !told) {
      fail(std::to_string(p) + " ranks, " + kBackToBack,
           wrong +
               "\nNo barrier stands between the calls: a rank may still be in one when\nothers "
               "are in the next.");
    }
  }
}

TEST(Robust, NoMessageRace) {
  for (const int p : {3, 5, 8}) {
    std::string wrong;
    on_ranks(p, kBackToBack, [&](MPI_Comm comm) {
      wrong = back_to_back(comm, p);
    }).judge([](const MessageReport& seen) { kit::harness::expect_no_race(seen); });
    if (!wrong.empty()) fail(std::to_string(p) + " ranks, " + kBackToBack, wrong);
  }
}

TEST(Robust, NeedsNoBuffering) {
  for (int p = 2; p <= 9; ++p) {
    for (const int steps : {1, 2, 3, -1}) {
      one_case(p, 64, steps).judge([](const MessageReport& seen) {
        kit::harness::expect_no_buffering(seen);
      });
    }
  }
}

TEST(Robust, TypesAndBuffersFit) {
  for (const int p : {2, 5, 8}) {
    one_case(p, 840, 1).judge(
        [](const MessageReport& seen) { kit::harness::expect_types_and_buffers_fit(seen); });
  }
}

TEST(Robust, CallersMessagesStay) {
  for (const int p : {2, 5, 8}) {
    const std::string what = input(64, 1) + ", the caller's messages wait";
    std::string wrong;
    std::vector<int> missing;
    on_ranks(p, what, [&](MPI_Comm comm) {
      kit::harness::CallersMessages callers(comm);
      Block block(64, rank_in(comm), p, 1, 1);
      under_test([&] { kit::ring_shift(block.data, 1, comm); });
      missing = callers.missing();
      wrong = block.fault();
    }).judge([](const MessageReport& seen) { kit::harness::expect_callers_messages_stay(seen); });
    const std::string ranks = std::to_string(p) + " ranks, " + what;
    if (!missing.empty()) {
      fail(ranks,
           "The caller's message from rank " + std::to_string(missing.front()) + " is gone.");
    }
    if (!wrong.empty()) fail(ranks, wrong);
  }
}

TEST(Robust, LeavesNothingBehind) {
  for (int p = 1; p <= 9; ++p) {
    for (const int steps : {1, -2}) {
      one_case(p, 64, steps).judge([](const MessageReport& seen) {
        kit::harness::expect_nothing_left(seen);
      });
    }
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

TEST(Cost, OneMessageARank) {
  constexpr std::size_t kBytes = 840;
  for (int p = 2; p <= 9; ++p) {
    for (const int steps : {1, 2, 3, -1}) {
      if (nothing_to_do(steps, p)) continue;
      one_case(p, kBytes, steps).judge([&](const MessageReport& seen) {
        const bool few = kit::harness::expect_within(
            {.lens = "messages",
             .key = "messages p=" + std::to_string(p) + " steps=" + std::to_string(steps),
             .measured = static_cast<double>(seen.messages),
             .limit = static_cast<double>(p),
             .unit = "messages"},
            case_input(),
            count_of(seen.messages, "message") + " in all; " + std::to_string(p) +
                " are enough: one from each rank, straight\nto the rank where its block belongs."
                "\n\n" +
                kit::lens::round_table(seen));
        for (int r = 0; few && r < p; ++r) {
          const auto& t = seen.totals[static_cast<std::size_t>(r)];
          if (t.sent == 1 && t.received == 1 && t.bytes_sent == kBytes &&
              t.bytes_received == kBytes) {
            continue;
          }
          fail(case_input(), "Rank " + std::to_string(r) + " sent " + count_of(t.sent, "message") +
                                 " with " + count_of(t.bytes_sent, "byte") + " and received " +
                                 std::to_string(t.received) + " with\n" +
                                 count_of(t.bytes_received, "byte") +
                                 "; expected: one of 840 bytes "
                                 "each way.");
          return;
        }
      });
    }
  }
}

TEST(Cost, NothingToDoSendsNothing) {
  for (int p = 1; p <= 9; ++p) {
    // Where there is something to do, it is done; only then does silence count for anything.
    if (p > 1) one_case(p, 64, p + 1);
    for (const int steps : {0, p, -3 * p}) {
      one_case(p, 64, steps).judge([&](const MessageReport& seen) {
        if (seen.messages == 0) return;
        const auto& first = seen.steps.front();
        fail(case_input(),
             count_of(seen.messages, "message") + " sent (the first from rank " +
                 std::to_string(first.from) + " to rank " + std::to_string(first.to) + "), and " +
                 (steps == 0 ? std::string("0 steps move nothing.")
                             : in_words(steps) + " bring\nevery block back to where it was: none "
                                                 "is needed."));
      });
    }
  }
}

TEST(Cost, AtMostThreeRounds) {
  for (int p = 2; p <= 9; ++p) {
    for (const int steps : {1, 2, 3, 4}) {
      if (nothing_to_do(steps, p)) continue;
      one_case(p, 64, steps).judge([&](const MessageReport& seen) {
        kit::harness::expect_rounds(
            seen, "p=" + std::to_string(p) + " steps=" + std::to_string(steps), 3,
            "every rank can send\nwhile it receives, or take turns with its two neighbours",
            "In each round ranks sit idle that could send: no block has to wait for\nanother's "
            "to arrive.");
      });
    }
  }
}

TEST(Cost, OwnMessages) {
  for (const int p : {2, 8}) {
    one_case(p, 64, 1).judge([](const MessageReport& seen) {
      kit::harness::expect_own_messages(
          seen,
          "A collective call may wait for every rank and moves more than one block;\n"
          "making a communicator is one. None is needed: messages between two ranks\n"
          "stay in order, so receives that name their source keep two calls apart.");
    });
  }
}

}  // namespace
