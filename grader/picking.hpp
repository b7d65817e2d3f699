// Which exercise an interview gives: a pure function of what was asked for, the exercises and what was done with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kit {

/// An exercise as the rule sees it. Times are seconds since 1970; 0: never.
struct Candidate {
  std::string id, area;
  int level = 1, minutes = 0;
  bool has_sheet = false;
  std::int64_t passed_at = 0;  // first pass
  std::int64_t last_pass_at = 0;
  std::int64_t solution_at = 0;  // solution or write-up last opened
  std::int64_t hint_at = 0;      // last hint read
  std::int64_t touched_at = 0;   // last event or grading
  std::int64_t interviewed_at = 0;
  int interviews_in_area = 0;
  bool was_last_interview = false;
  int learner_level = 2;  // in its area
};

struct Wish {
  int minutes = 45;
  std::string area;  // empty: any
  int level = 0;     // 0: near the learner's
  std::uint64_t seed = 0;
};

struct Pick {
  std::string id;
  std::string reason;   // "not solved yet"
  std::string relaxed;  // which rule had to give way; empty if none
};

/// THROWS: KitError that says what would fit, if nothing does.
Pick pick_exercise(const std::vector<Candidate>& all, const Wish& wish, std::int64_t now);

std::uint64_t tie_key(std::uint64_t seed, const std::string& id);

}  // namespace kit
