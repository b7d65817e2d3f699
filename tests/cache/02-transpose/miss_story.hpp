// What to say about a transpose that misses too often: which of the two walks, by how much, in
// which line, and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "harness/report.hpp"
#include "lens/cache/cache.hpp"
#include "matrices.hpp"

namespace kit::tests {

inline constexpr double kMissBound = 1.4;

struct Shape {
  std::size_t rows, cols;

  std::string name() const { return shape(rows, cols); }
  std::int64_t elements() const { return static_cast<std::int64_t>(rows * cols); }
  /// Lines of one of the two arrays, where it begins at a line.
  std::int64_t lines() const { return (elements() + 15) / 16; }
};

inline double ratio(std::int64_t misses, std::int64_t lines) {
  return static_cast<double>(misses) / static_cast<double>(lines);
}

inline std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

/// "    writes of out  1,048,576  16.0 times   <- every one (transpose.cpp:9)"
inline std::string array_row(const std::string& what, std::int64_t misses, const Shape& s,
                             const std::optional<lens::LineCost>& line) {
  const double times = ratio(misses, s.lines());
  std::string row = "    " + what + right_aligned(harness::number(misses), 11) +
                    right_aligned(harness::number(times, 1), 6) + " times";
  if (times <= kMissBound) return row;
  row += misses >= s.elements() * 9 / 10 ? "   <- every one" : "   <-";
  if (line) row += " (" + line->file + ":" + std::to_string(line->line) + ")";
  return row;
}

/// Why the lines of an array don't stay. Its rows lie `stride` bytes apart; a column touches
/// `column` lines.
inline std::string why(const std::string& array, double times, std::size_t stride,
                       std::size_t column) {
  const auto n = [](std::size_t k) { return harness::number(static_cast<std::int64_t>(k)); };
  std::string text = "  Each line of `" + array + "` came in " + harness::number(times, 1) +
                     " times: it was thrown out before all\n  of its 16 floats were used. ";
  if (stride % (lens::kL1Sets * lens::kLineBytes) == 0) {
    return text + "Two rows are " + n(stride) +
           " bytes apart, so that\n  all of a column falls into one set of 8 ways.";
  }
  if (column > lens::kL1Bytes / lens::kLineBytes) {
    return text + "A column touches " + n(column) + " lines,\n  and the cache holds 512.";
  }
  return text;
}

inline std::string miss_story(const Shape& s, const lens::CacheCounts& counts) {
  using lens::LineCost;
  const bool reads = counts.read_misses > counts.write_misses;
  return "  " + harness::number(counts.misses()) + " misses; " + harness::number(2 * s.lines()) +
         " lines must come in once, the bound is 1.4 times.\n\n" +
         array_row("reads of in  ", counts.read_misses, s,
                   counts.worst_line(&LineCost::read_misses)) +
         "\n" +
         array_row("writes of out", counts.write_misses, s,
                   counts.worst_line(&LineCost::write_misses)) +
         "\n\n" +
         (reads ? why("in", ratio(counts.read_misses, s.lines()), 4 * s.cols, s.rows)
                : why("out", ratio(counts.write_misses, s.lines()), 4 * s.rows, s.cols));
}

}  // namespace kit::tests
