// What a submission to complexity/05-quickselect exports to the bench.
#include <functional>
#include <span>

#include "bench/complexity/05-quickselect/selecting.hpp"
#include "quickselect.hpp"

extern "C" [[gnu::visibility("default")]] const kit::bench::Selecting* candidate_selecting();

namespace {

std::uint32_t numbers(std::uint32_t* all, std::size_t count, std::size_t k) {
  return kit::select(std::span<std::uint32_t>(all, count), k, std::less<std::uint32_t>());
}

const std::string* strings(std::string* all, std::size_t count, std::size_t k) {
  return &kit::select(std::span<std::string>(all, count), k, std::less<std::string>());
}

}  // namespace

const kit::bench::Selecting* candidate_selecting() {
  static constexpr kit::bench::Selecting kSelecting{numbers, strings};
  return &kSelecting;
}
