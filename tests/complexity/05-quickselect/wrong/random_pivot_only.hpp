// rejected by: Cost.LinearAgainstAnAdversary
// Every pivot at random: linear in the mean, and quadratic for whoever answers the comparisons, or knows
// the generator.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <span>
#include <stdexcept>
#include <utility>

namespace kit {

// less than the pivot | equal to it | greater; the two borders.
template <class T, class Less>
std::pair<std::size_t, std::size_t> partition(std::span<T> a, std::size_t at, Less& less) {
  std::swap(a[0], a[at]);
  std::size_t low = 0, i = 1, high = a.size();  // the pivot is at low
  while (i < high) {
    if (less(a[i], a[low])) {
      std::swap(a[i++], a[low++]);
    } else if (less(a[low], a[i])) {
      std::swap(a[i], a[--high]);
    } else {
      ++i;
    }
  }
  return {low, high};
}

template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("select: no such rank");
  std::minstd_rand random(20260101);
  std::span<T> part = a;
  std::size_t rank = k;
  while (part.size() > 1) {
    const auto [low, high] = partition(part, random() % part.size(), less);
    if (rank < low) {
      part = part.first(low);
    } else if (rank < high) {
      break;
    } else {
      part = part.subspan(high);
      rank -= high;
    }
  }
  return a[k];
}

}  // namespace kit
