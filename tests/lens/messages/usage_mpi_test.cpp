// The rarer calls, and uses of MPI that seem to work and aren't allowed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "harness/mpi.hpp"

namespace {

using namespace kit;
using harness::on_ranks;
using lens::EpochFault;
using lens::Leftover;
using lens::MessageReport;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

void expect_clean(const MessageReport& seen) {
  EXPECT_FALSE(seen.stuck);
  EXPECT_TRUE(seen.races.empty());
  EXPECT_TRUE(seen.leftovers.empty());
  EXPECT_TRUE(seen.mismatches.empty());
  EXPECT_TRUE(seen.overlaps.empty());
  EXPECT_TRUE(seen.overwrites.empty());
  EXPECT_TRUE(seen.misuses.empty());
}

TEST(Calls, ReadyAndBufferedSends) {
  on_ranks(2, "four ways", [](MPI_Comm comm) {
    std::array<int, 4> in{}, out = {1, 2, 3, 4};
    std::array<MPI_Request, 4> requests;
    if (rank_in(comm) == 1) {
      for (int i = 0; i < 4; ++i)
        MPI_Irecv(&in[static_cast<std::size_t>(i)], 1, MPI_INT, 0, i, comm,
                  &requests[static_cast<std::size_t>(i)]);
      harness::meet();
      MPI_Waitall(4, requests.data(), MPI_STATUSES_IGNORE);
      EXPECT_EQ(in, out);
      return;
    }
    harness::meet();  // ready sends need a receive that is posted
    std::vector<char> room(1000 + 2 * MPI_BSEND_OVERHEAD);
    MPI_Buffer_attach(room.data(), static_cast<int>(room.size()));
    MPI_Rsend(&out[0], 1, MPI_INT, 1, 0, comm);
    MPI_Irsend(&out[1], 1, MPI_INT, 1, 1, comm, &requests[0]);
    MPI_Bsend(&out[2], 1, MPI_INT, 1, 2, comm);
    MPI_Ibsend(&out[3], 1, MPI_INT, 1, 3, comm, &requests[1]);
    MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
    void* old = nullptr;
    int size = 0;
    MPI_Buffer_detach(&old, &size);
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.messages, 4);
    EXPECT_EQ(seen.rounds, 4);
    expect_clean(seen);
  });
}

TEST(Calls, ProbesAndWaitsOfEveryKind) {
  on_ranks(2, "six messages", [](MPI_Comm comm) {
    if (rank_in(comm) == 0) {
      for (int i = 0; i < 6; ++i) MPI_Send(&i, 1, MPI_INT, 1, i, comm);
      return;
    }
    std::array<int, 6> in{};
    int flag = 0, which = 0, count = 0;
    MPI_Message message;
    while (flag == 0) MPI_Improbe(0, 0, comm, &flag, &message, MPI_STATUS_IGNORE);
    MPI_Request request;
    MPI_Imrecv(&in[0], 1, MPI_INT, &message, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    for (flag = 0; flag == 0;) MPI_Iprobe(0, 1, comm, &flag, MPI_STATUS_IGNORE);
    MPI_Recv(&in[1], 1, MPI_INT, 0, 1, comm, MPI_STATUS_IGNORE);
    std::array<MPI_Request, 2> two;
    std::array<int, 2> done;
    for (int i : {2, 3})
      MPI_Irecv(&in[static_cast<std::size_t>(i)], 1, MPI_INT, 0, i, comm,
                &two[static_cast<std::size_t>(i - 2)]);
    for (int open = 2; open > 0; open -= count)
      MPI_Waitsome(2, two.data(), &count, done.data(), MPI_STATUSES_IGNORE);
    for (int i : {4, 5})
      MPI_Irecv(&in[static_cast<std::size_t>(i)], 1, MPI_INT, 0, i, comm,
                &two[static_cast<std::size_t>(i - 4)]);
    for (flag = 0; flag == 0;) MPI_Testany(2, two.data(), &which, &flag, MPI_STATUS_IGNORE);
    for (count = 0; count == 0;)
      MPI_Testsome(2, two.data(), &count, done.data(), MPI_STATUSES_IGNORE);
    EXPECT_EQ(in, (std::array{0, 1, 2, 3, 4, 5}));
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.messages, 6);
    EXPECT_EQ(seen.rounds, 6);
    expect_clean(seen);
  });
}

