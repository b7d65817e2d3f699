// The suite of mpi/03-broadcast: bytes from every root on every number of ranks, what production
// does to it, and what it costs by the replay of its messages.
#include "broadcast.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <climits>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/mpi.hpp"
#include "harness/report.hpp"
#include "lens/messages/shared.hpp"

namespace {

using kit::harness::case_input;
using kit::harness::fail;
using kit::harness::meet;
using kit::harness::number;
using kit::harness::on_ranks;
using kit::harness::under_test;
using kit::lens::MessageReport;

std::string bytes_from(std::size_t n, int root) {
  return number(static_cast<std::int64_t>(n)) + (n == 1 ? " byte" : " bytes") + " from rank " +
         std::to_string(root);
}

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

int log2_up(int p) {
  return static_cast<int>(std::bit_width(static_cast<unsigned>(p - 1)));
}

// What a rank's buffer holds before call number `call`: another byte on each of up to 9 ranks and
// in each of up to 12 calls, so that bytes say where they come from.
std::byte held(std::size_t i, int rank, int call) {
  return static_cast<std::byte>(
      (i * 7 + static_cast<std::size_t>(rank) * 31 + static_cast<std::size_t>(call) * 13) % 250 +
      1);
}

constexpr int kCalls = 12;

struct Buffer {
  Buffer(std::size_t n, int rank_, int ranks_, int root_, int call_)
      : rank(rank_), ranks(ranks_), root(root_), call(call_), data(n) {
    for (std::size_t i = 0; i < n; ++i) data[i] = held(i, rank, call);
  }
  bool holds_bytes_of(int from, int in_call) const {
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (data[i] != held(i, from, in_call)) return false;
    }
    return true;
  }
  // Empty, or what is wrong with it.
  std::string fault() const {
    if (holds_bytes_of(root, call)) return "";
    if (holds_bytes_of(rank, call)) {
      return "None of the bytes came: all are as they were before the call.";
    }
    for (int from = 0; from < ranks; ++from) {
      if (holds_bytes_of(from, call)) {
        return "The bytes are rank " + std::to_string(from) + "'s; the root is " +
               std::to_string(root) + ".";
      }
      for (int other = 1; other <= kCalls; ++other) {
        if (holds_bytes_of(from, other)) {
          return "The bytes are those of rank " + std::to_string(from) + " in call " +
                 std::to_string(other) + ".";
        }
      }
    }
    std::size_t i = 0;
    while (data[i] == held(i, root, call)) ++i;
    return "Byte " + number(static_cast<std::int64_t>(i)) + " is " +
           std::to_string(static_cast<int>(data[i])) + "; the root's is " +
           std::to_string(static_cast<int>(held(i, root, call))) + ".";
  }
  void check() const {
    if (const std::string wrong = fault(); !wrong.empty()) fail(case_input(), wrong);
  }
  int rank, ranks, root, call;
  std::vector<std::byte> data;
};

// One broadcast. What comes is looked at when every rank is back, so that one that still sends
// doesn't lose its bytes.
void broadcast_once(std::size_t n, int root, MPI_Comm comm) {
  Buffer buffer(n, rank_in(comm), kit::harness::mpi::case_size(), root, 1);
  under_test([&] { kit::broadcast(buffer.data, root, comm); });
  meet();
  buffer.check();
}

kit::harness::Case one_case(int p, std::size_t n, int root) {
  return on_ranks(p, bytes_from(n, root), [&](MPI_Comm comm) { broadcast_once(n, root, comm); });
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, FourRanksFromRoot0) {
  one_case(4, 5, 0);
}

TEST(Correct, FiveRanksFromRoot3) {
  one_case(5, 1000, 3);
}

TEST(Correct, NoBytes) {
  one_case(3, 0, 0);
  one_case(3, 1, 0);
}

