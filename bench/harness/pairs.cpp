#include "bench/harness/pairs.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <memory>
#include <optional>

namespace kit::bench {
namespace {

constexpr double kSample = 2e-3;
constexpr double kLevelChange = 1.5;
constexpr int kFewestPairs = 5;
constexpr int kMostPairs = 60;

// One contestant of one workload on its way to its row.
struct Series {
  std::size_t row = 0;
  long long pairs = 1;
  std::unique_ptr<Pairs> measured;
};

struct Timing {
  double run = 0;  // seconds of one run
  long long batch = 1;
};

// Nothing is printed: the table is ours. Google Benchmark's own file (--benchmark_out) is written
// all the same.
class Silent : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

std::string check(const Contestant& contestant) {
  if (!contestant.check) return "";
  try {
    return contestant.check();
  } catch (const std::exception& e) {
    return std::string("threw an exception: ") + e.what();
  } catch (...) {
    return "threw an exception";
  }
}

// The least of three, so that one disturbed look doesn't make the samples too short for good.
Timing calibrate(const Contestant& contestant, const Workload& workload) {
  long long batch = workload.fewest_runs;
  const auto take = [&] { return workload.agree(contestant.seconds(batch)); };
  double taken = take();
  while (taken < kSample / 4 && batch < 1'000'000) {
    batch *= 4;
    taken = take();
  }
  for (int i = 0; i < 2 && taken < kSample * 10; ++i) taken = std::min(taken, take());
  const double run = taken / static_cast<double>(batch);
  const auto wanted = static_cast<long long>(std::ceil(kSample / std::max(run, 1e-9)));
  return {run, std::max(workload.fewest_runs, wanted)};
}

// Two that are about as fast get samples of as many runs, so that what happens once a sample weighs
// as much in both.
void even_out(Pairs::Side& a, Pairs::Side& b) {
  const auto [less, more] = std::minmax(a.batch, b.batch);
  if (more < 4 * less) a.batch = b.batch = more;
}

// True from `seconds` after the first question on, never at the first: for a series that takes
// longer than foreseen, because the machine has become busy.
std::function<bool()> time_limit(double seconds, const std::function<double(double)>& agree) {
  using Clock = std::chrono::steady_clock;
  return [=, start = std::optional<Clock::time_point>()]() mutable {
    if (!start) start = Clock::now();
    const double passed = std::chrono::duration<double>(Clock::now() - *start).count();
    return agree(passed > seconds ? 1 : 0) != 0;
  };
}

// The contestant that all are compared with: the reference, or without one whoever comes first.
std::size_t choose_reference(const std::vector<Contestant>& contestants,
                             const std::vector<bool>& right) {
  std::size_t chosen = contestants.size();
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    if (!right[i] || contestants[i].role == Role::roof) continue;
    if (contestants[i].role == Role::reference) return i;
    if (chosen == contestants.size()) chosen = i;
  }
  return chosen;
}

void run_pairs(benchmark::State& state, Pairs& pairs) {
  for (auto _ : state) state.SetIterationTime(pairs.step());
  if (pairs.ratios().empty()) return;
  const Quartiles q = quartiles(pairs.ratios());
  state.counters["ratio"] = q.median;
  state.counters["ratio_q1"] = q.q1;
  state.counters["ratio_q3"] = q.q3;
  state.counters["dropped"] = pairs.dropped();
}

// Checks all, chooses batches and the number of pairs, and registers a series for each.
std::vector<Series> prepare(Measured& measured, double seconds) {
  const Workload& workload = measured.workload;
  const std::vector<Contestant>& contestants = workload.contestants;
  std::vector<bool> right;
  for (const Contestant& contestant : contestants) {
    const std::string wrong = check(contestant);
    right.push_back(wrong.empty());
    Row row{contestant.name, contestant.role, contestant.note, {}, {}, 0, {}};
    if (!wrong.empty()) row.note = "not timed: " + wrong;
    measured.rows.push_back(row);
  }
  const std::size_t reference = choose_reference(contestants, right);
  if (reference == contestants.size()) return {};
  measured.against = contestants[reference].name;

  std::vector<Timing> timing(contestants.size());
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    if (right[i]) timing[i] = calibrate(contestants[i], workload);
  }
  std::vector<Series> all;
  const double slot = seconds / static_cast<double>(std::count(right.begin(), right.end(), true));
  const auto sample = [&](std::size_t i) {
    return timing[i].run * static_cast<double>(timing[i].batch + 1);
  };
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    if (!right[i]) continue;
    Series series;
    series.row = i;
    const double pair = sample(i) + sample(reference);
    series.pairs =
        std::clamp(static_cast<int>(std::min(slot / pair, 1e6)), kFewestPairs, kMostPairs);
    if (pair > slot) series.pairs = 1;
    series.pairs += series.pairs % 2;  // as often first as second
    Pairs::Side x{contestants[i].seconds, timing[i].batch};
    Pairs::Side r{contestants[reference].seconds, timing[reference].batch};
    even_out(x, r);
    series.measured =
        std::make_unique<Pairs>(x, r, workload.level, time_limit(3 * slot, workload.agree));
    const std::string title = workload.text + "/" + contestants[i].name +
                              (i == reference ? " again" : " against " + measured.against);
    benchmark::RegisterBenchmark(
        title.c_str(),
        [pairs = series.measured.get()](benchmark::State& state) { run_pairs(state, *pairs); })
        ->UseManualTime()
        ->Iterations(series.pairs);
    all.push_back(std::move(series));
  }
  return all;
}

