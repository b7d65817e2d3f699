// cache/01-loop-order: sums of a table that the last-level cache may hold, and of one that no cache
// holds. The roof reads the same bytes.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <numeric>
#include <span>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;
using kit::roofs::Buffer;

using Sums = void(const std::int32_t* a, std::size_t rows, std::size_t cols, std::int64_t* row_sums,
                  std::int64_t* col_sums);

struct Table {
  explicit Table(std::size_t size) : n(size), bytes(n * n * 4), row_sums(n), col_sums(n) {
    for (std::size_t i = 0; i < n * n; ++i) a()[i] = static_cast<std::int32_t>(i * 2654435761U);
  }
  std::int32_t* a() const { return reinterpret_cast<std::int32_t*>(bytes.data()); }
  std::size_t n;
  Buffer bytes;
  std::vector<std::int64_t> row_sums, col_sums;
};

// Rows along the rows, columns down the columns.
void each_by_itself(const std::int32_t* a, std::size_t rows, std::size_t cols,
                    std::int64_t* row_sums, std::int64_t* col_sums) {
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

// As one writes it with the library: a row's sum, then the row added to the columns.
void library(const std::int32_t* a, std::size_t rows, std::size_t cols, std::int64_t* row_sums,
             std::int64_t* col_sums) {
  std::fill_n(col_sums, cols, 0);
  for (std::size_t r = 0; r < rows; ++r) {
    const std::span row(a + r * cols, cols);
    row_sums[r] = std::accumulate(row.begin(), row.end(), std::int64_t{0});
    std::transform(row.begin(), row.end(), col_sums, col_sums, std::plus<>());
  }
}

Contestant contestant(const std::string& name, Role role, std::shared_ptr<Table> t, Sums* sums) {
  const auto run = [t, sums] {
    sums(t->a(), t->n, t->n, t->row_sums.data(), t->col_sums.data());
    benchmark::ClobberMemory();
  };
  Contestant made{name, role, {}, timed(run)};
  made.check = [t, run] {
    std::vector<std::int64_t> row_sums(t->n), col_sums(t->n);
    library(t->a(), t->n, t->n, row_sums.data(), col_sums.data());
    // What another has left there is no result.
    std::fill(t->row_sums.begin(), t->row_sums.end(), -1);
    std::fill(t->col_sums.begin(), t->col_sums.end(), -1);
    run();
    return t->row_sums == row_sums && t->col_sums == col_sums ? std::string()
                                                              : std::string("its sums are wrong");
  };
  return made;
}

Workload workload(std::size_t n, double share) {
  const auto t = std::make_shared<Table>(n);
  Workload work;
  work.text = fmt::format("{} x {} numbers of 32 bits", n, n);
  work.amount = static_cast<double>(4 * n * n) / 1e9;
  work.rate_unit = "GB/s";
  work.bytes = static_cast<double>(4 * n * n);
  work.operations = static_cast<double>(2 * n * n);
  work.operation = "addition";
  work.work = n > 3'000 ? Work::memory : Work::cache;
  work.share = share;
  work.contestants.push_back(contestant("each by itself", Role::baseline, t, each_by_itself));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), t, c.function<Sums>("candidate_sums"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("accumulate and transform", Role::peer, t, library));
  work.contestants.push_back({"a read of the same bytes", Role::roof, {}, timed([t] {
                                benchmark::DoNotOptimize(
                                    kit::roofs::read(t->bytes.data(), t->bytes.size()));
                              })});
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] {
                    return std::vector<Workload>{workload(1000, 1), workload(4000, 2)};
                  }}};
  return run(bench, argc, argv);
}
