// A plan for the days until a date: the choice (choice.hpp) asked again and again, as if each exercise
// it names were passed that day without trouble.
#pragma once

#include <vector>

#include "choice.hpp"

namespace kit {

struct PlannedItem {
  const Exercise* exercise = nullptr;
  bool again = false;  // a repetition
};

struct PlannedDay {
  Day day = 0;
  std::vector<PlannedItem> items;
  int minutes = 0;
};

struct Plan {
  std::vector<PlannedDay> days;  // those on which there is something to do
  int fresh = 0, repetitions = 0, minutes = 0;
  int met = 0;     // exercises practised at least once by the end
  int strong = 0;  // of these, how many would come back with at least 0.80 on the last day
};

/// From `first` on up to the day before `end`, `daily` minutes each. An exercise is begun while at
/// least half of its minutes are left that day.
Plan make_plan(std::vector<Card> cards, Moment moment, int daily, Day first, Day end);

}  // namespace kit
