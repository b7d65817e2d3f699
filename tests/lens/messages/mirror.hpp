// Over several hosts: each host's ranks write their logs into that host's memory (shared.hpp), and
// this keeps all of them alike.
//
//   while a case runs   the first rank of each host sends what is new there over TCP to rank 0,
//                       which passes it on: what proves a hang and tells a rank's last words
//   when a case ends    all logs are exchanged over MPI, before anything is judged
//
// What rank 0 has of another host is old by a moment: of each rank a beginning of its log, and its
// state at that log's end. A hang that is proven from such beginnings is one: the first rank to go
// on behind its beginning would need something that stands in the others'.
//
// A host that says nothing for 10 s, or whose connection ends, is lost; a host that loses rank 0's
// ends its own ranks. On one host nothing here does anything.
#pragma once

#include <mpi.h>

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "lens/messages/event.hpp"

namespace kit::lens {

struct MirrorEvents {
  std::function<void(const std::string& host)> lost;  // on rank 0
  std::function<bool()> nobody_listens;               // on rank 0: is the grader gone?
};

/// Collective over `world`, a communicator of the harness's own. Finds the hosts, connects them.
void start_mirror(MPI_Comm world, MirrorEvents events);
/// Collective: whatever the ranks logged until now is in the memory of every host.
void exchange_logs();
/// Collective.
void stop_mirror();

/// The hosts' names by rank of the world.
const std::vector<std::string>& hosts_of_world();
/// How many there are.
int hosts();
/// Whether logs come over while a case runs: false on one host, and where no connection can be made.
bool mirror_is_live();
/// Held while what came over is written. Who reads states and logs together holds it too.
std::mutex& mirror_lock();

// What comes over, as plain bytes; for its own test.

/// Rank r's news: its events from `first` on, those of before that have changed, its state.
std::string pack_rank(int r, std::uint32_t first);
/// Writes them into this host's memory, unless what is there is newer. False if they make no sense.
bool unpack_rank(const std::string& news);

}  // namespace kit::lens
