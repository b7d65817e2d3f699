// A row into a register, then the same row into the column sums: two walks over what is there, one
// over memory.
#include "sums.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace kit {

void row_and_column_sums(std::span<const std::int32_t> a, std::size_t rows, std::size_t cols,
                         std::span<std::int64_t> row_sums, std::span<std::int64_t> col_sums) {
  std::ranges::fill(col_sums, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    const auto row = a.subspan(r * cols, cols);
    row_sums[r] = std::accumulate(row.begin(), row.end(), std::int64_t{0});
    std::transform(row.begin(), row.end(), col_sums.begin(), col_sums.begin(), std::plus<>());
  }
}

}  // namespace kit
