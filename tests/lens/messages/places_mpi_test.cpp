// Where messages start and end in memory, and the communicators and datatypes that go with it.
#include <gtest/gtest.h>

#include <array>

#include "harness/mpi.hpp"

namespace {

using namespace kit;
using harness::on_ranks;
using lens::Kind;
using lens::MessageReport;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

struct DatatypeOwner {
  explicit DatatypeOwner(MPI_Datatype made) : type(made) { MPI_Type_commit(&type); }
  DatatypeOwner(const DatatypeOwner&) = delete;
  DatatypeOwner& operator=(const DatatypeOwner&) = delete;
  ~DatatypeOwner() { MPI_Type_free(&type); }
  MPI_Datatype type;
};

MPI_Datatype column_type(int rows, int row_length) {
  MPI_Datatype made;
  MPI_Type_vector(rows, 1, row_length, MPI_DOUBLE, &made);
  return made;
}

// A field of 4 rows of 5, and what lies round it.
struct Memory {
  std::array<double, 60> all{};
  double* field = all.data() + 20;
};

TEST(Places, FromTheFirstByteToTheLast) {
  static Memory memory;
  static std::array<std::pair<long, long>, 6> seen_at;
  on_ranks(2, "six shapes", [](MPI_Comm comm) {
    double* const f = memory.field;
    harness::field(f, 20 * sizeof(double));
    if (rank_in(comm) == 1) {
      for (int i = 0; i < 6; ++i) MPI_Recv(f, 20, MPI_DOUBLE, 0, i, comm, MPI_STATUS_IGNORE);
      return;
    }
    MPI_Datatype resized;
    const DatatypeOwner column(column_type(4, 5));
    MPI_Type_create_resized(column.type, 0, sizeof(double), &resized);
    const DatatypeOwner wide(resized);
    const std::array<int, 2> sizes = {4, 5}, parts = {2, 2}, starts = {1, 3};
    MPI_Datatype made;
    MPI_Type_create_subarray(2, sizes.data(), parts.data(), starts.data(), MPI_ORDER_C, MPI_DOUBLE,
                             &made);
    const DatatypeOwner block(made);
    MPI_Send(f + 3, 2, MPI_DOUBLE, 1, 0, comm);
    MPI_Send(f + 1, 1, column.type, 1, 1, comm);
    MPI_Send(f + 2, 3, wide.type, 1, 2, comm);
    MPI_Send(f, 1, block.type, 1, 3, comm);
    MPI_Send(f - 1, 1, MPI_DOUBLE, 1, 4, comm);  // the cell before the field
    MPI_Send(f + 18, 0, MPI_DOUBLE, 1, 5, comm);
  }).judge([](const MessageReport& seen) {
    // Rank 0 of the case is another process: its addresses are looked at relative to its field.
    std::uint64_t base = 0;
    for (const auto& e : seen.log[0]) {
      if (e.kind == Kind::Field) base = e.first;
      if (e.kind != Kind::Send) continue;
      seen_at[static_cast<std::size_t>(e.tag)] = {static_cast<long>(e.first - base) / 8,
                                                  static_cast<long>(e.past - base) / 8};
      if (e.tag == 5) {
        EXPECT_EQ(e.past, 0U);
      }
    }
    EXPECT_EQ(seen_at[0], std::pair(3L, 5L));
    EXPECT_EQ(seen_at[1], std::pair(1L, 17L));
    EXPECT_EQ(seen_at[2], std::pair(2L, 20L));
    EXPECT_EQ(seen_at[3], std::pair(8L, 15L));
    EXPECT_EQ(seen_at[4], std::pair(-1L, 0L));
    ASSERT_EQ(seen.outside.size(), 1U);
    EXPECT_EQ(seen.outside[0].rank, 0);
    EXPECT_TRUE(seen.outside[0].sends);
    EXPECT_EQ(seen.log[0][static_cast<std::size_t>(seen.outside[0].event)].tag, 4);
    const std::string said = lens::outside_story(seen.outside[0]);
    EXPECT_EQ(said.find("Rank 0, MPI_Send to 1 (places_mpi_test.cpp:"), 0U) << said;
    EXPECT_TRUE(seen.leftovers.empty());
  });
}

TEST(Places, APackedCopyIsOutside) {
  on_ranks(2, "a copy is sent, and one received", [](MPI_Comm comm) {
    std::array<double, 8> field{}, copy{};
    harness::field(field.data(), sizeof field);
    const int other = 1 - rank_in(comm);
    MPI_Request request;
    MPI_Irecv(copy.data(), 8, MPI_DOUBLE, other, 0, comm, &request);
    MPI_Send(copy.data(), 8, MPI_DOUBLE, other, 0, comm);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
    MPI_Sendrecv_replace(field.data(), 8, MPI_DOUBLE, other, 1, other, 1, comm, MPI_STATUS_IGNORE);
  }).judge([](const MessageReport& seen) { EXPECT_EQ(seen.outside.size(), 4U); });
}

TEST(Places, PersistentRequestsKnowThem) {
  on_ranks(2, "started twice", [](MPI_Comm comm) {
    std::array<double, 8> field{}, other_place{};
    harness::field(field.data(), sizeof field);
    const int other = 1 - rank_in(comm);
    std::array<MPI_Request, 2> requests;
    MPI_Recv_init(&field[4], 4, MPI_DOUBLE, other, 0, comm, &requests[0]);
    MPI_Ssend_init(&other_place[0], 4, MPI_DOUBLE, other, 0, comm, &requests[1]);
    for (int i = 0; i < 2; ++i) {
      MPI_Startall(2, requests.data());
      MPI_Waitall(2, requests.data(), MPI_STATUSES_IGNORE);
    }
    for (MPI_Request& r : requests) MPI_Request_free(&r);
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.messages, 4);
    EXPECT_EQ(seen.outside.size(), 4U);
    for (const auto& o : seen.outside) EXPECT_TRUE(o.sends);
    EXPECT_TRUE(seen.leftovers.empty());
  });
}

