// Twelve functions. Say in claims.txt how the time and the space of each grow.
//
// Time is the number of calls of step(). Space is the most that is alive at once, heap and stack,
// beside the arguments; the grader counts both. The compiler takes these functions as they stand: no
// call is made a loop of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace kit {

using u64 = std::uint64_t;

void step();  // the meter

// 1
[[gnu::noinline]] inline u64 pairs(u64 n) {
  u64 c = 0;
  for (u64 i = 0; i < n; ++i) {
    for (u64 j = 0; j < i; ++j) {
      step();
      c += i ^ j;
    }
  }
  return c;
}

// 2
[[gnu::noinline]] inline u64 halve(u64 n) {
  u64 c = 0;
  while (n > 1) {
    step();
    n /= 2;
    ++c;
  }
  return c;
}

// 3
[[gnu::noinline]] inline u64 multiples(u64 n) {
  u64 c = 0;
  for (u64 i = 1; i <= n; ++i) {
    for (u64 j = i; j <= n; j += i) {
      step();
      ++c;
    }
  }
  return c;
}

// 4
[[gnu::noinline]] inline u64 growing_strides(u64 n) {
  u64 c = 0;
  for (u64 i = 1; i < n; i *= 2) {
    for (u64 j = 0; j < i; ++j) {
      step();
      ++c;
    }
  }
  return c;
}

// 5
[[gnu::noinline]] inline u64 rabbits(u64 n) {
  step();
  return n < 2 ? n : rabbits(n - 1) + rabbits(n - 2);
}

// 6: `seen` is a vector of n + 1 zeros. The caller makes it for this call; it counts as space.
[[gnu::noinline]] inline u64 rabbits_noted(u64 n, std::vector<u64>& seen) {
  step();
  if (n < 2) return n;
  if (seen[n] == 0) seen[n] = rabbits_noted(n - 1, seen) + rabbits_noted(n - 2, seen);
  return seen[n];
}

// 7
[[gnu::noinline]] inline std::string copies_of_x(u64 n) {
  std::string s;
  for (u64 i = 0; i < n; ++i) {
    std::string t;
    t.reserve(s.size() + 1);
    for (const char c : s) {
      step();
      t.push_back(c);
    }
    step();
    t.push_back('x');
    s = std::move(t);
  }
  return s;
}

// 8
[[gnu::noinline]] inline u64 count_primes(u64 n) {
  std::vector<char> crossed(n + 1);
  u64 found = 0;
  for (u64 i = 2; i <= n; ++i) {
    if (crossed[i] != 0) continue;
    ++found;
    for (u64 j = 2 * i; j <= n; j += i) {
      step();
      crossed[j] = 1;
    }
  }
  return found;
}

// 9: n = a.size()
[[gnu::noinline]] inline void insertion_sort(std::vector<int>& a) {
  for (std::size_t i = 1; i < a.size(); ++i) {
    const int x = a[i];
    std::size_t j = i;
    step();
    while (j > 0 && x < a[j - 1]) {
      step();
      a[j] = a[j - 1];
      --j;
    }
    a[j] = x;
  }
}

// 10: n = a.size(); no element is below 0, nor is the limit
[[gnu::noinline]] inline u64 two_pointers(const std::vector<int>& a, long limit) {
  u64 best = 0, j = 0;
  long sum = 0;
  for (u64 i = 0; i < a.size(); ++i) {
    step();
    sum += a[i];
    while (sum > limit) {
      step();
      sum -= a[j++];
    }
    best = std::max(best, i + 1 - j);
  }
  return best;
}

// 11
[[gnu::noinline]] inline u64 power(u64 x, u64 n) {
  step();
  if (n == 0) return 1;
  if (n == 1) return x;
  const u64 r = power(x, n / 2) * power(x, n / 2);
  return n % 2 == 1 ? r * x : r;
}

// 12: n = sorted.size(), k = asked.size()
[[gnu::noinline]] inline u64 how_many_found(const std::vector<int>& sorted,
                                            const std::vector<int>& asked) {
  u64 found = 0;
  for (const int x : asked) {
    std::size_t l = 0, h = sorted.size();
    while (l < h) {
      step();
      const std::size_t m = l + (h - l) / 2;
      if (sorted[m] < x) {
        l = m + 1;
      } else {
        h = m;
      }
    }
    if (l < sorted.size() && sorted[l] == x) ++found;
  }
  return found;
}

}  // namespace kit
