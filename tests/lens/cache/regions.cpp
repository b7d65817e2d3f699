#include "lens/cache/regions.hpp"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <valgrind/callgrind.h>

#include <algorithm>
#include <cstdio>
#include <exception>

namespace kit::lens {
namespace {

std::vector<Region>& regions() {
  static std::vector<Region> all;
  return all;
}

void say(int pipe, std::string line) {
  line += '\n';
  for (std::size_t done = 0; done < line.size();) {
    const ssize_t n = ::write(pipe, line.data() + done, line.size() - done);
    if (n <= 0) ::_exit(1);  // the suite has gone
    done += static_cast<std::size_t>(n);
  }
}

void run_region(int pipe, std::size_t index) {
  say(pipe, "begin " + std::to_string(index));
  std::string problem;
  try {
    problem = regions().at(index).body(Count(index));
  } catch (const std::exception& e) {
    problem = std::string("an exception came out of it: ") + e.what();
  } catch (...) {
    problem = "an exception came out of it";
  }
  std::replace(problem.begin(), problem.end(), '\n', kLineFeed);
  say(pipe, (problem.empty() ? "right " : "wrong ") + std::to_string(index) + " " + problem);
}

// Collection is switched at the borders of basic blocks: a region that were inlined here could
// count as nothing.
[[gnu::noinline]] void call(void (*code)(void*), void* data) {
  code(data);
}

}  // namespace

CacheRegion::CacheRegion(std::string name, RegionBody body) {
  regions().push_back({std::move(name), std::move(body)});
}

const std::vector<Region>& registered_regions() {
  return regions();
}

std::string region_trigger(std::size_t region) {
  return "region " + std::to_string(region);
}

void Count::run(void (*code)(void*), void* data) const {
  const std::string trigger = region_trigger(region_);
  CALLGRIND_START_INSTRUMENTATION;  // empties the simulated caches
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  call(code, data);
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT(trigger.c_str());
  CALLGRIND_STOP_INSTRUMENTATION;
}

}  // namespace kit::lens

// Called by the suites' main() before anything else.
extern "C" void kit_take_over();
void kit_take_over() {
  const char* const asked = ::getenv(kit::lens::kRegionsVariable);
  if (asked == nullptr) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  char* at = nullptr;
  const int pipe = static_cast<int>(::strtol(asked, &at, 10));
  while (*at == ':' || *at == ',') {
    kit::lens::run_region(pipe, ::strtoul(at + 1, &at, 10));
  }
  kit::lens::say(pipe, "done");
  ::_exit(0);  // what static objects would do at exit has been done by the suite's own process
}
