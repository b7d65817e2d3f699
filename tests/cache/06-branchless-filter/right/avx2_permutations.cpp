// Eight at a time: their comparisons as a mask, for each mask a permutation that brings the kept
// ones to the front, all eight lanes stored. What is left at the end, and where eight lanes have no
// room any more, goes one by one. Without AVX2 everything does.
#include "filter.hpp"

#include <array>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace kit {
namespace {

#ifdef __AVX2__

struct Permutations {
  alignas(32) std::array<std::array<std::uint32_t, 8>, 256> of{};
  constexpr Permutations() {
    for (std::size_t mask = 0; mask < 256; ++mask) {
      std::size_t at = 0;
      for (std::uint32_t lane = 0; lane < 8; ++lane) {
        if ((mask >> lane & 1) != 0) of[mask][at++] = lane;
      }
    }
  }
};
constexpr Permutations kPermutations;

// Returns how many were looked at; they are the first ones, and k grows by those that are kept.
std::size_t by_eights(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out, std::size_t& k) {
  // Signed comparisons order unsigned numbers once the top bit is flipped.
  const __m256i flip = _mm256_set1_epi32(static_cast<int>(0x80000000U));
  const __m256i limit = _mm256_xor_si256(_mm256_set1_epi32(static_cast<int>(threshold)), flip);
  std::size_t i = 0;
  for (; i + 8 <= in.size(); i += 8) {
    const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in.data() + i));
    const __m256i less = _mm256_cmpgt_epi32(limit, _mm256_xor_si256(x, flip));
    const auto mask = static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(less)));
    const __m256i order =
        _mm256_load_si256(reinterpret_cast<const __m256i*>(kPermutations.of[mask].data()));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out.data() + k),
                        _mm256_permutevar8x32_epi32(x, order));
    k += static_cast<std::size_t>(__builtin_popcount(mask));
  }
  return i;
}

#else

std::size_t by_eights(std::span<const std::uint32_t>, std::uint32_t, std::span<std::uint32_t>,
                      std::size_t&) {
  return 0;
}

#endif

}  // namespace

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (std::size_t i = by_eights(in, threshold, out, k); i < in.size(); ++i) {
    out[k] = in[i];
    k += in[i] < threshold ? 1 : 0;
  }
  return k;
}

}  // namespace kit
