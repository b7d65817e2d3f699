#include "reference.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "errors.hpp"
#include "pictures.hpp"

namespace kit {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

json to_json(const Evidence& e) {
  return {{"test", e.test},         {"lens", e.lens},   {"key", e.key},        {"unit", e.unit},
          {"measured", e.measured}, {"limit", e.limit}, {"at_most", e.at_most}};
}

Evidence from_json(const json& j) {
  Evidence e;
  e.test = j.at("test");
  e.lens = j.at("lens");
  e.key = j.at("key");
  e.unit = j.at("unit");
  e.measured = j.at("measured");
  e.limit = j.at("limit");
  e.at_most = j.at("at_most");
  return e;
}

// Changes whenever the program was linked anew.
std::string mark_of(const fs::path& program) {
  struct stat status {};
  if (::stat(program.c_str(), &status) != 0) return "";
  return fmt::format("{}.{:09} {}", status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size);
}

}  // namespace

const Evidence* Reference::find(const Evidence& like) const {
  for (const Evidence& e : evidence) {
    if (e.test == like.test && e.lens == like.lens && e.key == like.key) return &e;
  }
  return nullptr;
}

Reference read_reference(const Workspace& workspace, const Build& build, const Exercise& exercise) {
  const Submission solution = solution_submission(workspace, exercise);
  const fs::path program = build.suite(solution, false);
  const fs::path kept = workspace.build / "reference" / (exercise.target() + ".json");
  const std::string mark = mark_of(program);
  Reference reference;
  if (std::ifstream in(kept); in) {
    const json stored = json::parse(in, nullptr, false);
    if (stored.is_object() && stored.value("mark", "") == mark && stored.contains("pictures")) {
      try {
        reference.manifest = stored.at("manifest").get<std::vector<std::string>>();
        for (const json& e : stored.at("evidence")) reference.evidence.push_back(from_json(e));
        return reference;
      } catch (const json::exception&) {
        reference = {};  // of another version of the kit: taken anew
      }
    }
  }
  reference.manifest = list_tests(program);
  SuiteOptions options;
  options.manifest = reference.manifest;
  options.stage = build.stage(solution);
  const SuiteRun run = run_suite(workspace, exercise, program, options);
  if (!run.kits_fault.empty())
    throw KitError(run.kits_fault, "What is missing here:   ./kit doctor");
  json evidence = json::array();
  for (const TestResult& test : run.tests) {
    if (test.state != TestState::passed) {
      const std::string why = test.messages.empty() ? test.diagnosis : test.messages[0].text;
      throw KitError(
          fmt::format("The reference of {} does not pass {}.\n{}", exercise.id, test.name, why),
          "This is the kit's fault, not yours. What is missing here:   ./kit doctor");
    }
    for (const Evidence& e : test.evidence) {
      reference.evidence.push_back(e);
      evidence.push_back(to_json(e));
    }
  }
  if (!run.complete) {
    throw KitError(fmt::format("The reference of {} did not reach the end of its suite. {}{}",
                               exercise.id, run.incomplete, run.kits_fault),
                   "This is the kit's fault, not yours. What is missing here:   ./kit doctor");
  }
  fs::create_directories(kept.parent_path());
  keep_reference_pictures(workspace, exercise, run.tests);
  write_file(kept, json{{"mark", mark},
                        {"manifest", reference.manifest},
                        {"evidence", evidence},
                        {"pictures", true}}
                       .dump(1, ' ', false, json::error_handler_t::replace));
  return reference;
}

}  // namespace kit
