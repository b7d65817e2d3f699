// mpi/03-broadcast, on 2 ranks for time, and on 8 ranks of which several share a core.
//
// One run is one broadcast. The root goes from rank to rank, so that none can begin before it has
// had the data of the one before: what is timed is the time till the data is there, and not how
// fast a root can push.
#include <fmt/format.h>
#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/mpi/ranks.hpp"

namespace {

using namespace kit::bench;

using Broadcast = void(std::byte* data, std::size_t size, int root, MPI_Comm comm);

void chain(std::byte* data, std::size_t size, int root, MPI_Comm comm) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const int place = (rank - root + ranks) % ranks, count = static_cast<int>(size);
  if (place > 0) {
    MPI_Recv(data, count, MPI_BYTE, (rank - 1 + ranks) % ranks, 0, comm, MPI_STATUS_IGNORE);
  }
  if (place < ranks - 1) MPI_Send(data, count, MPI_BYTE, (rank + 1) % ranks, 0, comm);
}

void library(std::byte* data, std::size_t size, int root, MPI_Comm comm) {
  MPI_Bcast(data, static_cast<int>(size), MPI_BYTE, root, comm);
}

std::byte expected(std::size_t i, int root) {
  return static_cast<std::byte>(i * 7 + static_cast<std::size_t>(root) + 1);
}

// Every root in turn; the same answer on all ranks.
std::string check(std::vector<std::byte>& data, Broadcast* broadcast, const World& world) {
  int wrong_root = world.size;
  for (int root = 0; root < world.size; ++root) {
    for (std::size_t i = 0; i < data.size(); ++i) {
      data[i] = world.rank == root ? expected(i, root) : std::byte{0};
    }
    broadcast(data.data(), data.size(), root, MPI_COMM_WORLD);
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (data[i] != expected(i, root)) wrong_root = std::min(wrong_root, root);
    }
  }
  MPI_Allreduce(MPI_IN_PLACE, &wrong_root, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  return wrong_root == world.size
             ? ""
             : fmt::format("with root {} some rank did not get the data", wrong_root);
}

Workload workload(std::size_t size, const std::string& text, double share = 1) {
  const World world;
  const auto data = std::make_shared<std::vector<std::byte>>(size);
  const auto contestant = [=](const std::string& name, Role role, Broadcast* broadcast) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(*data, broadcast, world); };
    made.seconds = [=](long long runs) {
      return slowest(runs, [&](long long i) {
        broadcast(data->data(), data->size(), static_cast<int>(i % world.size), MPI_COMM_WORLD);
      });
    };
    return made;
  };
  Workload work;
  work.text = fmt::format("{} to {} rank{}", text, world.size - 1, world.size > 2 ? "s" : "");
  work.work = Work::two_cores;
  work.share = share;
  if (world.size == 2) work.message = size;
  work.agree = rank_0s;
  work.fewest_runs = 8 * world.size;  // each rank is the root of as many
  work.contestants.push_back(contestant("chain", Role::baseline, chain));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Broadcast>("candidate_broadcast"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("MPI_Bcast", Role::peer, library));
  // Half a round trip of as many bytes, between two ranks whatever their number.
  work.contestants.push_back(one_message_roof(size));
  work.level = distance_of_cores();
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
      "On 2 ranks a broadcast is one message, so all that is right is alike: what may differ is",
      "what is done round the message. 8 ranks on fewer cores take turns: that time is the work",
      "of 7 messages and the scheduler's, and a chain looks as good as a tree. Rounds, which the",
      "suite counts, tell them apart. of roof = time of one message / time."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
