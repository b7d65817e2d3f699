// rejected by: Cost.OneTouchALine
// Strips of 16 columns, a line wide: perfect at 1,024 columns. At 1,000 a row begins anywhere in a
// line, so that each line belongs to two strips. A user sees a cost that depends on the width.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(row_sums, 0);
  for (std::size_t from = 0; from < cols; from += 16) {
    const std::size_t to = std::min(from + 16, cols);
    std::int64_t sums[16] = {};
    for (std::size_t r = 0; r < rows; ++r) {
      std::int64_t sum = 0;
      for (std::size_t c = from; c < to; ++c) {
        sum += a[r * cols + c];
        sums[c - from] += a[r * cols + c];
      }
      row_sums[r] += sum;
    }
    std::copy(sums, sums + (to - from), col_sums.begin() + static_cast<std::ptrdiff_t>(from));
  }
}

}  // namespace kit
