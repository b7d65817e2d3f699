// Islands whose parents count, and the orders in which they are joined.
#include "complexity/09-union-find/union_find_scenarios.hpp"

#include <algorithm>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "complexity/09-union-find/counted_index.hpp"
#include "lens/growth/allocations.hpp"
#include "lens/growth/key_orders.hpp"
#include "lens/growth/stack_use.hpp"
#include "union_find.hpp"

namespace kit::scenarios {
namespace {

static_assert(!std::is_copy_constructible_v<UnionFind<>>, "a UnionFind can't be copied");
static_assert(noexcept(std::declval<const UnionFind<>&>().islands()), "islands() is noexcept");

using Counted = UnionFind<CountedIndex>;

template <class Islands>
Seen done(Islands& islands, const Operation& each) {
  Seen seen;
  switch (each.kind) {
    case Operation::Kind::unite:
      seen.answer = islands.unite(each.x, each.y);
      break;
    case Operation::Kind::together:
      seen.answer = islands.together(each.x, each.y);
      break;
    case Operation::Kind::find:
      seen.value = islands.find(each.x);
      break;
    case Operation::Kind::size_of:
      seen.value = islands.size_of(each.x);
      break;
  }
  return seen;
}

template <class Islands>
std::vector<Seen> run_on(std::size_t n, const std::vector<Operation>& all) {
  Islands islands(n);
  std::vector<Seen> out;
  out.reserve(all.size());
  for (const Operation& each : all) {
    Seen seen, threw;
    try {
      seen = done(islands, each);
    } catch (const std::out_of_range&) {
      seen = threw;
      seen.threw = Seen::Threw::out_of_range;
    } catch (const std::exception&) {
      seen = threw;
      seen.threw = Seen::Threw::other;
    }
    seen.islands = islands.islands();
    out.push_back(seen);
  }
  return out;
}

// Operations on counted islands, for their cost.
class Costing {
 public:
  Costing(std::size_t n, bool stop_when_over) : islands_(n), stop_(stop_when_over) {
    cost_.n = static_cast<std::int64_t>(n);
    CountedIndex::reads = CountedIndex::writes = 0;
  }
  // False when there is no need to go on.
  bool unite(std::uint32_t x, std::uint32_t y) {
    cost_.right = islands_.unite(x, y) != (x == y) && cost_.right;
    return counted(2);
  }
  bool unite_if_apart(std::uint32_t x, std::uint32_t y) {
    islands_.unite(x, y);
    return counted(2);
  }
  std::uint32_t find(std::uint32_t x) {
    const std::uint32_t found = islands_.find(x);
    counted(1);
    return found;
  }
  bool over() const { return cost_.over; }
  // All are one island, if that is what the unites should have come to.
  Cost cost(bool united) {
    cost_.reads = CountedIndex::reads;
    cost_.writes = CountedIndex::writes;
    if (!cost_.over && united)
      cost_.right = cost_.right && islands_.islands() == 1 && islands_.together(0, last());
    return cost_;
  }
  std::uint32_t last() const { return static_cast<std::uint32_t>(cost_.n - 1); }

 private:
  bool counted(int finds) {
    cost_.finds += finds;
    const std::int64_t limit = 5 * (cost_.finds + cost_.n);
    if (stop_ && (CountedIndex::reads > limit || CountedIndex::writes > limit)) cost_.over = true;
    return !cost_.over;
  }

  Counted islands_;
  bool stop_;
  Cost cost_;
};

// The binomial tree: equal trees united by their roots, so that no find shortens a way. Whichever
// root stays, the deepest leaf of the other is one deeper.
struct Tree {
  std::uint32_t root = 0, leaf = 0;
  int depth = 0;
};
Tree binomial(Costing& islands, std::size_t n) {
  std::vector<Tree> trees(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto machine = static_cast<std::uint32_t>(i);
    trees[i] = {machine, machine, 0};
  }
  while (trees.size() > 1) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i + 1 < trees.size(); i += 2) {
      const Tree a = trees[i], b = trees[i + 1];
      if (!islands.unite(a.root, b.root)) return a;
      const bool a_stays = islands.find(a.root) == a.root;
      const Tree& stays = a_stays ? a : b;
      const Tree& sinks = a_stays ? b : a;
      trees[kept] = stays;
      if (sinks.depth + 1 > stays.depth) trees[kept] = {stays.root, sinks.leaf, sinks.depth + 1};
      ++kept;
    }
    if (trees.size() % 2 == 1) trees[kept++] = trees.back();
    trees.resize(kept);
  }
  return trees.front();
}

