#include "lens/growth/hold_claims.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>

#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/claims_file.hpp"
#include "lens/growth/measured_growth.hpp"

namespace kit::lens {
namespace {

// The variable of the table's first column.
std::string variable_of(const ClaimTruth& truth, const MeasuredGrowth& measured) {
  return measured.along.empty() ? truth.variables.front() : measured.along;
}

// The claim in the head of a column, as far as it grows in this direction.
std::string shown_shape(const ClaimTruth& truth, const MeasuredGrowth& measured,
                        const Claim& claim) {
  const std::string text = claim.text_along(measured.along, variable_of(truth, measured));
  if (measured.divided_by_n == 0)
    return truth.column + " / " + (text.size() > 1 ? "(" + text + ")" : text);
  return truth.column + (text == "1" ? " / n" : " / (n * " + text + ")");
}

// The table of count / claim, with what the last row shows; the sentence below it where no row
// shows it.
std::string table_story(const ClaimTruth& truth, const MeasuredGrowth& measured, const Claim& claim,
                        int side) {
  if (measured.samples.empty()) return "";
  const Shape shape{claim.text(), [&](double n) {
                      return claim.value(n, measured.along) * (measured.divided_by_n > 0 ? n : 1);
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
  std::string story =
      table(measured.samples, shape, truth.column, shown_shape(truth, measured, claim),
            measured.samples.size(), "", 8, variable_of(truth, measured));
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

// The claim goes through the last count.
std::optional<Plot> plot_of(const ClaimTruth& truth, const MeasuredGrowth& measured,
                            const Claim& claim) {
  if (measured.samples.empty()) return std::nullopt;
  const bool totals = measured.divided_by_n > 0;
  const auto shape = [claim, totals, along = measured.along](double n) {
    return claim.value(n, along) * (totals ? n : 1);
  };
  const Sample& last = measured.samples.back();
  const double scale = last.count / shape(static_cast<double>(last.n));
  return Plot{.title = truth.counted,
              .variable = variable_of(truth, measured),
              .unit = truth.column,
              .samples = measured.samples,
              .line = "the claim " + claim.text() + (totals ? ", times n" : ""),
              .value_of_line = [shape, scale](double n) { return scale * shape(n); },
              .growth = measured.verdict};
}

// The truth, or whichever of the other right answers was given.
Claim right_claim(const ClaimTruth& truth, const Claim& claim) {
  for (const std::string& other : truth.also) {
    const Claim also = *read_claim(other, truth.variables).claim;
    if (compare(claim, also, truth.variables) == Comparison::same) return also;
  }
  return *read_claim(truth.truth, truth.variables).claim;
}

// The first that objects to the claim; else the first in which it differs from the proof.
MeasuredGrowth direction_to_show(const std::vector<MeasuredGrowth>& directions,
                                 const ClaimTruth& truth, const Claim& claim, const Claim& right) {
  for (const MeasuredGrowth& each : directions) {
    if (each.objection_to(claim.along(each.along)) != 0) return each;
  }
  for (const MeasuredGrowth& each : directions) {
    if (claim.along(each.along) != right.along(each.along)) return each;
  }
  if (!directions.empty()) return directions.front();
  MeasuredGrowth none;
  none.along = truth.along;
  return none;
}

std::optional<Objection> judge(const ClaimLine* line, const ClaimTruth& truth) {
  if (line == nullptr || line->value.empty()) {
    return Objection{place(line, truth) + "is not answered",
                     "  Write behind the colon how it grows, as in  n log n  or  1."};
  }
  const ClaimOrError read = read_claim(line->value, truth.variables);
  if (!read.claim) return Objection{place(line, truth) + "can't be judged", "  " + read.error};

  const Claim& claim = *read.claim;
  const Claim right = right_claim(truth, claim);
  const Comparison against_proof = compare(claim, right, truth.variables);
  const std::vector<MeasuredGrowth> directions = measure(truth, right);
  const MeasuredGrowth measured = direction_to_show(directions, truth, claim, right);
  const Growth claimed = claim.along(measured.along);
  const int counted = measured.objection_to(claimed);
  if (counted == 0 && against_proof == Comparison::same) return std::nullopt;

  const int side = counted != 0 ? counted : against_proof == Comparison::lower ? -1 : 1;
  std::string says = side < 0 ? "is too low" : "is too high";
  if (counted == 0 && against_proof == Comparison::neither) says = "is not how it grows";
  std::string story = std::string(side < 0 ? "  An input that breaks it: " : "  Counted: ") +
                      truth.counted + (measured.where.empty() ? "" : ", " + measured.where) + "\n";
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
  return Objection{place(line, truth) + says, story, plot_of(truth, measured, claim)};
}

}  // namespace

namespace {

std::vector<Objection> errors_of(const ClaimsFile& file) {
  std::vector<Objection> out;
  for (const std::string& error : file.errors) {
    out.push_back(
        {error, "  Sections and keys must be those of the stub; the claims stand behind them."});
  }
  return out;
}

void judge_all(const ClaimsFile& file, const std::vector<ClaimTruth>& truths,
               std::vector<Objection>& out) {
  for (const ClaimTruth& truth : truths) {
    if (auto objection = judge(file.find(truth.section, truth.key), truth))
      out.push_back(std::move(*objection));
  }
}

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

void hold(const std::vector<Objection>& objections) {
  std::string picture;
  for (const Objection& each : objections) {
    if (picture.empty() && each.plot) picture = keep_plot(*each.plot);
  }
  harness::record({.lens = "growth",
                   .key = "claims objected to",
                   .measured = static_cast<double>(objections.size()),
                   .limit = 0,
                   .unit = "claims",
                   .picture = picture});
  for (const Objection& each : objections) harness::fail(each.input, each.story);
}

}  // namespace

std::vector<Objection> judge_claims(std::string_view text, const std::vector<ClaimTruth>& truths) {
  AskedClaims asked;
  for (const ClaimTruth& truth : truths) asked[truth.section].insert(truth.key);
  const ClaimsFile file = read_claims(text, asked);
  std::vector<Objection> out = errors_of(file);
  judge_all(file, truths, out);
  return out;
}

std::vector<Objection> judge_some_claims(std::string_view text,
                                         const std::vector<ClaimTruth>& truths,
                                         const AskedClaims& asked) {
  std::vector<Objection> out;
  judge_all(read_claims(text, asked), truths, out);
  return out;
}

std::vector<Objection> judge_answers(std::string_view text, const AskedClaims& asked) {
  const ClaimsFile file = read_claims(text, asked);
  std::vector<Objection> out = errors_of(file);
  for (const auto& [section, keys] : asked) {
    for (const std::string& key : keys) {
      const ClaimLine* line = file.find(section, key);
      if (line != nullptr && !line->value.empty()) continue;
      ClaimTruth of_key;
      of_key.section = section;
      of_key.key = key;
      out.push_back(*judge(line, of_key));
    }
  }
  return out;
}

void hold_claims(const std::filesystem::path& file, const std::vector<ClaimTruth>& truths) {
  hold(judge_claims(text_of(file), truths));
}

void hold_some_claims(const std::filesystem::path& file, const std::vector<ClaimTruth>& truths,
                      const AskedClaims& asked) {
  hold(judge_some_claims(text_of(file), truths, asked));
}

void hold_answers(const std::filesystem::path& file, const AskedClaims& asked) {
  hold(judge_answers(text_of(file), asked));
}

}  // namespace kit::lens
