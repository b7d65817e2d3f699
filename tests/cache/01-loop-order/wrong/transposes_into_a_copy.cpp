// rejected by: Cost.OneTouchALine, Cost.NoAllocation
// "Columns are slow", so it makes a transposed copy whose rows are the columns. A user sees the
// table twice in memory, and the slow walk all the same, in the copying.
#include "sums.hpp"

#include <vector>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::vector<std::int32_t> turned(a.size());
  for (std::size_t r = 0; r < rows; ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < cols; ++c) {
      turned[c * rows + r] = a[r * cols + c];
      sum += a[r * cols + c];
    }
    row_sums[r] = sum;
  }
  for (std::size_t c = 0; c < cols; ++c) {
    std::int64_t sum = 0;
    for (std::size_t r = 0; r < rows; ++r) sum += turned[c * rows + r];
    col_sums[c] = sum;
  }
}

}  // namespace kit
