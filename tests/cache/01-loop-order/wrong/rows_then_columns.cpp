// rejected by: Cost.OneTouchALine
// Each sum by itself, as the task reads: the rows along the rows, the columns down the columns. A
// user sees the column sums take ten times as long as the row sums.
#include "sums.hpp"

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  for (std::size_t r = 0; r < rows; ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < cols; ++c) sum += a[r * cols + c];
    row_sums[r] = sum;
  }
  for (std::size_t c = 0; c < cols; ++c) {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < rows; ++r) sum += a[r * cols + c];
    col_sums[c] = sum;
  }
}

}  // namespace kit
