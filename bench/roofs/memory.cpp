#include "bench/roofs/memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <numeric>
#include <random>

#if defined(__AVX512F__) || defined(__AVX2__)
#include <immintrin.h>
#endif

namespace kit::roofs {

Buffer::Buffer(std::size_t bytes) : size_(bytes) {
  constexpr std::size_t kPage = 4096;
  const std::size_t whole = (bytes + kPage - 1) / kPage * kPage;
  void* memory = std::aligned_alloc(kPage, std::max(whole, kPage));
  if (memory == nullptr) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(memory);
  std::memset(data_, 1, bytes);
}

Buffer::~Buffer() {
  std::free(data_);
}

void copy(const std::byte* from, std::byte* to, std::size_t bytes) {
  std::memcpy(to, from, bytes);
}

void write(std::byte* to, std::size_t bytes) {
  std::memset(to, 1, bytes);
}

#if defined(__AVX512F__)

bool has_copy_past_caches() {
  return true;
}
void copy_past_caches(const std::byte* from, std::byte* to, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; i += 64) {
    _mm512_stream_si512(reinterpret_cast<__m512i*>(to + i), _mm512_load_si512(from + i));
  }
  _mm_sfence();
}
void write_past_caches(std::byte* to, std::size_t bytes) {
  const __m512i ones = _mm512_set1_epi8(1);
  for (std::size_t i = 0; i < bytes; i += 64) {
    _mm512_stream_si512(reinterpret_cast<__m512i*>(to + i), ones);
  }
  _mm_sfence();
}

#elif defined(__AVX2__)

bool has_copy_past_caches() {
  return true;
}
void copy_past_caches(const std::byte* from, std::byte* to, std::size_t bytes) {
  for (std::size_t i = 0; i < bytes; i += 32) {
    const __m256i part = _mm256_load_si256(reinterpret_cast<const __m256i*>(from + i));
    _mm256_stream_si256(reinterpret_cast<__m256i*>(to + i), part);
  }
  _mm_sfence();
}
void write_past_caches(std::byte* to, std::size_t bytes) {
  const __m256i ones = _mm256_set1_epi8(1);
  for (std::size_t i = 0; i < bytes; i += 32) {
    _mm256_stream_si256(reinterpret_cast<__m256i*>(to + i), ones);
  }
  _mm_sfence();
}

#else

bool has_copy_past_caches() {
  return false;
}
void copy_past_caches(const std::byte* from, std::byte* to, std::size_t bytes) {
  copy(from, to, bytes);
}
void write_past_caches(std::byte* to, std::size_t bytes) {
  write(to, bytes);
}

#endif

std::uint64_t read(const std::byte* from, std::size_t bytes) {
  // 32 independent sums: no addition waits for the one before it.
  std::uint64_t sums[32] = {};
  const auto* words = reinterpret_cast<const std::uint64_t*>(from);
  const std::size_t count = bytes / sizeof(std::uint64_t);
  for (std::size_t i = 0; i + 32 <= count; i += 32) {
    for (std::size_t k = 0; k < 32; ++k) sums[k] += words[i + k];
  }
  return std::accumulate(std::begin(sums), std::end(sums), std::uint64_t{0});
}

std::uint64_t read_strided(const std::byte* from, std::size_t bytes, std::size_t stride) {
  // Eight independent sums, so that it is the loads that are waited for and not the additions.
  std::uint64_t sums[8] = {};
  const auto* words = reinterpret_cast<const std::uint64_t*>(from);
  const std::size_t step = stride / sizeof(std::uint64_t);
  const std::size_t count = bytes / stride;
  for (std::size_t i = 0; i + 8 <= count; i += 8) {
    for (std::size_t k = 0; k < 8; ++k) sums[k] += words[(i + k) * step];
  }
  return std::accumulate(std::begin(sums), std::end(sums), std::uint64_t{0});
}

Chase::Chase(std::size_t bytes) : next_(bytes / sizeof(std::uint32_t)) {
  std::vector<std::uint32_t> order(next_.size() / kStride);
  std::iota(order.begin(), order.end(), 0U);
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t to = order[(i + 1) % order.size()];
    next_[order[i] * kStride] = static_cast<std::uint32_t>(to * kStride);
  }
}

std::uint32_t Chase::follow(std::size_t steps) {
  for (std::size_t i = 0; i < steps; ++i) place_ = next_[place_];
  return place_;
}

}  // namespace kit::roofs
