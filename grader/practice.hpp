// What was practised when and how well: an exercise's attempts and events folded into repetitions.
//
// A repetition is all gradings of one day (04:00 to 04:00) of a file that began at the stub:
//
//   again   not passed by the end of the day, or the solution was opened before the pass
//   hard    passed with two hints or more, with six failed gradings or more, or in more than twice
//           the minutes the exercise states
//   easy    passed at the first grading, without a hint, within three quarters of the minutes
//   good    passed otherwise
//
// Grading a file again that has passed is none, until `next`, `start --again` or `reset` puts the
// stub back. Everything here is folded anew from the history each time: nothing can go stale.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calendar.hpp"
#include "catalogue.hpp"
#include "history.hpp"
#include "schedule.hpp"

namespace kit {

struct Repetition {
  Day day = 0;
  std::int64_t at = 0;  // of its last grading
  Grade grade = Grade::good;
  bool passed = false;
  bool solution_seen = false;  // before it passed
  int hints = 0;               // since the stub
  int failed = 0;              // gradings that were not passed, of different files
  std::optional<int> minutes;  // unknown with fewer than three things that happened
  Memory after;
};

struct Practice {
  std::vector<Repetition> repetitions;  // oldest first
  bool passed = false;                  // ever
  bool from_stub = false;  // what lies on the desk began at the stub and hasn't passed since
  bool begun = false;      // something happened since the stub
  std::int64_t touched = 0;
  std::string last_verdict;               // of the newest full grading
  int tests_passed = 0, tests_total = 0;  // in it
  int hints_since_stub = 0;
  Day skipped_on = 0;  // `next --other` put it off

  /// Passed before, and begun again from the stub.
  bool repeating() const { return passed && from_stub && begun; }
  /// Of the last repetition. REQUIRES: there is one.
  const Memory& memory() const { return repetitions.back().after; }
  double recall_on(Day day) const;
  Day due() const;
};

using FilesOf = std::function<std::map<std::string, std::string>(std::int64_t attempt)>;

/// `attempts` and `events` as History gives them; `files` gives the files of an attempt.
Practice fold_practice(const Exercise& exercise, const std::vector<Attempt>& attempts,
                       const std::vector<Event>& events, const FilesOf& files);

/// The rule above. REQUIRES: all but grade and memory are set. `target`: the exercise's minutes.
Grade grade_of(const Repetition& repetition, int target);

}  // namespace kit
