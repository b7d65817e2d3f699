// mpi/06-ring-allreduce on 2 ranks, from 8 bytes to 16 MiB, and on 8 ranks of which several share a
// core. The roof is a ping-pong of the same minute: 2(p - 1)/p of the vector must leave each rank,
// so one message of as many bytes, one way, is the least that it can take.
#include <fmt/format.h>
#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/mpi/ranks.hpp"

namespace {

using namespace kit::bench;

using Allreduce = void(float* data, std::size_t n, MPI_Comm comm);

// What comes to mind first: rank 0 adds all, and sends the sum to all.
void by_one_rank(float* data, std::size_t n, MPI_Comm comm) {
  const World world;
  const int count = static_cast<int>(n);
  if (world.rank != 0) {
    MPI_Send(data, count, MPI_FLOAT, 0, 0, comm);
    MPI_Recv(data, count, MPI_FLOAT, 0, 0, comm, MPI_STATUS_IGNORE);
    return;
  }
  static std::vector<float> room;
  room.resize(std::max(room.size(), n));
  for (int from = 1; from < world.size; ++from) {
    MPI_Recv(room.data(), count, MPI_FLOAT, from, 0, comm, MPI_STATUS_IGNORE);
    for (std::size_t i = 0; i < n; ++i) data[i] += room[i];
  }
  for (int to = 1; to < world.size; ++to) MPI_Send(data, count, MPI_FLOAT, to, 0, comm);
}

void library(float* data, std::size_t n, MPI_Comm comm) {
  MPI_Allreduce(MPI_IN_PLACE, data, static_cast<int>(n), MPI_FLOAT, MPI_SUM, comm);
}

// Whole numbers, so that the sum is the same in any order; the same answer on all ranks.
std::string check(std::vector<float>& data, Allreduce* allreduce, const World& world) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<float>(i % 1000 + static_cast<std::size_t>(world.rank));
  }
  allreduce(data.data(), data.size(), MPI_COMM_WORLD);
  int wrong = 0;
  const auto p = static_cast<std::size_t>(world.size);
  for (std::size_t i = 0; i < data.size(); ++i) {
    wrong |= data[i] != static_cast<float>(p * (i % 1000) + p * (p - 1) / 2) ? 1 : 0;
  }
  return on_all(wrong == 0) ? "" : "some rank has a wrong sum";
}

Workload workload(std::size_t bytes, const std::string& text) {
  const World world;
  const std::size_t n = bytes / sizeof(float);
  const auto data = std::make_shared<std::vector<float>>(n);
  const auto contestant = [=](const std::string& name, Role role, Allreduce* allreduce) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(*data, allreduce, world); };
    made.seconds = [=](long long runs) {
      // Zeros stay zeros, however often they are summed.
      std::fill(data->begin(), data->end(), 0.0F);
      return slowest(runs, [&](long long) { allreduce(data->data(), n, MPI_COMM_WORLD); });
    };
    return made;
  };
  Workload work;
  work.text = fmt::format("{}, {} ranks", text, world.size);
  work.amount = static_cast<double>(bytes) / 1e9;
  work.rate_unit = "GB/s";
  if (world.size == 2) work.message = bytes;
  work.work = Work::two_cores;
  work.agree = rank_0s;
  work.contestants.push_back(contestant("all through rank 0", Role::baseline, by_one_rank));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Allreduce>("candidate_ring_allreduce"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("MPI_Allreduce", Role::peer, library));
  const std::size_t least =
      2 * bytes * static_cast<std::size_t>(world.size - 1) / static_cast<std::size_t>(world.size);
  work.contestants.push_back(one_message_roof(least));
  work.level = distance_of_cores();
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {
      {2, 4,
       [] {
         return std::vector<Workload>{workload(8, "8 bytes"),       workload(1 << 10, "1 KiB"),
                                      workload(32 << 10, "32 KiB"), workload(256 << 10, "256 KiB"),
                                      workload(1 << 20, "1 MiB"),   workload(16 << 20, "16 MiB")};
       }},
      {8, 1, [] {
         return std::vector<Workload>{workload(1 << 10, "1 KiB"), workload(1 << 20, "1 MiB")};
       }}};
  bench.notes = {
      "GB/s is the vector's bytes by the time. On 2 ranks the ring takes two messages of half a",
      "vector each: for short vectors an algorithm with one message of the whole is quicker. 8",
      "ranks on fewer cores take turns, and share their cores' memory: that time is the work of",
      "all ranks, not the length of the ring."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
