// Sequences that count and watch, and the searches in them.
#include "complexity/01-binary-search/binary_search_scenarios.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "binary_search.hpp"
#include "lens/growth/allocations.hpp"
#include "lens/growth/key_orders.hpp"
#include "lens/growth/stack_use.hpp"

namespace kit::scenarios {
namespace {

Asked asked;  // by the search that runs

// The values and the key: two types, so that it shows which of them stands on the left. All
// operators are there: whoever uses another than value < key compiles, and is seen.
template <int Side>
struct Comparable {
  std::uint64_t number;
  explicit Comparable(std::uint64_t n) : number(n) {}
  Comparable(const Comparable& other) : number(other.number) { ++asked.copies; }
  Comparable& operator=(const Comparable& other) {
    number = other.number;
    ++asked.copies;
    return *this;
  }
};
using Value = Comparable<0>;
using Key = Comparable<1>;

template <int X, int Y>
bool operator<(const Comparable<X>& x, const Comparable<Y>& y) {
  ++(X == 0 && Y == 1 ? asked.less : asked.others);
  return x.number < y.number;
}
template <int X, int Y>
bool operator>(const Comparable<X>& x, const Comparable<Y>& y) {
  ++asked.others;
  return x.number > y.number;
}
template <int X, int Y>
bool operator<=(const Comparable<X>& x, const Comparable<Y>& y) {
  ++asked.others;
  return x.number <= y.number;
}
template <int X, int Y>
bool operator>=(const Comparable<X>& x, const Comparable<Y>& y) {
  ++asked.others;
  return x.number >= y.number;
}
template <int X, int Y>
bool operator==(const Comparable<X>& x, const Comparable<Y>& y) {
  ++asked.others;
  return x.number == y.number;
}
template <int X, int Y>
bool operator!=(const Comparable<X>& x, const Comparable<Y>& y) {
  ++asked.others;
  return x.number != y.number;
}

struct TooManyLooks {};

// Behind its end there is a value above every key, so that a look there does no harm; but it is
// noted.
class Sequence {
 public:
  Sequence(Search& search, const std::vector<std::uint64_t>* given, std::int64_t most)
      : search_(search), given_(given), most_(most) {}

  std::uint64_t size() const { return search_.n; }
  Value operator[](std::uint64_t i) const {
    if (++asked.looks > most_) throw TooManyLooks();
    if (i >= search_.n) {
      if (!search_.has_outside) search_.outside = i;
      search_.has_outside = true;
      return Value(UINT64_MAX);
    }
    switch (search_.values) {
      case Values::index:
        return Value(i);
      case Values::odd:
        return Value(2 * i + 1);
      case Values::runs:
        return Value(i / search_.run_length * 2 + 1);
      case Values::given:
        break;
    }
    return Value((*given_)[static_cast<std::size_t>(i)]);
  }

