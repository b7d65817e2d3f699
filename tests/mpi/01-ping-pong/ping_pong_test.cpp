// mpi/01-ping-pong on links whose cost is planted: the lens makes the time. MPI_Wtime reads its clock
// and messages carry it, so that a right answer errs by the 100 ns that a reading takes, on any
// machine. One disturbance a test, after the link without it: what is wrong there already is no
// matter of the disturbance. Cost counts, and leaves disturbed results to Robust.
#include "ping_pong.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <map>
#include <stdexcept>

#include "harness/mpi.hpp"
#include "harness/mpi_judge.hpp"
#include "harness/report.hpp"
#include "lens/messages/shared.hpp"

namespace {

using kit::Link;
using kit::harness::case_input;
using kit::harness::count_of;
using kit::harness::fail;
using kit::harness::meet;
using kit::harness::number;
using kit::harness::on_ranks;
using kit::harness::under_test;
using kit::lens::Clock;
using kit::lens::MessageReport;

constexpr double kMiB = 1 << 20;
constexpr double kAllowed = 0.01;

// A link, its truth and its name.
struct Planted {
  Clock clock;
  std::string what;
  Link truth() const {
    return {(clock.latency_up + clock.latency_down) / 2, 1 / clock.seconds_per_byte};
  }
};

const Planted kSlow{{.latency_up = 2e-3, .latency_down = 2e-3, .seconds_per_byte = 1e-3 / kMiB},
                    "a link of 2 ms and 1 ms a MiB"};
const Planted kFast{{.latency_up = 20e-6, .latency_down = 20e-6, .seconds_per_byte = 1e-10},
                    "a link of 20 us and 10 GB/s"};

Planted with(Clock clock, const std::string& disturbance) {
  Planted made = kSlow;
  // Where clocks differ so do the two directions: neither is half of a round trip.
  clock.latency_up = clock.skewed ? 2.5e-3 : made.clock.latency_up;
  clock.latency_down = clock.skewed ? 1.5e-3 : made.clock.latency_down;
  clock.seconds_per_byte = made.clock.seconds_per_byte;
  made.clock = clock;
  made.what += ", " + disturbance;
  return made;
}

std::string pair(int a, int b) {
  return "a=" + std::to_string(a) + ", b=" + std::to_string(b);
}

std::string shown(double value, int digits = 6) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return text;
}

// As many digits as tell the two apart.
int digits_of(double x, double y) {
  int digits = 6;
  while (digits < 17 && x != y && shown(x, digits) == shown(y, digits)) ++digits;
  return digits;
}

// "  latency_s     0.004     0.002    100 % off"
std::string row(const char* name, double seen, double truth) {
  const double off = std::fabs(seen / truth - 1) * 100;
  char text[96];
  std::snprintf(text, sizeof text, "  %-12s %12s %12s   %s %% off", name, shown(seen).c_str(),
                shown(truth).c_str(), shown(std::round(off * 100) / 100).c_str());
  return text;
}

bool off(double seen, double truth) {
  return !(std::fabs(seen / truth - 1) <= kAllowed);
}

