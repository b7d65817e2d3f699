// A bench for the harness's own tests: its candidates (probe_candidate.cpp) are right, crash, leave
// or hang, and what is timed takes no time at all.
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"

namespace {

using namespace kit::bench;

Contestant contestant(int (*answer)(), double seconds) {
  Contestant made;
  made.check = [answer] { return answer() == 42 ? "" : "it is not 42"; };
  made.seconds = [seconds](long long runs) { return seconds * static_cast<double>(runs); };
  return made;
}

std::vector<Workload> workloads() {
  Workload work;
  work.text = "an answer";
  work.contestants.push_back(contestant([] { return 42; }, 0.03));
  work.contestants.back().name = "plain";
  work.contestants.back().role = Role::baseline;
  for (Contestant& candidate : candidates([](const Candidate& c) {
         return contestant(c.function<int()>("candidate_answer"), 0.01);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  return {work};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = "area/00-probe";
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
