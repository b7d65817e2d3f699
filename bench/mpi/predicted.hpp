// What an MPI exercise's answer would take where every rank has a core of its own: one call on 3 to
// 64 ranks, its messages counted and replayed with one port a rank. 15 us before the first byte and
// 12.5 GB/s after it, as between hosts of a cluster; computing is free. No clock is read, so 64
// ranks on 2 cores will do. What a library's own collectives send can't be seen so.
//
// Run by `kit bench ID`: one JSON object a line for each `what` in the file KIT_PREDICTED_OUT (see
// Prediction in grader/bench_curves.hpp). Without it a table is printed:
//
//   ninja -C build mpi.05-exclusive-scan.predicted mpi.05-exclusive-scan.solution.bench
//   KIT_CANDIDATE_REFERENCE=build/suites/mpi/05-exclusive-scan/solution/candidate.so
//   build/bench/mpi/05-exclusive-scan/predicted
#pragma once

#include <mpi.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "bench/harness/candidate.hpp"
#include "harness/mpi.hpp"
#include "harness/report.hpp"
#include "lens/messages/replay.hpp"

namespace kit::bench {

inline constexpr double kLatency = 15e-6;
inline constexpr double kSecondsPerByte = 1 / 12.5e9;

/// `call` runs the function on messages made for `bytes` bytes on each rank (0: its messages are
/// all as small as can be); the times for other sizes follow from the same messages.
inline void predict(const std::string& what, std::size_t bytes,
                    const std::function<void(MPI_Comm)>& call) {
  struct Size {
    const char* name;
    double bytes;
  };
  constexpr Size kSizes[] = {
      {"8 B", 8}, {"64 KiB", 65536}, {"1 MiB", 1 << 20}, {"16 MiB", 16 << 20}};
  nlohmann::json kept{{"what", what}, {"times", nlohmann::json::array()}};
  for (const Size& size : kSizes) {
    if (bytes > 0 || size.bytes == 8)
      kept["times"].push_back(
          {{"bytes", bytes > 0 ? size.bytes : 0}, {"seconds", nlohmann::json::array()}});
  }
  if (harness::mpi::world_rank() == 0) {
    std::printf("%s\n\n  ranks  rounds  messages  most sent by a rank", what.c_str());
    if (bytes == 0) std::printf("      time");
    for (const Size& size : kSizes) {
      if (bytes > 0) std::printf("  %11s", size.name);
    }
    std::printf("\n");
  }
  for (const int p : {3, 4, 5, 6, 7, 8, 9, 16, 32, 64}) {
    harness::on_ranks(p, what, [&](MPI_Comm comm) {
      harness::under_test([&] { call(comm); });
    }).judge([&](const lens::MessageReport& seen) {
      const lens::Matches matches = lens::match(seen.log);
      int messages = 0;
      std::int64_t most = 0;
      for (const auto& total : seen.totals) {
        messages = std::max(messages, total.sent);
        most = std::max(most, total.bytes_sent);
      }
      std::printf("  %5d  %6d  %8d  %2d", p, seen.rounds, seen.messages, messages);
      if (bytes > 0) {
        std::printf(" with %4.1f n    ", static_cast<double>(most) / static_cast<double>(bytes));
      } else {
        std::printf("               ");
      }
      kept["ranks"].push_back(p);
      kept["rounds"].push_back(seen.rounds);
      kept["messages"].push_back(seen.messages);
      for (nlohmann::json& times : kept["times"]) {
        const double scale =
            bytes > 0 ? times["bytes"].get<double>() / static_cast<double>(bytes) : 0;
        const lens::Network network{kLatency, kSecondsPerByte * scale};
        const double seconds = lens::replay(seen.log, matches, network).end;
        times["seconds"].push_back(seconds);
        std::printf(bytes == 0 ? "    %7.0f us" : "  %8.0f us", 1e6 * seconds);
      }
      std::printf("\n");
    });
  }
  if (harness::mpi::world_rank() != 0) return;
  std::printf("\n");
  if (const char* file = std::getenv("KIT_PREDICTED_OUT"))
    std::ofstream(file, std::ios::app) << kept.dump() << "\n";
}

/// The same for `name`, a function that candidates export: `call` runs it.
template <class Function>
void predict_candidates(const char* name, std::size_t bytes,
                        const std::function<void(Function*, MPI_Comm)>& call) {
  for (const Role role : {Role::yours, Role::reference}) {
    const std::optional<Candidate> candidate = Candidate::load(role);
    if (!candidate) continue;
    ASSERT_EQ(candidate->error(), "");
    Function* const function = candidate->function<Function>(name);
    predict(kit::bench::name(role), bytes, [&](MPI_Comm comm) { call(function, comm); });
  }
}

}  // namespace kit::bench
