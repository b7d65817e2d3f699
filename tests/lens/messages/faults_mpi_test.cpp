// Programs that go wrong on purpose, one a test, each in a run of its own (messages_faults.sh says
// what each must print).
#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include "harness/mpi.hpp"
#include "harness/report.hpp"

namespace {

using namespace kit;
using harness::on_ranks;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

TEST(Fault, RingOfSsends) {
  on_ranks(4, "one int", [](MPI_Comm comm) {
    const int rank = rank_in(comm);
    int value = 1;
    MPI_Ssend(&value, 1, MPI_INT, (rank + 1) % 4, 0, comm);
    MPI_Recv(&value, 1, MPI_INT, (rank + 3) % 4, 0, comm, MPI_STATUS_IGNORE);
  });
}

TEST(Fault, RanksOfTheWorld) {
  on_ranks(3, "one int", [](MPI_Comm comm) {
    int value = 0;
    // Number 5, 6 or 7 of the world, and none of them is 0: all receive.
    if (rank_in(MPI_COMM_WORLD) != 0) {
      MPI_Recv(&value, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
    }
  });
}

TEST(Fault, AnotherTag) {
  on_ranks(2, "one int", [](MPI_Comm comm) {
    int value = 0;
    if (rank_in(comm) == 0) {
      MPI_Send(&value, 1, MPI_INT, 1, 4, comm);
    } else {
      MPI_Recv(&value, 1, MPI_INT, 0, 3, comm, MPI_STATUS_IGNORE);
    }
  });
}

TEST(Fault, BarrierWithoutOne) {
  on_ranks(3, "a barrier", [](MPI_Comm comm) {
    if (rank_in(comm) != 1) MPI_Barrier(comm);
  });
}

TEST(Fault, WaitsForACollectiveWithoutOne) {
  on_ranks(3, "MPI_Ibarrier", [](MPI_Comm comm) {
    MPI_Request request;
    if (rank_in(comm) == 2) return;
    MPI_Ibarrier(comm, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
  });
}

TEST(Fault, ExscanWithoutTheFirst) {
  on_ranks(3, "MPI_Exscan", [](MPI_Comm comm) {
    int value = 1, sum = 0;
    if (rank_in(comm) == 0) return;
    MPI_Exscan(&value, &sum, 1, MPI_INT, MPI_SUM, comm);
  });
}

TEST(Fault, NeighbourThatNeverComes) {
  on_ranks(4, "a ring of neighbours", [](MPI_Comm comm) {
    const MPI_Comm ring = harness::cartesian(comm, {4}, {1});
    std::array<int, 2> in{};
    int value = 1;
    if (rank_in(comm) == 3) return;
    // Rank 1 has both its neighbours and returns; ranks 0 and 2 miss rank 3.
    MPI_Neighbor_allgather(&value, 1, MPI_INT, in.data(), 1, MPI_INT, ring);
  });
}

TEST(Fault, AnotherCollective) {
  on_ranks(2, "a barrier and a reduction", [](MPI_Comm comm) {
    int value = 1, sum = 0;
    if (rank_in(comm) == 0) {
      MPI_Barrier(comm);
      MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, comm);
    } else {
      MPI_Allreduce(&value, &sum, 1, MPI_INT, MPI_SUM, comm);
      MPI_Barrier(comm);
    }
  });
}

TEST(Fault, ReceiveTooShort) {
  on_ranks(2, "four ints into three", [](MPI_Comm comm) {
    std::array<int, 4> values{};
    if (rank_in(comm) == 0) MPI_Send(values.data(), 4, MPI_INT, 1, 0, comm);
    if (rank_in(comm) == 1) MPI_Recv(values.data(), 3, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
    harness::meet();
  });
}

TEST(Fault, SynchronousSends) {
  on_ranks(2, "each sends first",
           [](MPI_Comm comm) {
             int value = 1;
             const int other = 1 - rank_in(comm);
             MPI_Send(&value, 1, MPI_INT, other, 0, comm);
             MPI_Recv(&value, 1, MPI_INT, other, 0, comm, MPI_STATUS_IGNORE);
           },
           {.synchronous = true});
}

TEST(Fault, ThrowsOnOneRank) {
  on_ranks(3, "a receive", [](MPI_Comm comm) {
    int value = 0;
    if (rank_in(comm) == 0) throw std::runtime_error("no");
    MPI_Recv(&value, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
  });
}

TEST(Fault, CrashesOnRank2) {
  on_ranks(5, "a signal", [](MPI_Comm comm) {
    if (rank_in(comm) == 2) std::raise(SIGSEGV);
    harness::meet();
  });
}

TEST(Fault, ThrowsOutOfNoexcept) {
  on_ranks(2, "an exception", [](MPI_Comm comm) {
    const auto look = [](int rank) {
      if (rank == 1) throw std::runtime_error("the ring is broken");
    };
    [&]() noexcept { look(rank_in(comm)); }();
    harness::meet();
  });
}

TEST(Fault, FreesTwice) {
  on_ranks(2, "a block", [](MPI_Comm comm) {
    int value = 0;
    if (rank_in(comm) == 1) {
      MPI_Sendrecv(&value, 1, MPI_INT, 1, 0, &value, 1, MPI_INT, 1, 0, comm, MPI_STATUS_IGNORE);
      void* volatile block = std::malloc(5000);
      std::free(block);
      std::free(block);
    }
    harness::meet();
  });
}

TEST(Fault, Aborts) {
  on_ranks(2, "MPI_Abort", [](MPI_Comm comm) {
    if (rank_in(comm) == 1) MPI_Abort(comm, 3);
    harness::meet();
  });
}

TEST(Fault, NoSuchRank) {
  on_ranks(2, "rank 9", [](MPI_Comm comm) {
    int value = 0;
    if (rank_in(comm) == 1) MPI_Ssend(&value, 1, MPI_INT, 9, 0, comm);
    harness::meet();
  });
}

TEST(Fault, FailsOnTwoRanks) {
  on_ranks(4, "anything", [](MPI_Comm comm) {
    if (rank_in(comm) % 2 == 1) harness::fail(harness::case_input(), "Odd ranks fail.");
    harness::meet();
  });
}

// Seen by the sanitized program alone.
TEST(Fault, Leaks) {
  on_ranks(2, "a leak", [](MPI_Comm comm) {
    static int* volatile last;
    last = new int[1000];
    last[0] = rank_in(comm);
    last = nullptr;
  });
}

}  // namespace
