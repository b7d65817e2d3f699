// Each order hurts what it is made for, and nothing else; the adversary is one order.
#include "lens/growth/key_orders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "lens/growth/counted.hpp"

namespace {

using namespace kit::lens;

using Less = std::function<bool(int, int)>;
using Pivot = std::function<std::size_t(const std::vector<int>&, std::size_t, std::size_t)>;

// A textbook's: Hoare's partition round a pivot, then on in one part. Comparisons made, up to 64 n.
double quickselect(std::vector<int> a, std::size_t k, const Pivot& pivot, const Less& less) {
  LessCounts counts;
  counts.most = 64 * static_cast<std::int64_t>(a.size());
  const CountedLess<Less> counted(counts, less);
  std::size_t low = 0, high = a.size() - 1;
  try {
    while (low < high) {
      const int p = a[pivot(a, low, high)];
      std::size_t i = low, j = high;
      while (i <= j) {
        while (counted(a[i], p)) ++i;
        while (counted(p, a[j])) --j;
        if (i > j) break;
        std::swap(a[i++], a[j]);
        if (j == 0) break;
        --j;
      }
      if (k <= j) {
        high = j;
      } else if (k >= i) {
        low = i;
      } else {
        break;
      }
    }
  } catch (const TooManyComparisons&) {
  }
  return static_cast<double>(counts.calls) / static_cast<double>(a.size());
}

std::size_t median_of_three(const std::vector<int>& a, std::size_t low, std::size_t high) {
  const std::size_t middle = low + (high - low + 1) / 2;
  std::size_t places[] = {low, middle, high};
  std::sort(std::begin(places), std::end(places),
            [&](std::size_t x, std::size_t y) { return a[x] < a[y]; });
  return places[1];
}

TEST(KeyOrders, HaveTheirNumberOfKeysAndValues) {
  for (const Order order : kOrders) {
    for (const std::size_t n :
         {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
      const auto keys = keys_in(order, n, 1);
      EXPECT_EQ(keys.size(), n) << name_of(order);
      for (const int key : keys) {
        EXPECT_GE(key, 0) << name_of(order);
        EXPECT_LE(key, std::max<int>(static_cast<int>(n), 16)) << name_of(order);
      }
    }
  }
  const auto killer = keys_in(Order::median_of_three_killer, 1000, 1);
  EXPECT_EQ(std::set<int>(killer.begin(), killer.end()).size(), 1000U);  // a permutation
}

TEST(KeyOrders, OnlyTheKillerHurtsTheMedianOfThree) {
  constexpr std::size_t kN = 4096;
  for (const Order order : {Order::random, Order::ascending, Order::descending, Order::equal,
                            Order::two_values, Order::sixteen_values, Order::saw}) {
    EXPECT_LT(quickselect(keys_in(order, kN, 1), kN / 2, median_of_three, std::less<int>()), 10)
        << name_of(order);
  }
  EXPECT_GE(quickselect(keys_in(Order::median_of_three_killer, kN, 1), kN / 2, median_of_three,
                        std::less<int>()),
            64);
}

TEST(Adversary, DefeatsARandomPivot) {
  constexpr std::size_t kN = 4096;
  std::vector<int> ids(kN);
  std::iota(ids.begin(), ids.end(), 0);
  Random random(1);
  const Pivot any = [&](const std::vector<int>&, std::size_t low, std::size_t high) {
    return low + random.below(high - low + 1);
  };
  EXPECT_LT(quickselect(ids, kN / 2, any, std::less<int>()), 10);
  Adversary enemy(kN);
  EXPECT_GE(quickselect(ids, kN / 2, any, [&](int x, int y) { return enemy.less(x, y); }), 64);
}

TEST(Adversary, ItsAnswersAreOneOrder) {
  constexpr int kN = 500;
  Adversary enemy(kN);
  struct Answer {
    int x, y;
    bool less;
  };
  std::vector<Answer> answers;
  std::vector<int> ids(kN);
  std::iota(ids.begin(), ids.end(), 0);
  std::sort(ids.begin(), ids.end(), [&](int x, int y) {
    answers.push_back({x, y, enemy.less(x, y)});
    return answers.back().less;
  });
  for (const Answer& each : answers) EXPECT_EQ(each.less, enemy.rank(each.x) < enemy.rank(each.y));
  for (std::size_t i = 0; i + 1 < ids.size(); ++i)
    EXPECT_LE(enemy.rank(ids[i]), enemy.rank(ids[i + 1]));
}

TEST(CountedLess, CountsThrowsAndStops) {
  LessCounts counts;
  counts.most = 3;
  counts.call_that_throws = 2;
  const CountedLess<std::less<int>> less(counts);
  EXPECT_TRUE(less(1, 2));
  EXPECT_THROW(less(1, 2), ComparisonFailed);
  EXPECT_FALSE(less(2, 1));
  EXPECT_THROW(less(1, 2), TooManyComparisons);
  EXPECT_EQ(counts.calls, 4);
}

TEST(CountedInt, CountsEveryComparison) {
  using Int = CountedInt<true, struct ForComparisons>;
  const Int one(1), two(2);
  EXPECT_TRUE(one < two);
  EXPECT_FALSE(one > two || one >= two || one == two || !(one <= two) || !(one != two));
  EXPECT_EQ(Int::counts.less, 1);
  EXPECT_EQ(Int::counts.comparisons, 6);
  Int::counts.most_comparisons = 6;
  EXPECT_THROW(static_cast<void>(one < two), TooManyComparisons);
}

}  // namespace
