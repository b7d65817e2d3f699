// Elements that can be told apart, an order that counts how often it is asked, and the selections.
#include "complexity/05-quickselect/quickselect_scenarios.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <stdexcept>
#include <type_traits>

#include "lens/growth/allocations.hpp"
#include "lens/growth/counted.hpp"
#include "lens/growth/stack_use.hpp"
#include "quickselect.hpp"

namespace kit::scenarios {
namespace {

struct Item {
  int key = 0;
  int id = 0;  // elements of equal keys are not the same
};

// The order, as it is given to the submission. It counts into its owner, since it may be copied.
class ItemLess {
 public:
  ItemLess(lens::LessCounts& counts, lens::Adversary* enemy, bool descending)
      : counts_(&counts), enemy_(enemy), descending_(descending) {}

  bool operator()(const Item& x, const Item& y) const {
    if (++counts_->calls > counts_->most) throw lens::TooManyComparisons();
    if (enemy_ != nullptr) return enemy_->less(x.id, y.id);
    return descending_ ? y.key < x.key : x.key < y.key;
  }

 private:
  lens::LessCounts* counts_;
  lens::Adversary* enemy_;
  bool descending_;
};

static_assert(
    std::is_same_v<
        decltype(kit::select(std::span<Item>(), std::size_t{}, std::declval<ItemLess>())), Item&>,
    "select(span of T, rank, less) gives a T&");

std::vector<Item> items_of(const std::vector<int>& keys) {
  std::vector<Item> items(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) items[i] = {keys[i], static_cast<int>(i)};
  return items;
}

// The key of an element that isn't there any more.
std::optional<int> lost_key(const std::vector<Item>& items, const std::vector<int>& keys) {
  std::vector<bool> there(keys.size());
  for (const Item& each : items) {
    const auto id = static_cast<std::size_t>(each.id);
    if (id < keys.size() && each.key == keys[id]) there[id] = true;
  }
  const auto missing = std::find(there.begin(), there.end(), false);
  if (missing == there.end()) return std::nullopt;
  return keys[static_cast<std::size_t>(missing - there.begin())];
}

// `most`: comparisons after which it is stopped.
void run(Selection& selection, std::vector<Item>& items, lens::Adversary* enemy,
         std::int64_t most) {
  lens::LessCounts counts;
  counts.most = most;
  try {
    const Item& seen = kit::select(std::span<Item>(items), selection.k,
                                   ItemLess(counts, enemy, selection.descending));
    selection.is_at_k = &seen == &items[selection.k];
    selection.end = Selection::End::returned;
  } catch (const lens::TooManyComparisons&) {
    selection.end = Selection::End::too_many_comparisons;
  }
  selection.comparisons = std::min(counts.calls, counts.most);
}

// `sorted`: the keys in the selection's order.
void run_keys(Selection& selection, const std::vector<int>& keys, const std::vector<int>& sorted) {
  selection.n = keys.size();
  if (keys.size() <= 16) selection.keys = keys;
  std::vector<Item> items = items_of(keys);
  const auto n = static_cast<std::int64_t>(keys.size());
  run(selection, items, nullptr, std::min(4 * n * n, std::int64_t{1} << 24) + 1'000);
  selection.expected = sorted[selection.k];
  selection.seen = items[selection.k].key;
  selection.lost = lost_key(items, keys);
}

// Without sorting: the order says what stands at k, or nth_element does.
int expected_at(std::vector<int> keys, std::size_t k) {
  std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(k), keys.end());
  return keys[k];
}

// Below some hundred elements sorting them is a good answer, too.
std::int64_t patience(std::size_t n) {
  return kMostComparisons * static_cast<std::int64_t>(std::max<std::size_t>(n, 64));
}

template <class Run>
void with_memory(Selection& selection, Run run) {
  std::int64_t calls = 0, peak = 0;
  selection.stack_bytes = static_cast<std::int64_t>(lens::stack_use([&] {
    const lens::CountAllocations count;
    run();
    calls = count.calls();
    peak = count.peak_bytes();
  }));
  selection.allocations = calls;
  selection.heap_bytes = peak;
}

Selection in_order(lens::Order order, std::size_t n, std::size_t k, std::uint64_t seed,
                   bool with_its_memory) {
  Selection selection;
  selection.input = Selection::Input::order;
  selection.order = order;
  selection.n = n;
  selection.k = k;
  const std::vector<int> keys = lens::keys_in(order, n, seed);
  std::vector<Item> items = items_of(keys);
  if (with_its_memory) {
    with_memory(selection, [&] { run(selection, items, nullptr, patience(n)); });
  } else {
    run(selection, items, nullptr, patience(n));
  }
  selection.expected = expected_at(keys, k);
  selection.seen = items[k].key;
  selection.lost = lost_key(items, keys);
  return selection;
}

Selection against_an_enemy(std::size_t n, std::size_t k, bool with_its_memory) {
  Selection selection;
  selection.input = Selection::Input::enemy;
  selection.n = n;
  selection.k = k;
  lens::Adversary enemy(n);
  const std::vector<int> keys(n);
  std::vector<Item> items = items_of(keys);
  if (with_its_memory) {
    with_memory(selection, [&] { run(selection, items, &enemy, patience(n)); });
  } else {
    run(selection, items, &enemy, patience(n));
  }
  std::vector<int> ranks(n);
  for (std::size_t i = 0; i < n; ++i) ranks[i] = enemy.rank(static_cast<int>(i));
  selection.expected = expected_at(ranks, k);
  selection.seen = enemy.rank(items[k].id);
  selection.lost = lost_key(items, keys);
  return selection;
}

// Elements that can only be moved, as far as anybody should notice.
using Element = lens::CountedInt<true>;
struct ValueLess {
  bool operator()(const Element& x, const Element& y) const { return x.value() < y.value(); }
};

std::vector<Element> elements_in_random_order(std::size_t n, std::uint64_t seed) {
  std::vector<Element> elements;
  elements.reserve(n);
  for (const int key : lens::keys_in(lens::Order::random, n, seed)) elements.emplace_back(key);
  return elements;
}

}  // namespace

Selection select_of(const std::vector<int>& keys, std::size_t k) {
  Selection selection;
  selection.k = k;
  std::vector<int> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  run_keys(selection, keys, sorted);
  return selection;
}

Selection select_in_order(lens::Order order, std::size_t n, std::size_t k, std::uint64_t seed) {
  return in_order(order, n, k, seed, false);
}

Selection select_against_heaps(std::size_t n, std::size_t k) {
  Selection selection;
  selection.k = k;
  std::vector<int> keys = lens::keys_in(lens::Order::ascending, n, 0);
  std::vector<int> sorted = keys;
  std::reverse(keys.begin() + static_cast<std::ptrdiff_t>(k), keys.end());
  run_keys(selection, keys, sorted);
  selection.input = Selection::Input::heap_killer;
  return selection;
}

Selection select_against_an_enemy(std::size_t n, std::size_t k) {
  return against_an_enemy(n, k, false);
}

Selection memory_in_order(lens::Order order, std::size_t n, std::size_t k, std::uint64_t seed) {
  return in_order(order, n, k, seed, true);
}

Selection memory_against_an_enemy(std::size_t n, std::size_t k) {
  return against_an_enemy(n, k, true);
}

Selection every_small_input() {
  Selection last;
  const auto every_rank = [&](const std::vector<int>& keys) {
    for (std::size_t k = 0; k < keys.size(); ++k) {
      last = select_of(keys, k);
      if (!last.right()) return false;
    }
    return true;
  };
  for (std::size_t n = 1; n <= 7; ++n) {
    std::vector<int> keys = lens::keys_in(lens::Order::ascending, n, 0);
    do {
      if (!every_rank(keys)) return last;
    } while (std::next_permutation(keys.begin(), keys.end()));
  }
  for (std::size_t n = 1; n <= 8; ++n) {
    std::vector<int> keys(n);
    for (bool more = true; more;) {
      if (!every_rank(keys)) return last;
      std::size_t digit = 0;
      while (digit < n && keys[digit] == 2) keys[digit++] = 0;
      more = digit < n;
      if (more) ++keys[digit];
    }
  }
  return last;
}

Selection many_sizes_and_ranks(std::uint64_t seed, bool descending) {
  Selection last;
  lens::Random random(seed);
  for (const std::size_t n : {1, 2, 3, 5, 9, 16, 17, 30, 45, 64, 101, 128, 250, 500, 1023, 2000}) {
    for (const lens::Order order : lens::kOrders) {
      if (order == lens::Order::median_of_three_killer && n % 2 == 1) continue;
      const std::vector<int> keys = lens::keys_in(order, n, seed + n);
      std::vector<int> sorted = keys;
      std::sort(sorted.begin(), sorted.end());
      if (descending) std::reverse(sorted.begin(), sorted.end());
      for (const std::size_t k : {std::size_t{0}, std::size_t{1}, n / 10, n / 4, n / 2,
                                  random.below(n), n - n / 4, n - 2, n - 1}) {
        if (k >= n) continue;
        Selection selection;
        selection.input = Selection::Input::order;
        selection.order = order;
        selection.k = k;
        selection.descending = descending;
        run_keys(selection, keys, sorted);
        last = selection;
        if (!last.right()) return last;
      }
    }
  }
  return last;
}

Outside rank_outside(std::size_t n, std::size_t k) {
  Outside out{n, k};
  const std::vector<int> keys = lens::keys_in(lens::Order::descending, n, 0);
  std::vector<Item> items = items_of(keys);
  lens::LessCounts counts;
  counts.most = 1'000'000;
  try {
    kit::select(std::span<Item>(items), k, ItemLess(counts, nullptr, false));
  } catch (const std::out_of_range&) {
    out.end = Outside::End::out_of_range;
  } catch (...) {
    out.end = Outside::End::another_exception;
  }
  for (std::size_t i = 0; i < n; ++i) out.changed |= items[i].id != static_cast<int>(i);
  return out;
}

Elements elements_touched(std::size_t n, std::size_t k, std::uint64_t seed) {
  std::vector<Element> elements = elements_in_random_order(n, seed);
  Elements out{n, k};
  Element::counts = {};
  lens::LessCounts counts;
  const Element& seen =
      kit::select(std::span<Element>(elements), k, lens::CountedLess<ValueLess>(counts));
  out.right = seen.value() == static_cast<int>(k);
  out.copies = Element::counts.copies;
  out.defaults = Element::counts.defaults;
  return out;
}

Interrupted throws_at_each_comparison(std::size_t n, std::size_t k, std::uint64_t seed) {
  Interrupted out;
  out.n = n;
  std::vector<int> times(n);
  for (std::int64_t call = 1;; ++call) {
    out.call = call;
    std::vector<Element> elements = elements_in_random_order(n, seed);
    Element::counts = {};
    lens::LessCounts counts;
    counts.call_that_throws = call;
    bool thrown = false;
    try {
      kit::select(std::span<Element>(elements), k, lens::CountedLess<ValueLess>(counts));
    } catch (const lens::ComparisonFailed&) {
      thrown = true;
    }
    out.elements = Element::counts.live;  // made since, and not destroyed
    if (out.elements > 0) out.fault = Interrupted::Fault::not_destroyed;
    if (out.elements < 0) out.fault = Interrupted::Fault::destroyed_twice;
    std::fill(times.begin(), times.end(), 0);
    for (const Element& each : elements) {
      out.key = each.value();
      if (out.key == Element::kMovedFrom) continue;
      const bool known = out.key >= 0 && out.key < static_cast<int>(n);
      if (!known) out.fault = Interrupted::Fault::stranger;
      if (known && ++times[static_cast<std::size_t>(out.key)] == 2)
        out.fault = Interrupted::Fault::twice_there;
      if (out.fault != Interrupted::Fault::none) return out;
    }
    if (out.fault != Interrupted::Fault::none) return out;
    if (!thrown && counts.calls >= call) out.fault = Interrupted::Fault::swallowed;
    if (!thrown) return out;
  }
}

}  // namespace kit::scenarios
