// Cases of an MPI suite. One mpirun of KIT_RANKS ranks runs the whole suite; every rank walks
// through every test, and a case with p ranks runs on the p last of them in reverse order, so that
// rank 0 of the world is rank 7 of 8 or absent.
//
//   TEST(Cost, LogarithmicRounds) {
//     harness::on_ranks(8, "64 bytes from rank 0", [](MPI_Comm comm) {
//       harness::under_test([&] { kit::broadcast(data, 0, comm); });
//       if (data is wrong) harness::fail(harness::case_input(), "byte 3 is 0, ...");
//     }).judge([](const lens::MessageReport& seen) {
//       ... on rank 0 of the world alone, and only if no rank has failed
//     });
//   }
//
// Each case has a fresh communicator. After the first case that failed on any rank, a test's other
// cases are skipped on all: nobody waits for a rank that has gone.
#pragma once

#include <mpi.h>

#include <functional>
#include <string>
#include <vector>

#include "lens/messages/conditions.hpp"
#include "lens/messages/report.hpp"

#ifdef KIT_RANKS
// main() is compiled once for all suites; here each tells it how many ranks it wants.
extern "C" {
[[gnu::used]] inline const int kit_suite_ranks = KIT_RANKS;
}
#endif

namespace kit::harness {

class Case {
 public:
  Case(int ranks, bool judged) : ranks_(ranks), judged_(judged) {}
  /// Calls `f` with what the lens saw: on world rank 0, if all ranks went through the case without
  /// a failure.
  const Case& judge(const std::function<void(const lens::MessageReport&)>& f) const;

 private:
  int ranks_;
  bool judged_;
};

/// Runs `body` on `p` ranks. `what` is the input in a few words, for messages: "8 ranks, " is put
/// before it. `conditions` sets a clock of the lens's own, or disturbs the run:
/// on_ranks(2, "...", body, {.clock = Clock{.latency_up = 2.5e-3}}), {.delays = 17}, {.late = {2}}.
Case on_ranks(int p, const std::string& what, const std::function<void(MPI_Comm)>& body,
              const lens::Conditions& conditions = {});

// Within the body:

/// The function under test is called inside `f`, once. Barriers and numbers of calls are told by
/// it.
void under_test(const std::function<void()>& f);

/// Waits until all ranks of the case have come here. If one has left the case (it failed, or an
/// exception came), the others leave it here too.
void meet();

/// Messages are to come from this memory and to go to it, without copies. More than one may be named.
/// Those that don't are in MessageReport::outside.
void field(const void* data, std::size_t bytes);

/// A Cartesian communicator of the case's ranks in their order (their number is the product of
/// `dims`). Freed at the end of the case. The lens knows it and doesn't count it as the function's.
MPI_Comm cartesian(MPI_Comm comm, const std::vector<int>& dims, const std::vector<int>& periodic);

/// In judge(): writes the run down as a picture, which `kit show ID --messages` draws, and returns the
/// name of its file for Evidence::picture. `key` tells the pictures of a suite apart. Nothing outside
/// the grader.
std::string draw(const lens::MessageReport& seen, const std::string& key);

/// If one of the case's `ranks` asked for its rank in MPI_COMM_WORLD: a new line, where, and what the
/// case's ranks are there; else empty.
std::string world_note(int ranks);

/// "8 ranks, 64 bytes from rank 0"
std::string case_input();

/// The case's result is wrong: fails the running test. Outside of Correct it says first that what the
/// test is about was not judged.
void wrong_result(const std::string& wrong);

/// One byte from each rank to each other, with the first tag that is the caller's, sent before the
/// function under test is called and to be found after it. Not in the log.
class CallersMessages {
 public:
  explicit CallersMessages(MPI_Comm comm);
  /// Receives them; for each rank whose message isn't there any more, its number.
  std::vector<int> missing();

 private:
  MPI_Comm comm_;
  int rank_ = 0, size_ = 0;
};

// For main().
namespace mpi {
void start();  // after MPI_Init
/// Over several hosts: `lost` is told on rank 0 of one that answers no more; once `nobody_listens`
/// all ranks end.
void connect_hosts(std::function<void(const std::string& host)> lost,
                   std::function<bool()> nobody_listens);
bool agree_on_test_end(bool failed);  // true if any rank failed; collective
void forget_test();                   // the next test begins
void finish();
int world_rank();
int case_rank();  // of this rank in the running case, or -1
int case_size();
MPI_Comm harness_communicator();
/// A hang or a rank's last words: the text, and whether it is a signal's (then its frames are in
/// the shared memory).
void on_end(std::function<void(const std::string& input, const std::string& story)> told);
}  // namespace mpi

}  // namespace kit::harness