TEST(Calls, CollectivesThatGoOnByThemselves) {
  on_ranks(4, "one of each kind", [](MPI_Comm comm) {
    const int mine = rank_in(comm) + 1;
    int sum = 0, before = 0, one = mine;
    std::array<MPI_Request, 4> requests;
    MPI_Ibarrier(comm, &requests[0]);
    MPI_Iallreduce(&mine, &sum, 1, MPI_INT, MPI_SUM, comm, &requests[1]);
    MPI_Iexscan(&mine, &before, 1, MPI_INT, MPI_SUM, comm, &requests[2]);
    MPI_Ibcast(&one, 1, MPI_INT, 3, comm, &requests[3]);
    MPI_Waitall(4, requests.data(), MPI_STATUSES_IGNORE);
    EXPECT_EQ(sum, 10);
    EXPECT_EQ(one, 4);
    MPI_Comm grid = harness::cartesian(comm, {4}, {1});
    std::array<int, 2> neighbours{};
    MPI_Neighbor_allgather(&mine, 1, MPI_INT, neighbours.data(), 1, MPI_INT, grid);
    EXPECT_EQ(neighbours[1], mine % 4 + 1);
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.forbidden.size(), 5U);
    EXPECT_EQ(seen.messages, 0);
    expect_clean(seen);
  });
}

TEST(Calls, ACollectiveNeverWaitedForIsLeftBehind) {
  on_ranks(2, "MPI_Ibarrier", [](MPI_Comm comm) {
    MPI_Request request;
    MPI_Ibarrier(comm, &request);
  }).judge([](const MessageReport& seen) {
    ASSERT_EQ(seen.leftovers.size(), 2U);
    EXPECT_EQ(seen.leftovers[0].kind, Leftover::Kind::OpenRequest);
  });
}

TEST(Calls, ObjectsThatAreNeverFreed) {
  on_ranks(2, "a group, an operator, a persistent request, a window", [](MPI_Comm comm) {
    MPI_Group all, one;
    const int first = 0;
    MPI_Comm_group(comm, &all);
    MPI_Group_incl(all, 1, &first, &one);
    MPI_Group_free(&all);
    MPI_Op op;
    MPI_Op_create([](void*, void*, int*, MPI_Datatype*) {}, 1, &op);
    static int value;
    int* room = nullptr;
    MPI_Request request;
    MPI_Send_init(&value, 1, MPI_INT, 0, 0, comm, &request);
    MPI_Win window;
    MPI_Win_allocate(sizeof(int), 1, MPI_INFO_NULL, comm, &room, &window);
  }).judge([](const MessageReport& seen) {
    std::vector<Leftover::Kind> kinds;
    for (const auto& left : seen.leftovers) {
      if (left.rank == 0) kinds.push_back(left.kind);
      EXPECT_NE(lens::leftover_story(left).find("never freed"), std::string::npos);
    }
    for (const auto kind : {Leftover::Kind::Group, Leftover::Kind::Operator,
                            Leftover::Kind::PersistentRequest, Leftover::Kind::Window}) {
      EXPECT_EQ(std::count(kinds.begin(), kinds.end(), kind), 1);
    }
    EXPECT_EQ(kinds.size(), 4U);
  });
}

TEST(Usage, TypesThatDontFit) {
  on_ranks(2, "an int for a float, a char for a byte; what fits", [](MPI_Comm comm) {
    std::array<double, 4> some{};
    MPI_Datatype column;
    MPI_Type_vector(2, 1, 2, MPI_DOUBLE, &column);
    MPI_Type_commit(&column);
    MPI_Datatype sixteen;
    MPI_Type_contiguous(16, MPI_BYTE, &sixteen);
    MPI_Type_commit(&sixteen);
    if (rank_in(comm) == 0) {
      MPI_Ssend(some.data(), 1, MPI_INT, 1, 0, comm);
      MPI_Send(some.data(), 1, column, 1, 1, comm);
      MPI_Send(some.data(), 2, MPI_DOUBLE, 1, 2, comm);
      MPI_Send(some.data(), 1, MPI_CHAR, 1, 3, comm);
      MPI_Send(some.data(), 16, MPI_BYTE, 1, 4, comm);
    } else {
      MPI_Recv(some.data(), 1, MPI_FLOAT, 0, 0, comm, MPI_STATUS_IGNORE);
      MPI_Recv(some.data(), 2, MPI_DOUBLE, 0, 1, comm, MPI_STATUS_IGNORE);
      MPI_Recv(some.data(), 16, MPI_PACKED, 0, 2, comm, MPI_STATUS_IGNORE);
      MPI_Recv(some.data(), 1, MPI_BYTE, 0, 3, comm, MPI_STATUS_IGNORE);
      MPI_Recv(some.data(), 1, sixteen, 0, 4, comm, MPI_STATUS_IGNORE);
    }
    MPI_Type_free(&column);
    MPI_Type_free(&sixteen);
  }).judge([](const MessageReport& seen) {
    ASSERT_EQ(seen.mismatches.size(), 2U);
    const std::string bytes = lens::mismatch_story(seen.log, seen.mismatches[1]);
    EXPECT_NE(bytes.find("MPI_BYTE fits MPI_BYTE only."), std::string::npos) << bytes;
    const std::string said = lens::mismatch_story(seen.log, seen.mismatches[0]);
    EXPECT_NE(said.find("receives MPI_FLOAT"), std::string::npos) << said;
    EXPECT_NE(said.find("is of MPI_INT."), std::string::npos) << said;
    EXPECT_TRUE(seen.leftovers.empty());
  });
}

