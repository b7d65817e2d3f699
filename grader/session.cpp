#include "session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <sstream>

#include "code_measure.hpp"

namespace kit {

using nlohmann::json;

namespace {

json object_of(const std::string& data) {
  json parsed = json::parse(data, nullptr, false);
  return parsed.is_object() ? parsed : json::object();
}

}  // namespace

SessionState fold(const std::vector<InterviewEvent>& events) {
  SessionState s;
  std::int64_t left_at = 0;
  for (const InterviewEvent& event : events) {
    const json data = object_of(event.data);
    const std::string& kind = event.kind;
    s.used_ms = s.state == "coding" || s.state == "overtime" || s.state == "picked"
                    ? std::max(s.used_ms, event.at_ms)
                    : s.used_ms;
    bool sign = true;
    if (kind == "started") {
      s.state = "coding";
    } else if (kind == "asked") {
      const int number = data.value("number", 0);
      if (std::find(s.asked.begin(), s.asked.end(), number) == s.asked.end()) {
        s.asked.push_back(number);
        if (!data.value("prompted", false)) s.asked_unprompted.insert(number);
      }
      if (!s.first_question_ms) s.first_question_ms = event.at_ms;
    } else if (kind == "asked_unknown") {
      s.unknown_questions.push_back(data.value("words", ""));
      if (!s.first_question_ms) s.first_question_ms = event.at_ms;
    } else if (kind == "listed") {
      if (data.contains("topics")) {
        for (const json& topic : data["topics"]) s.shown_topics.insert(topic.get<int>());
      } else {
        s.listed = true;
      }
    } else if (kind == "checked_in") {
      s.checked_in = true;
      s.last_sign_ms = event.at_ms;
      continue;
    } else if (kind == "nudged") {
      s.nudges.insert(data.value("number", 0));
    } else if (kind == "ran") {
      ++s.runs;
      s.examples_pass = data.value("all", false);
      if (s.examples_pass && s.first_passing_run == 0) {
        s.first_passing_run = s.runs;
        s.first_pass_ms = event.at_ms;
      }
    } else if (kind == "saved") {
      if (!s.first_save_ms) s.first_save_ms = event.at_ms;
    } else if (kind == "noted") {
      s.notes.push_back(data.value("text", ""));
    } else if (kind == "half" || kind == "five" || kind == "one") {
      (kind == "half" ? s.said_half : kind == "five" ? s.said_five : s.said_one) = true;
      sign = false;
    } else if (kind == "time_over") {
      s.state = "over";
    } else if (kind == "overtime") {
      s.state = "overtime";
      s.over_time = true;
    } else if (kind == "interrupted") {
      if (data.value("grading", false)) {
        s.state = s.before_grading;  // only the grading was stopped, the candidate is still here
      } else {
        ++s.interruptions;
        s.is_away = true;
        left_at = seconds_of(event.wall);
      }
      sign = false;
    } else if (kind == "resumed") {
      if (s.is_away) s.away_seconds += std::max<std::int64_t>(0, seconds_of(event.wall) - left_at);
      s.is_away = false;
    } else if (kind == "finish_asked") {
      s.before_grading = s.state;
      s.state = "grading";
    } else if (kind == "graded") {
      s.state = data.value("next", "followups");
      s.graded = event.data;
      if (data.contains("attempt")) s.verdict = data["attempt"].get<std::int64_t>();
    } else if (kind == "answered") {
      s.answered.insert(data.value("follow_up", 0));
    } else if (kind == "marked") {
      if (data.contains("follow_up")) {
        s.said[data["follow_up"].get<int>()] = data.value("said", std::vector<int>{});
      } else {
        s.own_marks[data.value("dimension", "")] = data.value("self", 0);
      }
      if (data.contains("next")) s.state = data["next"].get<std::string>();
    } else if (kind == "given_up") {
      s.state = "given_up";
    }
    if (sign) {
      s.last_sign_ms = event.at_ms;
      s.checked_in = false;
    }
  }
  return s;
}

namespace {

// Words of four letters and more, cut to four, without those that every question has.
std::set<std::string> stems_of(const std::string& text) {
  static const std::set<std::string> kStopWords = {
      "does", "have", "what", "with", "this", "that", "there", "should", "will", "which", "when"};
  std::set<std::string> stems;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c))) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (word.size() >= 4 && !kStopWords.contains(word)) stems.insert(word.substr(0, 4));
    word.clear();
  }
  return stems;
}

}  // namespace

