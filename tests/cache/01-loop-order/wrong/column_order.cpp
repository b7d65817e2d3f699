// rejected by: Cost.OneTouchALine
// One pass, but down the columns: of each line that comes in, 4 bytes are used. A user sees a table
// of 1,000 columns summed ten times more slowly than its transpose.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(row_sums, 0);
  for (std::size_t c = 0; c < cols; ++c) {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      sum += a[r * cols + c];
      row_sums[r] += a[r * cols + c];
    }
    col_sums[c] = sum;
  }
}

}  // namespace kit
