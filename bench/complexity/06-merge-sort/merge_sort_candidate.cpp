// What a submission to complexity/06-merge-sort exports to the bench.
#include <functional>
#include <span>

#include "bench/complexity/06-merge-sort/sorting.hpp"
#include "merge_sort.hpp"

extern "C" [[gnu::visibility("default")]] const kit::bench::Sorting* candidate_sorting();

namespace {

void numbers(std::uint32_t* all, std::size_t count) {
  kit::stable_sort(std::span<std::uint32_t>(all, count), std::less<std::uint32_t>());
}

void strings(std::string* all, std::size_t count) {
  kit::stable_sort(std::span<std::string>(all, count), std::less<std::string>());
}

}  // namespace

const kit::bench::Sorting* candidate_sorting() {
  static constexpr kit::bench::Sorting kSorting{numbers, strings};
  return &kSorting;
}
