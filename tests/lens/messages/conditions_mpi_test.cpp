// What a suite can ask for: the lens's own clock, synchronous sends, delays, ranks that come late.
#include <gtest/gtest.h>

#include <array>
#include <ctime>

#include "harness/mpi.hpp"
#include "lens/messages/shared.hpp"

namespace {

using namespace kit;
using harness::on_ranks;
using lens::Clock;
using lens::MessageReport;

constexpr double kMiB = 1 << 20;

int rank_in(MPI_Comm comm) {
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  return rank;
}

// Seconds that one round trip of n bytes takes on rank 0's clock.
double round_trip(MPI_Comm comm, int n, int other = 1) {
  std::vector<char> bytes(static_cast<std::size_t>(n));
  const double begin = MPI_Wtime();
  if (rank_in(comm) == 0) {
    MPI_Send(bytes.data(), n, MPI_CHAR, other, 0, comm);
    MPI_Recv(bytes.data(), n, MPI_CHAR, other, 0, comm, MPI_STATUS_IGNORE);
  } else if (rank_in(comm) == other) {
    MPI_Recv(bytes.data(), n, MPI_CHAR, 0, 0, comm, MPI_STATUS_IGNORE);
    MPI_Send(bytes.data(), n, MPI_CHAR, 0, 0, comm);
  }
  return MPI_Wtime() - begin;
}

const Clock kPlain{.latency_up = 2.5e-3, .latency_down = 1.5e-3, .seconds_per_byte = 1e-3 / kMiB};

TEST(Clock, MessagesCarryTheTime) {
  on_ranks(2, "round trips",
           [](MPI_Comm comm) {
             for (const int n : {0, 1 << 20}) {
               const double expected = 4e-3 + 2e-3 * n / kMiB + 100e-9;
               const double seen = round_trip(comm, n);
               if (rank_in(comm) == 0) {
                 EXPECT_NEAR(seen, expected, 1e-12);
               }
             }
           },
           {.clock = kPlain});
}

TEST(Clock, FirstAndSomeMessagesAreLate) {
  Clock clock = kPlain;
  clock.first_late = 50e-3;
  clock.some_late = 30e-3;
  on_ranks(2, "24 round trips",
           [](MPI_Comm comm) {
             for (int i = 1; i <= 24; ++i) {
               const double late = i == 1 ? 100e-3 : i == 8 || i == 13 || i == 24 ? 30e-3 : 0;
               const double seen = round_trip(comm, 0);
               if (rank_in(comm) == 0) {
                 EXPECT_NEAR(seen, 4e-3 + late + 100e-9, 1e-12) << i;
               }
             }
           },
           {.clock = clock});
}

TEST(Clock, RanksClocksAreSecondsApart) {
  Clock clock = kPlain;
  clock.skewed = true;
  on_ranks(8, "one reading",
           [](MPI_Comm comm) {
             constexpr std::array kSkews = {0.0, -3.25, 11.5, 0.75, -20.0, 5.0, 100.0, -7.0};
             EXPECT_NEAR(MPI_Wtime(), 1000 + kSkews[static_cast<std::size_t>(rank_in(comm))], 1e-6);
           },
           {.clock = clock})
      .judge(
          [](const MessageReport& seen) { EXPECT_EQ(seen.clock_reads, std::vector<int>(8, 1)); });
}

// Every way to send and to receive has to carry the time.
TEST(Clock, EveryKindOfCall) {
  const auto trip = [](const auto& send, const auto& receive) {
    on_ranks(2, "one message",
             [&](MPI_Comm comm) {
               static int value;
               value = 0;
               if (rank_in(comm) == 0) {
                 send(&value, comm);
                 return;
               }
               const double begin = MPI_Wtime();
               receive(&value, comm);
               EXPECT_NEAR(MPI_Wtime() - begin, 2.5e-3 + 4e-3 / kMiB,
                           4e-7);  // three readings at most
             },
             {.clock = kPlain});
  };
  const auto send = [](int* v, MPI_Comm c) { MPI_Send(v, 1, MPI_INT, 1, 0, c); };
  const auto receive = [](int* v, MPI_Comm c) {
    MPI_Recv(v, 1, MPI_INT, 0, 0, c, MPI_STATUS_IGNORE);
  };
  trip(send, receive);
  trip([](int* v, MPI_Comm c) { MPI_Ssend(v, 1, MPI_INT, 1, 0, c); }, receive);
  trip(
      [](int* v, MPI_Comm c) {
        MPI_Request request;
        MPI_Issend(v, 1, MPI_INT, 1, 0, c, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
      },
      receive);
  trip(
      [](int* v, MPI_Comm c) {
        MPI_Request request;
        MPI_Send_init(v, 1, MPI_INT, 1, 0, c, &request);
        MPI_Start(&request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        MPI_Request_free(&request);
      },
      receive);
  trip(
      [](int* v, MPI_Comm c) {
        MPI_Sendrecv(v, 1, MPI_INT, 1, 0, v, 1, MPI_INT, MPI_PROC_NULL, 0, c, MPI_STATUS_IGNORE);
      },
      receive);
  trip(send, [](int* v, MPI_Comm c) {
    MPI_Recv(v, 1, MPI_INT, MPI_ANY_SOURCE, MPI_ANY_TAG, c, MPI_STATUS_IGNORE);
  });
  trip(send, [](int* v, MPI_Comm c) {
    MPI_Request request;
    MPI_Irecv(v, 1, MPI_INT, 0, 0, c, &request);
    for (int over = 0; over == 0;) MPI_Test(&request, &over, MPI_STATUS_IGNORE);
  });
  trip(send, [&](int* v, MPI_Comm c) {
    MPI_Probe(0, 0, c, MPI_STATUS_IGNORE);
    const double seen = MPI_Wtime();
    receive(v, c);
    EXPECT_NEAR(MPI_Wtime() - seen, 100e-9, 1e-12);  // the probe has waited already
    MPI_Sendrecv_replace(v, 1, MPI_INT, MPI_PROC_NULL, 0, MPI_PROC_NULL, 0, c, MPI_STATUS_IGNORE);
  });
}

TEST(Clock, OneAfterTheOtherThroughThePort) {
  on_ranks(3, "1 MiB to each",
           [](MPI_Comm comm) {
             std::vector<char> bytes(1 << 20);
             const double begin = MPI_Wtime();
             if (rank_in(comm) == 0) {
               for (const int to : {1, 2}) MPI_Send(bytes.data(), 1 << 20, MPI_CHAR, to, 0, comm);
               EXPECT_NEAR(MPI_Wtime() - begin, 100e-9, 1e-12);
               return;
             }
             MPI_Recv(bytes.data(), 1 << 20, MPI_CHAR, 0, 0, comm, MPI_STATUS_IGNORE);
             EXPECT_NEAR(MPI_Wtime() - begin, 2.5e-3 + rank_in(comm) * 1e-3, 2e-7);
           },
           {.clock = kPlain});
}

TEST(Clock, IsTheMachinesWithoutOne) {
  on_ranks(2, "0.2 ms of work", [](MPI_Comm) {
    const double begin = MPI_Wtime();
    EXPECT_LT(MPI_Wtick(), 1e-3);
    while (MPI_Wtime() - begin < 200e-6) {
    }
    EXPECT_GE(MPI_Wtime() - begin, 200e-6);
  }).judge([](const MessageReport& seen) { EXPECT_GE(seen.clock_reads[0], 3); });
}

// A standard send really waits then: its receive is posted only when the sender's token, which goes
// another way and later, is there.
TEST(Synchronous, SendsWait) {
  for (const bool synchronous : {false, true}) {
    on_ranks(2, "a small message",
             [&](MPI_Comm comm) {
               int value = 7;
               if (rank_in(comm) == 0) {
                 MPI_Send(&value, 1, MPI_INT, 1, 0, comm);
                 MPI_Request request;
                 MPI_Isend(&value, 1, MPI_INT, 1, 1, comm, &request);
                 int over = 0;
                 for (int i = 0; i < 20 && over == 0; ++i)
                   MPI_Test(&request, &over, MPI_STATUS_IGNORE);
                 EXPECT_EQ(over != 0, !synchronous);
                 PMPI_Send(&value, 1, MPI_INT, 1, 30'000, comm);
                 if (over == 0) MPI_Wait(&request, MPI_STATUS_IGNORE);
               } else {
                 MPI_Recv(&value, 1, MPI_INT, 0, 0, comm, MPI_STATUS_IGNORE);
                 PMPI_Recv(&value, 1, MPI_INT, 0, 30'000, comm, MPI_STATUS_IGNORE);
                 MPI_Recv(&value, 1, MPI_INT, 0, 1, comm, MPI_STATUS_IGNORE);
               }
             },
             {.synchronous = synchronous})
        .judge([](const MessageReport& seen) { EXPECT_EQ(seen.messages, 2); });
  }
}

double seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// How often each of 4 ranks was held up in a ring of 200 messages.
std::vector<int> held_up(std::uint64_t seed) {
  std::vector<int> times;
  on_ranks(4, "200 messages round the ring",
           [](MPI_Comm comm) {
             const int rank = rank_in(comm);
             for (int i = 0; i < 200; ++i) {
               int value = i;
               MPI_Sendrecv_replace(&value, 1, MPI_INT, (rank + 1) % 4, 0, (rank + 3) % 4, 0, comm,
                                    MPI_STATUS_IGNORE);
             }
           },
           {.delays = seed})
      .judge([&](const MessageReport& seen) {
        EXPECT_EQ(seen.messages, 800);
        EXPECT_EQ(seen.rounds, 200);
        EXPECT_FALSE(seen.stuck);
        for (int r = 0; r < 4; ++r) times.push_back(lens::shared().rank[r].delays.load());
      });
  return times;
}

TEST(Delays, AQuarterOfAllCallsInTheSamePlacesEachTime) {
  const auto first = held_up(17), again = held_up(17), other = held_up(18), none = held_up(0);
  EXPECT_EQ(first, again);
  if (harness::mpi::world_rank() != 0) return;  // rank 0 alone has read them
  EXPECT_NE(first, other);
  EXPECT_EQ(none, std::vector<int>(4, 0));
  for (const int n : first) EXPECT_NEAR(n, 100, 40);  // of 400 posts
}

TEST(Late, TheseRanksEnterAfterTheOthers) {
  on_ranks(3, "an empty function",
           [](MPI_Comm comm) {
             harness::meet();
             const double begin = seconds();
             double entered = 0;
             harness::under_test([&] { entered = seconds(); });
             if (rank_in(comm) == 1) {
               EXPECT_GE(entered - begin, 3e-3);
             }
           },
           {.late = {1}});
}

}  // namespace
