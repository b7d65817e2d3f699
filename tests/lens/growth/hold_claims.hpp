// Holds the claims of claims.txt against what was counted on the learner's own code, and against
// the proof.
//
//   hold_claims(harness::claims_file(KIT_EXERCISE), {
//       {.section = "push", .key = "worst time", .truth = "n",
//        .counted = "relocations of the dearest of n pushes", .column = "relocations",
//        .hint = "Which push moves everything?", .meter = count_on_ladders(dearest_push)}});
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lens/growth/amortised.hpp"
#include "lens/growth/claim.hpp"
#include "lens/growth/claims_file.hpp"
#include "lens/growth/name_growth.hpp"
#include "lens/growth/plot.hpp"

namespace kit::lens {

/// Samples on the exponential ladder, for what grows as c^n.
struct ExponentialLadder {
  std::vector<Sample> samples;
};

/// Totals of n operations on both ladders, for a claim about one of them.
struct TotalsOfOperations {
  Ladders ladders;
};

struct ClaimTruth {
  std::string section, key;
  std::vector<std::string> variables = {"n"};
  std::string truth;                   // as it would stand in the file
  std::vector<std::string> also = {};  // other right answers: "1" where the truth is "alpha n"
  // What and on which input: "steps of the loop, on n numbers in descending order".
  std::string counted;
  std::string column = {};  // "steps"
  // Closes the message; gives the reason, not the class; lines of at most 74 columns.
  std::string hint;
  std::variant<std::monostate, Ladders, TotalsOfOperations, ExponentialLadder, AmortisedCost,
               LaddersInTwo>
      meter = {};
  // The variable that the ladder varies, the others fixed; empty: all of them are n.
  std::string along = "n";
  Exactness exactness = Exactness::exact;
};

/// What is said about one claim: the message's first line, and the story below it.
struct Objection {
  std::string input, story;
  std::optional<Plot> plot = {};
};

/// Every objection, in the order of the truths; those to the file itself come first.
std::vector<Objection> judge_claims(std::string_view text, const std::vector<ClaimTruth>& truths);

/// The same for a file that has more sections than the truths: `asked` are all of them. What is wrong
/// with the file itself is left to judge_answers().
std::vector<Objection> judge_some_claims(std::string_view text,
                                         const std::vector<ClaimTruth>& truths,
                                         const AskedClaims& asked);

/// One objection for each error of the file, and for each key without an answer.
std::vector<Objection> judge_answers(std::string_view text, const AskedClaims& asked);

/// Each fails the running test once for each objection. A missing file has no answers.
void hold_claims(const std::filesystem::path& file, const std::vector<ClaimTruth>& truths);
void hold_some_claims(const std::filesystem::path& file, const std::vector<ClaimTruth>& truths,
                      const AskedClaims& asked);
void hold_answers(const std::filesystem::path& file, const AskedClaims& asked);

}  // namespace kit::lens
