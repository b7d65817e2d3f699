#include "bench/harness/launch.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bench/harness/process.hpp"
#include "bench/harness/result.hpp"

namespace kit::bench {
namespace {

using nlohmann::json;

std::string variable(const char* name) {
  const char* value = ::getenv(name);
  return value == nullptr ? "" : value;
}

double seconds_to_measure() {
  const double seconds = std::strtod(variable("KIT_BENCH_SECONDS").c_str(), nullptr);
  return seconds > 0 ? seconds : 4;
}

// A net for a submission that hangs: a part takes some seconds.
double limit_of_a_part() {
  const double seconds = std::strtod(variable("KIT_BENCH_LIMIT").c_str(), nullptr);
  return seconds > 0 ? seconds : 15 + 5 * seconds_to_measure();
}

std::string own_program() {
  return std::filesystem::read_symlink("/proc/self/exe").string();
}

// A file that a part's process writes its result to.
class ResultFile {
 public:
  ResultFile() {
    path_ = (std::filesystem::temp_directory_path() / "kit-bench-XXXXXX").string();
    const int descriptor = ::mkstemp(path_.data());
    if (descriptor < 0) throw std::runtime_error("can't make a file in " + path_);
    ::close(descriptor);
  }
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;
  ~ResultFile() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }
  // Absent when it wasn't written: the process was ended before.
  std::optional<json> content() const {
    std::ifstream file(path_);
    json value = json::parse(file, nullptr, false);
    return value.is_discarded() ? std::nullopt : std::optional<json>(value);
  }

