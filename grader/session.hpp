// What an interview is at any moment: a fold over its events. Pure functions; the conversation is in conversation.hpp.
//
//   picked -Enter-> coding -time-> over -c-> overtime
//                      |finish       |f         |finish
//                      +-----------> grading <--+        -verdict-> followups -> marking -> done
//   any of them -given_up-> given_up
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "interview.hpp"
#include "interview_log.hpp"
#include "rubric.hpp"
#include "verdict.hpp"

namespace kit {

struct SessionState {
  std::string state = "picked";
  std::vector<int> asked;          // in the order in which they were asked
  std::set<int> asked_unprompted;  // of these
  std::vector<std::string> unknown_questions, notes;
  bool listed = false;  // all topics were shown
  std::set<int> shown_topics;
  std::set<int> nudges;
  bool checked_in = false;  // since the last sign of life
  int runs = 0, first_passing_run = 0;
  bool examples_pass = false;  // at the last run
  std::optional<std::int64_t> first_pass_ms, first_save_ms, first_question_ms;
  std::int64_t last_sign_ms = 0;  // command or save
  bool said_half = false, said_five = false, said_one = false, over_time = false;
  int interruptions = 0;
  std::int64_t away_seconds = 0;
  std::int64_t used_ms = 0;  // when the clock stopped
  std::optional<std::int64_t> verdict;
  std::string graded;                    // the data of the event `graded`
  std::set<int> answered;                // follow-ups
  std::map<int, std::vector<int>> said;  // points, by follow-up
  std::map<std::string, int> own_marks;
  bool is_away = false;  // interrupted, and not yet resumed
  std::string before_grading = "coding";
};

SessionState fold(const std::vector<InterviewEvent>& events);

/// What a question in one's own words may mean.
struct Match {
  std::vector<int> numbers;  // none: not on the sheet; one: offered; more: which one?
};
Match match_question(const std::string& words, const std::vector<Clarification>& sheet);

/// The next to be said; nullptr if all were.
const Nudge* next_nudge(const InterviewSheet& sheet, const SessionState& state);

/// The row of the plan that is due next at this minute; nullptr behind the last.
const Checkpoint* next_checkpoint(const std::vector<Checkpoint>& plan, int minutes, int minute);

/// What of a verdict the rubric wants to know, as it is kept in the event `graded`.
nlohmann::json verdict_facts(const Verdict& verdict, const Submission& submission,
                             const Reference* reference,
                             const std::map<std::string, std::string>& reference_files);

RubricFacts rubric_facts(const InterviewSheet& sheet, const SessionState& state, int minutes);

}  // namespace kit