Match match_question(const std::string& words, const std::vector<Clarification>& sheet) {
  const std::set<std::string> asked = stems_of(words);
  std::map<std::string, int> owners;  // how many questions have this stem
  std::vector<std::set<std::string>> shared;
  for (const Clarification& one : sheet) {
    std::set<std::string> common;
    for (const std::string& stem : stems_of(one.topic + " " + one.question)) {
      if (asked.contains(stem)) common.insert(stem), ++owners[stem];
    }
    shared.push_back(common);
  }
  std::size_t best = 0;
  for (const auto& common : shared) best = std::max(best, common.size());
  if (best == 0) return {};
  Match match;
  Match deciding;  // those with a word that no other question has
  for (std::size_t i = 0; i < sheet.size(); ++i) {
    if (shared[i].size() != best) continue;
    match.numbers.push_back(sheet[i].number);
    if (std::any_of(shared[i].begin(), shared[i].end(),
                    [&](const auto& stem) { return owners[stem] == 1; }))
      deciding.numbers.push_back(sheet[i].number);
  }
  if (match.numbers.size() > 1 && deciding.numbers.size() == 1) return deciding;
  return match;
}

const Nudge* next_nudge(const InterviewSheet& sheet, const SessionState& state) {
  const Nudge* later = nullptr;
  for (const Nudge& nudge : sheet.nudges) {
    if (state.nudges.contains(nudge.number)) continue;
    if (!state.examples_pass || nudge.dimension != "correctness") return &nudge;
    if (!later) later = &nudge;
  }
  return later;
}

const Checkpoint* next_checkpoint(const std::vector<Checkpoint>& plan, int minutes, int minute) {
  for (const Checkpoint& row : plan) {
    if (due_minute(row, minutes) >= minute) return &row;
  }
  return nullptr;
}

namespace {

// measured against the bound, or against the reference: 1 is at it, more is worse. Nothing measured over nothing is
// level; something over nothing is beyond any factor.
constexpr double kBeyond = 1e9;
double times_of(double part, double whole) {
  if (whole == 0) return part == 0 ? 1 : kBeyond;
  return part / whole;
}

std::string amount(double value) {
  std::string digits = value == static_cast<double>(static_cast<long long>(value))
                           ? fmt::format("{}", static_cast<long long>(value))
                           : fmt::format("{:.3g}", value);
  const auto point = std::min(digits.find('.'), digits.size());
  for (std::size_t at = point; at > 3 && digits.find('e') == std::string::npos;) {
    at -= 3;
    if (digits[at - 1] != '-') digits.insert(at, ",");
  }
  return digits;
}

}  // namespace

json verdict_facts(const Verdict& verdict, const Submission& submission, const Reference* reference,
                   const std::map<std::string, std::string>& reference_files) {
  json facts = {{"graded", verdict.outcome != Outcome::could_not_be_graded},
                {"compiles", verdict.outcome != Outcome::does_not_compile},
                {"passed", verdict.outcome == Outcome::passed}};
  if (verdict.outcome == Outcome::does_not_compile)
    facts["error"] = verdict.why.substr(0, verdict.why.find('\n'));
  json criteria = json::object();
  json lost = json::object();
  double limit_ratio = 0;
  double reference_ratio = 0;
  bool unmeasured = false;
  std::string tightest;
  for (const TestResult& test : verdict.tests) {
    const std::string criterion = test.criterion();
    if (!criteria.contains(criterion)) criteria[criterion] = {0, 0};
    criteria[criterion][1] = criteria[criterion][1].get<int>() + 1;
    const bool passed = test.state == TestState::passed;
    if (passed) criteria[criterion][0] = criteria[criterion][0].get<int>() + 1;
    if (!passed && !lost.contains(criterion)) lost[criterion] = test.short_name();
    if (criterion != "Cost") continue;
    double worst = 0;
    for (const Evidence& e : test.evidence) {
      const double ratio =
          e.at_most ? times_of(e.measured, e.limit) : times_of(e.limit, e.measured);
      if (ratio > worst) worst = ratio;
      if (ratio > limit_ratio || (ratio == limit_ratio && tightest.empty())) {
        limit_ratio = ratio;
        // "0, at most 0" says nothing.
        tightest = e.measured == 0 && e.limit == 0
                       ? ""
                       : fmt::format("{}{}; at {} {}", amount(e.measured),
                                     e.unit.empty() ? "" : " " + e.unit,
                                     e.at_most ? "most" : "least", amount(e.limit));
      }
      const Evidence* theirs = reference ? reference->find(e) : nullptr;
      if (theirs)
        reference_ratio =
            std::max(reference_ratio, e.at_most ? times_of(e.measured, theirs->measured)
                                                : times_of(theirs->measured, e.measured));
    }
    // Lost for another reason than its bound: what it costs wasn't seen.
    if (!passed && worst <= 1) unmeasured = true;
  }
  facts["criteria"] = criteria;
  facts["lost"] = lost;
  if (!unmeasured && limit_ratio > 0) facts["limit_ratio"] = limit_ratio;
  if (!unmeasured && reference_ratio > 0) facts["reference_ratio"] = reference_ratio;
  facts["tightest"] = tightest;
  facts["clean"] = "none";
  if (verdict.clean_run && !verdict.clean_passed) {
    const std::string finding = verdict.clean_finding.substr(0, verdict.clean_finding.find('\n'));
    facts["finding"] = finding;
    if (finding.find("LeakSanitizer") != std::string::npos) {
      facts["clean"] = "leak";
    } else if (finding.find("Sanitizer: ") != std::string::npos) {
      facts["clean"] = "error";
    }
  }
  CodeMeasure mine;
  CodeMeasure theirs;
  for (const auto& [name, content] : read_files(submission)) {
    if (!name.ends_with(".cpp") && !name.ends_with(".hpp")) continue;
    const CodeMeasure one = measure_code(content);
    mine.lines += one.lines;
    mine.longest = std::max(mine.longest, one.longest);
    mine.depth = std::max(mine.depth, one.depth);
    if (const auto found = reference_files.find(name); found != reference_files.end())
      theirs.lines += measure_code(found->second).lines;
  }
  facts["code"] = {
      {"warnings", std::count(verdict.warnings.begin(), verdict.warnings.end(), '\n')},
      {"longest", mine.longest},
      {"depth", mine.depth},
      {"lines_ratio", theirs.lines ? static_cast<double>(mine.lines) / theirs.lines : 1.0}};
  return facts;
}

