// What a submission to cache/01-loop-order exports to the bench.
#include "sums.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_sums(const std::int32_t* a,
                                                              std::size_t rows, std::size_t cols,
                                                              std::int64_t* row_sums,
                                                              std::int64_t* col_sums);

void candidate_sums(const std::int32_t* a, std::size_t rows, std::size_t cols,
                    std::int64_t* row_sums, std::int64_t* col_sums) {
  kit::row_and_column_sums({a, rows * cols}, rows, cols, {row_sums, rows}, {col_sums, cols});
}
