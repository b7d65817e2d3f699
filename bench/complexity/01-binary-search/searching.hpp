// The work of the bench of complexity/01-binary-search, the same for every search: each of many keys
// looked for in a sorted array, one after the other. Each key depends on the answer before it, so that
// searches don't run side by side in the processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kit::bench {

class Numbers {
 public:
  explicit Numbers(std::span<const std::uint64_t> all) : all_(all) {}
  std::uint64_t size() const { return all_.size(); }
  const std::uint64_t& operator[](std::uint64_t i) const { return all_[i]; }

 private:
  std::span<const std::uint64_t> all_;
};

// The sum of all answers.
template <class Search>
std::uint64_t search_all(std::span<const std::uint64_t> sorted, std::span<const std::uint64_t> keys,
                         Search search) {
  const Numbers numbers(sorted);
  std::uint64_t sum = 0, last = 0;
  for (const std::uint64_t key : keys) {
    last = search(numbers, key + (last & 1));
    sum += last;
  }
  return sum;
}

using Searching = std::uint64_t (*)(const std::uint64_t* sorted, std::size_t size,
                                    const std::uint64_t* keys, std::size_t count);

}  // namespace kit::bench
