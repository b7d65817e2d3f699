// Strips of 1,024 columns, top to bottom: right for tables of any width, since the sums of a strip
// stay in the cache however wide the table is.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(row_sums, 0);
  std::ranges::fill(col_sums, 0);
  for (std::size_t from = 0; from < cols; from += 1024) {
    const std::size_t to = std::min<std::size_t>(from + 1024, cols);
    for (std::size_t r = 0; r < rows; ++r) {
      std::int64_t sum = row_sums[r];
      for (std::size_t c = from; c < to; ++c) {
        sum += a[r * cols + c];
        col_sums[c] += a[r * cols + c];
      }
      row_sums[r] = sum;
    }
  }
}

}  // namespace kit
