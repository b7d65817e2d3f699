// The screen of `kit bench` for a result made up here: golden/bench.txt. KIT_RECORD=1 records it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "grader/bench_table.hpp"

namespace {

const char* const kResult = R"({
  "workload": "1024 x 1024 floats", "pairs": 40,
  "roof": {"name": "memcpy of the same bytes", "value": 18.02, "unit": "GB/s"},
  "rows": [
    {"name": "two loops", "role": "baseline", "time": 6.94, "time_unit": "ms", "rate": 1.21, "rate_unit": "GB/s",
     "of_roof": 0.067, "ratio": {"median": 7.1, "q1": 6.8, "q3": 7.4}, "verdict": "slower"},
    {"name": "yours", "role": "yours", "note": "not timed: 3 elements are wrong"},
    {"name": "reference", "role": "reference", "time": 0.98, "time_unit": "ms", "rate": 8.56, "rate_unit": "GB/s",
     "of_roof": 0.475},
    {"name": "OpenBLAS", "role": "peer", "time": 1.61, "time_unit": "ms", "rate": 5.21, "rate_unit": "GB/s",
     "of_roof": 0.289, "ratio": {"median": 1.64, "q1": 1.55, "q3": 1.71}, "verdict": "slower"}],
  "noise": {"between_repeats": 0.021, "told_apart": 0.03, "kind": "quiet"},
  "more": [{
    "workload": "4096 x 4096 floats", "pairs": 5,
    "rows": [
      {"name": "yours", "role": "yours", "time": 1234.5, "time_unit": "ms",
       "ratio": {"median": 1.01, "q1": 0.97, "q3": 1.06}, "verdict": "inconclusive"},
      {"name": "reference", "role": "reference", "time": 1201.0, "time_unit": "ms"}]}],
  "notes": ["One thread each. Both matrices of the first size lie in the last-level cache."],
  "missing_peers": [{"name": "MKL", "package": "libmkl-dev"}]})";

TEST(BenchScreen, IsAsRecorded) {
  ::setenv("LC_ALL", "C", 1);
  const kit::Terminal terminal(kit::ColourWish::never);
  const std::string seen =
      kit::bench_screen(terminal, "cache/02-transpose", nlohmann::json::parse(kResult));
  const std::filesystem::path golden =
      std::filesystem::path(__FILE__).parent_path() / "golden" / "bench.txt";
  if (std::getenv("KIT_RECORD") != nullptr) std::ofstream(golden) << seen;
  std::ifstream in(golden);
  EXPECT_EQ(seen, std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace
