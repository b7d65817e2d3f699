// cache/02-transpose: two loops, the submissions and OpenBLAS, between the same two buffers, at a
// power of two (where columns fall into one set), just beside it, and at a size that no cache
// holds. The roofs copy as many bytes.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstddef>
#include <memory>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

#ifdef KIT_BENCH_OPENBLAS
#include <cblas.h>
#endif

namespace {

using namespace kit::bench;
using kit::roofs::Buffer;

using Transpose = void(const float* in, float* out, std::size_t rows, std::size_t cols);

struct Matrices {
  explicit Matrices(std::size_t size)
      : n(size), in_bytes(n * n * sizeof(float)), out_bytes(n * n * sizeof(float)) {
    for (std::size_t i = 0; i < n * n; ++i) in()[i] = static_cast<float>(i);
  }
  float* in() const { return reinterpret_cast<float*>(in_bytes.data()); }
  float* out() const { return reinterpret_cast<float*>(out_bytes.data()); }
  std::size_t n;
  Buffer in_bytes, out_bytes;
};

void two_loops(const float* in, float* out, std::size_t rows, std::size_t cols) {
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

std::string first_wrong(const Matrices& m) {
  for (std::size_t i = 0; i < m.n; ++i) {
    for (std::size_t j = 0; j < m.n; ++j) {
      if (m.out()[j * m.n + i] != m.in()[i * m.n + j]) {
        return fmt::format("out[{}][{}] is {}, not {}", j, i, m.out()[j * m.n + i],
                           m.in()[i * m.n + j]);
      }
    }
  }
  return "";
}

// Whatever transposes in() to out(), checked on an `out` that held something else.
Contestant contestant(const std::string& name, Role role, std::shared_ptr<Matrices> m,
                      std::function<void()> run) {
  Contestant made{name, role, {}, timed(run)};
  made.check = [m, run] {
    std::fill_n(m->out(), m->n * m->n, -1.0F);
    run();
    return first_wrong(*m);
  };
  return made;
}

Workload workload(std::size_t n, double share) {
  const auto m = std::make_shared<Matrices>(n);
  const std::size_t bytes = n * n * sizeof(float);
  Workload work;
  work.text = fmt::format("{} x {} floats", n, n);
  work.amount = 2 * static_cast<double>(bytes) / 1e9;
  work.rate_unit = "GB/s";
  work.bytes = 2 * static_cast<double>(bytes);
  work.operations = static_cast<double>(n * n);
  work.operation = "move";
  work.work = 2 * bytes > (std::size_t{32} << 20) ? Work::memory : Work::cache;
  work.share = share;
  const auto function = [m](Transpose* transpose) {
    return [m, transpose] { transpose(m->in(), m->out(), m->n, m->n); };
  };

  work.contestants.push_back(contestant("two loops", Role::baseline, m, function(two_loops)));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), m, function(c.function<Transpose>("candidate_transpose")));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
#ifdef KIT_BENCH_OPENBLAS
  openblas_set_num_threads(1);
  work.contestants.push_back(contestant("OpenBLAS", Role::peer, m, [m] {
    const auto ld = static_cast<blasint>(m->n);
    cblas_somatcopy(CblasRowMajor, CblasTrans, ld, ld, 1.0F, m->in(), ld, m->out(), ld);
  }));
#endif
  work.contestants.push_back({"memcpy of the same bytes", Role::roof, {}, timed([m, bytes] {
                                kit::roofs::copy(m->in_bytes.data(), m->out_bytes.data(), bytes);
                                benchmark::ClobberMemory();
                              })});
  if (kit::roofs::has_copy_past_caches()) {
    work.contestants.push_back({"a copy past the caches", Role::roof, {}, timed([m, bytes] {
                                  kit::roofs::copy_past_caches(m->in_bytes.data(),
                                                               m->out_bytes.data(), bytes);
                                  benchmark::ClobberMemory();
                                })});
  }
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {
      {0, 1, [] {
         return std::vector<Workload>{workload(1024, 1), workload(1008, 1), workload(4096, 2)};
       }}};
  bench.notes = {
      "One thread each. Both matrices of the first two sizes lie in the last-level cache."};
#ifndef KIT_BENCH_OPENBLAS
  bench.missing_peers = {{"OpenBLAS", "libopenblas-dev"}};
#endif
  return run(bench, argc, argv);
}
