// What the benches of MPI exercises have in common: who one is, time as the slowest rank sees it,
// and the roof, a message between two ranks.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "bench/harness/launch.hpp"

namespace kit::bench {

struct World {
  World() {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
  }
  int rank = 0, size = 1;
};

// Rank 0's value, for Workload::agree.
inline double rank_0s(double value) {
  MPI_Bcast(&value, 1, MPI_DOUBLE, 0, MPI_COMM_WORLD);
  return value;
}

// True if it is on every rank.
inline bool on_all(bool value) {
  int mine = value ? 1 : 0, all = 0;
  MPI_Allreduce(&mine, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  return all != 0;
}

// The slowest rank's time of `runs` calls of one_run(i), after a first that isn't timed.
template <class Run>
double slowest(long long runs, Run one_run) {
  one_run(0);
  MPI_Barrier(MPI_COMM_WORLD);
  const double start = MPI_Wtime();
  for (long long i = 0; i < runs; ++i) one_run(i);
  double taken = MPI_Wtime() - start, most = 0;
  MPI_Allreduce(&taken, &most, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
  return most;
}

// Message number i of a ping-pong between ranks 0 and 1: half a round trip of so many bytes.
inline void ping_pong(long long i, const std::byte* data, std::byte* room, std::size_t size) {
  const int from = static_cast<int>(i % 2), to = 1 - from, count = static_cast<int>(size);
  const int rank = World().rank;
  if (rank == from) MPI_Send(data, count, MPI_BYTE, to, 0, MPI_COMM_WORLD);
  if (rank == to) MPI_Recv(room, count, MPI_BYTE, from, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

// What is sent and what is received into lie apart: bytes that have just come are dearer to send.
inline Contestant one_message_roof(std::size_t size) {
  const auto data = std::make_shared<std::vector<std::byte>>(size, std::byte{1});
  const auto room = std::make_shared<std::vector<std::byte>>(size);
  return {"a ping-pong, one way", Role::roof, {}, [=](long long runs) {
            return slowest(runs,
                           [&](long long i) { ping_pong(i, data->data(), room->data(), size); });
          }};
}

// How far the cores of two ranks are apart at this moment, for Workload::level; with more ranks
// than two the scheduler decides, and nothing is said.
inline std::function<double()> distance_of_cores() {
  if (World().size != 2) return {};
  return [] {
    std::byte byte{}, room{};
    return slowest(200, [&](long long i) { ping_pong(i, &byte, &room, 1); });
  };
}

// Bench::around.
inline void with_mpi(const std::function<void(int rank)>& body) {
  MPI_Init(nullptr, nullptr);
  body(World().rank);
  MPI_Finalize();
}

}  // namespace kit::bench
