// The suite of mpi/06-ring-allreduce: sums that say which ranks' numbers are in them, the same bits
// everywhere, and what each rank sends, by the replay of the messages.
#include "ring_allreduce.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "harness/mpi.hpp"
#include "harness/mpi_judge.hpp"
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

constexpr int kRanks = 9;

std::string floats(std::size_t n) {
  return number(static_cast<std::int64_t>(n)) + (n == 1 ? " float" : " floats");
}

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

int ranks_in(MPI_Comm comm) {
  int ranks = 0;
  MPI_Comm_size(comm, &ranks);
  return ranks;
}

std::string shown(float value) {
  if (std::abs(value) < 1e9F && value == std::floor(value)) {
    return number(static_cast<std::int64_t>(value));
  }
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
  return text;
}

// -------------------------------------------------------------------------------------------------
// Whole numbers: rank r holds 4^r times the mark of the element, so that the digits of a sum in base
// 4 say how often each rank's number is in it. All sums of 9 ranks are below 2^24, so exact.

std::int64_t mark(std::size_t i, int call) {
  return static_cast<std::int64_t>(1 + (i * 37 + static_cast<std::size_t>(call) * 53) % 191);
}

std::int64_t weight(int rank) {
  return std::int64_t{1} << (2 * rank);
}

std::int64_t held(std::size_t i, int rank, int call) {
  return mark(i, call) * weight(rank);
}

std::int64_t sum(std::size_t i, int ranks, int call) {
  return mark(i, call) * (weight(ranks) - 1) / 3;
}

// What is in a wrong sum, as far as that can be told. One sentence or more, or nothing.
std::string explained(float value, std::size_t i, std::size_t n, int rank, int ranks, int call) {
  if (!(std::abs(value) < 1e12F) || value != std::floor(value)) return "";
  const auto seen = static_cast<std::int64_t>(value);
  if (seen == held(i, rank, call)) return "It is this rank's own number, as before the call.";
  if (seen > 0 && seen % mark(i, call) == 0 && seen / mark(i, call) < weight(ranks)) {
    const std::int64_t times = seen / mark(i, call);
    std::vector<int> missing, twice;
    for (int r = 0; r < ranks; ++r) {
      const std::int64_t often = times / weight(r) % 4;
      if (often == 0) missing.push_back(r);
      if (often > 1) twice.push_back(r);
    }
    std::string text;
    const auto of = [](const std::vector<int>& who) {
      return (who.size() == 1 ? "rank " : "ranks ") + kit::lens::rank_list(who);
    };
    if (!missing.empty()) text += "The numbers of " + of(missing) + " are not in it. ";
    if (!twice.empty()) text += "Those of " + of(twice) + " are in it more than once. ";
    if (!text.empty()) text.pop_back();
    return text;
  }
  for (const std::size_t j : {i - 1, i + 1}) {
    if (j < n && seen == sum(j, ranks, call)) {
      return "That is the sum for element " + number(static_cast<std::int64_t>(j)) +
             ": the places are off by one.";
    }
  }
  for (int other = 1; other <= 12; ++other) {
    if (other != call && seen == sum(i, ranks, other)) {
      return "That is the sum of call " + std::to_string(other) + ".";
    }
  }
  return "";
}

struct Numbers {
  Numbers(std::size_t n, MPI_Comm comm, int call_)
      : rank(rank_in(comm)), ranks(ranks_in(comm)), call(call_), data(n) {
    for (std::size_t i = 0; i < n; ++i) data[i] = static_cast<float>(held(i, rank, call));
  }
  bool right(std::size_t i) const { return data[i] == static_cast<float>(sum(i, ranks, call)); }
  // Empty, or what is wrong.
  std::string fault() const {
    const std::size_t n = data.size();
    std::size_t first = 0;
    while (first < n && right(first)) ++first;
    if (first == n) return "";
    std::size_t last = first;
    while (last + 1 < n && !right(last + 1)) ++last;
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < n; ++i) wrong += right(i) ? 0 : 1;
    const auto count = [](std::size_t i) { return number(static_cast<std::int64_t>(i)); };
    std::string text = "Rank " + std::to_string(rank) + ": element " + count(first) + " is " +
                       shown(data[first]) + "; the sum is " + number(sum(first, ranks, call)) + ".";
    if (const auto why = explained(data[first], first, n, rank, ranks, call); !why.empty()) {
      text += "\n" + why;
    }
    if (wrong > 1) {
      text +=
          "\nElements " + count(first) + " to " + count(last) + " of " + count(n) + " are wrong";
      if (last == first)
        text.replace(text.rfind("Elements"), std::string::npos,
                     "Element " + count(first) + " of " + count(n) + " is wrong");
      const std::size_t others = wrong - (last - first + 1);
      text += others == 0 ? "." : ", and " + count(others) + " more.";
    }
    return text;
  }
  void check() const {
    if (const std::string wrong = fault(); !wrong.empty()) {
      kit::harness::wrong_result(wrong);
    }
  }
  int rank, ranks, call;
  std::vector<float> data;
};