TEST(Correct, EveryRootEverySize) {
  // Each call has a communicator of its own: what one leaves behind is Robust's business.
  for (int p = 1; p <= 9; ++p) {
    for (int root = 0; root < p; ++root) one_case(p, 840, root);
  }
  for (const int p : {5, 8}) {
    const auto q = static_cast<std::size_t>(p);
    for (const std::size_t n :
         {std::size_t{1}, std::size_t{3}, q - 1, q, q + 1, std::size_t{841}}) {
      one_case(p, n, p / 2);
    }
  }
  one_case(8, 100'000, 5);
}

TEST(Correct, PermutedSubset) {
  // Each case is another communicator: these ranks are the last of the world, in reverse order.
  // What a rank keeps from one call to the next, in a static, is then not the same on all.
  for (const int p : {1, 2, 3, 5, 4, 8, 2}) one_case(p, 64, p - 1);
}

// -------------------------------------------------------------------------------------------------
// Robust

// Calls one after the other, each with the next root, and no waiting between them. Returns what is
// wrong.
std::string back_to_back(MPI_Comm comm, int p) {
  std::vector<Buffer> buffers;
  for (int call = 0; call < kCalls; ++call)
    buffers.emplace_back(64, rank_in(comm), p, call % p, call + 1);
  for (Buffer& b : buffers) {
    under_test([&] { kit::broadcast(b.data, b.root, comm); });
  }
  meet();
  for (const Buffer& b : buffers) {
    if (const auto wrong = b.fault(); !wrong.empty()) {
      return "Rank " + std::to_string(b.rank) + ", call " + std::to_string(b.call) + " of " +
             std::to_string(kCalls) + ", from rank " + std::to_string(b.root) + ":\n" + wrong;
    }
  }
  return "";
}

const char* const kBackToBack = "12 calls in a row, 64 bytes, roots 0, 1, 2, ...";

TEST(Robust, BackToBack) {
  for (int p = 2; p <= 8; ++p) {
    // What the lens saw names the line, so it is said before which bytes were wrong.
    std::string wrong;
    on_ranks(p, kBackToBack, [&](MPI_Comm comm) {
      wrong = back_to_back(comm, p);
    }).judge([](const MessageReport& seen) {
      if (!seen.races.empty()) {
        fail(case_input(), kit::lens::race_story(seen.log, seen.races.front()));
      } else if (!seen.leftovers.empty()) {
        fail(case_input(), kit::lens::leftovers_story(seen.leftovers));
      }
    });
    if (!wrong.empty()) {
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
    }).judge([](const MessageReport& seen) {
      if (!seen.races.empty())
        fail(case_input(), kit::lens::race_story(seen.log, seen.races.front()));
    });
    if (!wrong.empty()) fail(std::to_string(p) + " ranks, " + kBackToBack, wrong);
  }
}

// The first message of the function's own whose tag is the caller's, in words; or nothing.
std::string send_with_callers_tag(const kit::lens::Log& log) {
  for (std::size_t r = 0; r < log.size(); ++r) {
    for (const auto& e : log[r]) {
      if (e.kind != kit::lens::Kind::Send || e.tag < kit::lens::kFirstCallersTag) continue;
      return "Rank " + std::to_string(r) + ", " + kit::lens::name(e.call) + " (" +
             kit::lens::where(e.site) + "):\nsent tag " + number(std::int64_t{e.tag}) +
             ". Tags from 30,000 up are the caller's: your message could\nbe taken for one of the "
             "caller's, and the caller's for yours. Use a tag\nbelow 30,000.";
    }
  }
  return "";
}

TEST(Robust, CallersMessagesStay) {
  for (const int p : {2, 5, 8}) {
    std::string wrong;
    std::vector<int> missing;
    on_ranks(p, "64 bytes from rank 1, the caller's messages wait", [&](MPI_Comm comm) {
      kit::harness::CallersMessages callers(comm);
      Buffer buffer(64, rank_in(comm), p, 1, 1);
      under_test([&] { kit::broadcast(buffer.data, 1, comm); });
      missing = callers.missing();
      wrong = buffer.fault();
    }).judge([](const MessageReport& seen) {
      if (seen.thefts.empty()) return;
      const auto& t = seen.thefts.front();
      if (const auto own = send_with_callers_tag(seen.log); !own.empty()) {
        fail(case_input(), own);
        return;
      }
      fail(case_input(),
           "Rank " + std::to_string(t.rank) + ", " + kit::lens::name(t.call) + " (" +
               kit::lens::where(t.site) + "):\ntook the message with tag " +
               number(std::int64_t{t.tag}) + " that the caller had sent from rank " +
               std::to_string(t.from) +
               ".\nThe caller then waits for ever, and your bytes are the caller's. Name the\n"
               "tag that you receive.");
    });
    if (!missing.empty()) {
      fail(std::to_string(p) + " ranks, 64 bytes from rank 1",
           "The caller's message from rank " + std::to_string(missing.front()) + " is gone.");
    }
    if (!wrong.empty()) fail(std::to_string(p) + " ranks, 64 bytes from rank 1", wrong);
  }
}

TEST(Robust, LeavesNothingBehind) {
  for (int p = 1; p <= 8; ++p) {
    on_ranks(p, bytes_from(64, p / 2), [p](MPI_Comm comm) {
      broadcast_once(64, p / 2, comm);
    }).judge([](const MessageReport& seen) {
      if (!seen.leftovers.empty()) fail(case_input(), kit::lens::leftovers_story(seen.leftovers));
    });
  }
}