void unite_chain(Costing& islands, Order order) {
  const bool up = order == Order::chain_up || order == Order::chain_up_swapped;
  const bool swapped = order == Order::chain_up_swapped || order == Order::chain_down_swapped;
  const std::uint32_t links = islands.last();
  for (std::uint32_t i = 0; i < links; ++i) {
    const std::uint32_t x = up ? i : links - i, y = up ? i + 1 : links - i - 1;
    if (!(swapped ? islands.unite(y, x) : islands.unite(x, y))) return;
  }
}

template <class Islands>
void unite_chain_of(Islands& islands, std::uint32_t n, bool up, bool swapped) {
  for (std::uint32_t i = 0; i + 1 < n; ++i) {
    const std::uint32_t x = up ? i : n - 1 - i, y = up ? i + 1 : n - 2 - i;
    swapped ? islands.unite(y, x) : islands.unite(x, y);
  }
}

}  // namespace

std::vector<Seen> run(std::size_t n, const std::vector<Operation>& all) {
  return run_on<UnionFind<>>(n, all);
}

std::vector<Seen> run_counted(std::size_t n, const std::vector<Operation>& all) {
  return run_on<Counted>(n, all);
}

Cost cost_of(Order order, std::size_t n, std::uint64_t seed, bool stop_when_over) {
  Costing islands(n, stop_when_over);
  const lens::CountAllocations blocks;
  lens::Random random(seed);
  const auto any = [&] { return static_cast<std::uint32_t>(random.below(n)); };
  std::uint32_t asked = 0, other = islands.last();
  switch (order) {
    case Order::star:
    case Order::star_swapped:
      for (std::uint32_t i = 1; i <= islands.last() && !islands.over(); ++i)
        order == Order::star ? islands.unite(0, i) : islands.unite(i, 0);
      break;
    case Order::binomial:
      asked = other = binomial(islands, n).leaf;
      break;
    case Order::grows_down:
    case Order::grows_up:
      // A root that every newcomer takes over: linking by number, or by argument, sinks all others.
      for (std::uint32_t i = 1; i <= islands.last() && !islands.over(); ++i) {
        const auto member = static_cast<std::uint32_t>(random.below(i));
        if (order == Order::grows_up) {
          i % 2 == 0 ? islands.unite(i, member) : islands.unite(member, i);
        } else {
          const std::uint32_t last = islands.last();
          i % 2 == 0 ? islands.unite(last - i, last - member)
                     : islands.unite(last - member, last - i);
        }
      }
      break;
    case Order::random:
      for (std::size_t i = 0; i < n && !islands.over(); ++i) islands.unite_if_apart(any(), any());
      break;
    default:
      unite_chain(islands, order);
  }
  for (std::size_t i = 0; i < n && !islands.over(); ++i) {
    const bool anywhere =
        order == Order::random || order == Order::grows_up || order == Order::grows_down;
    const std::uint32_t x = anywhere ? any() : i % 2 == 0 ? asked : other;
    islands.find(x);
  }
  const std::int64_t asked_of_the_heap = blocks.calls();
  Cost cost = islands.cost(order != Order::random);
  cost.blocks = asked_of_the_heap;
  return cost;
}

std::int64_t dearest_find(std::size_t n) {
  Costing islands(n, false);
  const std::uint32_t leaf = binomial(islands, n).leaf;
  CountedIndex::reads = 0;
  islands.find(leaf);
  return CountedIndex::reads;
}

Stack stack_of_chains(std::size_t n) {
  Stack stack;
  for (const Order order :
       {Order::chain_up, Order::chain_down, Order::chain_up_swapped, Order::chain_down_swapped}) {
    Costing few(4'096, true);
    unite_chain(few, order);
    stack.hopeless = stack.hopeless || few.over();
  }
  if (stack.hopeless) return stack;
  const auto last = static_cast<std::uint32_t>(n - 1);
  for (const bool up : {true, false}) {
    for (const bool swapped : {true, false}) {
      UnionFind<> islands(n);
      const std::size_t bytes = lens::stack_use(
          [&] {
            unite_chain_of(islands, static_cast<std::uint32_t>(n), up, swapped);
            stack.right =
                islands.find(0) == islands.find(last) && islands.islands() == 1 && stack.right;
          },
          std::size_t{1} << 30);
      stack.bytes = std::max(stack.bytes, static_cast<std::int64_t>(bytes));
    }
  }
  return stack;
}

std::int64_t memory_of(std::size_t n) {
  const lens::CountAllocations count;
  const UnionFind<> islands(n);
  return islands.islands() == n ? count.peak_bytes() : -1;
}

}  // namespace kit::scenarios
