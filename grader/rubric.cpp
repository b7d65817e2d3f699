#include "rubric.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kit {

const char* const kRecommendationIsUncertain =
    "One session, no interviewer in the room, two marks given by yourself. The\n"
    "weights are this kit's, not an employer's. Look at the lines above and at the\n"
    "trend of several sessions; the recommendation is the least certain thing on\n"
    "this screen.\n";

const char* level_word(int level) {
  static constexpr const char* kWords[] = {"not measured", "not shown", "partly", "solid",
                                           "strong"};
  return kWords[std::clamp(level, 0, 4)];
}

const std::array<const char*, 4>& anchors(const std::string& dimension) {
  static const std::map<std::string, std::array<const char*, 4>> by_dimension = {
      {"correctness",
       {"The small examples don't work, or it doesn't compile.",
        "The common case works; an ordinary case (odd count, empty, other root) doesn't.",
        "Every case of the contract works in the end.",
        "Every case works, nearly at the first run, and nobody had to point at one."}},
      {"robustness",
       {"Falls over as soon as the machine is unkind: a short write, a late rank, a throwing copy.",
        "Survives some of it; leaks, or has undefined behaviour that the sanitizer sees.",
        "Survives nearly all injected faults and is clean.",
        "Survives all of them, is clean, and no hint was needed."}},
      {"cost",
       {"The order of growth is wrong, or the cost is several times the bound; can't say what it "
        "is.",
        "Right idea; up to twice the bound, or a number without a reason.",
        "Within the bound, and the bound was named with its constant.",
        "Within a tenth of the reference, and knows why nobody can do much better."}},
      {"code",
       {"Hard to follow: one long function, warnings, copied blocks.",
        "Works but needs a tidy-up before a review.",
        "A reviewer would pass it with small remarks.",
        "Short, named well, owns its resources by construction; nothing to take away."}},
      {"communication",
       {"Starts typing; the interviewer has to guess what happens and why.",
        "Asks or explains when prompted; assumptions stay unsaid.",
        "Asks what changes the solution, says the plan first, follow-ups answered on the point.",
        "Leads: states assumptions with reasons, draws the small case, names trade-offs before "
        "being "
        "asked."}},
      {"pace",
       {"No running version by the end.", "A running version late; no time left to test or talk.",
        "Done in time with a check of the edge cases.",
        "Done early, time spent on tests, cost and follow-ups."}}};
  return by_dimension.at(dimension);
}

Share RubricFacts::said_in_all() const {
  Share all;
  for (const auto& [tag, share] : said) {
    all.passed += share.passed;
    all.total += share.total;
  }
  return all;
}

namespace {

const Share* criterion_of(const RubricFacts& facts, const std::string& name) {
  const auto found = facts.criteria.find(name);
  return found == facts.criteria.end() ? nullptr : &found->second;
}

int nudges_of(const RubricFacts& facts, const std::string& dimension) {
  const auto found = facts.nudges.find(dimension);
  return found == facts.nudges.end() ? 0 : found->second;
}

// A nudge lowers the ceiling by one, never below 2.
int lowered(int ceiling, int nudges) {
  return std::max(std::min(ceiling, 2), ceiling - nudges);
}

std::string nudge_words(int nudges) {
  if (nudges == 0) return "";
  return fmt::format("; {} nudge{} taken", nudges, nudges == 1 ? "" : "s");
}

Mark unmeasured(const std::string& dimension) {
  return {dimension, std::nullopt, "the kit could not grade it"};
}

}  // namespace

Mark correctness_mark(const RubricFacts& facts) {
  if (!facts.graded) return unmeasured("correctness");
  if (!facts.compiles) return {"correctness", 1, "it doesn't compile: " + facts.does_not_compile};
  const Share* correct = criterion_of(facts, "Correct");
  const Share share = correct ? *correct : Share{};
  const int nudges = nudges_of(facts, "correctness");
  int level = 1;
  if (share.all()) {
    level = facts.example_runs >= 1 && facts.example_runs <= 2 && nudges == 0 ? 4 : 3;
  } else if (share.value() >= 0.7 && facts.example_runs > 0) {
    level = 2;
  }
  level = std::min(level, lowered(4, nudges));
  const std::string examples = facts.example_runs > 0
                                   ? fmt::format("examples at run {}", facts.example_runs)
                                   : "the examples never passed in a run";
  std::string reason = fmt::format("{} of {} correct in the end; {}{}", share.passed, share.total,
                                   examples, nudge_words(nudges));
  if (!facts.first_lost_correct.empty()) reason += "; first lost: " + facts.first_lost_correct;
  return {"correctness", level, reason};
}