TEST(Robust, RootOutside) {
  for (const int p : {1, 2, 8}) {
    for (const int root : {-1, p, INT_MAX}) {
      on_ranks(p, "root " + std::to_string(root), [&](MPI_Comm comm) {
        std::vector<std::byte> data(16);
        std::string seen = "The call returned";
        try {
          under_test([&] { kit::broadcast(data, root, comm); });
        } catch (const std::invalid_argument&) {
          return;
        } catch (const std::exception& e) {
          seen = std::string("Another exception came: ") + e.what();
        }
        fail(case_input(), seen + "; std::invalid_argument was to be thrown.\n" +
                               (p == 1 ? "The only rank is 0."
                                       : "Ranks are 0 to " + std::to_string(p - 1) + "."));
      }).judge([](const MessageReport& seen) {
        if (seen.messages == 0) return;
        fail(case_input(), "It threw, but only after " + std::to_string(seen.messages) +
                               " messages; the contract says before any.");
      });
    }
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

TEST(Cost, OneMessageEach) {
  for (int p = 1; p <= 8; ++p) {
    constexpr std::size_t kBytes = 840;
    const int root = p - 1;
    one_case(p, kBytes, root).judge([p, root](const MessageReport& seen) {
      const bool few = kit::harness::expect_within(
          {.lens = "messages",
           .key = "messages p=" + std::to_string(p),
           .measured = static_cast<double>(seen.messages),
           .limit = static_cast<double>(p - 1),
           .unit = "messages"},
          case_input(),
          std::to_string(seen.messages) + " messages in all; " + std::to_string(p - 1) +
              (p == 2 ? " is" : " are") + " enough: each rank but the root needs one.\n\n" +
              kit::lens::round_table(seen));
      for (int r = 0; few && r < p; ++r) {
        const auto& total = seen.totals[static_cast<std::size_t>(r)];
        const int want = r == root ? 0 : 1;
        if (total.received == want &&
            total.bytes_received == want * static_cast<std::int64_t>(kBytes))
          continue;
        fail(case_input(), "Rank " + std::to_string(r) + " received " +
                               std::to_string(total.received) + " messages with " +
                               number(total.bytes_received) + " bytes; " + std::to_string(want) +
                               " with " + number(want * static_cast<std::int64_t>(kBytes)) +
                               " bytes was expected.");
        return;
      }
    });
  }
}

// Who sent most on the longest chain, for the sentence above the table.
std::string busiest(const MessageReport& seen) {
  std::vector<int> sends(static_cast<std::size_t>(seen.ranks), 0);
  std::vector<int> receives(static_cast<std::size_t>(seen.ranks), 0);
  for (const auto& step : seen.critical_path) ++sends[static_cast<std::size_t>(step.from)];
  const auto most = std::max_element(sends.begin(), sends.end());
  const int rank = static_cast<int>(most - sends.begin());
  std::uint64_t site = 0;
  for (const auto& step : seen.critical_path) {
    if (step.from == rank) site = step.site;
  }
  if (seen.critical_path.empty()) return "";
  if (*most == 1) {
    std::string chain = std::to_string(seen.critical_path.front().from);
    for (const auto& step : seen.critical_path) chain += " > " + std::to_string(step.to);
    return "The data walks " + chain + " (" + kit::lens::where(site) + ").";
  }
  return "Rank " + std::to_string(rank) + " sent " + std::to_string(*most) + " of the " +
         std::to_string(seen.critical_path.size()) + " messages on that chain (" +
         kit::lens::where(site) + ").";
}

TEST(Cost, LogarithmicRounds) {
  for (int p = 1; p <= 9; ++p) {
    for (int root = 0; root < p; ++root) {
      one_case(p, 64, root).judge([p, root](const MessageReport& seen) {
        const int bound = log2_up(p);
        kit::lens::SourcePlace place;
        if (!seen.critical_path.empty()) place = kit::lens::place(seen.critical_path.front().site);
        kit::harness::expect_within(
            {.lens = "messages",
             .key = "rounds p=" + std::to_string(p) + " root=" + std::to_string(root),
             .measured = static_cast<double>(seen.rounds),
             .limit = static_cast<double>(bound),
             .unit = "rounds",
             .file = place.file,
             .line = place.line,
             .picture = kit::harness::draw(
                 seen, "p" + std::to_string(p) + "-root" + std::to_string(root))},
            case_input(),
            std::to_string(seen.rounds) + " rounds on the longest chain of messages; " +
                std::to_string(bound) + (bound == 1 ? " is" : " are") + " enough: ceil(log2 " +
                std::to_string(p) + ").\n" + busiest(seen) +
                "\nIn each round, whoever has the data can pass it on to one more rank.\n\n" +
                kit::lens::round_table(seen));
      });
    }
  }
}

TEST(Cost, OwnMessages) {
  for (const int p : {2, 8}) {
    one_case(p, 64, 0).judge([](const MessageReport& seen) {
      if (seen.forbidden.empty()) return;
      std::string story;
      for (const auto& call : seen.forbidden) {
        const bool all = static_cast<int>(call.ranks.size()) == seen.ranks;
        story += "  " + kit::lens::name(call.call) + "   " + kit::lens::where(call.site) + ", on " +
                 (all ? "all " + std::to_string(seen.ranks) + " ranks"
                      : "ranks " + kit::lens::rank_list(call.ranks)) +
                 "\n";
      }
      fail(case_input(), "Calls that aren't messages between two ranks:\n\n" + story +
                             "\nA collective call may wait for every rank, and making a "
                             "communicator is\none. None is needed: messages between two ranks "
                             "stay in order, so receives\nthat name their source keep two calls "
                             "of yours apart.");
    });
  }
}

}  // namespace
