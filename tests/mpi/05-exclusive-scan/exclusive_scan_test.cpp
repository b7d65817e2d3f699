// The suite of mpi/05-exclusive-scan: sums, products that don't commute, and the least, on every
// number of ranks; what production does to it; and what it costs by the replay of its messages.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/mpi.hpp"
#include "harness/mpi_judge.hpp"
#include "harness/report.hpp"
#include "lens/messages/shared.hpp"
#include "mpi/05-exclusive-scan/kinds.hpp"

namespace {

using kit::harness::case_input;
using kit::harness::count_of;
using kit::harness::fail;
using kit::harness::meet;
using kit::harness::number;
using kit::harness::on_ranks;
using kit::harness::under_test;
using kit::lens::MessageReport;
using kit::scan_suite::Least;
using kit::scan_suite::Products;
using kit::scan_suite::Sums;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

int log2_up(int p) {
  return static_cast<int>(std::bit_width(static_cast<unsigned>(p - 1)));
}

enum class Memory { apart, same };

template <class Kind>
std::string input(std::size_t n, Memory memory = Memory::apart) {
  return count_of(static_cast<std::int64_t>(n), "element") + ", " + Kind::name +
         (memory == Memory::same ? ", in and out the same memory" : "");
}

// One rank's part of one call.
template <class Kind>
struct Part {
  using Element = typename Kind::Element;
  Part(std::size_t n, Memory memory_, int rank_, int ranks_, int call_)
      : memory(memory_), rank(rank_), ranks(ranks_), call(call_) {
    for (std::size_t i = 0; i < n; ++i) in.push_back(Kind::value(i, rank, call));
    out = memory == Memory::same ? in : std::vector<Element>(n, Kind::kUntouched);
  }
  void scan(MPI_Comm comm) {
    const std::vector<Element>& from = memory == Memory::same ? out : in;
    under_test([&] { Kind::scan(from, out, comm); });
  }
  // Empty, or what is wrong with it.
  std::string fault() const {
    for (std::size_t i = 0; i < out.size(); ++i) {
      Element expected = Kind::identity();
      for (int r = 0; r < rank; ++r) expected = Kind::combine(expected, Kind::value(i, r, call));
      if (out[i] == expected) continue;
      const std::string where =
          "out[" + number(static_cast<std::int64_t>(i)) + "] of rank " + std::to_string(rank) + " ";
      if (memory == Memory::same && out[i] == Kind::value(i, rank, call)) {
        return where + "is as it was in `in`.";
      }
      return where + Kind::describe(out[i], i, rank, ranks, call);
    }
    for (std::size_t i = 0; memory == Memory::apart && i < in.size(); ++i) {
      if (in[i] == Kind::value(i, rank, call)) continue;
      return "in[" + number(static_cast<std::int64_t>(i)) + "] of rank " + std::to_string(rank) +
             " was changed, though `out` is other memory.";
    }
    return "";
  }
  Memory memory;
  int rank, ranks, call;
  std::vector<Element> in, out;
};

// One scan. What came is looked at when every rank is back.
template <class Kind>
kit::harness::Case one_case(int p, std::size_t n) {
  return on_ranks(p, input<Kind>(n), [&](MPI_Comm comm) {
    Part<Kind> part(n, Memory::apart, rank_in(comm), p, 1);
    part.scan(comm);
    meet();
    if (const std::string wrong = part.fault(); !wrong.empty()) {
      kit::harness::wrong_result(wrong);
    }
  });
}

// Comes back when no other rank of the case can go on without this one: proven from the logs, so
// that it is so on a busy machine too.
void come_last(int p, int me) {
  namespace lens = kit::lens;
  for (int look = 0; look < 5000; ++look) {
    const auto before = lens::versions(p);
    const lens::Log log = lens::read_log(p);
    auto states = lens::read_states(p);
    bool all_back = true;
    for (int r = 0; r < p; ++r) {
      all_back = all_back &&
                 (r == me || states[static_cast<std::size_t>(r)].state == lens::State::Returned);
    }
    // As if this rank were gone for good: then the others wait for ever.
    auto& mine = states[static_cast<std::size_t>(me)];
    mine.state = lens::State::Returned;
    mine.arrivals += 1;
    if (lens::versions(p) == before && (all_back || lens::prove_hang(log, states))) return;
    ::usleep(500);
  }
}

// The same where the result is all that is asked for. If it is wrong, and the lens has seen a
// cause, that is told, with its line, before what came of it. `late`: a rank that comes last.
template <class Kind>
void right_case(int p, std::size_t n, Memory memory = Memory::apart, int late = -1) {
  const std::string what =
      input<Kind>(n, memory) + (late < 0 ? "" : ", rank " + std::to_string(late) + " comes last");
  std::string wrong;
  const kit::harness::Case done = on_ranks(p, what, [&](MPI_Comm comm) {
    Part<Kind> part(n, memory, rank_in(comm), p, 1);
    if (part.rank == late) come_last(p, late);
    part.scan(comm);
    meet();
    wrong = part.fault();
  });
  if (kit::harness::on_any_rank(!wrong.empty())) done.judge(kit::harness::tell_the_cause);
  if (!wrong.empty()) fail((p == 1 ? "1 rank, " : std::to_string(p) + " ranks, ") + what, wrong);
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, SumsOfNumbers) {
  for (const int p : {4, 1, 2, 3, 5}) right_case<Sums>(p, 3);
}

TEST(Correct, OrderOfOperands) {
  for (const int p : {3, 4, 6, 8}) right_case<Products>(p, 2);
}

TEST(Correct, RankZeroGetsIdentity) {
  for (const int p : {3, 1, 2, 8}) right_case<Least>(p, 4);
  for (const int p : {3, 1, 2, 8}) right_case<Products>(p, 4);
}

TEST(Correct, InPlace) {
  for (int p = 1; p <= 9; ++p) right_case<Sums>(p, 5, Memory::same);
  for (int p = 1; p <= 9; ++p) right_case<Products>(p, 5, Memory::same);
}

TEST(Correct, EverySize) {
  // Each call has a communicator of its own: what one leaves behind is Robust's business.
  for (int p = 1; p <= 9; ++p) {
    for (const std::size_t n : {0, 1, 841}) right_case<Sums>(p, n);
    right_case<Products>(p, 840);
  }
  for (const int p : {5, 8}) {
    const auto q = static_cast<std::size_t>(p);
    for (const std::size_t n : {std::size_t{3}, q - 1, q, q + 1}) right_case<Sums>(p, n);
  }
  right_case<Sums>(8, 100'000);
  right_case<Sums>(8, 100'000, Memory::same);
}

TEST(Correct, RanksComeLate) {
  // 16,000 bytes: too many for a library to keep, so what leaves late leaves as it is then.
  for (const int p : {2, 3, 5, 8}) {
    for (int late = 0; late < p; ++late) right_case<Sums>(p, 2000, Memory::apart, late);
  }
  // 40 bytes: a library keeps them, so the senders go on, and what one sends next can overtake.
  for (int late = 0; late < 8; ++late) right_case<Sums>(8, 5, Memory::apart, late);
}

// -------------------------------------------------------------------------------------------------
// Robust

TEST(Robust, NoMessageRace) {
  // All of one size: what is taken for another call's fits there.
  for (const int p : {3, 5, 8}) {
    const std::string what = "4 calls in a row, " + input<Sums>(7);
    std::string wrong;
    on_ranks(p, what, [&](MPI_Comm comm) {
      std::vector<Part<Sums>> parts;
      for (int call = 1; call <= 4; ++call) {
        parts.emplace_back(7, Memory::apart, rank_in(comm), p, call);
      }
      for (auto& part : parts) part.scan(comm);
      meet();
      for (const auto& part : parts) {
        if (wrong.empty()) wrong = part.fault();
      }
    }).judge([](const MessageReport& seen) { kit::harness::expect_no_race(seen); });
    if (!wrong.empty()) fail(std::to_string(p) + " ranks, " + what, wrong);
  }
}

constexpr int kCalls = 9;
const char* const kBackToBack = "9 calls in a row, sums, products and in place";

// Calls one after the other, and no waiting between them. Returns what is wrong.
std::string back_to_back(MPI_Comm comm, int p) {
  const int rank = rank_in(comm);
  std::vector<Part<Sums>> sums;
  std::vector<Part<Products>> products;
  for (int call = 1; call <= kCalls; call += 3) {
    sums.emplace_back(7, Memory::apart, rank, p, call);
    products.emplace_back(5, Memory::apart, rank, p, call + 1);
    sums.emplace_back(7, Memory::same, rank, p, call + 2);
  }
  for (std::size_t k = 0; k < products.size(); ++k) {
    sums[2 * k].scan(comm);
    products[k].scan(comm);
    sums[2 * k + 1].scan(comm);
  }
  meet();
  std::string wrong;
  const auto look = [&](const auto& part) {
    if (const auto fault = part.fault(); wrong.empty() && !fault.empty()) {
      wrong = "Call " + std::to_string(part.call) + " of " + std::to_string(kCalls) + ":\n" + fault;
    }
  };
  for (std::size_t k = 0; k < products.size(); ++k) {
    look(sums[2 * k]);
    look(products[k]);
    look(sums[2 * k + 1]);
  }
  return wrong;
}

TEST(Robust, BackToBack) {
  for (int p = 2; p <= 8; ++p) {
    // What the lens saw names the line, so it is said before which elements were wrong.
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

TEST(Robust, NeedsNoBuffering) {
  for (int p = 2; p <= 9; ++p) {
    one_case<Sums>(p, 5).judge(
        [](const MessageReport& seen) { kit::harness::expect_no_buffering(seen); });
  }
}

TEST(Robust, TypesAndBuffersFit) {
  for (const int p : {2, 5, 8}) {
    one_case<Sums>(p, 5).judge(
        [](const MessageReport& seen) { kit::harness::expect_types_and_buffers_fit(seen); });
    one_case<Products>(p, 5).judge(
        [](const MessageReport& seen) { kit::harness::expect_types_and_buffers_fit(seen); });
  }
}

TEST(Robust, CallersMessagesStay) {
  for (const int p : {2, 5, 8}) {
    const std::string what = input<Sums>(5) + ", the caller's messages wait";
    std::string wrong;
    std::vector<int> missing;
    on_ranks(p, what, [&](MPI_Comm comm) {
      kit::harness::CallersMessages callers(comm);
      Part<Sums> part(5, Memory::apart, rank_in(comm), p, 1);
      part.scan(comm);
      missing = callers.missing();
      wrong = part.fault();
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
    one_case<Sums>(p, 5).judge(
        [](const MessageReport& seen) { kit::harness::expect_nothing_left(seen); });
  }
}

TEST(Robust, SizesDiffer) {
  struct Sizes {
    std::size_t in, out;
  };
  for (const int p : {1, 2, 8}) {
    for (const Sizes sizes : {Sizes{4, 3}, {3, 4}, {0, 1}}) {
      on_ranks(p,
               std::to_string(sizes.in) + " elements in, " + std::to_string(sizes.out) +
                   " elements out, on every rank",
               [&](MPI_Comm comm) {
                 const std::vector<std::int64_t> in(sizes.in, 1);
                 std::vector<std::int64_t> out(sizes.out, 0);
                 std::string seen = "The call returned";
                 try {
                   under_test([&] { kit::scenarios::scan_sums(in, out, comm); });
                 } catch (const std::invalid_argument&) {
                   return;
                 } catch (const std::exception& e) {
                   seen = std::string("Another exception came: ") + e.what();
                 }
                 fail(case_input(), seen +
                                        "; std::invalid_argument was to be thrown.\nEvery rank can "
                                        "see by itself that the sizes differ.");
               })
          .judge([](const MessageReport& seen) {
            if (seen.messages == 0) return;
            fail(case_input(), "It threw, but only after " + count_of(seen.messages, "message") +
                                   "; the contract says before any.");
          });
    }
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

TEST(Cost, LogarithmicRounds) {
  for (int p = 1; p <= 9; ++p) {
    one_case<Sums>(p, 5).judge([p](const MessageReport& seen) {
      kit::harness::expect_rounds(
          seen, "p=" + std::to_string(p), log2_up(p) + 1,
          "ceil(log2 " + std::to_string(p) + ") + 1",
          "In each round every rank can hand on all that it has gathered so far: what\n"
          "a rank has can double.");
    });
  }
}

TEST(Cost, FewMessages) {
  for (int p = 1; p <= 9; ++p) {
    one_case<Sums>(p, 5).judge([p](const MessageReport& seen) {
      const int bound = p * log2_up(p);
      kit::harness::expect_within(
          {.lens = "messages",
           .key = "messages p=" + std::to_string(p),
           .measured = static_cast<double>(seen.messages),
           .limit = static_cast<double>(bound),
           .unit = "messages"},
          case_input(),
          count_of(seen.messages, "message") + " in all; at most " + std::to_string(bound) +
              ": one from each rank in each\nof ceil(log2 " + std::to_string(p) + ") rounds.\n\n" +
              kit::lens::round_table(seen));
    });
  }
}

TEST(Cost, ElementsSent) {
  constexpr std::int64_t kElements = 840, kBytes = kElements * 8;
  for (int p = 1; p <= 9; ++p) {
    one_case<Sums>(p, kElements).judge([p](const MessageReport& seen) {
      const auto most = std::max_element(
          seen.totals.begin(), seen.totals.end(),
          [](const auto& a, const auto& b) { return a.bytes_sent < b.bytes_sent; });
      const std::int64_t bound = (log2_up(p) + 1) * kElements;
      const std::int64_t sent = (most->bytes_sent + 7) / 8;
      const bool few = kit::harness::expect_within(
          {.lens = "messages",
           .key = "elements a rank p=" + std::to_string(p),
           .measured = static_cast<double>(sent),
           .limit = static_cast<double>(bound),
           .unit = "elements"},
          case_input(),
          "Rank " + std::to_string(most - seen.totals.begin()) + " sent " +
              count_of(sent, "element") + "; at most " + number(bound) + ": (ceil(log2 " +
              std::to_string(p) +
              ") + 1) * 840.\nWhat is combined before it is sent is no longer "
              "than one rank's elements.");
      for (const auto& step : seen.steps) {
        if (!few || step.bytes <= kBytes) continue;
        fail(case_input(), "A message of " + count_of(step.bytes / 8, "element") + " from rank " +
                               std::to_string(step.from) + " to rank " + std::to_string(step.to) +
                               " (" + kit::lens::where(step.site) +
                               ");\nat most 840: what is combined before it is sent is no longer.");
        return;
      }
    });
  }
}

TEST(Cost, OwnMessages) {
  for (const int p : {2, 8}) {
    one_case<Sums>(p, 5).judge([](const MessageReport& seen) {
      kit::harness::expect_own_messages(
          seen,
          "The scan is to be made of messages between two ranks on `comm` itself.\n"
          "Those stay in order, so receives that name their source keep two calls\n"
          "apart without a communicator of their own.");
    });
  }
}

}  // namespace
