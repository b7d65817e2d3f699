// The work of the bench of complexity/03-dynamic-array, the same for every array: 2^20 pushes into
// an empty one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kit::bench {

inline constexpr std::size_t kPushes = std::size_t{1} << 20;

inline std::uint64_t number(std::size_t i) {
  return i * 0x9e3779b97f4a7c15U;
}

// What came out, as far as it is looked at in every run; the check looks at all.
struct Pushed {
  std::size_t size = 0;
  std::uint64_t first = 0, middle = 0, last = 0;
};

template <class Array>
Pushed push_numbers(std::size_t count) {
  Array array;
  for (std::size_t i = 0; i < count; ++i) array.push_back(number(i));
  return {array.size(), array[0], array[count / 2], array[count - 1]};
}

// A sum that tells order, over the whole array.
template <class Array>
std::uint64_t sum_of_numbers(std::size_t count) {
  Array array;
  for (std::size_t i = 0; i < count; ++i) array.push_back(number(i));
  std::uint64_t sum = array.size();
  for (std::size_t i = 0; i < array.size(); ++i) sum = sum * 31 + array[i];
  return sum;
}

// Pushes copies of `words`, count of them in turn. Each word is short enough to lie in the string
// itself, so that the array's own work is seen and not the allocator's.
template <class Array>
Pushed push_strings(const std::string* words, std::size_t words_count, std::size_t count) {
  Array array;
  for (std::size_t i = 0; i < count; ++i) array.push_back(words[i % words_count]);
  const auto letter = [&](std::size_t i) { return static_cast<std::uint64_t>(array[i][3]); };
  return {array.size(), letter(0), letter(count / 2), letter(count - 1)};
}

template <class Array>
std::uint64_t sum_of_strings(const std::string* words, std::size_t words_count, std::size_t count) {
  Array array;
  for (std::size_t i = 0; i < count; ++i) array.push_back(words[i % words_count]);
  std::uint64_t sum = array.size();
  for (std::size_t i = 0; i < array.size(); ++i) {
    for (const char c : array[i]) sum = sum * 31 + static_cast<unsigned char>(c);
  }
  return sum;
}

// What an array exports: the functions above for its two instantiations.
struct Pushing {
  Pushed (*numbers)(std::size_t count);
  std::uint64_t (*sum_of_numbers)(std::size_t count);
  Pushed (*strings)(const std::string* words, std::size_t words_count, std::size_t count);
  std::uint64_t (*sum_of_strings)(const std::string* words, std::size_t words_count,
                                  std::size_t count);
};

template <template <class> class Array>
constexpr Pushing pushing() {
  return {push_numbers<Array<std::uint64_t>>, sum_of_numbers<Array<std::uint64_t>>,
          push_strings<Array<std::string>>, sum_of_strings<Array<std::string>>};
}

}  // namespace kit::bench
