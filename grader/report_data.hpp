// Everything that the report shows, as one JSON value: the page (report_page.hpp) and its charts are
// made of it and of nothing else.
//
//   {"today", "summary": {..}, "posting": [..], "areas": [..], "exercises": [..], "pictures": [..],
//    "interviews": [..], "plan": {..}}
//
// It names no person, machine or path: what is a file's name is one relative to the exercise.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "history.hpp"
#include "ladder.hpp"

namespace kit {

struct ReportWish {
  std::optional<Day> until;  // else the date that `next --until` keeps
  int daily = 60;
};

nlohmann::json report_data(const Workspace& workspace, const Ladder& ladder, const History& history,
                           const ReportWish& wish);

/// One attempt's criteria from its verdict: {"Correct": "passed", "Robust": "failed", "Cost": "not run"}.
nlohmann::json criteria_of(const Attempt& attempt);

/// "solid", "fading", "faint", "open" or "not begun".
std::string standing_of(const Ladder& ladder, const Exercise& exercise, Day today);

}  // namespace kit