// The reason that wrong numbers of rank a suggest; where none does, what the numbers mean.
std::string reason(const Link& seen, const Link& truth, int a, int ranks) {
  if (const std::string note = kit::harness::world_note(ranks); !note.empty()) {
    return note.substr(1);
  }
  bool read = false;
  for (int r = 0; r < ranks; ++r) read = read || kit::lens::shared().rank[r].clock_reads.load() > 0;
  if (!read) {
    return "MPI_Wtime was never called. It is the clock that counts here: the link's\n"
           "cost is in it, and in no other.";
  }
  if (seen.latency_s == 0 && seen.bytes_per_s == 0 &&
      kit::lens::shared().rank[a].clock_reads.load() > 0) {
    return "Rank " + std::to_string(a) +
           " is a: it read the clock, so it measured, and it returned zeros all the\n"
           "same. Did a rank that hasn't measured tell everybody its answer?";
  }
  if (!off(seen.latency_s, 2 * truth.latency_s)) {
    return "The latency is exactly twice what it was to be: that of the whole round\n"
           "trip. One way is half of it.";
  }
  if (!off(seen.latency_s, truth.latency_s / 2)) {
    return "The latency is exactly half of what it was to be. Was it halved twice?";
  }
  if (!off(seen.bytes_per_s, 1 / truth.bytes_per_s)) {
    return "That is the time of a byte, not the bytes of a second.";
  }
  if (!off(seen.bytes_per_s, 2 * truth.bytes_per_s)) {
    return "The bandwidth is exactly twice what it was to be. Did n bytes go one way only,\n"
           "and was the time halved as if they had come back too?";
  }
  if (!off(seen.bytes_per_s, truth.bytes_per_s / 2)) {
    return "The bandwidth is exactly half of what it was to be: n bytes in the time in\n"
           "which they went there and came back.";
  }
  if (!off(seen.bytes_per_s, kMiB / (truth.latency_s + kMiB / truth.bytes_per_s))) {
    return "That is 1 MiB over the whole time of its message, in which the latency is. The\n"
           "time of a byte is what n bytes more take more.";
  }
  return "A message of n bytes takes latency_s + n / bytes_per_s one way, and that is\n"
         "half of a round trip of n bytes each way. 1 MiB is 1,048,576 bytes.";
}

// What a case asks of the answer.
enum class Asks { Right, Anything };

// Measures, and compares what all ranks returned, on rank a. `lesson` is said of wrong numbers;
// without one the numbers' own reason is.
void measure(MPI_Comm comm, int a, int b, const Planted& planted, const std::string& lesson,
             Asks asks) {
  Link mine{};
  under_test([&] { mine = kit::measure_link(comm, a, b); });
  meet();
  int rank = 0, size = 0;
  PMPI_Comm_rank(comm, &rank);
  PMPI_Comm_size(comm, &size);
  std::vector<Link> all(static_cast<std::size_t>(size));
  PMPI_Allgather(&mine, 2, MPI_DOUBLE, all.data(), 2, MPI_DOUBLE, comm);
  if (rank != a || asks == Asks::Anything) return;
  const Link truth = planted.truth(), seen = all[static_cast<std::size_t>(a)];
  if (off(seen.latency_s, truth.latency_s) || off(seen.bytes_per_s, truth.bytes_per_s)) {
    fail(case_input(), "Rank " + std::to_string(a) +
                           " returned, beside what was planted; 1 % is allowed:\n\n" +
                           row("latency_s", seen.latency_s, truth.latency_s) + "\n" +
                           row("bytes_per_s", seen.bytes_per_s, truth.bytes_per_s) + "\n\n" +
                           (lesson.empty() ? reason(seen, truth, a, size) : lesson));
    return;
  }
  for (int r = 0; r < size; ++r) {
    const Link& other = all[static_cast<std::size_t>(r)];
    if (std::memcmp(&other, &seen, sizeof seen) == 0) continue;
    const bool nearly = !off(other.latency_s, seen.latency_s);
    const int d1 = digits_of(seen.latency_s, other.latency_s);
    const int d2 = digits_of(seen.bytes_per_s, other.bytes_per_s);
    fail(
        case_input(),
        "Rank " + std::to_string(a) + " returned " + shown(seen.latency_s, d1) + " s and " +
            shown(seen.bytes_per_s, d2) + " bytes/s,\nrank " + std::to_string(r) + " " +
            shown(other.latency_s, d1) + " s and " + shown(other.bytes_per_s, d2) + " bytes/s.\n" +
            (nearly ? "They are near, but not the same bits. Ranks that go on from here to choose\n"
                      "an algorithm may choose differently, and wait for each other for ever."
                    : "All ranks need the answer, those that only watched too."));
    return;
  }
}

kit::harness::Case one_case(int p, int a, int b, const Planted& planted,
                            const std::string& lesson = "", Asks asks = Asks::Right) {
  return on_ranks(p, planted.what + ", " + pair(a, b),
                  [&](MPI_Comm comm) { measure(comm, a, b, planted, lesson, asks); },
                  {.clock = planted.clock});
}

