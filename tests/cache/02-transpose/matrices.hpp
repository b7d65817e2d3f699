// A matrix and room for its transpose, between guards, and what to say where the two part.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/report.hpp"

namespace kit::tests {

inline constexpr float kUnwritten = -1.0F;  // in `out` before the call
inline constexpr float kBesideIn = -7.0F;
inline constexpr float kBesideOut = -9.0F;

/// Element k of `in` is k + 1: all are different, exact, and none is a guard.
inline void fill(std::span<float> in) {
  for (std::size_t k = 0; k < in.size(); ++k) in[k] = static_cast<float>(k + 1);
}

inline std::string shape(std::size_t rows, std::size_t cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}

/// Empty if `out` is the transpose of a filled matrix; else the first element that isn't.
inline std::string first_difference(std::span<const float> out, std::size_t rows,
                                    std::size_t cols) {
  const auto value = [](float f) {
    if (f == kUnwritten) return std::string("as it was, never written");
    if (f == kBesideIn) return std::string("from beside the matrix");
    return harness::number(static_cast<double>(f),
                           f == static_cast<float>(static_cast<int>(f)) ? 0 : 3);
  };
  const auto expected = [&](std::size_t k) {
    return static_cast<float>(k % rows * cols + k / rows + 1);
  };
  std::size_t wrong = 0;
  std::size_t first = 0;
  for (std::size_t k = 0; k < out.size(); ++k) {
    if (out[k] == expected(k)) continue;
    if (wrong++ == 0) first = k;
  }
  if (wrong == 0) return "";
  const std::size_t c = first / rows;
  const std::size_t r = first % rows;
  const auto n = [](std::size_t count) {
    return harness::number(static_cast<std::int64_t>(count));
  };
  const std::string seen = "out[" + n(c) + " * " + n(rows) + " + " + n(r) + "]";
  const std::string wanted = "in[" + n(r) + " * " + n(cols) + " + " + n(c) + "]";
  const std::size_t width = std::max(seen.size(), wanted.size());
  const auto padded = [width](const std::string& text) {
    return text + std::string(width - text.size(), ' ');
  };
  return n(wrong) + " of " + n(out.size()) + " elements are wrong. The first, in row " + n(c) +
         ", column " + n(r) + ":\n" +                                          //
         "    " + padded(seen) + "  is         " + value(out[first]) + "\n" +  //
         "    " + padded(wanted) + "  should be  " + value(expected(first));
}

/// `offset` floats behind the begin of a line, with 64 floats of guard on either side.
class Matrices {
 public:
  Matrices(std::size_t rows, std::size_t cols, std::size_t offset = 0)
      : rows_(rows),
        cols_(cols),
        in_(rows * cols, offset, kBesideIn),
        out_(rows * cols, offset, kBesideOut) {
    fill(in_.elements());
    std::ranges::fill(out_.elements(), kUnwritten);
  }

  std::span<const float> in() { return in_.elements(); }
  std::span<float> out() { return out_.elements(); }

  std::string difference() { return first_difference(out(), rows_, cols_); }
  /// Says which float beside `out` (or of `in`, or beside it) was changed; empty if none.
  std::string written_beside() {
    if (std::string story = out_.changed_guard("out"); !story.empty()) return story;
    if (std::string story = in_.changed_guard("in"); !story.empty()) return story;
    for (std::size_t k = 0; k < in_.elements().size(); ++k) {
      if (in_.elements()[k] != static_cast<float>(k + 1)) {
        return "in[" + std::to_string(k) + "] was changed; it is only to be read.";
      }
    }
    return "";
  }

 private:
  class Guarded {
   public:
    Guarded(std::size_t size, std::size_t offset, float guard)
        : size_(size), guard_(guard), all_(size + 3 * kRoom, guard) {
      const auto address = reinterpret_cast<std::uintptr_t>(all_.data()) / sizeof(float);
      begin_ = kRoom + (16 - address % 16) % 16 + offset;
    }
    std::span<float> elements() { return {all_.data() + begin_, size_}; }
    std::string changed_guard(const std::string& name) const {
      for (std::size_t k = 0; k < all_.size(); ++k) {
        if (all_[k] == guard_ || (k >= begin_ && k < begin_ + size_)) continue;
        const bool before = k < begin_;
        const std::size_t distance = before ? begin_ - k : k - (begin_ + size_) + 1;
        return "The " +
               (distance == 1 ? "first float" : "float number " + std::to_string(distance)) +
               (before ? " before `" : " behind `") + name + "` was written to.";
      }
      return "";
    }

   private:
    static constexpr std::size_t kRoom = 64;
    std::size_t size_;
    float guard_;
    std::vector<float> all_;
    std::size_t begin_ = 0;
  };

  std::size_t rows_, cols_;
  Guarded in_, out_;
};

}  // namespace kit::tests
