// Elements that count what is done to them, keys in orders that hurt, and the sorts.
#include "complexity/06-merge-sort/merge_sort_scenarios.hpp"

#include <algorithm>
#include <bit>
#include <new>
#include <span>
#include <type_traits>

#include "lens/growth/allocations.hpp"
#include "lens/growth/counted.hpp"
#include "lens/growth/key_orders.hpp"
#include "merge_sort.hpp"

namespace kit::scenarios {
namespace {

struct Counts {
  std::int64_t copies = 0, moves = 0, self_moves = 0, defaults = 0, live = 0, most_live = 0;
};
Counts counts;

// A key, and where it stood at first. Only its moves are part of the bargain; whatever else a sort may
// try compiles, and is counted.
class Element {
 public:
  Element() { born(counts.defaults); }
  Element(int key, int tag) : key_(key), tag_(tag) { born(made_); }
  Element(const Element& other) : key_(other.key_), tag_(other.tag_) { born(counts.copies); }
  Element(Element&& other) noexcept : key_(other.key_), tag_(other.tag_) {
    other.tag_ = kGone;
    born(counts.moves);
  }
  Element& operator=(const Element& other) {
    key_ = other.key_;
    tag_ = other.tag_;
    ++counts.copies;
    return *this;
  }
  Element& operator=(Element&& other) noexcept {
    counts.self_moves += this == &other;
    key_ = other.key_;
    tag_ = other.tag_;
    other.tag_ = kGone;
    ++counts.moves;
    return *this;
  }
  ~Element() { --counts.live; }

  int key() const { return key_; }
  int tag() const { return tag_; }

