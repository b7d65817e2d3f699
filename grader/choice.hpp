// Which exercise comes next, as a pure function, so that a plan can ask it for days to come.
//
//   1  what was begun from the stub within a week and isn't passed, the latest first
//   2  repeated and new in turn, by what was finished last today
//        repeated   what is due, the faintest first; with a date: by what a minute gains on that day
//        new        at most one level above the highest passed in its area; the area with the
//                   fewest passed first, then the lower level, then the order of the ladder
//   3  else what falls due the soonest
#pragma once

#include <optional>
#include <vector>

#include "calendar.hpp"
#include "catalogue.hpp"
#include "schedule.hpp"

namespace kit {

/// What the choice looks at, of one exercise.
struct Card {
  const Exercise* exercise = nullptr;
  bool passed = false;           // ever
  bool unfinished = false;       // begun from the stub, not passed since
  std::int64_t touched = 0;      // in seconds; 0: when is not known
  std::optional<Memory> memory;  // after the last repetition, if there is one
  Day last = 0;                  // its day
  bool skipped = false;          // asked for another one today

  Day due() const { return last + interval(memory->stability); }
  double recall_on(Day day) const {
    return recall(static_cast<double>(day - last), memory->stability);
  }
};

/// The day it is for, and the day on which that was said.
struct Deadline {
  Day day = 0;
  Day given = 0;

  /// Whether `today` is so near to it that nothing new of level 3 and more is begun.
  bool near(Day today) const;
};

struct Moment {
  Day today = 0;
  std::optional<Deadline> deadline;
  enum class Finished { nothing, something_new, repetition } last_today = Finished::nothing;
};

struct Choice {
  enum class Kind { unfinished, repetition, something_new, ahead };
  Kind kind = Kind::something_new;
  std::size_t card = 0;
};

/// `cards` in the order of the ladder. Nothing if there is no card, or all are skipped.
std::optional<Choice> choose(const std::vector<Card>& cards, const Moment& moment);

/// What a good repetition on `today` would add to the recall on the deadline's day, for each minute
/// it takes. REQUIRES: the card has a memory.
double gain_a_minute(const Card& card, Day today, const Deadline& deadline);

/// What would come back on `day` after a good repetition on `today`. REQUIRES: as above.
double recall_after_good(const Card& card, Day today, Day day);

}  // namespace kit
