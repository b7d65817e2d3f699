// rejected by: Cost.OneTouchALine
// One walk for the rows and one for the columns, both along the rows. A user sees twice the time on
// tables that are larger than the cache.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  for (std::size_t r = 0; r < rows; ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < cols; ++c) sum += a[r * cols + c];
    row_sums[r] = sum;
  }
  std::ranges::fill(col_sums, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) col_sums[c] += a[r * cols + c];
  }
}

}  // namespace kit
