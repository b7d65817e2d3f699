// A right answer in another style: links that pass over every border which would fail for the same
// reason, so that one character costs log m at worst; a step for each character, in signed numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class Char>
class StreamMatcher {
  using Index = std::ptrdiff_t;

 public:
  explicit StreamMatcher(std::span<const Char> pattern)
      : m_(static_cast<Index>(pattern.size())), pattern_(pattern.begin(), pattern.end()) {
    if (m_ == 0) throw std::invalid_argument("StreamMatcher needs a pattern");
    link_ = std::make_unique<Index[]>(pattern.size() + 1);
    link_[0] = -1;
    Index k = 0;
    for (Index i = 1; i < m_; ++i) {
      if (at(i) == at(k)) {
        link_[i] = link_[k];
      } else {
        link_[i] = k;
        for (k = link_[k]; k >= 0 && !(at(i) == at(k));) k = link_[k];
      }
      ++k;
    }
    link_[m_] = k;
  }

  template <class OnMatch>
  void feed(std::span<const Char> piece, OnMatch on_match) {
    for (const Char& c : piece) {
      if (step(c)) on_match(seen_ - static_cast<std::uint64_t>(m_));
    }
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    j_ = 0;
    seen_ = first_offset;
  }

 private:
  const Char& at(Index i) const { return pattern_[static_cast<std::size_t>(i)]; }

  bool step(const Char& c) {
    while (j_ >= 0 && !(at(j_) == c)) j_ = link_[j_];
    ++j_;
    ++seen_;
    if (j_ < m_) return false;
    j_ = link_[m_];
    return true;
  }

  Index m_, j_ = 0;
  std::uint64_t seen_ = 0;
  std::vector<Char> pattern_;
  std::unique_ptr<Index[]> link_;
};

}  // namespace kit
