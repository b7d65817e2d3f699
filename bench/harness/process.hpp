// Starting the bench's own child processes, within a time limit.
#pragma once

#include <string>
#include <vector>

namespace kit::bench {

// Runs argv in a process group of its own; whatever is left of the group after `limit_seconds` is
// killed. Gives "" when it ended with 0, else what happened: "was killed by SIGSEGV", "ended with
// exit code 3", "took over 60 s".
std::string run_process(const std::vector<std::string>& argv, double limit_seconds);

// Keeps this process to one of the cores it may run on: the last but `place`. False where that
// isn't allowed.
bool pin(int place);

// The number of cores that this process may run on.
int cores();

}  // namespace kit::bench
