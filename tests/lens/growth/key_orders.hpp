// Orders of keys that are known to hurt, and an enemy that makes up the worst one while it is asked.
//
//   auto keys = keys_in(Order::organ_pipe, 1 << 20, harness::seed());
//
//   Adversary enemy(1 << 17);                        elements are the ids 0 .. n - 1
//   select(ids, k, [&](int x, int y) { return enemy.less(x, y); });
//   enemy.rank(ids[k])                               what its answers came to
//
// A few lines to compile: for scenarios.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::lens {

enum class Order {
  random,
  ascending,
  descending,
  equal,
  two_values,
  sixteen_values,
  organ_pipe,             // 0, 1, 2, ..., 2, 1, 0
  saw,                    // 0 .. 99, 0 .. 99, ...
  // Musser 1997, against the median of first, middle and last; the middle of an even number is the
  // upper one, a[n / 2]. Who takes the other is hurt by the organ pipe, or by the adversary.
  median_of_three_killer
};

inline constexpr Order kOrders[] = {
    Order::random,     Order::ascending,  Order::descending,
    Order::equal,      Order::two_values, Order::sixteen_values,
    Order::organ_pipe, Order::saw,        Order::median_of_three_killer};

/// "an organ pipe (up, then down)".
const char* name_of(Order order);

/// n keys of 0 .. n - 1, or fewer values where the order says so. The seed serves the random ones.
std::vector<int> keys_in(Order order, std::size_t n, std::uint64_t seed);

/// McIlroy's (Software: Practice and Experience 29, 1999), against any algorithm that only
/// compares, whatever it chooses at random. Every element begins as gas, larger than all that is
/// solid; of two that are gas one becomes solid when they are compared, and it is the one that the
/// algorithm seems to hold as its pivot. All answers are those of one order.
class Adversary {
 public:
  explicit Adversary(std::size_t n) : value_(n, static_cast<int>(n)), gas_(static_cast<int>(n)) {}

  bool less(int x, int y) {
    int& of_x = value_[static_cast<std::size_t>(x)];
    int& of_y = value_[static_cast<std::size_t>(y)];
    if (of_x == gas_ && of_y == gas_) (x == pivot_ ? of_x : of_y) = solid_++;
    if (of_x == gas_) {
      pivot_ = x;
    } else if (of_y == gas_) {
      pivot_ = y;
    }
    return of_x < of_y;
  }

  /// The place of an element in the order that came of it; n for all that are gas still.
  int rank(int x) const { return value_[static_cast<std::size_t>(x)]; }

 private:
  std::vector<int> value_;
  int gas_, solid_ = 0, pivot_ = -1;
};

/// splitmix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()() {
    std::uint64_t x = state_ += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
  }
  /// 0 .. n - 1, n > 0.
  std::size_t below(std::size_t n) { return static_cast<std::size_t>((*this)() % n); }

 private:
  std::uint64_t state_;
};

/// Puts the elements into a random order.
template <class T>
void shuffle(std::vector<T>& all, std::uint64_t seed) {
  Random random(seed);
  for (std::size_t i = all.size(); i > 1; --i) {
    const std::size_t j = random.below(i);
    const T kept = all[i - 1];
    all[i - 1] = all[j];
    all[j] = kept;
  }
}

}  // namespace kit::lens
