// rejected by: Robust.EmptyAndOneByN
// "Nothing to do" where the table has no elements: but five rows of nothing have five sums. A user
// sees the sums of the table before.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  if (a.empty()) return;
  std::ranges::fill(col_sums, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < cols; ++c) {
      sum += a[r * cols + c];
      col_sums[c] += a[r * cols + c];
    }
    row_sums[r] = sum;
  }
}

}  // namespace kit
