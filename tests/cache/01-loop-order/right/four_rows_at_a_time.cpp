// Four rows at a time, from the last row to the first: the column sums are read and written a
// quarter as often.
#include "sums.hpp"

#include <algorithm>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(col_sums, 0);
  for (std::size_t left = rows; left > 0;) {
    const std::size_t height = std::min<std::size_t>(4, left);
    left -= height;
    std::int64_t sums[4] = {};
    for (std::size_t c = 0; c < cols; ++c) {
      std::int64_t column = 0;
      for (std::size_t k = 0; k < height; ++k) {
        const std::int64_t element = a[(left + k) * cols + c];
        sums[k] += element;
        column += element;
      }
      col_sums[c] += column;
    }
    std::copy_n(sums, height, row_sums.begin() + static_cast<std::ptrdiff_t>(left));
  }
}

}  // namespace kit