RubricFacts rubric_facts(const InterviewSheet& sheet, const SessionState& state, int minutes) {
  RubricFacts facts;
  const json graded = object_of(state.graded);
  const json data = graded.value("facts", json::object());
  facts.graded = data.value("graded", false);
  facts.compiles = data.value("compiles", true);
  facts.does_not_compile = data.value("error", "");
  facts.passed_all = data.value("passed", false);
  const json criteria = data.value("criteria", json::object());  // outlives the loop
  for (const auto& [name, share] : criteria.items())
    facts.criteria[name] = {share[0].get<int>(), share[1].get<int>()};
  const json lost = data.value("lost", json::object());
  for (const auto& [criterion, test] :
       {std::pair{"Correct", &facts.first_lost_correct},
        std::pair{"Robust", &facts.first_lost_robust}, std::pair{"Cost", &facts.first_lost_cost}}) {
    if (lost.contains(criterion))
      *test = fmt::format("{}.{}", criterion, lost[criterion].get<std::string>());
  }
  if (data.contains("limit_ratio")) facts.limit_ratio = data["limit_ratio"].get<double>();
  if (data.contains("reference_ratio"))
    facts.reference_ratio = data["reference_ratio"].get<double>();
  facts.tightest = data.value("tightest", "");
  const std::string clean = data.value("clean", "none");
  facts.clean = clean == "leak"    ? CleanState::leak
                : clean == "error" ? CleanState::error
                                   : CleanState::none;
  facts.clean_finding = data.value("finding", "");
  const json code = data.value("code", json::object());
  facts.code = {code.value("warnings", 0), code.value("longest", 0), code.value("depth", 0),
                code.value("lines_ratio", 1.0)};

  facts.example_runs = state.first_passing_run;
  for (const Nudge& nudge : sheet.nudges) {
    if (state.nudges.contains(nudge.number)) ++facts.nudges[nudge.dimension];
  }
  for (const FollowUp& item : sheet.follow_ups) {
    Share& share = facts.said[item.tag];
    share.total += static_cast<int>(item.points.size());
    if (const auto said = state.said.find(item.number); said != state.said.end())
      share.passed += static_cast<int>(said->second.size());
  }
  for (const Clarification& one : sheet.clarifications) {
    if (!one.changes) continue;
    ++facts.changing_questions;
    if (state.asked_unprompted.contains(one.number)) {
      ++facts.asked_unprompted;
    } else if (std::find(state.asked.begin(), state.asked.end(), one.number) != state.asked.end()) {
      ++facts.asked_prompted;
    }
  }
  facts.asked_before_first_save =
      state.first_question_ms &&
      (!state.first_save_ms || *state.first_question_ms <= *state.first_save_ms);
  facts.minutes = minutes;
  facts.used_minutes = static_cast<double>(state.used_ms) / 60'000;
  if (state.first_pass_ms)
    facts.first_pass_minute = static_cast<double>(*state.first_pass_ms) / 60'000;
  for (const Checkpoint& row : sheet.plan) {
    if (!facts.due_minute && row.what.find("examples") != std::string::npos)
      facts.due_minute = due_minute(row, minutes);
  }
  facts.over_time = state.over_time;
  const auto correct = facts.criteria.find("Correct");
  facts.correct_in_time =
      correct != facts.criteria.end() && correct->second.all() && !state.over_time;
  return facts;
}

}  // namespace kit
