// The same loop as for an interview sheet (interview.cpp), over other headings:
//
//   # Design problem: TITLE
//   ## Prompt
//   ## Answers            ### N. TOPIC: QUESTION?   and the answer below
//   ## Traps              - LINE
//   ## Strong             - LINE
#include "design_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace kit {

namespace fs = std::filesystem;

namespace {

// Minutes at which a step is done in a round of 45 and of 60.
const std::vector<Checkpoint>& design_plan() {
  static const std::vector<Checkpoint> kPlan = {
      {"questions asked, the hardest requirement named", 6, 8, 0, 45, 60},
      {"requirements with numbers, assumptions, non-goals", 13, 18, 0, 45, 60},
      {"capacity arithmetic", 19, 26, 0, 45, 60},
      {"design parts and one alternative", 29, 39, 0, 45, 60},
      {"failure modes", 35, 47, 0, 45, 60},
      {"tests, traced", 39, 53, 0, 45, 60},
      {"rollout and operations", 43, 58, 0, 45, 60}};
  return kPlan;
}

std::string without_outer_blanks(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

DesignProblem parse_problem(const std::string& id, const std::string& text) {
  DesignProblem problem;
  problem.id = id;
  problem.sheet.plan = design_plan();
  std::string section;
  std::string* open = nullptr;
  std::istringstream in(text);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::string words = without_outer_blanks(line);
    const auto wrong = [&](const std::string& expected) {
      problem.errors.push_back(fmt::format("design/{}/problem.md:{}: expected {}, read \"{}\"", id,
                                           number, expected, line));
    };
    if (words.empty()) {
      open = nullptr;
    } else if (line.starts_with("# Design problem: ")) {
      problem.sheet.title = without_outer_blanks(line.substr(18));
    } else if (line.starts_with("## ")) {
      section = without_outer_blanks(line.substr(3));
      static const std::vector<std::string> kKnown = {"Prompt", "Answers", "Traps", "Strong"};
      if (std::find(kKnown.begin(), kKnown.end(), section) == kKnown.end())
        wrong("\"## Prompt\", \"## Answers\", \"## Traps\" or \"## Strong\"");
      open = section == "Prompt" ? &problem.sheet.opening : nullptr;
    } else if (line.starts_with("### ") && section == "Answers") {
      const auto dot = line.find(". ");
      const auto colon = line.find(": ", dot == std::string::npos ? 0 : dot);
      const std::string digits = dot == std::string::npos ? "" : line.substr(4, dot - 4);
      if (colon == std::string::npos || digits.empty() ||
          digits.find_first_not_of("0123456789") != std::string::npos) {
        wrong(fmt::format("\"### {}. TOPIC: QUESTION?\"", problem.sheet.clarifications.size() + 1));
        open = nullptr;
        continue;
      }
      problem.sheet.clarifications.push_back(
          {std::stoi(digits), line.substr(dot + 2, colon - dot - 2),
           without_outer_blanks(line.substr(colon + 2)), "", true});
      open = &problem.sheet.clarifications.back().answer;
    } else if (line.starts_with("- ") && (section == "Traps" || section == "Strong")) {
      auto& list = section == "Traps" ? problem.traps : problem.strong;
      list.push_back(without_outer_blanks(line.substr(2)));
      open = &list.back();
    } else if (open) {
      *open += (open->empty() ? "" : " ") + words;
    } else {
      wrong("a heading or a list");
    }
  }
  return problem;
}

std::vector<DesignProblem> design_problems(const Workspace& workspace) {
  std::vector<DesignProblem> all;
  std::error_code error;
  const fs::path folder = workspace.root / "exercises" / "design";
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    std::ifstream in(at->path() / "problem.md");
    if (!in) continue;
    std::stringstream text;
    text << in.rdbuf();
    all.push_back(parse_problem(at->path().filename().string(), text.str()));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return all;
}

}  // namespace kit
