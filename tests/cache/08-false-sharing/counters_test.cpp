// The suite of cache/08-false-sharing: sums that are right after and during the adds, and no line
// that two threads write.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

#include "cache/08-false-sharing/counters_api.hpp"
#include "harness/report.hpp"
#include "lens/growth/allocations.hpp"
#include "lens/trace/sharing.hpp"
#include "lens/trace/trace.hpp"

namespace {

using kit::harness::doing;
using kit::harness::expect_within;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::AccessKind;
using kit::lens::Recording;
using kit::lens::SharedLine;
using kit::scenarios::CountersApi;

/// A Counters by its functions.
class Object {
 public:
  explicit Object(unsigned threads, CountersApi api = kit::scenarios::plain_counters())
      : api_(api), it_(api.make(threads)) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() { api_.destroy(it_); }
  void add(unsigned thread, std::int64_t d) { api_.add(it_, thread, d); }
  std::int64_t sum() const { return api_.sum(it_); }

 private:
  CountersApi api_;
  void* it_;
};

std::string call(unsigned thread, std::int64_t d) {
  return "add(" + std::to_string(thread) + ", " + number(d) + ")";
}

struct Step {
  unsigned thread;
  std::int64_t d;
};

// Adds one after the other, and asks for the sum after each. Returns whether all were right.
bool sums_are_right(const std::string& input, Object& counters, const std::vector<Step>& steps) {
  doing(input);
  std::int64_t expected = 0;
  std::string before = "nothing was added yet";
  for (std::size_t i = 0;; ++i) {
    const std::int64_t seen = counters.sum();
    if (seen != expected) {
      fail(input, "  After " + before + " the sum is " + number(seen) + ", and should be " +
                      number(expected) + ".");
      return false;
    }
    if (i == steps.size()) return true;
    counters.add(steps[i].thread, steps[i].d);
    expected += steps[i].d;
    before = call(steps[i].thread, steps[i].d);
  }
}

// ---- Correct

TEST(Correct, OneThread) {
  Object counters(3);
  sums_are_right("Counters(3), one thread: add(0, 5), add(2, 7), add(0, 1)", counters,
                 {{0, 5}, {2, 7}, {0, 1}});
}

TEST(Correct, LargeAmounts) {
  constexpr std::int64_t kLarge = std::int64_t{1} << 40;
  Object counters(2);
  sums_are_right("Counters(2), amounts of 2^40 and 2^32 - 1", counters,
                 {{0, kLarge}, {1, kLarge}, {0, 0xffffffff}, {0, 0xffffffff}, {1, 4 * kLarge}});
}

TEST(Correct, TwoObjects) {
  const std::string input = "two objects of Counters(2), used by one thread in turn";
  doing(input);
  Object first(2), second(2);
  first.add(0, 5);
  second.add(0, 70);
  first.add(1, 1);
  if (first.sum() == 6 && second.sum() == 70) return;
  fail(input, "  5 and 1 were added to the first, 70 to the second. The sums are " +
                  number(first.sum()) + " and\n  " + number(second.sum()) +
                  ", and should be 6 and 70: what is added to one object belongs to it alone.");
}

TEST(Correct, SumAfterJoin) {
  constexpr unsigned kThreads = 4;
  constexpr int kAdds = 5'000;
  const std::string input = "4 threads, 5,000 adds of 3 each; then 4 more under the same numbers";
  doing(input);
  Object counters(kThreads);
  for (int generation = 1; generation <= 2; ++generation) {
    {
      std::vector<std::jthread> running;
      for (unsigned t = 0; t < kThreads; ++t) {
        running.emplace_back([&counters, t] {
          for (int i = 0; i < kAdds; ++i) counters.add(t, 3);
        });
      }
    }
    const std::int64_t expected = 3LL * kAdds * kThreads * generation;
    const std::int64_t seen = counters.sum();
    if (seen == expected) continue;
    return fail(input, "  After " +
                           std::string(generation == 1 ? "the first four" : "the other four") +
                           " have ended the sum is " + number(seen) + ", and should\n  be " +
                           number(expected) + ". " +
                           (seen < expected ? "What a thread added must outlive the thread."
                                            : "Something was counted twice."));
  }
}

// A thread that adds and then waits, alive, until the other has asked.
bool seen_while_the_thread_lives(Object& counters) {
  const std::string input = "a thread adds 1 and stays alive; another asks; 200 times";
  doing(input);
  constexpr int kRounds = 200;
  std::atomic<int> added{0}, asked{0};
  std::jthread adder([&] {
    for (int i = 1; i <= kRounds; ++i) {
      counters.add(0, 1);
      added.store(i);
      added.notify_one();
      for (int a = asked.load(); a < i; a = asked.load()) asked.wait(a);
    }
  });
  std::int64_t wrong_after = 0, wrong_sum = 0;
  for (int i = 1; i <= kRounds; ++i) {
    for (int a = added.load(); a < i; a = added.load()) added.wait(a);
    const std::int64_t seen = counters.sum();
    if (seen != i && wrong_after == 0) {
      wrong_after = i;
      wrong_sum = seen;
    }
    asked.store(i);
    asked.notify_one();
  }
  if (wrong_after == 0) return true;
  fail(input, "  " + number(wrong_after) + (wrong_after == 1 ? " add" : " adds") +
                  " had ended when the sum was asked for: it is " + number(wrong_sum) +
                  ",\n  and should be " + number(wrong_after) +
                  ". An add that has ended counts at once, not when its\n"
                  "  thread ends or has added more.");
  return false;
}

TEST(Correct, SumWhileRunning) {
  {
    Object counters(2);
    if (!seen_while_the_thread_lives(counters)) return;
  }
  constexpr int kAdds = 10'000;
  const std::string input = "2 threads add 1 each 10,000 times, a third asks for the sum meanwhile";
  doing(input);
  Object counters(2);
  std::atomic<std::int64_t> begun{0}, ended{0};
  std::atomic<unsigned> done{0};
  std::vector<std::jthread> adders;
  for (unsigned t = 0; t < 2; ++t) {
    adders.emplace_back([&, t] {
      for (int i = 0; i < kAdds; ++i) {
        begun.fetch_add(1);
        counters.add(t, 1);
        ended.fetch_add(1);
      }
      done.fetch_add(1);
    });
  }
  std::int64_t before = 0;
  std::string story;
  bool last_round = false;
  while (story.empty() && !last_round) {
    last_round = done.load() == 2;
    const std::int64_t least = ended.load();
    const std::int64_t seen = counters.sum();
    const std::int64_t most = begun.load();
    if (seen < least || seen > most) {
      story = "  A sum is " + number(seen) + ". " + number(least) +
              " adds of 1 had ended before it was asked for, and " + number(most) +
              "\n  had begun when it was there: it must lie between the two.";
    } else if (seen < before) {
      story = "  One sum is " + number(before) + ", the next one " + number(seen) +
              ": adds were lost on the way, since none\n  is negative.";
    }
    before = seen;
  }
  adders.clear();
  if (!story.empty()) fail(input, story);
}

// ---- Robust

TEST(Robust, ManyThreads) {
  for (const unsigned threads : {1U, 3U, 64U, 1'000U}) {
    std::vector<Step> steps;
    for (unsigned t = 0; t < threads; ++t) steps.push_back({t, t + 1});
    Object counters(threads);
    if (!sums_are_right("Counters(" + number(std::int64_t{threads}) +
                            "), one thread adds under each number in turn",
                        counters, steps)) {
      return;
    }
  }
}

// ---- Cost

struct Case {
  unsigned threads;
  std::int64_t adds;  // of each thread
};
// More threads than anybody makes stripes for, too; then with fewer adds each.
constexpr Case kCases[] = {{4, 1'000}, {7, 1'000}, {130, 50}};

std::string text(const Case& c) {
  return std::to_string(c.threads) + " threads, " + number(c.adds) + " adds each";
}

// The writes of threads that add side by side; nothing if the sum is wrong afterwards.
std::optional<Recording> traced_adds(const Case& c) {
  const kit::lens::Traced& traced = kit::lens::Traced::get();
  if (!traced) return std::nullopt;
  CountersApi api{};
  traced.function<void(CountersApi*)>("traced_counters")(&api);
  doing(text(c));
  Object counters(c.threads, api);
  const auto most = static_cast<std::size_t>(64 * c.adds + 10'000);
  Recording seen = kit::lens::record(traced, c.threads, most, [&](unsigned thread) {
    for (std::int64_t i = 0; i < c.adds; ++i) counters.add(thread, 1);
  });
  if (counters.sum() != c.adds * c.threads) {
    fail(text(c), "  The sum is " + number(counters.sum()) + " afterwards, and should be " +
                      number(c.adds * c.threads) + ": nothing is counted for a wrong result.");
    return std::nullopt;
  }
  if (!seen.whole) {
    fail(text(c),
         "  An add makes more than 64 accesses of memory in the mean: too many to look at.");
    return std::nullopt;
  }
  return seen;
}

TEST(Cost, NoLineWrittenByTwo) {
  for (const Case& c : kCases) {
    const auto seen = traced_adds(c);
    if (!seen) return;
    const std::vector<SharedLine> lines = kit::lens::lines_written_by_several(*seen);
    std::string story;
    if (!lines.empty()) {
      const SharedLine& worst = lines.front();
      story = "  " +
              (lines.size() == 1
                   ? std::string("One line of 64 bytes is")
                   : number(static_cast<std::int64_t>(lines.size())) + " lines of 64 bytes are") +
              " written by more than one thread, and none\n  should be." +
              (lines.size() == 1 ? "" : " The first of them:") + "\n\n" +
              kit::lens::writers_table(worst) + "\n" +
              (worst.same_bytes()
                   ? "  They write the same bytes. "
                   : "  Nobody touches another's bytes, but a core takes whole lines. ") +
              "Each add waits\n  until the core that wrote the line last has given it up.";
    }
    if (!expect_within({.lens = "trace",
                        .key = "lines written by two of " + std::to_string(c.threads),
                        .measured = static_cast<double>(lines.size()),
                        .limit = 0,
                        .unit = "lines"},
                       text(c), story)) {
      return;
    }
  }
}

TEST(Cost, NoLock) {
  const Case& c = kCases[0];
  const auto seen = traced_adds(c);
  if (!seen) return;
  const double adds = static_cast<double>(c.threads * c.adds);
  const auto each = [&](AccessKind kind) { return static_cast<double>(seen->count(kind)) / adds; };
  const double locks = each(AccessKind::lock), updates = each(AccessKind::read_modify_write);
  expect_within({.lens = "trace", .key = "locks", .measured = locks, .limit = 0, .unit = "an add"},
                text(c),
                "  An add locks " + number(locks, 2) +
                    " times in the mean, and should not at all: a thread that is\n"
                    "  stopped inside keeps all who want the same lock waiting.");
  expect_within({.lens = "trace",
                 .key = "read-modify-writes",
                 .measured = updates,
                 .limit = 1,
                 .unit = "an add"},
                text(c),
                "  An add makes " + number(updates, 2) +
                    " atomic read-modify-writes in the mean; one is enough, and\n"
                    "  each takes several times as long as a load and a store.");
}

TEST(Cost, Memory) {
  for (const unsigned threads : {1U, 4U, 64U}) {
    const std::string input = "Counters(" + std::to_string(threads) + ")";
    doing(input);
    const kit::lens::CountAllocations made;
    Object counters(threads);
    const std::int64_t bytes = made.bytes();
    const kit::lens::CountAllocations during;
    for (unsigned t = 0; t < threads; ++t) counters.add(t, 2);
    const std::int64_t asked = during.calls();
    if (counters.sum() != 2LL * threads) {
      return fail(input, "  After an add of 2 under each number the sum is " +
                             number(counters.sum()) + ", and should be " + number(2LL * threads) +
                             ": no memory\n  is counted for a wrong result.");
    }
    const std::int64_t limit = 128LL * threads + 256;
    if (!expect_within({.lens = "growth",
                        .key = "bytes for " + std::to_string(threads),
                        .measured = static_cast<double>(bytes),
                        .limit = static_cast<double>(limit),
                        .unit = "bytes"},
                       input,
                       "  The object and what its constructor asks for are " + number(bytes) +
                           " bytes. At most\n  128 for each thread and 256 are allowed: " +
                           number(limit) + ". A line has 64 bytes.")) {
      return;
    }
    if (!expect_within({.lens = "growth",
                        .key = "blocks asked for by add",
                        .measured = static_cast<double>(asked),
                        .limit = 0,
                        .unit = "blocks"},
                       input,
                       "  The first adds asked the heap for " + number(asked) +
                           " blocks. The constructor may do that, add may not.")) {
      return;
    }
  }
}

}  // namespace
