// Writes a history from its description in JSON (history.json beside this file holds real gradings),
// for the test that looks at the report in a browser:
//
//   make_history FILE [MOST]      into $KIT_ROOT/.kit; at most MOST attempts
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "grader/history.hpp"
#include "grader/interview_log.hpp"

namespace {

using nlohmann::json;

void add_attempt(kit::History& history, const json& one) {
  kit::Attempt attempt;
  attempt.exercise = one.at("exercise");
  attempt.at = one.at("at");
  attempt.source = "yours";
  attempt.verdict = one.at("verdict");
  attempt.score = one.at("score");
  attempt.json = one.at("json").dump();
  history.add(attempt, one.at("files").get<std::map<std::string, std::string>>());
}

void add_interview(kit::InterviewLog& log, const json& one) {
  kit::InterviewRow row;
  row.kind = "coding";
  row.subject = one.at("subject");
  row.minutes = one.at("minutes");
  row.state = "coding";
  row.started_at = one.at("started_at");
  const std::int64_t id = log.begin(row);
  log.set_elapsed(id, one.at("elapsed_ms"));
  for (const json& event : one.at("events"))
    log.add_event(id, event.at("at_ms"), event.at("kind"), event.at("data").dump());
  for (const json& mark : one.at("marks")) {
    kit::InterviewMark made{mark.at("dimension"), {}, {}, mark.at("reason")};
    (mark.at("own").get<bool>() ? made.self : made.computed) = mark.at("level").get<int>();
    log.set_mark(id, made);
  }
  log.end(id, "done", one.at("low").get<double>(), one.at("mid").get<double>(),
          one.at("high").get<double>());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const json written = json::parse(std::ifstream(argv[1]));
  const std::size_t most = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 1'000;
  const kit::Workspace workspace = kit::Workspace::find();
  kit::History history(workspace);
  std::size_t attempts = 0;
  for (const json& one : written.at("happened")) {
    // Events are stamped with the present moment.
    ::setenv("KIT_NOW", std::to_string(one.at("at").get<std::int64_t>()).c_str(), 1);
    if (!one.contains("verdict")) {
      history.add_event(one.at("exercise"), one.at("kind"), one.at("data"));
    } else if (++attempts <= most) {
      add_attempt(history, one);
    } else {
      return 0;
    }
  }
  kit::InterviewLog log(workspace);
  for (const json& one : written.at("interviews")) add_interview(log, one);
}
