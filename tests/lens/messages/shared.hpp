// The memory that all ranks of a suite share: each rank's log of the case that runs, what it does
// now, and one place for a rank's last words. Rank 0 reads all of it, at any time and without MPI.
// Over several hosts each has such a memory, and mirror.hpp keeps them alike.
#pragma once

#include <atomic>
#include <string>

#include "lens/messages/event.hpp"

namespace kit::lens {

inline constexpr int kMaxRanks = 64;
inline constexpr std::uint32_t kMaxEvents = 1 << 15;

inline constexpr int kBetweenCases = -1;

struct SharedRank {
  std::atomic<int> case_number;        // of the case that the rest belongs to, or kBetweenCases
  std::atomic<std::uint64_t> version;  // grows with every event and every change of state
  std::atomic<State> state;
  std::atomic<int> arrivals;
  std::atomic<std::uint32_t> count;
  std::atomic<bool> overflow;              // more than kMaxEvents: the log is cut off
  std::atomic<int> delays;                 // how often it was held up (Conditions::delays)
  std::atomic<int> clock_reads;            // calls of MPI_Wtime
  std::atomic<std::uint64_t> asked_world;  // where it asked for its rank in the world; 0: nowhere
  Blocked blocked;
  Event events[kMaxEvents];
};

/// Why a rank can't go on to the end of the test; rank 0 tells it on. Written by one rank alone,
/// the first.
struct LastWords {
  enum class Kind : int { Signal, Abort, Error };
  std::atomic<int> state;  // 0 nobody, 1 being written, 2 written, 3 told
  Kind kind;
  int rank;            // of the case, or -1
  int signal;          // Signal
  std::uint64_t site;  // the MPI call that the rank was in, 0 if none
  Call call;
  char text[256];  // Error: MPI's own words
  int frames;
  std::uint64_t frame[32];  // Signal: the stack, from the start of the program
};

struct Shared {
  std::atomic<int> ranks;    // of the running case; 0: none
  std::atomic<int> changes;  // grows when a case begins or ends
  std::atomic<int> case_number;
  LastWords last_words;
  SharedRank rank[kMaxRanks];  // by rank of the case; mapped for as many as there are
};

/// Opens the memory: on each host its first rank makes a file, all there map it, and its name is gone
/// before this returns. Collective over world. Must be called between MPI_Init and the first case.
void open_shared(int world_rank, int world_size);
/// Ranks of the case whose memory this is; on one host all are.
bool is_here(int case_rank);
Shared& shared();
bool shared_is_open();

/// The log of the running case, or of the last one, as plain values. Consistent if versions()
/// doesn't change.
Log read_log(int ranks);
std::vector<RankState> read_states(int ranks);
std::vector<std::uint64_t> versions(int ranks);

/// A return address as all ranks can read it (each rank is loaded elsewhere), and its line:
/// "broadcast.cpp:17".
std::uint64_t site_of(const void* return_address);
const void* address_of(std::uint64_t site);
std::string where(std::uint64_t site);
struct SourcePlace {
  std::string file;
  int line = 0;
};
SourcePlace place(std::uint64_t site);

}  // namespace kit::lens
