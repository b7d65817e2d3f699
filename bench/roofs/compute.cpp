#include "bench/roofs/compute.hpp"

namespace kit::roofs {

namespace {

// Enough chains that a core of two multipliers with a latency of five cycles never waits.
constexpr int kChains = 12;

template <class Vector>
double multiply_and_add(long long count) {
  Vector sums[kChains];
  for (int k = 0; k < kChains; ++k) sums[k] = Vector{} + static_cast<float>(k + 1);
  const Vector factor = Vector{} + 0.999F, more = Vector{} + 0.001F;
  for (long long i = 0; i < count; ++i) {
#pragma GCC unroll 12
    for (int k = 0; k < kChains; ++k) sums[k] = sums[k] * factor + more;
  }
  Vector all{};
  for (const Vector& sum : sums) all += sum;
  if constexpr (sizeof(Vector) > sizeof(double)) {
    return static_cast<double>(all[0]);
  } else {
    return static_cast<double>(all);
  }
}

template <class Vector, class Number>
Peak peak(const char* name) {
  return {name, 2.0 * kChains * sizeof(Vector) / sizeof(Number), multiply_and_add<Vector>};
}

template <class Number, int kBytes>
struct VectorOf {
  typedef Number Type __attribute__((vector_size(kBytes)));
};

}  // namespace

std::vector<Peak> peaks() {
  // This is compiled for the machine that it runs on.
  return {
    peak<float, float>("float, one at a time"), peak<double, double>("double, one at a time"),
#if defined(__AVX2__)
        peak<VectorOf<float, 32>::Type, float>("float, AVX2"),
        peak<VectorOf<double, 32>::Type, double>("double, AVX2"),
#endif
#if defined(__AVX512F__)
        peak<VectorOf<float, 64>::Type, float>("float, AVX-512"),
        peak<VectorOf<double, 64>::Type, double>("double, AVX-512"),
#endif
#if defined(__ARM_NEON)
        peak<VectorOf<float, 16>::Type, float>("float, NEON"),
        peak<VectorOf<double, 16>::Type, double>("double, NEON"),
#endif
  };
}

std::uint64_t dependent_additions(long long count) {
  std::uint64_t sum = 0;
  for (long long i = 0; i < count; ++i) {
#pragma GCC unroll 16
    for (int k = 0; k < 16; ++k) {
      asm volatile("" : "+r"(sum));
      sum += 3;
    }
  }
  return sum;
}

std::uint64_t branches(const std::vector<std::uint8_t>& ways) {
  std::uint64_t left = 0, right = 0;
  for (const std::uint8_t way : ways) {
    if (way != 0) {
      asm volatile("" : "+r"(left));
      left += 3;
    } else {
      asm volatile("" : "+r"(right));
      right += 5;
    }
  }
  return left ^ right;
}

}  // namespace kit::roofs