Mark robustness_mark(const RubricFacts& facts) {
  if (!facts.graded) return unmeasured("robustness");
  if (!facts.compiles) return {"robustness", 1, "it doesn't compile"};
  const Share* robust = criterion_of(facts, "Robust");
  const int nudges = nudges_of(facts, "robustness");
  int level = 1;
  std::string reason;
  if (!robust) {
    level = facts.clean == CleanState::none ? 3 : facts.clean == CleanState::leak ? 2 : 1;
    reason = "from the sanitizers alone";
  } else {
    if (robust->all() && facts.clean == CleanState::none && nudges == 0) {
      level = 4;
    } else if ((robust->value() >= 0.8 && facts.clean == CleanState::none) ||
               (robust->all() && facts.clean == CleanState::leak)) {
      level = 3;
    } else if (robust->value() >= 0.5) {
      level = 2;
    }
    if (facts.clean == CleanState::error) level = std::min(level, 2);
    reason = fmt::format("{} of {} fault tests passed", robust->passed, robust->total);
    if (!facts.first_lost_robust.empty()) reason += "; first lost: " + facts.first_lost_robust;
  }
  if (facts.clean != CleanState::none) reason += "; " + facts.clean_finding;
  return {"robustness", level, reason + nudge_words(nudges)};
}

Mark cost_mark(const RubricFacts& facts) {
  if (!facts.graded) return unmeasured("cost");
  if (!facts.compiles) return {"cost", 1, "it doesn't compile"};
  const Share* cost = criterion_of(facts, "Cost");
  const int nudges = nudges_of(facts, "cost");
  const auto found = facts.said.find("cost");
  const Share said = found == facts.said.end() ? Share{} : found->second;
  const int spoken = said.value() >= 0.6 ? 4 : said.value() >= 0.3 ? 3 : 2;
  int level = 3;
  std::string reason;
  if (cost) {
    level = 1;
    if (cost->all() && facts.reference_ratio && *facts.reference_ratio <= 1.10) {
      level = 4;
    } else if (cost->all()) {
      level = 3;
    } else if (facts.limit_ratio && *facts.limit_ratio <= 2) {
      level = 2;
    }
    reason = fmt::format("{} of {} bounds met", cost->passed, cost->total);
    if (!facts.first_lost_cost.empty()) reason += ", lost: " + facts.first_lost_cost;
    if (!facts.tightest.empty()) reason += " (" + facts.tightest + ")";
  } else {
    reason = "from what you said alone";
  }
  const int ceiling = lowered(std::min(spoken, 4), nudges);
  reason += fmt::format("; you said {} of {} points", said.passed, said.total);
  if (level > ceiling) reason += fmt::format("; ceiling {}", ceiling);
  return {"cost", std::min(level, ceiling), reason + nudge_words(nudges)};
}

Mark code_mark(const RubricFacts& facts) {
  if (!facts.graded) return unmeasured("code");
  int level = 4;
  std::vector<std::string> said;
  if (!facts.compiles) said.push_back("it doesn't compile"), --level;
  if (facts.code.warnings > 0) --level;
  said.push_back(facts.code.warnings == 0 ? "no warnings"
                                          : fmt::format("{} warning{}", facts.code.warnings,
                                                        facts.code.warnings == 1 ? "" : "s"));
  if (facts.clean == CleanState::error) --level, said.emplace_back("a sanitizer's error");
  if (facts.code.longest > 60 || facts.code.depth > 4) --level;
  said.push_back(fmt::format("longest function {} line{}", facts.code.longest,
                             facts.code.longest == 1 ? "" : "s"));
  if (facts.code.depth > 4) said.push_back(fmt::format("{} blocks deep", facts.code.depth));
  if (facts.code.lines_ratio > 2.5) {
    --level;
    said.push_back(fmt::format("{:.1f} times the reference's lines", facts.code.lines_ratio));
  }
  return {"code", std::max(1, level), fmt::format("{}", fmt::join(said, ", "))};
}

Mark communication_suggestion(const RubricFacts& facts) {
  const Share said = facts.said_in_all();
  int level = 2;
  const bool enough =
      facts.changing_questions > 0 && facts.asked_unprompted >= 0.6 * facts.changing_questions;
  if (enough) ++level;
  if (said.total > 0 && said.value() >= 0.6) ++level;
  if (!facts.asked_before_first_save) --level;
  std::string reason = fmt::format("asked {} of {} that matter unprompted", facts.asked_unprompted,
                                   facts.changing_questions);
  if (facts.asked_prompted > 0)
    reason += fmt::format(", {} more when shown the list", facts.asked_prompted);
  if (!facts.asked_before_first_save) reason += "; nothing asked before the first save";
  reason += fmt::format("; {} of {} points said", said.passed, said.total);
  return {"communication", std::clamp(level, 1, 4), reason};
}

