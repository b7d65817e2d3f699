// mpi/04-dissemination-barrier, on 2 ranks for time, and on 4 and 8 ranks of which several share a
// core. One run is one barrier; the next can't begin before it.
#include <fmt/format.h>
#include <mpi.h>

#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/mpi/ranks.hpp"

namespace {

using namespace kit::bench;

using Barrier = void(MPI_Comm comm);

void central_counter(MPI_Comm comm) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  if (rank == 0) {
    for (int r = 1; r < ranks; ++r) MPI_Recv(nullptr, 0, MPI_BYTE, r, 0, comm, MPI_STATUS_IGNORE);
    for (int r = 1; r < ranks; ++r) MPI_Send(nullptr, 0, MPI_BYTE, r, 1, comm);
  } else {
    MPI_Send(nullptr, 0, MPI_BYTE, 0, 0, comm);
    MPI_Recv(nullptr, 0, MPI_BYTE, 0, 1, comm, MPI_STATUS_IGNORE);
  }
}

void library(MPI_Comm comm) {
  MPI_Barrier(comm);
}

// Each rank in turn comes late, with a message for all others that it sends before it enters: when
// they leave, the message must be there.
std::string check(Barrier* barrier, const World& world) {
  bool held = true;
  for (int late = 0; late < world.size; ++late) {
    if (world.rank == late) {
      const double until = MPI_Wtime() + 1e-3;
      while (MPI_Wtime() < until) {
      }
      for (int r = 0; r < world.size; ++r) {
        if (r != late) MPI_Send(nullptr, 0, MPI_BYTE, r, 30'000, MPI_COMM_WORLD);
      }
    }
    barrier(MPI_COMM_WORLD);
    if (world.rank == late) continue;
    int there = 0;
    // A message that has been sent may need a look or two to be seen.
    for (int look = 0; look < 100 && there == 0; ++look) {
      MPI_Iprobe(late, 30'000, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
    }
    held = held && there != 0;
    MPI_Recv(nullptr, 0, MPI_BYTE, late, 30'000, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
  }
  return on_all(held) ? "" : "some rank left before another had entered";
}

Workload workload() {
  const World world;
  const auto contestant = [=](const std::string& name, Role role, Barrier* barrier) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(barrier, world); };
    made.seconds = [=](long long runs) {
      return slowest(runs, [&](long long) { barrier(MPI_COMM_WORLD); });
    };
    return made;
  };
  Workload work;
  work.text = fmt::format("{} ranks", world.size);
  work.work = Work::two_cores;
  work.agree = rank_0s;
  work.level = distance_of_cores();
  work.contestants.push_back(contestant("central counter", Role::baseline, central_counter));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Barrier>("candidate_barrier"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("MPI_Barrier", Role::peer, library));
  work.contestants.push_back(one_message_roof(0));
  return work;
}

std::vector<Workload> workloads() {
  return {workload()};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{2, 2, workloads}, {4, 1, workloads}, {8, 1, workloads}};
  bench.notes = {
      "On 2 ranks a barrier is one message each way, so all that is right is alike. 4 and 8 ranks",
      "on fewer cores take turns: that time is the work of all their messages and the scheduler's,",
      "and few messages may look better than few rounds. Rounds, which the suite counts, tell how "
      "it",
      "grows where each rank has a core. of roof = time of one empty message / time."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