 private:
  static constexpr int kGone = -1;
  static inline std::int64_t made_ = 0;
  static void born(std::int64_t& kind) {
    ++kind;
    counts.most_live = std::max(counts.most_live, ++counts.live);
  }
  int key_ = 0, tag_ = kGone;
};
static_assert(sizeof(Element) == kElementSize);

struct TooManyMoves {};

struct ByKey {
  bool descending = false;
  std::int64_t most_moves = INT64_MAX;  // a move can't throw, the next comparison can
  bool operator()(const Element& x, const Element& y) const {
    if (counts.moves > most_moves) throw TooManyMoves();
    return descending ? y.key() < x.key() : x.key() < y.key();
  }
};
using Less = lens::CountedLess<ByKey>;

static_assert(
    std::is_same_v<decltype(kit::stable_sort(std::span<Element>(), std::declval<Less>())), void>,
    "stable_sort(span of T, less) gives nothing back");

// The sorted values dealt to the left and the right half in turn, and so on in each half: every merge
// alternates to its end.
void unmerge(std::vector<int>& keys, std::size_t first, std::size_t last) {
  if (last - first < 2) return;
  std::vector<int> right;
  std::size_t left = first;
  for (std::size_t i = first; i < last; ++i) {
    if ((i - first) % 2 == 0) {
      keys[left++] = keys[i];
    } else {
      right.push_back(keys[i]);
    }
  }
  std::copy(right.begin(), right.end(), keys.begin() + static_cast<std::ptrdiff_t>(left));
  unmerge(keys, first, left);
  unmerge(keys, left, last);
}

std::vector<int> keys_in(Keys order, std::size_t n, std::uint64_t seed) {
  switch (order) {
    case Keys::random:
      return lens::keys_in(lens::Order::random, n, seed);
    case Keys::ascending:
      return lens::keys_in(lens::Order::ascending, n, seed);
    case Keys::descending:
      return lens::keys_in(lens::Order::descending, n, seed);
    case Keys::equal:
      return lens::keys_in(lens::Order::equal, n, seed);
    case Keys::few_values:
      return lens::keys_in(lens::Order::sixteen_values, n, seed);
    case Keys::saw:
      return lens::keys_in(lens::Order::saw, n, seed);
    case Keys::zigzag:
    case Keys::worst_merges:
      break;
  }
  std::vector<int> keys = lens::keys_in(lens::Order::ascending, n, seed);
  if (order == Keys::worst_merges) unmerge(keys, 0, n);
  if (order == Keys::zigzag) {
    for (std::size_t i = 0; i + 1 < n; i += 2) std::swap(keys[i], keys[i + 1]);
  }
  return keys;
}

void look_at_result(Sorting& sorting, const std::vector<Element>& elements,
                    const std::vector<int>& keys, const ByKey& less) {
  std::vector<bool> there(keys.size());
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const int tag = elements[i].tag();
    sorting.changed |= tag != static_cast<int>(i);
    if (tag >= 0) there[static_cast<std::size_t>(tag)] = true;
  }
  const auto missing = std::find(there.begin(), there.end(), false);
  if (missing != there.end()) {
    sorting.fault = Sorting::Fault::lost;
    sorting.key = keys[static_cast<std::size_t>(missing - there.begin())];
    return;
  }
  if (sorting.end != Sorting::End::returned) return;
  for (std::size_t i = 1; i < elements.size(); ++i) {
    const Element &x = elements[i - 1], &y = elements[i];
    if (less(x, y) || (!less(y, x) && x.tag() < y.tag())) continue;
    sorting.fault = less(y, x) ? Sorting::Fault::order : Sorting::Fault::stability;
    sorting.at = i;
    sorting.key = y.key();
    sorting.before = x.key();
    sorting.tag = y.tag();
    sorting.tag_before = x.tag();
    return;
  }
}

struct Faults {
  std::int64_t comparison = 0, allocation = 0;  // the one that throws; 0: none does
};

// The allocation has to be refused only while the sort runs.
void sort_with(std::span<Element> elements, const Less& less, std::int64_t failing_allocation) {
  if (failing_allocation == 0) return kit::stable_sort(elements, less);
  const lens::FailAllocation fail(failing_allocation);
  kit::stable_sort(elements, less);
}

void run(Sorting& sorting, const std::vector<int>& keys, Faults faults = {}) {
  sorting.n = keys.size();
  std::vector<Element> elements;
  elements.reserve(keys.size());
  for (const int key : keys) elements.emplace_back(key, static_cast<int>(elements.size()));
  lens::LessCounts asked;
  const auto n = static_cast<std::int64_t>(sorting.n);
  asked.most = n < 5'000 ? n * n + 1'000 : kPatience * (levels(sorting.n) + n);
  asked.call_that_throws = faults.comparison;
  ByKey by_key{sorting.descending};
  if (n >= 5'000) by_key.most_moves = 2 * kPatience * (levels(sorting.n) + n);
  counts = {};
  {
    const lens::CountAllocations heap;
    try {
      sort_with(elements, Less(asked, by_key), faults.allocation);
      sorting.end = Sorting::End::returned;
    } catch (const lens::TooManyComparisons&) {
      sorting.end = Sorting::End::too_many_comparisons;
    } catch (const TooManyMoves&) {
      sorting.end = Sorting::End::too_many_moves;
    } catch (const lens::ComparisonFailed&) {
      sorting.end = Sorting::End::comparison_failed;
    } catch (const std::bad_alloc&) {
      sorting.end = Sorting::End::bad_alloc;
    }
    sorting.heap_bytes = heap.peak_bytes();
    sorting.left_blocks = heap.calls() - heap.frees();
  }
  sorting.comparisons = std::min(asked.calls, asked.most);
  sorting.copies = counts.copies;
  sorting.moves = counts.moves;
  sorting.self_moves = counts.self_moves;
  sorting.defaults = counts.defaults;
  sorting.most_elements = counts.most_live;
  sorting.left_elements = counts.live;
  counts = {};  // what is looked at from here on is nobody's cost
  look_at_result(sorting, elements, keys, by_key);
  if (keys.size() <= 12) {
    sorting.small = keys;
    sorting.result.clear();
    for (const Element& each : elements) sorting.result.push_back(each.key());
  }
}

}  // namespace

const char* name_of(Keys keys) {
  switch (keys) {
    case Keys::random:
      return "a random order";
    case Keys::ascending:
      return "ascending";
    case Keys::descending:
      return "descending";
    case Keys::equal:
      return "all equal";
    case Keys::few_values:
      return "sixteen values at random";
    case Keys::saw:
      return "a saw (0 to 99, again and again)";
    case Keys::zigzag:
      return "a zigzag (1 0 3 2 5 4 ...)";
    case Keys::worst_merges:
      return "dealt to both halves in turn";
  }
  return "?";
}

std::int64_t levels(std::size_t n) {
  return n < 2 ? 0 : static_cast<std::int64_t>(n) * std::bit_width(n - 1);
}

Sorting sort_of(const std::vector<int>& keys) {
  Sorting sorting;
  run(sorting, keys);
  return sorting;
}

Sorting sort_keys(Keys keys, std::size_t n, std::uint64_t seed) {
  Sorting sorting;
  sorting.keys = keys;
  run(sorting, keys_in(keys, n, seed));
  return sorting;
}

Sorting every_permutation(std::size_t largest) {
  Sorting last;
  for (std::size_t n = 0; n <= largest; ++n) {
    std::vector<int> keys = keys_in(Keys::ascending, n, 0);
    do {
      last = sort_of(keys);
      if (!last.right()) return last;
    } while (std::next_permutation(keys.begin(), keys.end()));
  }
  return last;
}

Sorting every_size(std::size_t largest, std::uint64_t seed) {
  Sorting last;
  for (std::size_t n = 0; n <= largest; ++n) {
    for (const Keys keys : {Keys::random, Keys::descending, Keys::ascending, Keys::zigzag}) {
      last = sort_keys(keys, n, seed + n);
      if (!last.right()) return last;
    }
  }
  return last;
}

Sorting equal_keys(std::uint64_t seed) {
  Sorting last;
  for (const std::size_t n : {2, 3, 5, 8, 12, 17, 33, 64, 100, 257, 1'000, 4'097}) {
    for (const Keys order : {Keys::random, Keys::descending, Keys::ascending, Keys::saw}) {
      std::vector<int> keys = keys_in(order, n, seed + n);
      for (int& key : keys)
        key = order == Keys::descending ? key * 8 / static_cast<int>(n) : key % 8;
      Sorting sorting;
      sorting.keys = order;
      run(sorting, keys);
      last = sorting;
      if (!last.right()) return last;
    }
  }
  return last;
}

Sorting descending_order(std::uint64_t seed) {
  Sorting last;
  for (const std::size_t n : {2, 9, 100, 1'025}) {
    for (const Keys keys : {Keys::random, Keys::few_values, Keys::ascending}) {
      Sorting sorting;
      sorting.keys = keys;
      sorting.descending = true;
      run(sorting, keys_in(keys, n, seed + n));
      last = sorting;
      if (!last.right()) return last;
    }
  }
  return last;
}

Sorting throws_at_each_comparison(Keys order, std::size_t n, std::uint64_t seed) {
  const std::vector<int> keys = keys_in(order, n, seed);
  for (std::int64_t call = 1;; ++call) {
    Sorting sorting;
    sorting.keys = order;
    sorting.failed_call = call;
    run(sorting, keys, {.comparison = call});
    const bool swallowed = sorting.end == Sorting::End::returned && sorting.comparisons >= call;
    if (sorting.fault != Sorting::Fault::none || sorting.left_elements != 0 ||
        sorting.left_blocks != 0 || swallowed)
      return sorting;
    if (sorting.end != Sorting::End::comparison_failed) {
      sorting.failed_call = 0;
      return sorting;
    }
  }
}

Sorting fails_at_each_allocation(Keys order, std::size_t n, std::uint64_t seed) {
  const std::vector<int> keys = keys_in(order, n, seed);
  for (std::int64_t call = 1;; ++call) {
    Sorting sorting;
    sorting.keys = order;
    sorting.failed_call = call;
    run(sorting, keys, {.allocation = call});
    if (sorting.fault != Sorting::Fault::none || sorting.left_elements != 0 ||
        sorting.left_blocks != 0)
      return sorting;
    if (sorting.end == Sorting::End::bad_alloc && sorting.changed) return sorting;
    if (sorting.end != Sorting::End::bad_alloc) {
      sorting.failed_call = 0;
      return sorting;
    }
  }
}

}  // namespace kit::scenarios