TEST(Usage, MemoryUsedTwiceAtOnce) {
  on_ranks(2, "received into what is being sent", [](MPI_Comm comm) {
    std::array<double, 4> some{}, other{};
    const int peer = 1 - rank_in(comm);
    std::array<MPI_Request, 2> requests;
    // The last of what is sent is the first of what comes.
    MPI_Isend(&some[0], 2, MPI_DOUBLE, peer, 0, comm, &requests[0]);
    MPI_Irecv(&some[1], 2, MPI_DOUBLE, peer, 0, comm, &requests[1]);
    MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
    // Read twice, and side by side: all well.
    MPI_Isend(&other[0], 2, MPI_DOUBLE, peer, 1, comm, &requests[0]);
    MPI_Sendrecv(&other[0], 2, MPI_DOUBLE, peer, 2, &other[2], 2, MPI_DOUBLE, peer, 1, comm,
                 MPI_STATUS_IGNORE);
    MPI_Recv(&some[0], 2, MPI_DOUBLE, peer, 2, comm, MPI_STATUS_IGNORE);
    MPI_Wait(&requests[0], MPI_STATUS_IGNORE);
    MPI_Sendrecv_replace(&some[0], 2, MPI_DOUBLE, peer, 3, peer, 3, comm, MPI_STATUS_IGNORE);
  }).judge([](const MessageReport& seen) {
    ASSERT_EQ(seen.overlaps.size(), 2U);  // one on each rank
    EXPECT_EQ(seen.overlaps[0].rank, 0);
    const std::string said = lens::overlap_story(seen.log, seen.overlaps[0]);
    EXPECT_NE(said.find("MPI_Isend"), std::string::npos) << said;
  });
}