kit::harness::Case one_case(int p, std::size_t n) {
  return on_ranks(p, floats(n), [n](MPI_Comm comm) {
    Numbers numbers(n, comm, 1);
    under_test([&] { kit::ring_allreduce(numbers.data, comm); });
    meet();
    numbers.check();
  });
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, ThreeRanksThreeNumbers) {
  one_case(3, 3);
}

TEST(Correct, TwoRanksEightNumbers) {
  one_case(2, 8);
}

TEST(Correct, ExactOnWholeNumbers) {
  for (int p = 1; p <= kRanks; ++p) one_case(p, 840);
  one_case(8, 100'000);
}

TEST(Correct, NotDivisible) {
  for (int p = 2; p <= kRanks; ++p) {
    const auto q = static_cast<std::size_t>(p);
    for (const std::size_t n : {std::size_t{841}, q + 1, 2 * q - 1}) one_case(p, n);
  }
}

TEST(Correct, FewerElementsThanRanks) {
  for (int p = 1; p <= kRanks; ++p) {
    const auto q = static_cast<std::size_t>(p);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{3}, q - 1}) {
      if (n < q) one_case(p, n);
    }
  }
}

// Fractions of both signs and of sizes from 0.01 to 100: their sum depends on the order.
float fraction(std::size_t i, int rank) {
  static constexpr double scales[] = {1, 100, 0.01, 10, 0.1};
  const auto r = static_cast<std::size_t>(rank);
  const double value = scales[(i + 3 * r) % 5] / static_cast<double>(1 + 7 * r + i % 97);
  return static_cast<float>((i + r) % 3 == 0 ? -value : value);
}

TEST(Correct, SameBitsEverywhere) {
  for (const int p : {2, 3, 5, 8, 9}) {
    constexpr std::size_t kCount = 841;
    on_ranks(p, "841 fractions", [p](MPI_Comm comm) {
      const int rank = rank_in(comm);
      std::vector<float> data(kCount);
      for (std::size_t i = 0; i < kCount; ++i) data[i] = fraction(i, rank);
      under_test([&] { kit::ring_allreduce(data, comm); });
      meet();
      for (std::size_t i = 0; i < kCount; ++i) {
        long double exact = 0, size = 0;
        for (int r = 0; r < p; ++r) {
          exact += static_cast<long double>(fraction(i, r));
          size += std::abs(static_cast<long double>(fraction(i, r)));
        }
        const long double error = std::abs(static_cast<long double>(data[i]) - exact);
        if (error <= static_cast<long double>(p) * static_cast<long double>(FLT_EPSILON) * size) {
          continue;
        }
        fail(case_input(), "Rank " + std::to_string(rank) + ": element " +
                               number(static_cast<std::int64_t>(i)) + " is " + shown(data[i]) +
                               "; the sum is " + shown(static_cast<float>(exact)) +
                               ",\nand rounding can't explain the difference.");
        return;
      }
      // All have come to the meeting, so all come here.
      std::vector<float> of_rank_0 = data;
      PMPI_Bcast(of_rank_0.data(), static_cast<int>(kCount), MPI_FLOAT, 0, comm);
      for (std::size_t i = 0; i < kCount; ++i) {
        if (std::bit_cast<std::uint32_t>(data[i]) == std::bit_cast<std::uint32_t>(of_rank_0[i])) {
          continue;
        }
        fail(case_input(),
             "Element " + number(static_cast<std::int64_t>(i)) + " is " + shown(of_rank_0[i]) +
                 " on rank 0 and " + shown(data[i]) + " on rank " + std::to_string(rank) +
                 ".\nA float sum depends on the order of its additions. Here ranks added in\n"
                 "different orders, so programs that go on with these numbers drift apart.\nLet "
                 "each element be summed in one order, on one path, and then copied.");
        return;
      }
    });
  }
}

