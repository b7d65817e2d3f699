// Values that count what is asked of them, and the arrays of them.
#include "complexity/02-min-max/min_max_scenarios.hpp"

#include <algorithm>
#include <numeric>
#include <type_traits>

#include "lens/growth/allocations.hpp"
#include "lens/growth/counted.hpp"
#include "lens/growth/key_orders.hpp"
#include "lens/growth/stack_use.hpp"
#include "min_max.hpp"

namespace kit::scenarios {
namespace {

using Value = lens::CountedInt<true>;

static_assert(std::is_same_v<decltype(min_max(std::span<const Value>())), std::optional<MinMax>>,
              "min_max(std::span<const T>) gives a std::optional<MinMax>");

// The values, and behind them one that is larger than all and one that is smaller: whoever reads
// there gives an index that doesn't exist.
std::vector<Value> counted(const std::vector<int>& values) {
  std::vector<Value> out;
  out.reserve(values.size() + 2);
  for (const int value : values) out.emplace_back(value);
  out.emplace_back(1'000'000'000);
  out.emplace_back(-1'000'000'000);
  return out;
}

void note(Call& call, const std::vector<int>& values, const std::optional<MinMax>& found) {
  call.answered = found.has_value();
  if (!found) return;
  call.min = found->min;
  call.max = found->max;
  if (call.min < call.n) call.value_of_min = values[call.min];
  if (call.max < call.n) call.value_of_max = values[call.max];
}

// min_max of the n values in front, counted from here to its end.
std::optional<MinMax> ask(const std::vector<Value>& all, Call& call) {
  Value::counts = {};
  Value::counts.most_comparisons = 64 * static_cast<std::int64_t>(call.n) + 4'000'000;
  std::optional<MinMax> found;
  try {
    found = min_max(std::span<const Value>(all.data(), call.n));
  } catch (const lens::TooManyComparisons&) {
    call.too_many = true;
  }
  const lens::ElementCounts counts = Value::counts;
  call.less = counts.less;
  call.others = counts.comparisons - counts.less;
  call.copies = counts.copies;
  call.moves = counts.moves;
  return found;
}

Call prepared(const std::vector<int>& values) {
  constexpr std::size_t kShown = 12;
  Call call;
  call.n = values.size();
  call.values.assign(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(std::min(call.n, kShown)));
  if (!values.empty()) {
    const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
    call.smallest = *smallest;
    call.largest = *largest;
  }
  return call;
}

}  // namespace

bool Call::right() const {
  if (too_many || answered != (n > 0)) return false;
  if (n == 0) return true;
  return min < n && max < n && value_of_min == smallest && value_of_max == largest;
}

Call smallest_and_largest_of(const std::vector<int>& values) {
  Call call = prepared(values);
  const std::vector<Value> all = counted(values);
  note(call, values, ask(all, call));
  return call;
}

Call every_permutation(int largest) {
  Call last;
  for (int n = 1; n <= largest; ++n) {
    std::vector<int> values(static_cast<std::size_t>(n));
    std::iota(values.begin(), values.end(), 1);
    do {
      last = smallest_and_largest_of(values);
      if (!last.right()) return last;
    } while (std::next_permutation(values.begin(), values.end()));
  }
  return last;
}

Call every_position(const std::vector<std::size_t>& sizes, bool all_pairs) {
  Call last;
  for (const std::size_t n : sizes) {
    for (std::size_t at_min = 0; at_min < n; ++at_min) {
      for (std::size_t i = 0; i < (all_pairs ? n : 1); ++i) {
        const std::size_t at_max = all_pairs ? i : n - 1 - at_min;
        if (at_max == at_min) continue;
        std::vector<int> values(n, 5);
        for (std::size_t k = 0; k < n; ++k) values[k] += static_cast<int>(k % 3);
        values[at_min] = 1;
        values[at_max] = 9;
        last = smallest_and_largest_of(values);
        if (!last.right()) return last;
      }
    }
  }
  return last;
}

Call every_array_of_three_values(int largest) {
  Call last;
  std::size_t arrays = 1;
  for (int n = 1; n <= largest; ++n) {
    arrays *= 3;
    for (std::size_t which = 0; which < arrays; ++which) {
      std::vector<int> values;
      std::size_t rest = which;
      for (int i = 0; i < n; ++i, rest /= 3) values.push_back(static_cast<int>(rest % 3));
      last = smallest_and_largest_of(values);
      if (!last.right()) return last;
    }
  }
  return last;
}

Call nothing() {
  return smallest_and_largest_of({});
}

Call of_order(Inputs order, std::size_t n, std::uint64_t seed) {
  constexpr lens::Order kOrders[] = {lens::Order::ascending, lens::Order::descending,
                                     lens::Order::equal, lens::Order::random};
  return smallest_and_largest_of(lens::keys_in(kOrders[static_cast<int>(order)], n, seed));
}

Call many_values(std::uint64_t seed, std::size_t n) {
  return of_order(Inputs::random, n, seed);
}

Room room_of(std::size_t n, std::uint64_t seed) {
  Room room;
  const std::vector<int> values = lens::keys_in(lens::Order::random, n, seed);
  room.call = prepared(values);
  const std::vector<Value> all = counted(values);
  std::optional<MinMax> found;
  room.stack_bytes = static_cast<std::int64_t>(lens::stack_use(
      [&] {
        const lens::CountAllocations count;
        found = ask(all, room.call);
        room.allocations = count.calls();
        room.heap_bytes = count.peak_bytes();
      },
      std::size_t{512} << 20));
  note(room.call, values, found);
  return room;
}

}  // namespace kit::scenarios