TEST(Usage, WrittenToWhileTheyAreSent) {
  on_ranks(2, "a write before the wait, and one behind it", [](MPI_Comm comm) {
    const int peer = 1 - rank_in(comm);
    for (const std::size_t n : {std::size_t{1}, std::size_t{5}, std::size_t{100'000}}) {
      std::vector<double> out(n, 1), in(n);
      MPI_Request requests[2];
      MPI_Isend(out.data(), static_cast<int>(n), MPI_DOUBLE, peer, 0, comm, &requests[0]);
      MPI_Recv(in.data(), static_cast<int>(n), MPI_DOUBLE, peer, 0, comm, MPI_STATUS_IGNORE);
      if (peer == 1) out[n - 1] = 2;  // rank 0 alone
      MPI_Wait(&requests[0], MPI_STATUS_IGNORE);
      out[0] = 3;
      // Two at once, and short ones have one handle in Open MPI; the other order of waiting.
      const int some = static_cast<int>(std::min<std::size_t>(n, 2));
      MPI_Isend(out.data(), some, MPI_DOUBLE, peer, 1, comm, &requests[0]);
      MPI_Isend(in.data(), some, MPI_DOUBLE, peer, 2, comm, &requests[1]);
      MPI_Wait(&requests[1], MPI_STATUS_IGNORE);
      in[0] = 4;
      MPI_Wait(&requests[0], MPI_STATUS_IGNORE);
      out[0] = 4;
      std::vector<double> back(n);
      for (int tag = 1; tag <= 2; ++tag) {
        MPI_Recv(back.data(), some, MPI_DOUBLE, peer, tag, comm, MPI_STATUS_IGNORE);
      }
      MPI_Send_init(out.data(), some, MPI_DOUBLE, peer, 3, comm, &requests[0]);
      for (int turn = 0; turn < 2; ++turn) {
        MPI_Start(&requests[0]);
        MPI_Recv(back.data(), some, MPI_DOUBLE, peer, 3, comm, MPI_STATUS_IGNORE);
        MPI_Wait(&requests[0], MPI_STATUS_IGNORE);
        out[0] += 1;  // between two turns it is the caller's
      }
      MPI_Request_free(&requests[0]);
    }
  }).judge([](const MessageReport& seen) {
    ASSERT_EQ(seen.overwrites.size(), 3U);
    EXPECT_EQ(seen.overwrites[0].rank, 0);
    EXPECT_EQ(seen.overwrites[0].found_by, lens::Call::Wait);
    const std::string said = lens::overwrite_story(seen.log, seen.overwrites[0]);
    EXPECT_NE(said.find("MPI_Isend (usage_mpi_test.cpp:"), std::string::npos) << said;
    EXPECT_NE(said.find("MPI_Wait (usage_mpi_test.cpp:"), std::string::npos) << said;
    EXPECT_TRUE(seen.overlaps.empty());
    EXPECT_TRUE(seen.leftovers.empty());
  });
}

// One window on two ranks, an int on each; what `body` does with it on rank 0.
template <class Body>
std::vector<EpochFault> faults_of(const Body& body) {
  std::vector<EpochFault> faults;
  on_ranks(2, "a window", [&](MPI_Comm comm) {
    int* room = nullptr;
    MPI_Win window;
    MPI_Win_allocate(sizeof(int), 1, MPI_INFO_NULL, comm, &room, &window);
    body(comm, window);
    MPI_Win_free(&window);
  }).judge([&](const MessageReport& seen) {
    EXPECT_TRUE(seen.leftovers.empty());
    for (const auto& misuse : seen.misuses) {
      faults.push_back(misuse.fault);
      EXPECT_NE(lens::misuse_story(misuse).find("usage_mpi_test.cpp:"), std::string::npos);
    }
  });
  return faults;
}

void put_one(MPI_Win window) {
  static const int value = 7;
  MPI_Put(&value, 1, MPI_INT, 1, 0, 1, MPI_INT, window);
}

void expect_faults(const std::vector<EpochFault>& seen, const std::vector<EpochFault>& expected) {
  // Only rank 0 of the world judges; it is no rank of these cases, and says it for all.
  if (harness::mpi::world_rank() == 0) {
    EXPECT_EQ(seen, expected);
  }
}

TEST(Epochs, UsedAsTheyShouldBe) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  MPI_Win_fence(0, window);
                  if (rank_in(comm) == 0) put_one(window);
                  MPI_Win_fence(MPI_MODE_NOSUCCEED, window);
                  if (rank_in(comm) == 0) {
                    MPI_Win_lock(MPI_LOCK_EXCLUSIVE, 1, 0, window);
                    put_one(window);
                    MPI_Win_flush(1, window);
                    MPI_Win_unlock(1, window);
                    MPI_Win_lock_all(0, window);
                    put_one(window);
                    MPI_Win_unlock_all(window);
                  }
                  MPI_Barrier(comm);
                  MPI_Group all, other;
                  const int peer = 1 - rank_in(comm);
                  MPI_Comm_group(comm, &all);
                  MPI_Group_incl(all, 1, &peer, &other);
                  if (rank_in(comm) == 0) {
                    MPI_Win_start(other, 0, window);
                    put_one(window);
                    MPI_Win_complete(window);
                  } else {
                    MPI_Win_post(other, 0, window);
                    MPI_Win_wait(window);
                  }
                  MPI_Group_free(&other);
                  MPI_Group_free(&all);
                }),
                {});
}

TEST(Epochs, PutWithoutOne) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  if (rank_in(comm) == 0) put_one(window);
                }),
                {EpochFault::NoEpoch});
}

TEST(Epochs, PutAfterTheLastFence) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  MPI_Win_fence(0, window);
                  MPI_Win_fence(MPI_MODE_NOSUCCEED, window);
                  if (rank_in(comm) == 0) put_one(window);
                }),
                {EpochFault::NoEpoch});
}

TEST(Epochs, NoClosingFence) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  MPI_Win_fence(0, window);
                  if (rank_in(comm) == 0) put_one(window);
                  MPI_Barrier(comm);
                }),
                {EpochFault::LeftOpen});
}

TEST(Epochs, UnlockedWithoutALock) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  if (rank_in(comm) == 0) MPI_Win_unlock(1, window);
                }),
                {EpochFault::NotOpen});
}

TEST(Epochs, LockedTwiceAndNeverUnlocked) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  if (rank_in(comm) != 0) return;
                  MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);
                  MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);
                }),
                {EpochFault::AlreadyOpen, EpochFault::LeftOpen});
}

TEST(Epochs, AFenceInsideALock) {
  expect_faults(faults_of([](MPI_Comm comm, MPI_Win window) {
                  if (rank_in(comm) == 0) MPI_Win_lock(MPI_LOCK_SHARED, 1, 0, window);
                  MPI_Win_fence(0, window);
                }),
                {EpochFault::AlreadyOpen});
}

}  // namespace