// -------------------------------------------------------------------------------------------------
// Robust

constexpr int kCalls = 6;
const char* const kBackToBack = "6 calls in a row, 67 floats";

// Calls one after the other and no waiting between them. Returns what is wrong.
std::string back_to_back(MPI_Comm comm) {
  std::vector<Numbers> calls;
  for (int call = 1; call <= kCalls; ++call) calls.emplace_back(67, comm, call);
  for (Numbers& c : calls) under_test([&] { kit::ring_allreduce(c.data, comm); });
  meet();
  for (const Numbers& c : calls) {
    if (const auto wrong = c.fault(); !wrong.empty()) {
      return "Call " + std::to_string(c.call) + " of " + std::to_string(kCalls) + ":\n" + wrong;
    }
  }
  return "";
}

TEST(Robust, NoMessageRace) {
  for (const int p : {3, 5, 8}) {
    std::string wrong;
    on_ranks(p, kBackToBack, [&](MPI_Comm comm) {
      wrong = back_to_back(comm);
    }).judge(kit::harness::expect_no_race);
    if (!wrong.empty()) fail(std::to_string(p) + " ranks, " + kBackToBack, wrong);
  }
}

TEST(Robust, NeedsNoBuffering) {
  for (int p = 2; p <= kRanks; ++p) {
    for (const std::size_t n : {std::size_t{840}, std::size_t{3}}) {
      one_case(p, n).judge(kit::harness::expect_no_buffering);
    }
  }
}

TEST(Robust, TypesAndBuffersFit) {
  for (const int p : {2, 3, 8}) {
    one_case(p, 840).judge(kit::harness::expect_types_and_buffers_fit);
  }
}

TEST(Robust, CallersMessagesStay) {
  for (const int p : {2, 5, 8}) {
    std::string wrong;
    on_ranks(p, "67 floats, the caller's messages wait", [&](MPI_Comm comm) {
      kit::harness::CallersMessages callers(comm);
      Numbers numbers(67, comm, 1);
      under_test([&] { kit::ring_allreduce(numbers.data, comm); });
      const std::vector<int> missing = callers.missing();
      wrong = numbers.fault();
      if (wrong.empty() && !missing.empty()) {
        wrong = "The caller's message from rank " + std::to_string(missing.front()) + " is gone.";
      }
    }).judge(kit::harness::expect_callers_messages_stay);
    if (!wrong.empty()) fail(std::to_string(p) + " ranks, 67 floats", wrong);
  }
}

TEST(Robust, LeavesNothingBehind) {
  for (int p = 1; p <= kRanks; ++p) {
    for (const std::size_t n : {std::size_t{840}, std::size_t{3}, std::size_t{0}}) {
      one_case(p, n).judge(kit::harness::expect_nothing_left);
    }
  }
}

