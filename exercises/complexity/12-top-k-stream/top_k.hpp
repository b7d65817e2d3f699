// TopK<T, Less>: the k largest of values that pass by once.
//
// REQUIRES: Less is a strict weak order. T can be moved, and copied where push(const T&) is used; it
//           needs no default constructor and no operator of its own.
// THROWS:   what Less, T's copy or move, or an allocation throws. Afterwards size() <= k, and the
//           object can be destroyed, or emptied by take() and used again; which values it holds in
//           between is open. No element is leaked.
// COST:     n values pushed in any order, and take(): at most n (2 ceil(log2 k) + 6) +
//           2k ceil(log2 k) comparisons. In random order, expected: at most
//           n + 2k ceil(log2 k) (2 + ln(n/k)). At most 2k + 64 elements alive at any time, the
//           result of take() included; memory in proportion to those that are kept, also where k is
//           far above n. No allocation from push() once 2k + 64 values have been pushed in ascending
//           order. At most 2k copies where no value is larger than those before it.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace kit {

template <class T, class Less = std::less<T>>
class TopK {
 public:
  /// ENSURES: size() == 0. k = 0 keeps nothing; k may be any number.
  explicit TopK(std::size_t, Less = {}) {}

  /// One more value of the stream. It is compared by the Less given to the constructor, by nothing
  /// else.
  /// ENSURES: push(T&&) makes no copy; v may have been moved from whether it is kept or not.
  // Begin here: which of the kept values must a new one beat?
  void push(const T&) {}
  void push(T&&) {}

  /// ENSURES: the k largest of all that were pushed since the last take() (all, if there were
  ///          fewer), largest first; of equal values any. No copy is made. Afterwards size() == 0,
  ///          and a new stream can begin.
  std::vector<T> take() { return {}; }

  /// min(k, the number pushed since the last take()).
  std::size_t size() const noexcept { return 0; }
};

}  // namespace kit
