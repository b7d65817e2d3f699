// The rubric of an interview: four levels computed from what was counted, two marked by oneself, and a recommendation
// that is a range. Pure functions of plain values.
//
//   1 not shown   2 partly   3 solid   4 strong
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace kit {

inline constexpr std::array<const char*, 6> kDimensions = {"correctness", "robustness",    "cost",
                                                           "code",        "communication", "pace"};

/// "solid", and the other three.
const char* level_word(int level);

/// The described levels of a dimension, 1 to 4.
const std::array<const char*, 4>& anchors(const std::string& dimension);

struct Share {
  int passed = 0, total = 0;
  double value() const { return total == 0 ? 0 : static_cast<double>(passed) / total; }
  bool all() const { return total > 0 && passed == total; }
};

enum class CleanState { none, leak, error };

struct CodeFacts {
  int warnings = 0;
  int longest = 0;         // lines of the longest function
  int depth = 0;           // blocks inside each other in a function
  double lines_ratio = 1;  // against the reference, without blank lines and comments
};

/// What `finish` collects: from the verdict and from the session's events.
struct RubricFacts {
  bool graded = true;  // false: the kit could not
  bool compiles = true;
  std::string does_not_compile;  // the first error, where it doesn't
  std::map<std::string, Share>
      criteria;  // Correct, Robust, Cost; one that the exercise doesn't have is missing
  std::string first_lost_correct, first_lost_robust, first_lost_cost;  // "Robust.ShortCopies"
  int robust_lost = 0;
  int example_runs = 0;  // runs up to the first in which all examples passed; 0: never
  std::map<std::string, int> nudges;
  CleanState clean = CleanState::none;
  std::string clean_finding;
  std::optional<double> limit_ratio,
      reference_ratio;   // none: something that is bounded was not measured
  std::string tightest;  // "7 messages; at most 7"
  CodeFacts code;
  std::map<std::string, Share> said;  // by tag of the follow-up
  int changing_questions = 0, asked_unprompted = 0,
      asked_prompted = 0;  // of those that change the solution
  bool asked_before_first_save = false;
  bool passed_all = false;
  double used_minutes = 0, minutes = 45;
  std::optional<double> first_pass_minute;
  std::optional<int> due_minute;  // the plan's row for the first passing version
  bool over_time = false;
  bool correct_in_time = false;

  Share said_in_all() const;
};

struct Mark {
  std::string dimension;
  std::optional<int> level;  // none: not measured
  std::string reason;        // one line
};

Mark correctness_mark(const RubricFacts& facts);
Mark robustness_mark(const RubricFacts& facts);
Mark cost_mark(const RubricFacts& facts);
Mark code_mark(const RubricFacts& facts);

/// What the evidence suggests for the two that one marks oneself.
Mark communication_suggestion(const RubricFacts& facts);
Mark pace_suggestion(const RubricFacts& facts);

enum class Band { strong_no, no, yes, strong_yes };
const char* to_string(Band band);

struct Recommendation {
  double low = 0, mid = 0, high = 0;
  Band from = Band::no, to = Band::no, nearer = Band::no;
  std::string gate;  // "robustness 2", where a gate decided

  /// "between no and yes, nearer yes (gate: cost 2)"
  std::string sentence() const;
};

/// One mark of a rubric with its weight.
struct Weighed {
  std::string dimension;
  std::optional<int> level;
  int weight = 1;
  bool own = false;  // marked by oneself: one lower in `low`, one higher in `high`
};

/// `gates`: no strong yes unless all three of them are at least 3; the first of them at 1 is at most no; all at 1 is
/// strong no.
Recommendation recommend(const std::vector<Weighed>& marks,
                         const std::array<std::string, 3>& gates);

/// The six of a coding interview, in the order of kDimensions.
Recommendation recommend_coding(const std::array<std::optional<int>, 6>& marks);

/// What is always said below a recommendation.
extern const char* const kRecommendationIsUncertain;

}  // namespace kit