// The link as it is, with nothing that disturbs: an answer that is wrong there is wrong for a reason
// that Correct tells.
void right_undisturbed(int p, int a, int b) {
  one_case(p, a, b, kSlow,
           "Not judged: the result is wrong, and nothing disturbed it yet. The Correct\n"
           "tests say more.");
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, FindsThePlantedLink) {
  one_case(2, 0, 1, kSlow);
  one_case(2, 0, 1, kFast);
}

TEST(Correct, EveryRankKnows) {
  for (const int p : {3, 9}) one_case(p, 0, 1, kSlow);
}

TEST(Correct, AnyPair) {
  one_case(2, 1, 0, kSlow);
  one_case(3, 1, 2, kSlow);
  one_case(5, 4, 1, kSlow);
}

// -------------------------------------------------------------------------------------------------
// Robust

TEST(Robust, SlowFirstMessage) {
  right_undisturbed(2, 0, 1);
  one_case(2, 0, 1, with({.first_late = 50e-3}, "the first message 50 ms late"),
           "The first message of each direction is slow: connections are made, and memory\n"
           "is touched for the first time. Send some before you begin to time.");
}

TEST(Robust, LateMessages) {
  right_undisturbed(2, 0, 1);
  const std::string lesson =
      "The late ones are in it. Time each round trip by itself, several of each\n"
      "size, and take a number on which a few late ones have no influence: each\n"
      "direction has its own, so that 2 of 15 round trips in a row are late.";
  one_case(2, 0, 1, with({.some_late = 30e-3}, "30 ms late: one of 16 each way"), lesson);
  one_case(9, 5, 2, with({.first_late = 50e-3, .some_late = 30e-3}, "late: the first and some"),
           lesson);
}

TEST(Robust, UnrelatedClocks) {
  right_undisturbed(5, 1, 4);
  one_case(5, 1, 4, with({.skewed = true}, "clocks that are seconds apart"),
           "Did you mix the times of two ranks' clocks? What one shows says nothing about\n"
           "another; only two readings of the same one have a difference. And one way\n"
           "can't be timed by itself: here 2.5 ms one way and 1.5 ms the other make 2 ms.");
}

TEST(Robust, ArgumentsOutside) {
  struct Ranks {
    int p, a, b;
  };
  for (const auto& [p, a, b] : {Ranks{3, 1, 1}, Ranks{3, 0, 3}, Ranks{3, -1, 1}, Ranks{3, 2, -1},
                                Ranks{1, 0, 0}, Ranks{2, INT_MAX, 0}, Ranks{2, 0, INT_MIN}}) {
    on_ranks(p, pair(a, b),
             [&, a_ = a, b_ = b](MPI_Comm comm) {
               std::string seen = "The call returned";
               try {
                 under_test([&] { kit::measure_link(comm, a_, b_); });
               } catch (const std::invalid_argument&) {
                 return;
               } catch (const std::exception& e) {
                 seen = std::string("Another exception came: ") + e.what();
               }
               fail(case_input(), seen + "; std::invalid_argument was to be thrown on every rank.");
             },
             {.clock = kSlow.clock})
        .judge([](const MessageReport& seen) {
          if (seen.messages == 0 && seen.forbidden.empty()) return;
          fail(case_input(), "It threw, but only after " +
                                 (seen.messages > 0 ? count_of(seen.messages, "message")
                                                    : std::string("a collective call")) +
                                 "; the contract says before any.");
        });
  }
}