void append(std::vector<double>& to, const std::vector<double>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void collect(Measured& measured, const std::vector<Series>& all) {
  Row* reference = nullptr;
  for (Row& row : measured.rows) {
    if (row.name == measured.against) reference = &row;
  }
  for (const Series& series : all) {
    Row& row = measured.rows[series.row];
    append(row.times, series.measured->x_times());
    append(reference->times, series.measured->reference_times());
    row.dropped = series.measured->dropped();
    (&row == reference ? measured.repeats : row.ratios) = series.measured->ratios();
  }
  for (Row& row : measured.rows) {
    if (!row.times.empty()) {
      row.time = quartiles(row.times).median;
    } else if (row.dropped > 0) {
      row.note = "not timed: the two cores' distance changed during each of its pairs";
    }
  }
}

}  // namespace

const char* name(Role role) {
  switch (role) {
    case Role::baseline:
      return "baseline";
    case Role::yours:
      return "yours";
    case Role::reference:
      return "reference";
    case Role::peer:
      return "peer";
    case Role::roof:
      return "roof";
  }
  return "";
}

std::function<double(long long)> timed(std::function<void()> run, int warm) {
  return [run = std::move(run), warm](long long runs) {
    for (int i = 0; i < warm; ++i) run();
    const auto start = std::chrono::steady_clock::now();
    for (long long i = 0; i < runs; ++i) run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
}

double Pairs::step() {
  if (over_ && over_()) return last_;
  const auto sample = [](const Side& side) {
    return side.seconds(side.batch) / static_cast<double>(side.batch);
  };
  const double level_before = level_ ? level_() : 1;
  double x = 0, r = 0;
  if (reference_first_) {
    r = sample(reference_);
    x = sample(x_);
  } else {
    x = sample(x_);
    r = sample(reference_);
  }
  reference_first_ = !reference_first_;
  last_ = x;
  const double change = (level_ ? level_() : 1) / level_before;
  if (std::max(change, 1 / change) >= kLevelChange) {
    ++dropped_;
    return x;
  }
  x_times_.push_back(x);
  reference_times_.push_back(r);
  ratios_.push_back(x / r);
  return x;
}

std::vector<Measured> measure(std::vector<Workload> workloads, double seconds) {
  double shares = 0;
  for (const Workload& workload : workloads) shares += workload.share;
  std::vector<Measured> results(workloads.size());
  std::vector<std::vector<Series>> series;
  for (std::size_t i = 0; i < workloads.size(); ++i) {
    results[i].workload = std::move(workloads[i]);
    series.push_back(prepare(results[i], seconds * results[i].workload.share / shares));
  }
  Silent silent;
  benchmark::RunSpecifiedBenchmarks(&silent);
  benchmark::ClearRegisteredBenchmarks();
  for (std::size_t i = 0; i < results.size(); ++i) collect(results[i], series[i]);
  return results;
}

}  // namespace kit::bench
