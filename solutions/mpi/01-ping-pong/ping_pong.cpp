// Round trips of five sizes, each timed by itself on rank a's clock; the median of each size; a line
// through the medians.
//
//        a                 b           half of the time, against n:
//        | ---- n bytes -> |
//        | <- n bytes ---- |             |            x      slope = 1 / bytes_per_s
//      t = Wtime's difference            |      x
//                                        | x                 x at n = 0 is latency_s
//   size  0   warm-up, 9 timed           +-------------- n
//   size 4 KiB ...
//
// Only differences of one clock are used, so it doesn't matter what b's shows. A round trip is late
// if either of its messages is; of 9 in a row at most two are (one message in 16 in each direction),
// so the fifth of them in order is none of the late ones. The line goes through the medians by least
// squares of the *relative* errors: else the 1 MiB messages, with their larger times, would have
// all the say in the latency too.
#include "ping_pong.hpp"

#include <mpi.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace kit {
namespace {

constexpr std::array kSizes = {0, 4 << 10, 64 << 10, 256 << 10, 1 << 20};
constexpr int kTimed = 9;
constexpr int kTag = 0;

// On a: the time that n bytes take there and back. On b: sends them back.
double round_trip(std::vector<char>& bytes, int n, bool begins, int other, MPI_Comm comm) {
  const double start = MPI_Wtime();
  if (begins) MPI_Send(bytes.data(), n, MPI_CHAR, other, kTag, comm);
  MPI_Recv(bytes.data(), n, MPI_CHAR, other, kTag, comm, MPI_STATUS_IGNORE);
  if (!begins) MPI_Send(bytes.data(), n, MPI_CHAR, other, kTag, comm);
  return MPI_Wtime() - start;
}

double median(std::array<double, kTimed>& times) {
  std::nth_element(times.begin(), times.begin() + kTimed / 2, times.end());
  return times[kTimed / 2];
}

// The line latency + n * slope with the least sum of ((line - time) / time)^2.
Link fit(const std::array<double, kSizes.size()>& one_way) {
  double w = 0, wn = 0, wnn = 0, wt = 0, wnt = 0;
  for (std::size_t i = 0; i < kSizes.size(); ++i) {
    const double n = kSizes[i], t = one_way[i], weight = 1 / (t * t);
    w += weight;
    wn += weight * n;
    wnn += weight * n * n;
    wt += weight * t;
    wnt += weight * n * t;
  }
  const double slope = (w * wnt - wn * wt) / (w * wnn - wn * wn);
  return {(wt - slope * wn) / w, 1 / slope};
}

}  // namespace

Link measure_link(MPI_Comm comm, int a, int b) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (a == b || std::min(a, b) < 0 || std::max(a, b) >= size) {
    throw std::invalid_argument("measure_link: a and b have to be two ranks of comm");
  }

  std::array<double, 2> answer{};
  if (rank == a || rank == b) {
    const int other = rank == a ? b : a;
    std::vector<char> bytes(kSizes.back());
    std::array<double, kSizes.size()> one_way{};
    for (std::size_t i = 0; i < kSizes.size(); ++i) {
      round_trip(bytes, kSizes[i], rank == a, other, comm);  // warms up, and isn't counted
      std::array<double, kTimed> times{};
      for (double& t : times) t = round_trip(bytes, kSizes[i], rank == a, other, comm);
      one_way[i] = median(times) / 2;
    }
    const Link link = fit(one_way);
    answer = {link.latency_s, link.bytes_per_s};
  }
  // Only a's times are between its own sends and receives.
  MPI_Bcast(answer.data(), 2, MPI_DOUBLE, a, comm);
  return {answer[0], answer[1]};
}

}  // namespace kit
