// The lens on MPI programs of known behaviour, on 8 ranks: what the wrappers write down of each
// kind of call. Started plainly this program starts itself under mpirun.
#include <gtest/gtest.h>

#include <array>

#include "harness/mpi.hpp"

namespace {

using namespace kit;
using harness::on_ranks;
using lens::MessageReport;

struct Place {
  explicit Place(MPI_Comm comm) {
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    right = (rank + 1) % size;
    left = (rank + size - 1) % size;
  }
  int rank = 0, size = 0, right = 0, left = 0;
};

void expect_ring(const MessageReport& seen, int rounds = 1) {
  EXPECT_EQ(seen.messages, seen.ranks);
  EXPECT_EQ(seen.rounds, rounds);
  EXPECT_FALSE(seen.stuck);
  EXPECT_TRUE(seen.races.empty());
  EXPECT_TRUE(seen.leftovers.empty());
  EXPECT_TRUE(seen.forbidden.empty());
  for (const auto& total : seen.totals) {
    EXPECT_EQ(total.bytes_sent, 8);
    EXPECT_EQ(total.bytes_received, 8);
  }
}

TEST(Wrappers, Sendrecv) {
  on_ranks(8, "ring", [](MPI_Comm comm) {
    const Place me(comm);
    const double out = me.rank;
    double in = -1;
    MPI_Sendrecv(&out, 1, MPI_DOUBLE, me.right, 0, &in, 1, MPI_DOUBLE, me.left, 0, comm,
                 MPI_STATUS_IGNORE);
    EXPECT_EQ(in, me.left);
  }).judge([](const MessageReport& seen) { expect_ring(seen); });
}

TEST(Wrappers, IsendIrecvWaitall) {
  on_ranks(5, "ring", [](MPI_Comm comm) {
    const Place me(comm);
    const double out = me.rank;
    double in = -1;
    std::array<MPI_Request, 2> requests;
    MPI_Irecv(&in, 1, MPI_DOUBLE, me.left, 0, comm, &requests[0]);
    MPI_Isend(&out, 1, MPI_DOUBLE, me.right, 0, comm, &requests[1]);
    MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
    EXPECT_EQ(in, me.left);
  }).judge([](const MessageReport& seen) { expect_ring(seen); });
}

TEST(Wrappers, PersistentAndTestLoop) {
  on_ranks(4, "ring", [](MPI_Comm comm) {
    const Place me(comm);
    const double out = me.rank;
    double in = -1;
    std::array<MPI_Request, 2> requests;
    MPI_Recv_init(&in, 1, MPI_DOUBLE, me.left, 0, comm, &requests[0]);
    MPI_Send_init(&out, 1, MPI_DOUBLE, me.right, 0, comm, &requests[1]);
    MPI_Startall(2, requests.data());
    for (int over = 0; over == 0;) MPI_Testall(2, requests.data(), &over, MPI_STATUSES_IGNORE);
    EXPECT_EQ(in, me.left);
    for (MPI_Request& r : requests) MPI_Request_free(&r);
  }).judge([](const MessageReport& seen) { expect_ring(seen); });
}

TEST(Wrappers, StartallOfNothing) {
  on_ranks(2, "no requests", [](MPI_Comm) {
    EXPECT_EQ(MPI_Startall(0, nullptr), MPI_SUCCESS);
    EXPECT_EQ(MPI_Waitall(0, nullptr, MPI_STATUSES_IGNORE), MPI_SUCCESS);
  }).judge([](const MessageReport& seen) { EXPECT_EQ(seen.messages, 0); });
}

TEST(Wrappers, SendsBeforeReceivesAreStuckInTheReplayAndNotHere) {
  on_ranks(3, "ring of 100,000 doubles", [](MPI_Comm comm) {
    const Place me(comm);
    std::vector<double> out(100'000, me.rank), in(100'000);
    MPI_Send(out.data(), 100'000, MPI_DOUBLE, me.right, 0, comm);
    MPI_Recv(in.data(), 100'000, MPI_DOUBLE, me.left, 0, comm, MPI_STATUS_IGNORE);
    EXPECT_EQ(in.back(), me.left);
  }).judge([](const MessageReport& seen) {
    ASSERT_TRUE(seen.stuck);
    EXPECT_EQ(seen.stuck->circle, (std::vector<int>{0, 1, 2}));
    EXPECT_NE(lens::hang_story(*seen.stuck).find("MPI_Send to 1   messages_mpi_test.cpp:"),
              std::string::npos);
  });
}

TEST(Wrappers, MatchedProbeAndWaitany) {
  on_ranks(2, "probe", [](MPI_Comm comm) {
    const Place me(comm);
    if (me.rank == 0) {
      for (const int value : {1, 2}) MPI_Ssend(&value, 1, MPI_INT, 1, value, comm);
      return;
    }
    MPI_Message message;
    MPI_Status status;
    MPI_Mprobe(0, 1, comm, &message, &status);
    int first = 0, second = 0, which = -1;
    MPI_Mrecv(&first, 1, MPI_INT, &message, MPI_STATUS_IGNORE);
    std::array<MPI_Request, 2> requests = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
    MPI_Irecv(&second, 1, MPI_INT, MPI_ANY_SOURCE, 2, comm, &requests[1]);
    MPI_Waitany(2, requests.data(), &which, MPI_STATUS_IGNORE);
    EXPECT_EQ(first + second * 10 + which * 100, 121);
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.messages, 2);
    EXPECT_EQ(seen.rounds, 2);
    EXPECT_TRUE(seen.leftovers.empty());
    EXPECT_FALSE(seen.stuck);
  });
}

TEST(Wrappers, NobodyIsNoMessage) {
  on_ranks(2, "MPI_PROC_NULL", [](MPI_Comm comm) {
    int value = 0;
    std::array<MPI_Request, 2> requests;
    MPI_Isend(&value, 1, MPI_INT, MPI_PROC_NULL, 0, comm, &requests[0]);
    MPI_Irecv(&value, 1, MPI_INT, MPI_PROC_NULL, 0, comm, &requests[1]);
    MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.messages, 0);
    EXPECT_TRUE(seen.leftovers.empty());
  });
}

TEST(Wrappers, WhatIsLeftBehindDoesNotReachTheNextCase) {
  on_ranks(2, "an unread message, an open receive, a datatype, a communicator", [](MPI_Comm comm) {
    const Place me(comm);
    static int value, room;
    value = 1;
    MPI_Send(&value, 1, MPI_INT, me.right, 3, comm);
    MPI_Request never;
    MPI_Irecv(&room, 1, MPI_INT, me.left, 4, comm, &never);
    MPI_Datatype type;
    MPI_Type_contiguous(3, MPI_INT, &type);
    MPI_Comm copy;
    MPI_Comm_dup(comm, &copy);
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.leftovers.size(), 8U);  // four on each rank
    ASSERT_EQ(seen.forbidden.size(), 1U);
    EXPECT_EQ(seen.forbidden[0].call, lens::Call::Comm_dup);
    EXPECT_EQ(seen.forbidden[0].ranks, (std::vector<int>{0, 1}));
  });
  on_ranks(2, "clean", [](MPI_Comm comm) {
    int there = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, comm, &there, MPI_STATUS_IGNORE);
    EXPECT_EQ(there, 0);
  }).judge([](const MessageReport& seen) { EXPECT_TRUE(seen.leftovers.empty()); });
}

TEST(Harness, ARankThatLeavesEarlyHoldsNobodyUp) {
  int meetings = 0;
  on_ranks(4, "rank 2 leaves", [&](MPI_Comm comm) {
    if (Place(comm).rank == 2) return;
    harness::meet();
    ++meetings;
  });
  EXPECT_EQ(meetings, 0);
}

TEST(Harness, RanksAreTheLastOfTheWorldInReverse) {
  on_ranks(3, "order", [](MPI_Comm comm) {
    int world = 0;
    PMPI_Comm_rank(MPI_COMM_WORLD, &world);
    EXPECT_EQ(Place(comm).rank, 7 - world);
  });
}

}  // namespace
