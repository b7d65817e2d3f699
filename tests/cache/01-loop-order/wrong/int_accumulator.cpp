// rejected by: Correct.DoesNotOverflow
// Adds a row up in an int, as wide as the elements. A user sees negative sums of large numbers.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(col_sums, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    std::uint32_t sum = 0;  // wraps as an int does on this machine
    for (std::size_t c = 0; c < cols; ++c) {
      sum += static_cast<std::uint32_t>(a[r * cols + c]);
      col_sums[c] += a[r * cols + c];
    }
    row_sums[r] = static_cast<std::int32_t>(sum);
  }
}

}  // namespace kit
