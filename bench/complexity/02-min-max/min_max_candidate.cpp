// What a submission to complexity/02-min-max exports to the bench.
#include "bench/complexity/02-min-max/extremes.hpp"
#include "min_max.hpp"

extern "C" [[gnu::visibility("default")]] const kit::bench::Extremes* candidate_extremes();

namespace {

template <class T>
kit::bench::Places places(const T* all, std::size_t count) {
  const auto found = kit::min_max(std::span<const T>(all, count));
  return found ? kit::bench::Places{found->min, found->max} : kit::bench::Places{};
}

}  // namespace

const kit::bench::Extremes* candidate_extremes() {
  static constexpr kit::bench::Extremes kExtremes{places<std::int32_t>, places<std::string>};
  return &kExtremes;
}
