// Elements and orders that count, and the streams of them. See top_k_scenarios.hpp.
#include "complexity/12-top-k-stream/top_k_scenarios.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "lens/growth/allocations.hpp"
#include "lens/growth/key_orders.hpp"
#include "top_k.hpp"

namespace kit::scenarios {
namespace {

struct ComparisonFailed {};
struct TooMany {};

Counts counts;
std::int64_t most_comparisons = 0;       // one more throws TooMany; 0: no limit
std::int64_t comparison_that_fails = 0;  // the k-th from now on; 0: none

constexpr int kMovedFrom = -1'000'000;

// An int that counts its copies and how many of it live. No default constructor, no operators.
class Score {
 public:
  explicit Score(int value) : value_(value) { born(); }
  Score(const Score& other) : value_(other.value_) {
    ++counts.copies;
    born();
  }
  Score(Score&& other) noexcept : value_(std::exchange(other.value_, kMovedFrom)) { born(); }
  Score& operator=(const Score& other) {
    value_ = other.value_;
    ++counts.copies;
    return *this;
  }
  Score& operator=(Score&& other) noexcept {
    value_ = std::exchange(other.value_, kMovedFrom);
    return *this;
  }
  ~Score() { --counts.live; }
  int value() const { return value_; }

 private:
  static void born() {
    if (++counts.live > counts.most_live) counts.most_live = counts.live;
  }
  int value_;
};

struct ByValue {
  bool operator()(const Score& x, const Score& y) const {
    if (++counts.comparisons > most_comparisons && most_comparisons > 0) throw TooMany();
    if (comparison_that_fails > 0 && --comparison_that_fails == 0) throw ComparisonFailed();
    return x.value() < y.value();
  }
};
using Scores = TopK<Score, ByValue>;

static_assert(std::is_same_v<decltype(std::declval<Scores&>().take()), std::vector<Score>>,
              "take() gives a std::vector<T>");
static_assert(std::is_same_v<decltype(std::declval<const Scores&>().size()),
                             std::size_t>&& noexcept(std::declval<const Scores&>().size()),
              "size() gives a std::size_t and can't throw");
static_assert(!std::is_convertible_v<std::size_t, Scores>, "the constructor is explicit");

void begin(std::int64_t most = 0) {
  counts = {};
  most_comparisons = most;
  comparison_that_fails = 0;
}

std::string in_words(const std::vector<int>& values, std::size_t k) {
  std::string text = "the " + std::to_string(k) + " largest of";
  if (values.empty()) return text + " nothing";
  for (std::size_t i = 0; i < values.size() && i < 12; ++i)
    text += (i == 0 ? " " : ", ") + std::to_string(values[i]);
  if (values.size() > 12) text += ", ... (" + std::to_string(values.size()) + " values)";
  return text;
}

std::vector<int> largest(std::vector<int> values, std::size_t k) {
  std::sort(values.begin(), values.end(), std::greater<>());
  if (values.size() > k) values.resize(k);
  return values;
}

std::vector<int> plain(const std::vector<Score>& taken) {
  std::vector<int> out;
  for (const Score& each : taken) out.push_back(each.value());
  return out;
}

// Pushes by copies, half of them, and by moves; takes.
void pass(Scores& top, const std::vector<int>& values, std::size_t k, Stream& stream) {
  stream.expected = largest(values, k);
  stream.expected_size = stream.expected.size();
  doing(stream.input);
  try {
    bool copy = true;
    for (const int value : values) {
      Score score(value);
      if (copy) {
        top.push(score);
      } else {
        top.push(std::move(score));
      }
      copy = !copy;
    }
    stream.seen_size = top.size();
    stream.seen = plain(top.take());
    stream.size_after = top.size();
  } catch (const TooMany&) {
    stream.stopped = true;
  }
}

int value_at(Arrival arrival, std::size_t i, std::size_t n, lens::Random& random) {
  const int at = static_cast<int>(i), all = static_cast<int>(n);
  switch (arrival) {
    case Arrival::ascending:
      return at;
    case Arrival::descending:
      return all - at;
    case Arrival::equal:
      return 7;
    case Arrival::organ_pipe:
      return i < n / 2 ? at : all - at;
    case Arrival::saw:
      return at % 5'000 + at / 5'000;
    case Arrival::sixteen_values:
      return static_cast<int>(random() & 15);
    case Arrival::random:
      break;
  }
  return static_cast<int>(random() & 0x3FFFFFFF);
}

}  // namespace

const char* name_of(Arrival arrival) {
  switch (arrival) {
    case Arrival::random:
      return "random";
    case Arrival::ascending:
      return "ascending";
    case Arrival::descending:
      return "descending";
    case Arrival::equal:
      return "all equal";
    case Arrival::organ_pipe:
      return "up, then down";
    case Arrival::saw:
      return "up, again and again";
    case Arrival::sixteen_values:
      return "sixteen values";
  }
  return "";
}

Stream stream_of(std::vector<int> values, std::size_t k) {
  begin(1'000'000);
  Stream stream;
  stream.input = in_words(values, k);
  Scores top(k);
  pass(top, values, k, stream);
  return stream;
}

Stream small_streams(std::uint64_t seed) {
  lens::Random random(seed);
  Stream last;
  for (std::size_t n = 0; n <= 300; n += n < 20 ? 1 : 7) {
    std::vector<int> values(n);
    for (int& each : values) each = static_cast<int>(random.below(n + 5));
    for (const std::size_t k :
         {std::size_t{1}, std::size_t{2}, std::size_t{7}, n / 3, n - (n > 0), n, n + 1}) {
      if (k == 0) continue;
      last = stream_of(values, k);
      if (!last.right()) return last;
    }
  }
  return last;
}

Stream equal_values() {
  Stream last;
  const std::vector<int> five_by_four = {5, 5, 5, 3, 9, 9, 5, 3, 3, 1, 1, 9, 3, 1, 5, 9};
  for (std::size_t k = 1; k <= 17; ++k) {
    last = stream_of(five_by_four, k);
    if (!last.right()) return last;
    last = stream_of(std::vector<int>(k + 3, 4), k);
    if (!last.right()) return last;
  }
  return last;
}

Stream second_stream() {
  begin(1'000'000);
  Scores top(3);
  Stream last;
  // The second stream is all below the first, so that what is left of a first one shows.
  const std::vector<std::vector<int>> streams = {
      {90, 80, 70, 60, 50, 95, 85, 75, 99}, {1, 5, 3, 2, 4, 6, 0}, {7, 8}, {}, {3, 2, 1, 0, -1, 9}};
  std::string before;
  for (const std::vector<int>& values : streams) {
    last = {};
    last.input = before + in_words(values, 3);
    pass(top, values, 3, last);
    if (!last.right()) return last;
    before = "after a take(): ";
  }
  return last;
}

namespace {
struct Directed {
  bool down = false;
  bool operator()(int x, int y) const {
    ++counts.comparisons;
    return down ? y < x : x < y;
  }
};
}  // namespace

Stream given_order() {
  begin();
  Stream stream;
  stream.input = "k = 3, an order that was told \"the other way round\"; 4, 8, 1, 9, 2, 7";
  stream.expected = {1, 2, 4};
  stream.expected_size = 3;
  doing(stream.input);
  TopK<int, Directed> top(3, Directed{true});
  for (const int value : {4, 8, 1, 9, 2, 7}) top.push(value);
  stream.seen_size = top.size();
  stream.seen = top.take();
  stream.size_after = top.size();
  return stream;
}

Huge huge_k(std::size_t k) {
  begin(1'000'000);
  Huge huge;
  huge.k = k;
  const std::vector<int> values = {4, 8, 1, 9, 2, 7};
  huge.stream.input = in_words(values, k);
  doing(huge.stream.input);
  try {
    const lens::CountAllocations heap;
    {
      Scores top(k);
      pass(top, values, k, huge.stream);
    }
    huge.bytes = heap.bytes();
  } catch (const std::exception&) {
    huge.thrown = true;
  }
  return huge;
}

Moved moved_values() {
  begin(1'000'000);
  Moved moved;
  const std::vector<int> values = {4, 8, 1, 9, 2, 7, 7, 3, 10, 5, 6, 11, 0};
  Scores top(4);
  Stream& stream = moved.stream;
  stream.input = in_words(values, 4);
  stream.expected = largest(values, 4);
  stream.expected_size = 4;
  doing(stream.input);
  for (const int value : values) top.push(Score(value));
  moved.copies_by_push = counts.copies;
  stream.seen_size = top.size();
  stream.seen = plain(top.take());
  moved.copies_by_take = counts.copies - moved.copies_by_push;
  stream.size_after = top.size();
  return moved;
}

Thrown throwing_comparisons() {
  Thrown thrown;
  constexpr int kValues[] = {3, 9, 1, 8, 4, 7, 5, 6, 2, 10, 12, 11, 0, 13};
  constexpr std::size_t kKept = 4;
  bool happened = true;
  for (int failing = 1; happened && failing < 500; ++failing) {
    begin();
    thrown.input = "k = 4, 14 values; comparison " + std::to_string(failing) + " throws";
    doing(thrown.input);
    {
      Scores top(kKept);
      comparison_that_fails = failing;
      happened = false;
      try {
        for (const int value : kValues) top.push(Score(value));
        top.take();
      } catch (const ComparisonFailed&) {
        happened = true;
      }
      comparison_that_fails = 0;
      ++thrown.cases;
      if (top.size() > kKept) {
        thrown.bad = "size() is " + std::to_string(top.size()) + " after it, and k is 4";
        return thrown;
      }
      // What it holds is open; but it can be emptied, and then all is as new.
      std::vector<int> seen;
      top.take();
      for (const int value : kValues) top.push(Score(value));
      seen = plain(top.take());
      if (seen != std::vector<int>{13, 12, 11, 10}) {
        thrown.bad = "emptied by take() and given all 14 once more, it takes " +
                     (seen.empty() ? std::string("nothing") : std::to_string(seen.size())) +
                     (seen.size() == kKept ? ", but not the 4 largest" : " values, not 4");
        return thrown;
      }
    }
    if (counts.live != 0) {
      thrown.bad = counts.live > 0
                       ? std::to_string(counts.live) + " elements were never destroyed"
                       : std::to_string(-counts.live) + " elements were destroyed twice";
      return thrown;
    }
  }
  return thrown;
}

LongRun run_of(Arrival arrival, std::size_t n, std::size_t k, std::uint64_t seed,
               std::int64_t most) {
  begin(most);
  LongRun run;
  run.n = n;
  run.k = k;
  doing(std::string(name_of(arrival)) + ", n = " + std::to_string(n) +
        ", k = " + std::to_string(k));
  lens::Random random(seed);
  try {
    Scores top(k);
    for (std::size_t i = 0; i < n; ++i) {
      const Score score(value_at(arrival, i, n, random));
      top.push(score);
    }
    run.of_pushes = counts;
    const std::vector<Score> taken = top.take();
    run.of_all = counts;
    // The k largest, by another pass over the same values.
    std::vector<int> values(n);
    random = lens::Random(seed);
    for (std::size_t i = 0; i < n; ++i) values[i] = value_at(arrival, i, n, random);
    const std::size_t kept = std::min(n, k);
    std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(kept),
                      values.end(), std::greater<>());
    values.resize(kept);
    run.right = plain(taken) == values;
  } catch (const TooMany&) {
    run.of_all = counts;
    run.stopped = true;
  }
  return run;
}

LongRun pushes_after_the_first(std::size_t k, std::size_t more) {
  begin();
  LongRun run;
  run.n = 2 * k + 64 + more;
  run.k = k;
  doing("2k + 64 ascending values, then more; k = " + std::to_string(k));
  Scores top(k);
  int value = 0;
  const auto push_next = [&] {
    const Score score(value++);
    top.push(score);
  };
  for (std::size_t i = 0; i < 2 * k + 64; ++i) push_next();
  {
    const lens::CountAllocations heap;
    for (std::size_t i = 0; i < more; ++i) push_next();
    run.of_pushes.allocations = heap.calls();
  }
  const std::vector<int> seen = plain(top.take());
  run.right = seen.size() == k;
  for (std::size_t i = 0; run.right && i < k; ++i)
    run.right = seen[i] == value - 1 - static_cast<int>(i);
  return run;
}

}  // namespace kit::scenarios
