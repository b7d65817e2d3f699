// mpi/01-ping-pong on 2 ranks: how long a measurement takes. What it finds on a real link has no truth
// to hold it against; the suite's planted links have.
#include <fmt/format.h>
#include <mpi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/mpi/ranks.hpp"

namespace {

using namespace kit::bench;

using Measure = void(MPI_Comm comm, int a, int b, double answer[2]);

constexpr int kLargest = 1 << 20;

// Seconds of one way, by `runs` round trips with one reading of the clock before and one behind.
double one_way(std::vector<char>& data, int n, int runs, int a, int b, MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  const double start = MPI_Wtime();
  for (int i = 0; i < runs; ++i) {
    for (const int sender : {a, b}) {
      if (rank == sender)
        MPI_Send(data.data(), n, MPI_CHAR, a + b - sender, 0, comm);
      else
        MPI_Recv(data.data(), n, MPI_CHAR, sender, 0, comm, MPI_STATUS_IGNORE);
    }
  }
  return (MPI_Wtime() - start) / runs / 2;
}

void tell(double answer[2], int a, MPI_Comm comm) {
  MPI_Bcast(answer, 2, MPI_DOUBLE, a, comm);
}

// The classic loop: 100 round trips of each of five sizes, their mean.
void mean_of_a_hundred(MPI_Comm comm, int a, int b, double answer[2]) {
  std::vector<char> data(kLargest);
  std::array<double, 5> times{};
  constexpr std::array kSizes = {0, 4 << 10, 64 << 10, 256 << 10, kLargest};
  for (std::size_t i = 0; i < kSizes.size(); ++i)
    times[i] = one_way(data, kSizes[i], 100, a, b, comm);
  answer[0] = times.front();
  answer[1] = kLargest / (times.back() - times.front());
  tell(answer, a, comm);
}

// As osu_latency (OSU Micro-Benchmarks) goes about it: each power of two; 1,000 round trips of small
// messages behind 100 that warm up, from 8 KiB on 100 behind 10. Its schedule, not its code.
void as_osu_latency(MPI_Comm comm, int a, int b, double answer[2]) {
  std::vector<char> data(kLargest);
  double first = 0, last = 0;
  for (int n = 1; n <= kLargest; n *= 2) {
    const int runs = n < (8 << 10) ? 1000 : 100;
    one_way(data, n, runs / 10, a, b, comm);
    last = one_way(data, n, runs, a, b, comm);
    if (n == 1) first = last;
  }
  answer[0] = first;
  answer[1] = kLargest / (last - first);
  tell(answer, a, comm);
}

std::string check(Measure* measure) {
  std::array<double, 2> answer{};
  measure(MPI_COMM_WORLD, 0, 1, answer.data());
  const bool sane = std::isfinite(answer[0]) && answer[0] > 0 && answer[0] < 1 && answer[1] > 1e6 &&
                    answer[1] < 1e13;
  std::array<double, 2> first = answer;
  tell(first.data(), 0, MPI_COMM_WORLD);
  return on_all(sane && first == answer) ? "" : "the ranks' answers differ, or are no link's";
}

Workload workload() {
  const auto contestant = [](const std::string& name, Role role, Measure* measure) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(measure); };
    made.seconds = [=](long long runs) {
      return slowest(runs, [&](long long) {
        std::array<double, 2> answer{};
        measure(MPI_COMM_WORLD, 0, 1, answer.data());
      });
    };
    return made;
  };
  Workload work;
  work.text = "one measurement of the link between 2 ranks";
  work.work = Work::two_cores;
  work.agree = rank_0s;
  work.level = distance_of_cores();
  work.contestants.push_back(contestant("mean of 100, 5 sizes", Role::baseline, mean_of_a_hundred));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Measure>("candidate_measure_link"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("osu_latency's schedule", Role::peer, as_osu_latency));
  // The least that the contract asks for: three round trips of five sizes, the largest 1 MiB.
  const auto data = std::make_shared<std::vector<char>>(kLargest);
  work.contestants.push_back({"15 round trips", Role::roof, {}, [data](long long runs) {
                                return slowest(runs, [&](long long) {
                                  for (const int n : {0, 1, 2, 3, kLargest})
                                    one_way(*data, n, 3, 0, 1, MPI_COMM_WORLD);
                                });
                              }});
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{2, 3, [] { return std::vector<Workload>{workload()}; }}};
  bench.notes = {
      "The fewer messages, the sooner done; how many are enough is decided by the noise, and",
      "the suite tries that on links whose truth is known. of roof = time of the 15 round",
      "trips that the contract asks for at least / time."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