TEST(Cartesian, NeighboursOfAGrid) {
  on_ranks(6, "a 2 x 3 grid", [](MPI_Comm comm) {
    const MPI_Comm grid = harness::cartesian(comm, {2, 3}, {1, 1});
    int left = 0, right = 0, rank = 0;
    MPI_Cart_shift(grid, 1, 1, &left, &right);
    MPI_Comm_rank(grid, &rank);
    int value = rank;
    MPI_Sendrecv_replace(&value, 1, MPI_INT, right, 0, left, 0, grid, MPI_STATUS_IGNORE);
    EXPECT_EQ(value, left);
    MPI_Send(&value, 1, MPI_INT, right, 9, grid);  // never received
  }).judge([](const MessageReport& seen) {
    EXPECT_EQ(seen.messages, 12);
    EXPECT_EQ(seen.rounds, 1);
    EXPECT_TRUE(seen.forbidden.empty());
    EXPECT_EQ(seen.leftovers.size(), 6U);
  });
}

TEST(Types, EveryOneThatIsMadeHasToBeFreed) {
  on_ranks(1, "made, resized, duplicated; one is freed", [](MPI_Comm) {
    const DatatypeOwner column(column_type(4, 5));
    MPI_Datatype resized, same;
    MPI_Type_create_resized(column.type, 0, 8, &resized);
    MPI_Type_dup(resized, &same);
    MPI_Type_commit(&same);
    MPI_Type_commit(&same);
  }).judge([](const MessageReport& seen) {
    ASSERT_EQ(seen.leftovers.size(), 2U);
    for (const auto& left : seen.leftovers) EXPECT_EQ(left.kind, lens::Leftover::Kind::Datatype);
  });
}

}  // namespace