 private:
  Search& search_;
  const std::vector<std::uint64_t>* given_;
  std::int64_t most_;
};

static_assert(std::is_same_v<decltype(first_not_less(std::declval<const Sequence&>(),
                                                     std::declval<const Key&>())),
                             std::uint64_t>,
              "first_not_less(sequence, key) gives a std::uint64_t");

// Runs the search; `search` says which, and expects what.
void run(Search& search, const std::vector<std::uint64_t>* given = nullptr,
         std::int64_t most = kMostLooks) {
  const Sequence sequence(search, given, most);
  const Key key(search.key);
  asked = {};
  try {
    search.seen = first_not_less(sequence, key);
    search.end = Search::End::returned;
  } catch (const TooManyLooks&) {
    search.end = Search::End::too_many_looks;
  }
  search.asked = asked;
}

// In 1, 3, 5, ...: for key 2k or 2k + 1, or above all.
std::uint64_t expected_in_odd(std::uint64_t n, std::uint64_t key) {
  return std::min(n, key / 2);
}

Search odd_search(std::uint64_t n, std::uint64_t key) {
  Search search;
  search.values = Values::odd;
  search.n = n;
  search.key = key;
  search.expected = expected_in_odd(n, key);
  run(search);
  return search;
}

}  // namespace

Search five_numbers(std::uint64_t key) {
  return odd_search(5, key);
}

Search every_gap_and_every_key(std::uint64_t largest) {
  Search last;
  for (std::uint64_t n = 0; n <= largest; ++n) {
    for (std::uint64_t key = 0; key <= 2 * n + 1; ++key) {
      last = odd_search(n, key);
      if (!last.right()) return last;
    }
  }
  return last;
}

Search runs_of_equal_keys(std::uint64_t largest) {
  Search last;
  for (std::uint64_t n = 1; n <= largest; ++n) {
    for (std::uint64_t length = 1; length <= n; ++length) {
      for (std::uint64_t first = 0; first < n; first += length) {
        Search search;
        search.values = Values::runs;
        search.n = n;
        search.run_length = length;
        search.key = first / length * 2 + 1;
        search.expected = first;
        run(search);
        last = search;
        if (!last.right()) return last;
      }
    }
  }
  return last;
}

Search random_sequences(std::uint64_t seed, int sequences) {
  lens::Random random(seed);
  Search last;
  for (int i = 0; i < sequences; ++i) {
    std::vector<std::uint64_t> given(random.below(2'000));
    const std::uint64_t range = 1 + random.below(3'000);
    for (std::uint64_t& each : given) each = random.below(static_cast<std::size_t>(range));
    std::sort(given.begin(), given.end());
    for (int k = 0; k < 20; ++k) {
      Search search;
      search.values = Values::given;
      search.n = given.size();
      search.key = random.below(static_cast<std::size_t>(range) + 1);
      search.expected = static_cast<std::uint64_t>(
          std::lower_bound(given.begin(), given.end(), search.key) - given.begin());
      run(search, &given);
      last = search;
      if (!last.right()) return last;
    }
  }
  return last;
}

Search searches_that_may_look_outside(std::uint64_t largest) {
  Search last;
  for (std::uint64_t n = 0; n <= largest; ++n) {
    for (std::uint64_t key = 0; key <= 2 * n + 1; ++key) {
      last = odd_search(n, key);
      if (last.has_outside || !last.right()) return last;
    }
  }
  return last;
}

Search one_search(std::uint64_t n, std::uint64_t key, Values values) {
  if (values == Values::odd) return odd_search(n, key);
  Search search;
  search.values = values;
  search.n = n;
  search.key = key;
  search.expected = std::min(n, key);
  run(search);
  return search;
}

Search huge_search(std::uint64_t n, std::uint64_t key) {
  Search search;
  search.values = Values::index;
  search.n = n;
  search.key = key;
  search.expected = std::min(n, key);
  run(search, nullptr, 300);
  return search;
}

std::vector<Dearest> dearest_searches(std::uint64_t largest) {
  std::vector<Dearest> out;
  out.reserve(static_cast<std::size_t>(largest));
  for (std::uint64_t n = 1; n <= largest; ++n) {
    Dearest dearest{n, {}};
    for (std::uint64_t key = 0; key <= 2 * n + 1; ++key) {
      const Search search = odd_search(n, key);
      if (key == 0 || !search.right() || search.asked.all() > dearest.search.asked.all())
        dearest.search = search;
      if (!search.right()) break;
    }
    out.push_back(dearest);
    // A search that walks says all it has to say within a few sizes.
    if (!dearest.search.right() || dearest.search.asked.all() > 1'000) break;
  }
  return out;
}

Room room_of_searches(std::uint64_t n, std::int64_t most_looks) {
  Room room;
  const std::uint64_t keys[] = {0, 1, 2, 3, n / 7, n / 3, n / 2, n - n / 3, n - 3, n - 2, n - 1, n};
  for (const std::uint64_t key : keys) {
    Search search;
    search.values = Values::index;
    search.n = n;
    search.key = key;
    search.expected = key;
    std::int64_t calls = 0, peak = 0;
    const std::size_t stack = lens::stack_use([&] {
      const lens::CountAllocations count;
      run(search, nullptr, most_looks);
      calls = count.calls();
      peak = count.peak_bytes();
    });
    if (room.right && !search.right()) room.wrong = search;
    room.right = room.right && search.right();
    room.comparisons = std::max(room.comparisons, search.asked.all());
    room.allocations += calls;
    room.heap_bytes = std::max(room.heap_bytes, peak);
    room.stack_bytes = std::max(room.stack_bytes, static_cast<std::int64_t>(stack));
  }
  return room;
}

}  // namespace kit::scenarios
