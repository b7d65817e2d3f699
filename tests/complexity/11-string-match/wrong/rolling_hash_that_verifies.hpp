// rejected by: Correct.AsksTheEqualityOfChar, Cost.TwoComparisonsATextCharacter
// A rolling hash of the bytes, and each hit verified: equal characters may differ in their bytes,
// and where every place is a match each of them costs m.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class Char>
class StreamMatcher {
 public:
  explicit StreamMatcher(std::span<const Char> pattern)
      : pattern_(pattern.begin(), pattern.end()), recent_(pattern_) {
    if (pattern_.empty()) throw std::invalid_argument("StreamMatcher: the pattern is empty");
    for (std::size_t i = 0; i < pattern_.size(); ++i) {
      wanted_ = wanted_ * kBase + value(pattern_[i]);
      if (i > 0) power_ *= kBase;
    }
  }

  template <class OnMatch>
  void feed(std::span<const Char> piece, OnMatch on_match) {
    const std::size_t m = pattern_.size();
    for (const Char& c : piece) {
      if (count_ >= m) hash_ -= power_ * value(recent_[count_ % m]);
      hash_ = hash_ * kBase + value(c);
      recent_[count_ % m] = c;
      ++count_;
      if (count_ >= m && hash_ == wanted_ && is_match()) on_match(first_ + count_ - m);
    }
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    count_ = 0;
    hash_ = 0;
    first_ = first_offset;
  }

 private:
  static constexpr std::uint64_t kBase = 1'099'511'628'211;

  static std::uint64_t value(const Char& c) {
    std::uint64_t sum = 0;
    for (const std::byte each : std::as_bytes(std::span<const Char>(&c, 1)))
      sum = sum * 257 + std::to_integer<std::uint64_t>(each);
    return sum;
  }

  bool is_match() const {
    const std::size_t m = pattern_.size();
    for (std::size_t i = 0; i < m; ++i) {
      if (!(pattern_[i] == recent_[(count_ + i) % m])) return false;
    }
    return true;
  }

  std::vector<Char> pattern_;
  std::vector<Char> recent_;  // the last m characters, in a ring
  std::uint64_t count_ = 0, first_ = 0, hash_ = 0, wanted_ = 0, power_ = 1;
};

}  // namespace kit
