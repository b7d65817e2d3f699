// rejected by: Robust.EmptyAndOneByN
// Copies the first row to the column sums instead of clearing them; with no rows they keep what
// they held. A user sees old sums for an empty table.
#include "sums.hpp"

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  for (std::size_t r = 0; r < rows; ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < cols; ++c) {
      sum += a[r * cols + c];
      col_sums[c] = (r == 0 ? 0 : col_sums[c]) + a[r * cols + c];
    }
    row_sums[r] = sum;
  }
}

}  // namespace kit
