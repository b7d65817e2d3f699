// What a process holds: open descriptors, children, entries of a directory; and whether it sleeps.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

using Descriptors = std::map<int, std::string>;

Descriptors open_descriptors(pid_t process);

/// The descriptors of `a` that `b` hasn't.
Descriptors difference(const Descriptors& a, const Descriptors& b);

/// How many of these are still there, as zombies or alive.
int unreaped(const std::vector<pid_t>& processes);

int threads_of_this_process();

/// Names in a directory, to compare before and after.
std::set<std::string> entries(const std::filesystem::path& directory);

/// True if the thread sleeps inside this call and nothing of its own will wake it: it waits for
/// another process, and gave no time-out. Reading a regular file, or flushing it, is work and not
/// sleep.
bool sleeps_for_good(pid_t thread, const Call& call);

}  // namespace kit::syscalls