TEST(Robust, LeavesNothingBehind) {
  for (const int p : {2, 5}) {
    right_undisturbed(p, p - 1, 0);
    one_case(p, p - 1, 0, kSlow, "", Asks::Anything).judge([](const MessageReport& seen) {
      kit::harness::expect_nothing_left(seen);
    });
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

struct BothWays {
  int there = 0, back = 0;
};

// "  1,048,576      11      10"
std::string sizes_table(const std::map<std::int64_t, BothWays>& sizes) {
  std::string out = "       bytes   a to b   b to a\n";
  int rows = 0;
  for (const auto& [bytes, count] : sizes) {
    if (++rows > 9)
      return out + "  and " + number(static_cast<std::int64_t>(sizes.size()) - 9) + " more\n";
    char line[64];
    std::snprintf(line, sizeof line, "%12s %8d %8d\n", number(bytes).c_str(), count.there,
                  count.back);
    out += line;
  }
  return out;
}

// What is wrong with the sizes; empty if nothing is.
std::string wrong_sizes(const std::map<std::int64_t, BothWays>& sizes) {
  int enough = 0;
  std::int64_t largest = -1;
  for (const auto& [bytes, count] : sizes) {
    if (std::abs(count.there - count.back) > 1) {
      return "Of " + number(bytes) + " bytes " + std::to_string(count.there) +
             " messages went from a to b and " + std::to_string(count.back) +
             " back. In a round\ntrip as many bytes come back as went there.";
    }
    if (std::min(count.there, count.back) < 3) continue;
    ++enough;
    largest = bytes;
  }
  if (enough < 5) {
    return std::to_string(enough) +
           " sizes were sent three times each way; 5 are needed: with fewer "
           "nobody\nsees whether the cost is a line at all.";
  }
  if (largest < (1 << 20)) {
    return "The largest size that was sent three times each way is " + number(largest) +
           " bytes;\n1 MiB is needed. On a real link so few bytes take less time than the clock\n"
           "can tell, and the bandwidth is noise.";
  }
  return "";
}

TEST(Cost, SizesAndMessages) {
  const Planted all =
      with({.first_late = 50e-3, .some_late = 30e-3, .skewed = true}, "all that disturbs");
  struct Pair {
    int p, a, b;
  };
  for (const auto& [p, a, b] : {Pair{2, 0, 1}, Pair{9, 5, 2}}) {
    right_undisturbed(p, a, b);
    // What it costs where it is disturbed; whether the result is right there is Robust's to say.
    one_case(p, a, b, all, "", Asks::Anything)
        .judge([p_ = p, a_ = a, b_ = b](const MessageReport& seen) {
          std::map<std::int64_t, BothWays> sizes;
          std::int64_t messages[2] = {}, bytes[2] = {};
          for (const int from : {a_, b_}) {
            for (const auto& e : seen.log[static_cast<std::size_t>(from)]) {
              if (e.kind != kit::lens::Kind::Send || e.peer != (from == a_ ? b_ : a_)) continue;
              ++(from == a_ ? sizes[e.bytes].there : sizes[e.bytes].back);
              ++messages[from == a_ ? 0 : 1];
              bytes[from == a_ ? 0 : 1] += e.bytes;
            }
          }
          if (const std::string wrong = wrong_sizes(sizes); !wrong.empty()) {
            fail(case_input(), wrong + "\n\n" + sizes_table(sizes));
            return;
          }
          for (const int way : {0, 1}) {
            const std::string ranks = way == 0 ? "from a to b" : "from b to a";
            const bool few = kit::harness::expect_within(
                {.lens = "messages",
                 .key = "messages " + ranks + ", p=" + std::to_string(p_),
                 .measured = static_cast<double>(messages[way]),
                 .limit = 2000,
                 .unit = "messages"},
                case_input(),
                number(messages[way]) + " messages " + ranks +
                    "; 2,000 are allowed. A measurement that takes\nlong is in the way of what it "
                    "measures for.");
            const bool light = kit::harness::expect_within(
                {.lens = "messages",
                 .key = "MiB " + ranks + ", p=" + std::to_string(p_),
                 .measured = static_cast<double>(bytes[way]) / kMiB,
                 .limit = 256,
                 .unit = "MiB"},
                case_input(),
                number(bytes[way]) + " bytes " + ranks + "; 268,435,456 (256 MiB) are allowed.");
            if (!few || !light) return;
          }
          const int most = static_cast<int>(std::bit_width(static_cast<unsigned>(p_ - 1)));
          for (int r = 0; r < p_; ++r) {
            const int sent = seen.totals[static_cast<std::size_t>(r)].sent;
            if (r == a_ || r == b_ || sent <= most) continue;
            fail(case_input(),
                 "Rank " + std::to_string(r) + " is neither a nor b and sent " +
                     count_of(sent, "message") + "; " + std::to_string(most) +
                     " are allowed: ceil(log2 " + std::to_string(p_) +
                     ").\nIts messages would share the link with those that are timed.");
            return;
          }
        });
  }
}

}  // namespace