TEST(Robust, BackToBack) {
  for (int p = 2; p <= 8; ++p) {
    // What the lens saw names the line, so it is said before which numbers were wrong.
    std::string wrong;
    on_ranks(p, kBackToBack, [&](MPI_Comm comm) {
      wrong = back_to_back(comm);
    }).judge([](const MessageReport& seen) {
      if (kit::harness::expect_no_race(seen)) kit::harness::expect_nothing_left(seen);
    });
    if (!wrong.empty()) {
      fail(std::to_string(p) + " ranks, " + kBackToBack,
           wrong +
               "\nNo barrier stands between the calls: a rank may still be in one when\nothers "
               "are in the next.");
    }
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

std::string busiest_line(const MessageReport& seen, int rank) {
  const kit::lens::Event* largest = nullptr;
  for (const auto& e : seen.log[static_cast<std::size_t>(rank)]) {
    if (e.kind == kit::lens::Kind::Send && (largest == nullptr || e.bytes > largest->bytes)) {
      largest = &e;
    }
  }
  if (largest == nullptr) return "";
  return "Its largest message has " + number(largest->bytes) + " bytes (" +
         kit::lens::where(largest->site) + ").";
}

TEST(Cost, ElementsSent) {
  for (int p = 1; p <= kRanks; ++p) {
    for (const std::size_t n : {std::size_t{840}, std::size_t{841}}) {
      one_case(p, n).judge([p, n](const MessageReport& seen) {
        const auto q = static_cast<std::int64_t>(p);
        const auto block = (static_cast<std::int64_t>(n) + q - 1) / q;
        const std::int64_t limit = 2 * block * (q - 1) * 4;
        int most = 0;
        for (int r = 1; r < p; ++r) {
          if (seen.totals[static_cast<std::size_t>(r)].bytes_sent >
              seen.totals[static_cast<std::size_t>(most)].bytes_sent) {
            most = r;
          }
        }
        const std::int64_t bytes = seen.totals[static_cast<std::size_t>(most)].bytes_sent;
        kit::harness::expect_within(
            {.lens = "messages",
             .key = "bytes of a rank p=" + std::to_string(p) + " n=" + std::to_string(n),
             .measured = static_cast<double>(bytes),
             .limit = static_cast<double>(limit),
             .unit = "bytes"},
            case_input(),
            "Rank " + std::to_string(most) + " sends " + number(bytes) + " bytes in " +
                std::to_string(seen.totals[static_cast<std::size_t>(most)].sent) + " messages; " +
                number(limit) + " are enough:\n2 * " + number(block) + " elements * " +
                std::to_string(p - 1) + " steps * 4 bytes.\n" + busiest_line(seen, most) +
                "\nFor long vectors the bytes of the busiest rank are the time: here " +
                number(
                    static_cast<double>(bytes) / static_cast<double>(std::max(limit, INT64_C(1))),
                    1) +
                " times\nwhat is needed.");
      });
    }
  }
}

TEST(Cost, MessagesAndNeighbour) {
  for (int p = 1; p <= kRanks; ++p) {
    one_case(p, 840).judge([p](const MessageReport& seen) {
      const int limit = 2 * (p - 1);
      int most = 0, widest = 0;
      for (int r = 1; r < p; ++r) {
        const auto& total = seen.totals[static_cast<std::size_t>(r)];
        if (total.sent > seen.totals[static_cast<std::size_t>(most)].sent) most = r;
        if (total.sent_to > seen.totals[static_cast<std::size_t>(widest)].sent_to) widest = r;
      }
      const int sent = seen.totals[static_cast<std::size_t>(most)].sent;
      const bool few = kit::harness::expect_within(
          {.lens = "messages",
           .key = "messages of a rank p=" + std::to_string(p),
           .measured = static_cast<double>(sent),
           .limit = static_cast<double>(limit),
           .unit = "messages"},
          case_input(),
          "Rank " + std::to_string(most) + " sends " + std::to_string(sent) + " messages; " +
              std::to_string(limit) + (limit == 1 ? " is" : " are") +
              " enough: p - 1 in each half of the work.\nEach message costs a latency, however "
              "short it is.\n\n" +
              kit::lens::round_table(seen));
      if (!few) return;
      const int to = seen.totals[static_cast<std::size_t>(widest)].sent_to;
      kit::harness::expect_within(
          {.lens = "messages",
           .key = "ranks sent to p=" + std::to_string(p),
           .measured = static_cast<double>(to),
           .limit = p == 1 ? 0.0 : 1.0,
           .unit = "ranks"},
          case_input(),
          "Rank " + std::to_string(widest) + " sends to " + std::to_string(to) +
              " other ranks; in a ring it is one.\nOn a ring of links, messages to others pass "
              "through the ranks between and\nshare their links.\n\n" +
              kit::lens::round_table(seen));
    });
  }
}

TEST(Cost, Rounds) {
  // 3 first: with 2 the neighbour on both sides is the same rank.
  for (const int p : {3, 1, 2, 4, 5, 6, 7, 8, 9}) {
    one_case(p, 840).judge([p](const MessageReport& seen) {
      kit::harness::expect_rounds(
          seen, "p=" + std::to_string(p), 2 * (p - 1), "2(p - 1)",
          "In each round a rank can send to the neighbour on one side and receive from the\none on "
          "the other, at the same time.");
    });
  }
}

TEST(Cost, OwnMessages) {
  for (const int p : {2, 8}) {
    one_case(p, 840).judge([](const MessageReport& seen) {
      kit::harness::expect_own_messages(
          seen,
          "The task is to build it of sends and receives on `comm`. Messages between\ntwo ranks "
          "stay in order, so no communicator of your own is needed either.");
    });
  }
}

}  // namespace
