// What mpirun, srun and their daemons print when they fail, as causes in the kit's words. Each line
// was seen in Open MPI 4.1 and Slurm 22.05.
#include <fmt/format.h>

#include <array>
#include <regex>

#include "launch.hpp"

namespace kit {

namespace {

struct Cause {
  const char* pattern;  // $1 and $2 go into {0} and {1}
  const char* words;
};

const std::array<Cause, 23> kCauses = {{
    {R"(kit: (the launcher doesn't say which rank.*))", "{0}"},
    {R"(kit: (the launcher started \d+ ranks.*))",
     "{0}\nUnder Slurm, is it --mpi=pmix? Without it each rank is a job of its own."},
    {R"(kit: (rank 0 runs on .*))", "{0}"},
    {R"(kit: (\S+) doesn't answer any more)", "{0} doesn't answer any more."},
    // Before what srun says when the kit ends it because of that.
    {R"(srun: (?:job \d+ )?(queued and waiting for resources))",
     "Slurm has no free nodes now: {0}.\nWhich are free?   sinfo"},
    {R"(CANCELLED AT \S+ DUE TO TIME LIMIT)",
     "The allocation's time is over.\nAsk for more:   salloc -t 30"},
    {R"(STEP \S+ ON (\S+) CANCELLED AT \S+ DUE TO NODE (?:FAILURE|\S+))",
     "A node of the allocation failed ({0})."},
    {R"([Jj]ob allocation \d+ has been revoked)", "The allocation has ended."},
    {R"(Job/step already completing or completed)", "The allocation has ended."},
    {R"(srun: error: Node failure on (\S+))", "Node {0} failed."},
    {R"(srun: .*(Requested nodes are busy))",
     "Slurm has no free nodes now: {0}.\nWhich are free?   sinfo"},
    {R"((?:Unable to (?:create step|confirm allocation)|Invalid job id|Expired or invalid job).*)",
     "Slurm gives no step: {0}\nIs the allocation still there?   squeue --me"},
    {R"(srun: error: (?:Unable to allocate resources): (.*))",
     "Slurm gives no nodes: {0}\nWhich are free?   sinfo"},
    {R"(execve\(\): ([^:\n]+): No such file)",
     "{0} is not there on a node.\nThe clone and its build must be where every node sees them."},
    {R"((?:unable to find the specified executable|was not found)[\s\S]*?Node:\s+(\S+)[\s\S]*?Executable:\s+(\S+))",
     "{1} is not there on {0}.\nThe clone and its build must be where every node sees them."},
    {R"(env: \D*?(/[-./\w]*)\D*: No such file or directory)",
     "{0} is not there on a node.\nThe clone and its build must be where every node sees them."},
    {R"(lost communication with a remote daemon[\s\S]*?Remote daemon:.*on node (\S+))",
     "mpirun's daemon on {0} has gone, or the way to it."},
    {R"(ORTE daemon has unexpectedly failed after launch|unable to reliably start one or more daemons)",
     "mpirun can't start its daemons on all hosts.\nDoes   ssh HOST true   work without a "
     "password?"},
    {R"(process rank (\d+) with PID \d+ on node (\S+) exited on signal 9)",
     "Rank {0} on {1} was killed from outside (SIGKILL: by somebody, or for lack of memory)."},
    {R"(srun: error: (\S+): tasks? (\S+): Killed)",
     "Rank {1} on {0} was killed from outside (SIGKILL: by somebody, or for lack of memory)."},
    {R"((JOB|STEP) \S+ ON \S+ CANCELLED AT)",
     "The allocation has ended, or its step was cancelled.\nIs it still there?   squeue --me"},
    {R"((?:not enough slots available))", "mpirun has not enough slots on these hosts."},
    {R"(srun: error: ((?!.*Exited with).*))", "Slurm: {0}"},
}};

}  // namespace

std::string launcher_trouble(const std::string& output) {
  // A submission may print a great deal; what the launcher says of its end comes last.
  const std::string text =
      output.substr(output.size() - std::min<std::size_t>(output.size(), 16384));
  for (const Cause& cause : kCauses) {
    std::smatch match;
    if (!std::regex_search(text, match, std::regex(cause.pattern))) continue;
    const auto group = [&](std::size_t i) { return i < match.size() ? match[i].str() : ""; };
    return fmt::format(fmt::runtime(cause.words), group(1), group(2));
  }
  return "";
}

}  // namespace kit
