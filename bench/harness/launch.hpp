// main() of a bench.
//
// What is measured runs in a child process, one for each part (an mpi bench has parts with
// different numbers of ranks, each started under mpirun). So a submission that crashes, leaves or
// hangs costs its own row and not the bench: the part runs again without it, and its row says why.
//
//   KIT_CANDIDATE_YOURS, KIT_CANDIDATE_REFERENCE   the libraries to load; either may be unset
//   KIT_BENCH_OUT       a file for the result, one JSON object (result.hpp); without it a table is
//   printed KIT_BENCH_SECONDS   about how long the measuring takes, 4 if unset; under 1 for a quick
//   look KIT_RUN_DIRECTORY   where files may be made, if the bench makes any; else the directory of
//   the program
//
// Exit code: 0 when all that could be measured was, 1 when nothing could (the reason is on standard
// error).
#pragma once

#include <string>
#include <vector>

#include "bench/harness/pairs.hpp"

namespace kit::bench {

struct MissingPeer {
  std::string name, package;
};

struct Part {
  int ranks = 0;  // 0: an ordinary process; else under mpirun
  double share = 1;
  std::function<std::vector<Workload>()> workloads;
};

struct Bench {
  std::string exercise;
  std::vector<Part> parts;
  std::vector<MissingPeer> missing_peers = {};
  std::vector<std::string> notes = {};
  // Round what a part does in its process: MPI_Init and MPI_Finalize; gives this process's rank to
  // `body`.
  std::function<void(const std::function<void(int rank)>& body)> around = {};
};

int run(const Bench& bench, int argc, char** argv);

// Where the bench may make files: see KIT_RUN_DIRECTORY above.
std::string scratch_directory();

}  // namespace kit::bench
