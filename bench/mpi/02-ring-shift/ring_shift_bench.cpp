// mpi/02-ring-shift, on 2 ranks for time, and on 8 ranks of which several share a core.
//
// One run is one shift by one step. Each rank needs its neighbour's block of the run before, so
// none gets far ahead.
#include <fmt/format.h>
#include <mpi.h>

#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/mpi/ranks.hpp"

namespace {

using namespace kit::bench;

using Shift = void(std::byte* data, std::size_t size, int steps, MPI_Comm comm);

// Blocking calls alone: even ranks send first, odd ones receive first (an even number of ranks).
void takes_turns(std::byte* data, std::size_t size, int steps, MPI_Comm comm) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const int to = (rank + steps) % ranks, from = (rank - steps + ranks) % ranks;
  const int count = static_cast<int>(size);
  const auto came = std::make_unique_for_overwrite<std::byte[]>(size);
  if (rank % 2 == 0) {
    MPI_Send(data, count, MPI_BYTE, to, 0, comm);
    MPI_Recv(came.get(), count, MPI_BYTE, from, 0, comm, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(came.get(), count, MPI_BYTE, from, 0, comm, MPI_STATUS_IGNORE);
    MPI_Send(data, count, MPI_BYTE, to, 0, comm);
  }
  std::memcpy(data, came.get(), size);
}

void library(std::byte* data, std::size_t size, int steps, MPI_Comm comm) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  MPI_Sendrecv_replace(data, static_cast<int>(size), MPI_BYTE, (rank + steps) % ranks, 0,
                       (rank - steps + ranks) % ranks, 0, comm, MPI_STATUS_IGNORE);
}

std::byte held(std::size_t i, int rank) {
  return static_cast<std::byte>(i * 7 + static_cast<std::size_t>(rank) + 1);
}

std::string check(std::vector<std::byte>& data, Shift* shift, const World& world) {
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = held(i, world.rank);
  shift(data.data(), data.size(), 1, MPI_COMM_WORLD);
  const int source = (world.rank - 1 + world.size) % world.size;
  bool right = true;
  for (std::size_t i = 0; i < data.size(); ++i) right = right && data[i] == held(i, source);
  return on_all(right) ? "" : "some rank did not get its neighbour's block";
}

Workload workload(std::size_t size, const std::string& text, double share = 1) {
  const World world;
  const auto data = std::make_shared<std::vector<std::byte>>(size);
  const auto contestant = [=](const std::string& name, Role role, Shift* shift) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(*data, shift, world); };
    made.seconds = [=](long long runs) {
      return slowest(runs,
                     [&](long long) { shift(data->data(), data->size(), 1, MPI_COMM_WORLD); });
    };
    return made;
  };
  Workload work;
  work.text = fmt::format("{} on each of {} ranks", text, world.size);
  work.work = Work::two_cores;
  work.share = share;
  if (world.size == 2) work.message = size;
  work.agree = rank_0s;
  work.level = distance_of_cores();
  work.contestants.push_back(contestant("ranks take turns", Role::baseline, takes_turns));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Shift>("candidate_ring_shift"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("MPI_Sendrecv_replace", Role::peer, library));
  work.contestants.push_back(one_message_roof(size));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {
      {2, 3,
       [] {
         return std::vector<Workload>{workload(8, "8 bytes"), workload(4 << 10, "4 KiB"),
                                      workload(64 << 10, "64 KiB"), workload(1 << 20, "1 MiB"),
                                      workload(16 << 20, "16 MiB", 2)};
       }},
      {8, 1, [] {
         return std::vector<Workload>{workload(8, "8 bytes"), workload(64 << 10, "64 KiB")};
       }}};
  bench.notes = {
      "A shift moves two blocks between 2 ranks, one each way, and must copy what leaves out of",
      "the way of what comes; the roof moves one, one way, and copies nothing. 8 ranks on fewer",
      "cores take turns: that time is the work of 8 messages and the scheduler's. of roof = time",
      "of one message / time."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
