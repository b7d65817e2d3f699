#include "lens/growth/hold_claims.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/claims_file.hpp"

namespace kit::lens {
namespace {

Growth growth_of(GrowthClass f) {
  switch (f) {
    case GrowthClass::constant:
      return {};
    case GrowthClass::log_n:
      return {.log = 1};
    case GrowthClass::n:
      return {.power = 1};
    case GrowthClass::n_log_n:
      return {.power = 1, .log = 1};
    case GrowthClass::n_to_1_5:
      return {.power = 1.5};
    case GrowthClass::n_2:
      return {.power = 2};
    case GrowthClass::n_2_log_n:
      return {.power = 2, .log = 1};
    case GrowthClass::n_3:
      return {.power = 3};
    case GrowthClass::exponential:
      return {.exponential = true};
  }
  return {};
}

// Where the truth is none of the lens's classes, it would name a neighbour with confidence.
bool lens_knows(const Growth& truth) {
  if (truth.exponential) return true;
  return std::any_of(kPolynomialClasses.begin(), kPolynomialClasses.end(),
                     [&](GrowthClass f) { return growth_of(f) == truth; });
}

struct Measured {
  std::vector<Sample> samples;   // what the table shows
  double divided_by_n = 0;       // 1 where the counts are totals of n operations
  std::optional<Growth> growth;  // if certain; a constant where amortised costs are level
  bool rises = false;            // amortised, and not level: any claim but 1 may be true
};

Growth per_operation(Growth total) {
  total.power -= 1;
  return total;
}

Measured measure(const ClaimTruth& truth, const Growth& true_growth) {
  Measured out;
  const bool known = lens_knows(true_growth);
  if (const auto* ladders = std::get_if<Ladders>(&truth.meter)) {
    out.samples = ladders->powers;
    const GrowthVerdict verdict = name_growth(*ladders, truth.exactness);
    if (verdict.certain && known) out.growth = growth_of(verdict.best);
  } else if (const auto* totals = std::get_if<TotalsOfOperations>(&truth.meter)) {
    out.samples = totals->ladders.powers;
    out.divided_by_n = 1;
    const GrowthVerdict verdict = name_growth(totals->ladders, truth.exactness);
    if (verdict.certain && known) out.growth = per_operation(growth_of(verdict.best));
  } else if (const auto* ladder = std::get_if<ExponentialLadder>(&truth.meter)) {
    out.samples = ladder->samples;
    if (name_exponential_growth(ladder->samples, truth.exactness).certain) {
      out.growth = growth_of(GrowthClass::exponential);
    }
  } else if (const auto* cost = std::get_if<AmortisedCost>(&truth.meter)) {
    out.samples = cost->worst();
    out.divided_by_n = 1;
    if (cost->is_level()) {
      out.growth = Growth{};
    } else {
      out.rises = cost->operations() >= 8192;
    }
  }
  return out;
}

// Does the count object to the claim? (0: no; -1: the claim is too low; 1: too high.)
int objection_of(const Measured& measured, const Growth& claimed) {
  if (measured.rises) return claimed == Growth{} ? -1 : 0;
  if (!measured.growth || *measured.growth == claimed) return 0;
  return claimed < *measured.growth ? -1 : 1;
}

std::string shown_shape(const ClaimTruth& truth, const Measured& measured, const Claim& claim) {
  const std::string text = claim.text();
  if (measured.divided_by_n == 0)
    return truth.column + " / " + (text.size() > 1 ? "(" + text + ")" : text);
  return truth.column + (text == "1" ? " / n" : " / (n * " + text + ")");
}

// The table of count / claim, with what the last row shows; the sentence below it where no row
// shows it.
std::string table_story(const ClaimTruth& truth, const Measured& measured, const Claim& claim,
                        int side) {
  if (measured.samples.empty()) return "";
  const Shape shape{claim.text(), [&](double n) {
                      return claim.value(n, truth.along) * (measured.divided_by_n > 0 ? n : 1);
                    }};
  const auto ratio = [&](const Sample& each) {
    return std::max(each.count, 1.0) / shape.value(static_cast<double>(each.n));
  };
  const double change =
      ratio(measured.samples.back()) / ratio(measured.samples[measured.samples.size() / 3]);
  std::string note;
  if (side < 0 && change > 1.25) note = "keeps rising";
  if (side > 0 && change < 0.8) note = "falls towards 0";
  // The note stands on a line of its own: the row has no room for it.
  std::string story = table(measured.samples, shape, truth.column,
                            shown_shape(truth, measured, claim), measured.samples.size(), "");
  if (note.empty())
    return story + "\n  The counts can't tell the two apart at these sizes; the proof can.\n";
  story.pop_back();
  return story + "   <-\n\n  A Theta would level out; this " + note + ".\n";
}

std::string place(const ClaimLine* line, const ClaimTruth& truth) {
  std::string out = "claims.txt";
  if (line != nullptr) out += ":" + std::to_string(line->line);
  out += "  [" + truth.section + "] " + truth.key + ":";
  if (line != nullptr && !line->value.empty()) out += " " + line->value;
  return out + "   ";
}

std::optional<Objection> judge(const ClaimLine* line, const ClaimTruth& truth) {
  if (line == nullptr || line->value.empty()) {
    return Objection{place(line, truth) + "is not answered",
                     "  Write behind the colon how it grows, as in  n log n  or  1."};
  }
  const ClaimOrError read = read_claim(line->value, truth.variables);
  if (!read.claim) return Objection{place(line, truth) + "can't be judged", "  " + read.error};

  const Claim& claim = *read.claim;
  const Claim right = *read_claim(truth.truth, truth.variables).claim;
  const Growth claimed = claim.along(truth.along);
  const Measured measured = measure(truth, right.along(truth.along));
  const Comparison against_proof = compare(claim, right, truth.variables);
  const int counted = objection_of(measured, claimed);
  if (counted == 0 && against_proof == Comparison::same) return std::nullopt;

  const int side = counted != 0 ? counted : against_proof == Comparison::lower ? -1 : 1;
  std::string says = side < 0 ? "is too low" : "is too high";
  if (counted == 0 && against_proof == Comparison::neither) says = "is not how it grows";
  std::string story =
      std::string(side < 0 ? "  An input that breaks it: " : "  Counted: ") + truth.counted + "\n";
  story += table_story(truth, measured, claim, side);
  // The claim fits the code and not the contract, or the other way round.
  const bool code_agrees = measured.growth && *measured.growth == claimed;
  if (against_proof == Comparison::same || code_agrees) {
    story +=
        "  The code doesn't do what the contract asks: the Cost test of this bound\n  fails too.\n";
  }
  std::istringstream hint(truth.hint);
  for (std::string each; std::getline(hint, each);) story += "  " + each + "\n";
  story.pop_back();
  return Objection{place(line, truth) + says, story};
}

}  // namespace

std::vector<Objection> judge_claims(std::string_view text, const std::vector<ClaimTruth>& truths) {
  AskedClaims asked;
  for (const ClaimTruth& truth : truths) asked[truth.section].insert(truth.key);
  const ClaimsFile file = read_claims(text, asked);
  std::vector<Objection> out;
  for (const std::string& error : file.errors) {
    out.push_back(
        {error, "  Sections and keys must be those of the stub; the claims stand behind them."});
  }
  for (const ClaimTruth& truth : truths) {
    if (auto objection = judge(file.find(truth.section, truth.key), truth))
      out.push_back(std::move(*objection));
  }
  return out;
}

void hold_claims(const std::filesystem::path& file, const std::vector<ClaimTruth>& truths) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  const auto objections = judge_claims(text.str(), truths);
  harness::record({.lens = "growth",
                   .key = "claims objected to",
                   .measured = static_cast<double>(objections.size()),
                   .limit = 0,
                   .unit = "claims"});
  for (const Objection& each : objections) harness::fail(each.input, each.story);
}

}  // namespace kit::lens
