// Values that count what is asked of them, and the windows over them.
#include "complexity/07-sliding-window-max/window_max_scenarios.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <type_traits>

#include "lens/growth/allocations.hpp"
#include "lens/growth/counted.hpp"
#include "lens/growth/key_orders.hpp"
#include "window_max.hpp"

namespace kit::scenarios {
namespace {

using Value = lens::CountedInt<true>;

static_assert(std::is_same_v<decltype(kit::window_max(std::span<const Value>(), std::size_t{},
                                                      std::span<std::size_t>())),
                             void>,
              "window_max(span of const T, w, span of indices) gives nothing back");

constexpr std::size_t kUntouched = SIZE_MAX - 7;

std::vector<int> values_in(Values order, std::size_t n, std::size_t w, std::uint64_t seed) {
  std::vector<int> values(n);
  lens::Random random(seed);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t value = i;
    if (order == Values::descending) value = n - i;
    if (order == Values::equal) value = 5;
    if (order == Values::three_values) value = random.below(3);
    if (order == Values::random) value = random.below(n);
    if (order == Values::saw) value = i % (w + 1);
    if (order == Values::blocks) value = i / w % 2 == 0 ? i % w : w - i % w;
    values[i] = static_cast<int>(value);
  }
  return values;
}

std::size_t windows_among(std::size_t n, std::size_t w) {
  return w == 0 || w > n ? 0 : n - w + 1;
}

// The largest value of each window, by a list of candidates that nobody counts.
std::vector<std::size_t> largest_of(const std::vector<int>& values, std::size_t w) {
  std::vector<std::size_t> out, candidates;
  if (windows_among(values.size(), w) == 0) return out;
  std::size_t front = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    while (candidates.size() > front && values[candidates.back()] <= values[i])
      candidates.pop_back();
    candidates.push_back(i);
    if (candidates[front] + w <= i) ++front;
    if (i + 1 >= w) out.push_back(candidates[front]);
  }
  return out;
}

void look_at_result(Windows& run, const std::vector<int>& values,
                    const std::vector<std::size_t>& out) {
  const std::vector<std::size_t> largest = largest_of(values, run.w);
  for (std::size_t i = 0; i < largest.size() && i < out.size(); ++i) {
    run.window = i;
    run.seen = out[i];
    run.largest = largest[i];
    run.value_largest = values[largest[i]];
    if (out[i] == kUntouched) {
      run.fault = Windows::Fault::never_written;
    } else if (out[i] < i || out[i] >= i + run.w) {
      run.fault = Windows::Fault::outside;
    } else {
      run.value_seen = values[out[i]];
      if (run.value_seen < run.value_largest) run.fault = Windows::Fault::not_largest;
    }
    if (run.fault != Windows::Fault::none) return;
  }
}

Windows run_with_room(const std::vector<int>& values, std::size_t w, std::size_t room) {
  Windows run;
  run.n = values.size();
  run.w = w;
  run.room = room;
  if (values.size() <= 12) run.small = values;
  std::vector<Value> all;
  all.reserve(values.size());
  for (const int value : values) all.emplace_back(value);
  std::vector<std::size_t> out(room, kUntouched);
  Value::counts = {};
  const auto n = static_cast<std::int64_t>(values.size());
  // Short windows may be looked through again and again where only the result is asked for.
  Value::counts.most_comparisons =
      std::max(n * std::min<std::int64_t>(n, 64), kMostComparisons * n) + 1'000;
  if (n > 1'000) Value::counts.most_comparisons = kMostComparisons * n;
  {
    const lens::CountAllocations heap;
    try {
      kit::window_max(std::span<const Value>(all), w, std::span<std::size_t>(out));
      run.end = Windows::End::returned;
    } catch (const lens::TooManyComparisons&) {
      run.end = Windows::End::too_many_comparisons;
    } catch (const std::invalid_argument&) {
      run.end = Windows::End::invalid_argument;
    } catch (...) {
      run.end = Windows::End::another_exception;
    }
    run.allocations = heap.calls();
    run.heap_bytes = heap.peak_bytes();
  }
  run.comparisons = std::min(Value::counts.comparisons, Value::counts.most_comparisons);
  run.less = std::min(Value::counts.less, run.comparisons);
  run.copies = Value::counts.copies;
  run.moves = Value::counts.moves;
  Value::counts = {};
  run.touched = std::any_of(out.begin(), out.end(), [](std::size_t x) { return x != kUntouched; });
  if (run.end == Windows::End::returned) look_at_result(run, values, out);
  return run;
}

}  // namespace

const char* name_of(Values values) {
  switch (values) {
    case Values::given:
      return "given";
    case Values::random:
      return "random";
    case Values::ascending:
      return "ascending";
    case Values::descending:
      return "descending";
    case Values::equal:
      return "all equal";
    case Values::three_values:
      return "of 0, 1, 2 at random";
    case Values::saw:
      return "a saw of period w + 1";
    case Values::blocks:
      return "up for w values, down for w";
  }
  return "?";
}

Windows windows_of(const std::vector<int>& values, std::size_t w) {
  return run_with_room(values, w, windows_among(values.size(), w));
}

Windows windows_in(Values values, std::size_t n, std::size_t w, std::uint64_t seed) {
  Windows run = windows_of(values_in(values, n, std::max<std::size_t>(w, 1), seed), w);
  run.values = values;
  return run;
}

Windows every_small_input(std::size_t largest, std::uint64_t seed) {
  Windows last;
  for (std::size_t n = 1; n <= largest; ++n) {
    for (std::size_t w = 1; w <= n; ++w) {
      for (const Values values : {Values::three_values, Values::random}) {
        last = windows_in(values, n, w, seed + 1'000 * n + w);
        if (!last.right()) return last;
      }
    }
  }
  return last;
}

Windows every_order(std::size_t largest) {
  Windows last;
  for (const std::size_t n : {std::size_t{5}, std::size_t{12}, std::size_t{33}, largest}) {
    for (std::size_t w = 1; w <= n; w += n > 50 ? 7 : 1) {
      for (const Values values :
           {Values::descending, Values::ascending, Values::saw, Values::blocks}) {
        last = windows_in(values, n, w, 0);
        if (!last.right()) return last;
      }
    }
  }
  return last;
}

Windows equal_keys(std::size_t largest) {
  Windows last;
  for (std::size_t n = 1; n <= largest; ++n) {
    for (std::size_t w = 1; w <= n; ++w) {
      last = windows_in(Values::equal, n, w, 0);
      if (!last.right()) return last;
      // Two equal ones, d apart, larger than the rest.
      for (std::size_t d = 1; d <= w && d < n; ++d) {
        std::vector<int> values = values_in(Values::descending, n, w, 0);
        values[n / 3] = 1'000;
        values[std::min(n - 1, n / 3 + d)] = 1'000;
        last = windows_of(values, w);
        if (!last.right()) return last;
      }
    }
  }
  return last;
}

Windows with_room(std::size_t n, std::size_t w, std::size_t room) {
  return run_with_room(values_in(Values::descending, n, 1, 0), w, room);
}

}  // namespace kit::scenarios
