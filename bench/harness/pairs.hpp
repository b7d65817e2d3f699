// Contestants measured in alternating pairs, on Google Benchmark.
//
//   pair      0        1        2        3
//          X   R    R   X    X   R    R   X        R the reference, X each of the others in turn,
//          then R itself
//           x/r      x/r      x/r      x/r         one ratio a pair; the quartiles of these are the
//           result
//
// Each sample is made of as many runs as take 2 ms. A contestant whose result is wrong is reported
// and not timed. The roof (what the machine can do at best with the same bytes) is a contestant
// like any other, so it is of the same minute. Each series of pairs is one benchmark with manual
// time, the ratio's quartiles being its counters: Google Benchmark's own flags, such as
// --benchmark_out=FILE, work on it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/harness/statistics.hpp"

namespace kit::bench {

enum class Role { baseline, yours, reference, peer, roof };
const char* name(Role role);

struct Contestant {
  std::string name;
  Role role = Role::peer;
  std::function<std::string()> check;        // what is wrong with its result; "" when right
  std::function<double(long long)> seconds;  // the time of that many runs
  std::string note = "";                     // shown beside its row
};

struct Workload {
  std::string text;       // "1024 x 1024 floats"
  double amount = 0;      // what one run moves, in rate units a second: 0.008 GB
  std::string rate_unit;  // "GB/s"
  // What any right answer must move through memory and do with it in one run, for the roofline.
  double bytes = 0, operations = 0;
  std::string operation;      // "addition"
  // Bytes of a message: workloads that differ in it alone make a curve.
  std::size_t message = 0;
  Work work = Work::memory;   // what it is bound by, and so how noisy it may be
  double share = 1;           // of the time, beside the other workloads
  long long fewest_runs = 1;  // in a sample
  std::vector<Contestant> contestants;
  // Measures a state of the machine that changes by itself (how far the two cores are apart). A
  // pair during which it changed by half or more is dropped.
  std::function<double()> level = {};
  // Where several ranks run this, all must do the same: gives rank 0's value to all.
  std::function<double(double)> agree = [](double value) { return value; };
};

struct Row {
  std::string name;
  Role role = Role::peer;
  std::string note;
  std::vector<double> times;  // seconds a run, of every sample
  std::vector<double> ratios;
  int dropped = 0;
  std::optional<double> time;  // the median; absent when it wasn't timed
};

struct Measured {
  Workload workload;
  std::string against;  // the name of the contestant that the ratios are against: the reference,
                        // else the first right one
  std::vector<Row> rows;
  std::vector<double> repeats;  // the reference against itself
};

// Times calls of `run`, after `warm` that aren't timed.
std::function<double(long long)> timed(std::function<void()> run, int warm = 1);

// One series of pairs. Its only work is to alternate; see the picture above.
class Pairs {
 public:
  struct Side {
    std::function<double(long long)> seconds;
    long long batch = 1;
  };
  // `level` as in Workload. Once `over` says so, steps do nothing any more.
  Pairs(Side x, Side reference, std::function<double()> level, std::function<bool()> over = {})
      : x_(std::move(x)),
        reference_(std::move(reference)),
        level_(std::move(level)),
        over_(std::move(over)) {}

  // One pair; gives x's seconds a run (the last pair's, when it is over).
  double step();

  const std::vector<double>& x_times() const { return x_times_; }
  const std::vector<double>& reference_times() const { return reference_times_; }
  const std::vector<double>& ratios() const { return ratios_; }
  int dropped() const { return dropped_; }

 private:
  Side x_, reference_;
  std::function<double()> level_;
  std::function<bool()> over_;
  double last_ = 0;
  std::vector<double> x_times_, reference_times_, ratios_;
  int dropped_ = 0;
  bool reference_first_ = false;
};

// Checks, warms and measures all, in about `seconds` (a run that takes longer than its share is run
// once).
std::vector<Measured> measure(std::vector<Workload> workloads, double seconds);

}  // namespace kit::bench