Mark pace_suggestion(const RubricFacts& facts) {
  const bool by_plan = !facts.due_minute ||
                       (facts.first_pass_minute && *facts.first_pass_minute <= *facts.due_minute);
  int level = 1;
  if (facts.passed_all && facts.used_minutes <= 0.9 * facts.minutes && by_plan) {
    level = 4;
  } else if (facts.correct_in_time && !facts.over_time) {
    level = 3;
  } else if (facts.first_pass_minute && *facts.first_pass_minute <= facts.minutes) {
    level = 2;
  }
  if (facts.over_time) level = std::min(level, 2);
  std::string reason =
      fmt::format("{:.0f} of {:.0f} minutes", std::ceil(facts.used_minutes), facts.minutes);
  reason += facts.first_pass_minute ? fmt::format(", examples passed at minute {:.0f}",
                                                  std::floor(*facts.first_pass_minute))
                                    : ", the examples never passed in a run";
  if (facts.due_minute) reason += fmt::format(" (the plan: by {})", *facts.due_minute);
  if (facts.over_time) reason += "; carried on over time";
  return {"pace", level, reason};
}

const char* to_string(Band band) {
  static constexpr const char* kNames[] = {"strong no", "no", "yes", "strong yes"};
  return kNames[static_cast<int>(band)];
}

namespace {

double mean_of(const std::vector<Weighed>& marks, int shift) {
  double sum = 0;
  int weights = 0;
  for (const Weighed& mark : marks) {
    if (!mark.level) continue;
    sum += mark.weight * std::clamp(*mark.level + (mark.own ? shift : 0), 1, 4);
    weights += mark.weight;
  }
  return weights == 0 ? 1 : sum / weights;
}

constexpr std::array<double, 3> kEdges = {1.75, 2.50, 3.40};

Band plain_band(double mean) {
  return mean < kEdges[0]   ? Band::strong_no
         : mean < kEdges[1] ? Band::no
         : mean < kEdges[2] ? Band::yes
                            : Band::strong_yes;
}

}  // namespace

Recommendation recommend(const std::vector<Weighed>& marks,
                         const std::array<std::string, 3>& gates) {
  const auto level = [&](const std::string& dimension) -> std::optional<int> {
    for (const Weighed& mark : marks) {
      if (mark.dimension == dimension) return mark.level;
    }
    return std::nullopt;
  };
  Band highest = Band::strong_yes;
  std::string gate;
  bool all_at_one = true;
  for (const std::string& name : gates) {
    const auto value = level(name);
    all_at_one = all_at_one && value == 1;
    if (value && *value < 3 && highest == Band::strong_yes) {
      highest = Band::yes;
      gate = fmt::format("{} {}", name, *value);
    }
  }
  if (level(gates[0]) == 1) {
    highest = Band::no;
    gate = gates[0] + " 1";
  }
  if (all_at_one) highest = Band::strong_no;

  Recommendation result;
  result.low = mean_of(marks, -1);
  result.mid = mean_of(marks, 0);
  result.high = mean_of(marks, 1);
  const auto band = [&](double mean) { return std::min(plain_band(mean), highest); };
  result.from = band(result.low);
  result.to = band(result.high);
  result.nearer = band(result.mid);
  const bool stopped = plain_band(result.high) > highest;
  if (result.from == result.to && highest != Band::strong_no) {
    // One band says more than is known: to the neighbour whose edge is nearer.
    const int here = static_cast<int>(result.from);
    const double down = here > 0 ? result.mid - kEdges[static_cast<std::size_t>(here - 1)] : 1e9;
    const double up = here < 3 ? kEdges[static_cast<std::size_t>(here)] - result.mid : 1e9;
    const bool upper_allowed = result.to < highest;
    if (upper_allowed && (up <= down || here == 0)) {
      result.to = static_cast<Band>(here + 1);
    } else if (here > 0) {
      result.from = static_cast<Band>(here - 1);
    }
    if (up <= down && !upper_allowed) result.gate = gate;
  }
  if (stopped) result.gate = gate;
  return result;
}

Recommendation recommend_coding(const std::array<std::optional<int>, 6>& marks) {
  static constexpr std::array<int, 6> kWeights = {3, 2, 2, 1, 2, 1};
  std::vector<Weighed> all;
  for (std::size_t i = 0; i < marks.size(); ++i)
    all.push_back({kDimensions[i], marks[i], kWeights[i], i >= 4});
  return recommend(all, {"correctness", "robustness", "cost"});
}

std::string Recommendation::sentence() const {
  std::string text = from == to ? to_string(from)
                                : fmt::format("between {} and {}, nearer {}", to_string(from),
                                              to_string(to), to_string(nearer));
  if (!gate.empty()) text += fmt::format(" (gate: {})", gate);
  return text;
}

}  // namespace kit
