// mpi/05-exclusive-scan: sums of 64-bit numbers, on 2 ranks for time, and on 8 ranks of which
// several share a core.
//
// One run is one scan. Ranks are taken in order and in reverse order in turn: the lowest rank waits
// for nobody, and would run ahead if it stayed the lowest.
#include <fmt/format.h>
#include <mpi.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/mpi/ranks.hpp"

namespace {

using namespace kit::bench;

using Scan = void(const std::int64_t* in, std::int64_t* out, std::size_t size, MPI_Comm comm);

void chain(const std::int64_t* in, std::int64_t* out, std::size_t size, MPI_Comm comm) {
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const int count = static_cast<int>(size);
  if (rank == 0) {
    std::memset(out, 0, size * sizeof *out);
    if (ranks > 1) MPI_Send(in, count, MPI_INT64_T, 1, 0, comm);
    return;
  }
  MPI_Recv(out, count, MPI_INT64_T, rank - 1, 0, comm, MPI_STATUS_IGNORE);
  if (rank + 1 == ranks) return;
  const auto total = std::make_unique_for_overwrite<std::int64_t[]>(size);
  for (std::size_t i = 0; i < size; ++i) total[i] = out[i] + in[i];
  MPI_Send(total.get(), count, MPI_INT64_T, rank + 1, 0, comm);
}

void library(const std::int64_t* in, std::int64_t* out, std::size_t size, MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  if (rank == 0) std::memset(out, 0, size * sizeof *out);  // MPI_Exscan leaves it as it was
  MPI_Exscan(in, out, static_cast<int>(size), MPI_INT64_T, MPI_SUM, comm);
}

// The world, and the world in reverse order.
struct Orders {
  Orders() { MPI_Comm_split(MPI_COMM_WORLD, 0, -World().rank, &reverse); }
  Orders(const Orders&) = delete;
  Orders& operator=(const Orders&) = delete;
  ~Orders() { MPI_Comm_free(&reverse); }
  MPI_Comm of(long long run) const { return run % 2 == 0 ? MPI_COMM_WORLD : reverse; }
  MPI_Comm reverse = MPI_COMM_NULL;
};

struct Vectors {
  explicit Vectors(std::size_t n) : in(n), out(n) {}
  std::vector<std::int64_t> in, out;
  Orders orders;
};

std::int64_t held(std::size_t i, int rank) {
  return static_cast<std::int64_t>(i) + 1'000'000 * rank;
}

std::string check(Vectors& v, Scan* scan, const World& world) {
  bool right = true;
  for (const int run : {0, 1}) {
    for (std::size_t i = 0; i < v.in.size(); ++i) {
      v.in[i] = held(i, world.rank);
      v.out[i] = -1;
    }
    scan(v.in.data(), v.out.data(), v.in.size(), v.orders.of(run));
    const int first = run == 0 ? 0 : world.rank + 1;
    const int past = run == 0 ? world.rank : world.size;
    for (std::size_t i = 0; i < v.in.size(); ++i) {
      std::int64_t sum = 0;
      for (int r = first; r < past; ++r) sum += held(i, r);
      right = right && v.out[i] == sum;
    }
  }
  return on_all(right) ? "" : "some rank's sums are wrong";
}

Workload workload(std::size_t size, const std::string& text, double share = 1) {
  const World world;
  const auto vectors = std::make_shared<Vectors>(size);
  const auto contestant = [=](const std::string& name, Role role, Scan* scan) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(*vectors, scan, world); };
    made.seconds = [=](long long runs) {
      return slowest(runs, [&](long long i) {
        scan(vectors->in.data(), vectors->out.data(), size, vectors->orders.of(i));
      });
    };
    return made;
  };
  Workload work;
  work.text = fmt::format("{} on each of {} ranks", text, world.size);
  work.work = Work::two_cores;
  work.share = share;
  if (world.size == 2) work.message = size * sizeof(std::int64_t);
  work.agree = rank_0s;
  work.fewest_runs = 2;  // one in each order
  work.level = distance_of_cores();
  work.contestants.push_back(contestant("chain", Role::baseline, chain));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Scan>("candidate_exclusive_scan"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("MPI_Exscan", Role::peer, library));
  work.contestants.push_back(one_message_roof(size * sizeof(std::int64_t)));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{2, 3,
                  [] {
                    return std::vector<Workload>{
                        workload(1, "8 bytes"), workload(512, "4 KiB"), workload(8192, "64 KiB"),
                        workload(131'072, "1 MiB"), workload(2'097'152, "16 MiB", 2)};
                  }},
                 {8, 1, [] {
                    return std::vector<Workload>{workload(1, "8 bytes"), workload(8192, "64 KiB")};
                  }}};
  bench.notes = {
      "On 2 ranks a scan is one message from the lower to the upper rank, and zeros on the lower:",
      "all that is right is alike. 8 ranks on fewer cores take turns: that time is the work of all",
      "messages and additions and the scheduler's, so few messages win where they are long, and",
      "few rounds where they are short. Rounds, which the suite counts, tell how it grows where",
      "each rank has a core. of roof = time of one message / time."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
