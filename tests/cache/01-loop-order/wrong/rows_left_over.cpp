// rejected by: Correct.BothSums
// Four rows at a time, so that the column sums are read less often; up to three rows at the end are
// never looked at. A user sees old data in the last row sums.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(col_sums, 0);
  for (std::size_t r = 0; r + 4 <= rows; r += 4) {
    std::int64_t sums[4] = {};
    for (std::size_t c = 0; c < cols; ++c) {
      for (std::size_t k = 0; k < 4; ++k) {
        sums[k] += a[(r + k) * cols + c];
        col_sums[c] += a[(r + k) * cols + c];
      }
    }
    std::copy(sums, sums + 4, row_sums.begin() + static_cast<std::ptrdiff_t>(r));
  }
}

}  // namespace kit
