// complexity/16-simplex: a dense program, where a tableau is at home, and a sparse one, where it isn't.
// GLPK's primal simplex method begins at the same vertex, without its presolver; its program is loaded
// before the clock starts. The roof makes as many updates of the tableau as the reference makes steps.
#include <benchmark/benchmark.h>

#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/16-simplex/solving.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"

#ifdef KIT_BENCH_GLPK
#include <glpk.h>
#endif

namespace {

using namespace kit::bench;

// A tableau with a column for each slack, the lowest index in and out.
double bland(const kit::Lp* lp) {
  const std::size_t m = lp->rows, n = lp->cols, width = n + m + 1;
  std::vector<double> t((m + 1) * width);
  std::vector<std::size_t> basis(m);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) t[i * width + j] = lp->a[i * n + j];
    t[i * width + n + i] = 1;
    t[i * width + width - 1] = lp->b[i];
    basis[i] = n + i;
  }
  for (std::size_t j = 0; j < n; ++j) t[m * width + j] = -lp->c[j];
  for (;;) {
    std::size_t s = 0, r = m;
    while (s < n + m && t[m * width + s] >= -1e-9) ++s;
    if (s == n + m) return t[m * width + width - 1];
    double least = 0;
    for (std::size_t i = 0; i < m; ++i) {
      if (t[i * width + s] <= 1e-9) continue;
      const double ratio = t[i * width + width - 1] / t[i * width + s];
      if (r == m || ratio < least || (ratio == least && basis[i] < basis[r])) {
        r = i;
        least = ratio;
      }
    }
    if (r == m) return std::nan("");
    const double p = t[r * width + s];
    for (std::size_t j = 0; j < width; ++j) t[r * width + j] /= p;
    for (std::size_t i = 0; i <= m; ++i) {
      const double factor = t[i * width + s];
      if (i == r || factor == 0) continue;
      for (std::size_t j = 0; j < width; ++j) t[i * width + j] -= factor * t[r * width + j];
    }
    basis[r] = s;
  }
}

#ifdef KIT_BENCH_GLPK
std::shared_ptr<glp_prob> loaded(const kit::Lp& lp) {
  std::shared_ptr<glp_prob> made(glp_create_prob(), glp_delete_prob);
  glp_prob* p = made.get();
  glp_set_obj_dir(p, GLP_MAX);
  glp_add_rows(p, static_cast<int>(lp.rows));
  glp_add_cols(p, static_cast<int>(lp.cols));
  for (std::size_t j = 0; j < lp.cols; ++j) {
    glp_set_col_bnds(p, static_cast<int>(j + 1), GLP_LO, 0, 0);
    glp_set_obj_coef(p, static_cast<int>(j + 1), lp.c[j]);
  }
  for (std::size_t i = 0; i < lp.rows; ++i) {
    std::vector<int> column(1);
    std::vector<double> value(1);
    for (std::size_t j = 0; j < lp.cols; ++j) {
      if (lp.a[i * lp.cols + j] == 0) continue;
      column.push_back(static_cast<int>(j + 1));
      value.push_back(lp.a[i * lp.cols + j]);
    }
    glp_set_row_bnds(p, static_cast<int>(i + 1), GLP_UP, 0, lp.b[i]);
    glp_set_mat_row(p, static_cast<int>(i + 1), static_cast<int>(column.size() - 1), column.data(),
                    value.data());
  }
  return made;
}

double glpk(glp_prob* p) {
  glp_std_basis(p);
  glp_smcp how;
  glp_init_smcp(&how);
  how.msg_lev = GLP_MSG_OFF;
  return glp_simplex(p, &how) == 0 && glp_get_status(p) == GLP_OPT ? glp_get_obj_val(p)
                                                                   : std::nan("");
}
#endif

template <class Run>
Contestant solving(const std::string& name, Role role, Run run,
                   const std::shared_ptr<const kit::Lp>& lp) {
  Contestant made{name, role, {}, timed([run] {
                    const double best = run();
                    benchmark::DoNotOptimize(best);
                  })};
  made.check = [run, lp]() -> std::string {
    const double right = bland(lp.get());
    return std::abs(run() - right) <= 1e-7 * std::abs(right) ? "" : "this is not the optimum";
  };
  return made;
}

// A tableau from which a row, times something, is subtracted from all others, `times` times.
Contestant updating(const kit::Lp& lp, int times) {
  auto cells = std::make_shared<std::vector<double>>((lp.rows + 1) * (lp.cols + 1), 1.0);
  return {"the updates alone",
          Role::roof,
          {},
          timed([cells, times, rows = lp.rows + 1, cols = lp.cols + 1] {
            for (int k = 0; k < times; ++k) {
              double* const all = cells->data();
              const double* const from = all + static_cast<std::size_t>(k) % rows * cols;
              for (std::size_t i = 0; i < rows; ++i) {
                double* const row = all + i * cols;
                if (row == from) continue;
                for (std::size_t j = 0; j < cols; ++j) row[j] -= 1e-3 * from[j];
              }
              benchmark::ClobberMemory();
            }
          })};
}

Workload workload(const std::string& text, const std::shared_ptr<const kit::Lp>& lp, int steps) {
  Workload work;
  work.text = text;
  work.amount = 1e-3;
  work.rate_unit = "k/s";
  work.work = Work::compute;
  work.contestants.push_back(solving(
      "Bland's rule", Role::baseline, [lp] { return bland(lp.get()); }, lp));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         const auto solve = c.function<double(const kit::Lp*)>("candidate_solve");
         return solving(
             "", c.role(), [lp, solve] { return solve(lp.get()); }, lp);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
#ifdef KIT_BENCH_GLPK
  const std::shared_ptr<glp_prob> p = loaded(*lp);
  work.contestants.push_back(solving(
      "GLPK", Role::peer, [p] { return glpk(p.get()); }, lp));
#endif
  work.contestants.push_back(updating(*lp, steps));
  return work;
}

// Every `every`-th coefficient, on the average, is between 1 and 100, the others are 0; so are none in
// the first row, which bounds all.
std::shared_ptr<const kit::Lp> limits(std::size_t size, unsigned every) {
  std::mt19937 random(20260101);
  std::uniform_real_distribution<double> real(1, 100);
  auto lp = std::make_shared<kit::Lp>();
  lp->rows = lp->cols = size;
  lp->a.resize(size * size);
  for (std::size_t k = 0; k < lp->a.size(); ++k)
    if (k < size || random() % every == 0) lp->a[k] = real(random);
  for (std::size_t i = 0; i < size; ++i) {
    lp->b.push_back(1000 + 10 * real(random));
    lp->c.push_back(real(random));
  }
  lp->b[0] *= static_cast<double>(size) / 10;
  return lp;
}

std::vector<Workload> workloads() {
  return {workload("300 x 300, dense", limits(300, 1), 206),
          workload("300 x 300, 2 % of it not 0", limits(300, 50), 1239)};
}

}  // namespace

int main(int argc, char** argv) {
#ifdef KIT_BENCH_GLPK
  glp_term_out(GLP_OFF);
#endif
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