 private:
  std::string path_;
};

// In the child: measures one part and writes what came out.
int measure_part(const Bench& bench, std::size_t index, const std::string& out) {
  const Part& part = bench.parts.at(index);
  double shares = 0;
  for (const Part& each : bench.parts) shares += each.share;
  const auto body = [&](int rank) {
    // Ranks that share cores are left to the scheduler.
    const bool pinned = part.ranks <= cores() && pin(rank);
    const auto measured = measure(part.workloads(), seconds_to_measure() * part.share / shares);
    if (rank != 0) return;
    json result{{"pinned", pinned}, {"workloads", json::array()}};
    for (const Measured& each : measured) result["workloads"].push_back(to_json(each));
    std::ofstream(out) << result;
  };
  if (bench.around) {
    bench.around(body);
  } else {
    body(0);
  }
  return 0;
}

// By a launcher of the user's: its words, one a line, with {ranks}, {nodes} and {suite} in them. What
// a part must know goes by way of env, since not every launcher hands the environment on.
std::vector<std::string> launched(const Part& part, int argc, char** argv) {
  std::vector<std::string> program = {"/usr/bin/env"};
  for (const char* name : {"KIT_BENCH_PART", "KIT_BENCH_PART_OUT", "KIT_BENCH_SECONDS",
                           "KIT_CANDIDATE_YOURS", "KIT_CANDIDATE_REFERENCE"}) {
    if (!variable(name).empty()) program.push_back(fmt::format("{}={}", name, variable(name)));
  }
  program.push_back(own_program());
  program.insert(program.end(), argv + 1, argv + argc);
  const int nodes = std::atoi(variable("KIT_BENCH_NODES").c_str());
  std::vector<std::string> words;
  bool placed = false;
  std::istringstream lines(variable("KIT_BENCH_LAUNCHER"));
  for (std::string word; std::getline(lines, word);) {
    if (word == "{suite}") {
      words.insert(words.end(), program.begin(), program.end());
      placed = true;
      continue;
    }
    for (const auto& [place, n] :
         {std::pair{"{ranks}", part.ranks}, std::pair{"{nodes}", std::min(nodes, part.ranks)}}) {
      const std::size_t at = word.find(place);
      if (at != std::string::npos) word.replace(at, 7, std::to_string(n));
    }
    words.push_back(word);
  }
  if (!placed) words.insert(words.end(), program.begin(), program.end());
  return words;
}

std::vector<std::string> command(const Part& part, int argc, char** argv) {
  std::vector<std::string> words;
  if (part.ranks > 0 && !variable("KIT_BENCH_LAUNCHER").empty()) return launched(part, argc, argv);
  if (part.ranks > 0) {
    words = {"mpirun", "-np", std::to_string(part.ranks)};
    // Through the environment, so that another launcher isn't troubled by options it doesn't know.
    ::setenv("OMPI_MCA_rmaps_base_oversubscribe", "1", 0);
    ::setenv("OMPI_MCA_hwloc_base_binding_policy", "none", 0);  // the parts pin themselves
    if (::geteuid() == 0) {
      ::setenv("OMPI_ALLOW_RUN_AS_ROOT", "1", 0);
      ::setenv("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1", 0);
    }
  }
  words.push_back(own_program());
  words.insert(words.end(), argv + 1, argv + argc);
  return words;
}

// Runs a part in a child. Where the child fails, the submission is left out and it runs once more.
json run_part(const Bench& bench, std::size_t index, int argc, char** argv) {
  const Part& part = bench.parts[index];
  const double limit = limit_of_a_part();
  const std::string yours = variable("KIT_CANDIDATE_YOURS");
  const ResultFile file;
  ::setenv("KIT_BENCH_PART", std::to_string(index).c_str(), 1);
  ::setenv("KIT_BENCH_PART_OUT", file.path().c_str(), 1);
  std::string trouble = run_process(command(part, argc, argv), limit);
  std::optional<json> result = file.content();
  if (!result && !yours.empty()) {
    const std::string why =
        trouble.empty() ? "it ended the program" : "the bench with it " + trouble;
    ::unsetenv("KIT_CANDIDATE_YOURS");
    trouble = run_process(command(part, argc, argv), limit);
    ::setenv("KIT_CANDIDATE_YOURS", yours.c_str(), 1);
    result = file.content();
    if (result) {
      for (json& workload : (*result)["workloads"]) {
        const json row{{"name", "yours"}, {"role", "yours"}, {"note", "not timed: " + why}};
        workload["rows"].insert(workload["rows"].begin() + 1, row);
      }
    }
  }
  if (!result)
    throw std::runtime_error("the bench " + (trouble.empty() ? "left no result" : trouble));
  return *result;
}

json run_parts(const Bench& bench, int argc, char** argv) {
  json workloads = json::array();
  bool pinned = true;
  for (std::size_t i = 0; i < bench.parts.size(); ++i) {
    json part = run_part(bench, i, argc, argv);
    if (i == 0) pinned = part["pinned"];
    for (json& workload : part["workloads"]) workloads.push_back(std::move(workload));
  }
  json result = workloads.at(0);
  workloads.erase(0);
  result["exercise"] = bench.exercise;
  result["pinned"] = pinned;
  result["more"] = workloads;
  result["notes"] = bench.notes;
  result["missing_peers"] = json::array();
  for (const MissingPeer& peer : bench.missing_peers) {
    result["missing_peers"].push_back({{"name", peer.name}, {"package", peer.package}});
  }
  return result;
}

}  // namespace

int run(const Bench& bench, int argc, char** argv) {
  try {
    const std::string part = variable("KIT_BENCH_PART");
    if (!part.empty()) {
      benchmark::Initialize(&argc, argv);
      return measure_part(bench, std::stoul(part), variable("KIT_BENCH_PART_OUT"));
    }
    const json result = run_parts(bench, argc, argv);
    const std::string out = variable("KIT_BENCH_OUT");
    if (out.empty()) {
      fmt::print("{}", table(result));
      return 0;
    }
    std::ofstream file(out);
    file << result.dump(1) << "\n";
    file.close();
    if (!file) throw std::runtime_error("can't write " + out);
    return 0;
  } catch (const std::exception& e) {
    fmt::print(stderr, "kit: {}: {}\n", bench.exercise, e.what());
    return 1;
  }
}

std::string scratch_directory() {
  const std::string given = variable("KIT_RUN_DIRECTORY");
  if (!given.empty()) return given;
  const std::string own = std::filesystem::path(own_program()).parent_path().string();
  if (::access(own.c_str(), W_OK) == 0) return own;
  return std::filesystem::temp_directory_path().string();
}

}  // namespace kit::bench
