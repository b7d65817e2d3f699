#include "report_pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "drawing.hpp"
#include "fast.hpp"
#include "pictures.hpp"
#include "roofline.hpp"

namespace kit {

namespace {

using nlohmann::json;

constexpr std::size_t kMostRows = 12;

double number_in(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : 0;
}

// How much of the bound is used up: 1 is all of it, more is too much.
double share_of_bound(double measured, double limit, bool at_most) {
  const double part = at_most ? measured : limit;
  const double whole = at_most ? limit : measured;
  if (whole > 0) return part / whole;
  return part > 0 ? 1'000 : 0;  // a bound of 0 that was not met
}

std::string spoken_number(double value) {
  if (std::abs(value - std::round(value)) > 1e-9) return fmt::format("{:.3g}", value);
  std::string digits = fmt::format("{:.0f}", value);
  for (std::size_t at = digits.size(); at > 3 && at - 3 > (value < 0 ? 1U : 0U);) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// The reference's evidence as the build keeps it; null where it was never run here.
json reference_evidence(const Workspace& workspace, const Exercise& exercise) {
  std::ifstream in(workspace.build / "reference" / (exercise.target() + ".json"));
  const json kept = in ? json::parse(in, nullptr, false) : json();
  return kept.is_object() ? kept.value("evidence", json()) : json();
}

const json* same_fact(const json& reference, const std::string& test, const json& fact) {
  if (!reference.is_array()) return nullptr;
  for (const json& other : reference) {
    if (other.value("test", "") == test && other.value("lens", "") == fact.value("lens", "") &&
        other.value("key", "") == fact.value("key", ""))
      return &other;
  }
  return nullptr;
}

json row_of(const std::string& test, const json& fact, const json& reference) {
  const bool at_most = fact.value("at_most", true);
  const double limit = number_in(fact, "limit");
  json row = {{"test", test},
              {"what", fact.value("key", "")},
              {"lens", fact.value("lens", "")},
              {"unit", fact.value("unit", "")},
              {"measured", number_in(fact, "measured")},
              {"limit", limit},
              {"at_most", at_most},
              {"share", share_of_bound(number_in(fact, "measured"), limit, at_most)}};
  if (const json* same = same_fact(reference, test, fact)) {
    row["reference"] = number_in(*same, "measured");
    row["reference_share"] =
        share_of_bound(number_in(*same, "measured"), number_in(*same, "limit"), at_most);
  }
  return row;
}

// Of each test the fact that is nearest to its bound or farthest over it.
json tightest_rows(const json& verdict, const json& reference) {
  json rows = json::array();
  for (const json& test : verdict.value("tests", json::array())) {
    json tightest;
    for (const json& fact : test.value("evidence", json::array())) {
      const std::string key = fact.value("key", "");
      if (key.rfind("picture", 0) == 0) continue;
      json row = row_of(test.value("test", ""), fact, reference);
      if (tightest.is_null() || row["share"] > tightest["share"]) tightest = std::move(row);
    }
    if (!tightest.is_null()) rows.push_back(std::move(tightest));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const json& a, const json& b) {
    return a["share"].get<double>() > b["share"].get<double>();
  });
  if (rows.size() > kMostRows) rows.erase(rows.begin() + kMostRows, rows.end());
  return rows;
}

std::string row_words(const json& row) {
  const std::string unit = row["unit"].get<std::string>();
  std::string text = fmt::format("{}: {} {}, the bound is {}", row["test"].get<std::string>(),
                                 spoken_number(row["measured"]), unit, spoken_number(row["limit"]));
  if (row.contains("reference"))
    text += fmt::format(", the reference has {}", spoken_number(row["reference"]));
  return text + ".";
}

std::string words_on_rows(const json& rows) {
  const auto over = std::count_if(rows.begin(), rows.end(),
                                  [](const json& row) { return row["share"].get<double>() > 1; });
  if (over == 0)
    return "All that was measured is within its bound. The tightest is " + row_words(rows.front());
  std::string text =
      fmt::format("{} over the bound. ", over == 1 ? "One is" : fmt::format("{} are", over));
  for (std::size_t i = 0; i < std::min<std::size_t>(2, static_cast<std::size_t>(over)); ++i)
    text += (i > 0 ? " " : "") + row_words(rows[i]);
  return text;
}

json as_json(const Drawing& drawing) {
  return {{"kind", drawing.kind},
          {"svg", drawing.svg},
          {"words", drawing.words},
          {"title", drawing.title}};
}

// The suite's picture, and where the bench of what is in work/ stands on the machine's roofs.
json drawings_of(const Workspace& workspace, const Exercise& exercise, std::int64_t attempt,
                 const std::optional<Roofs>& roofs) {
  json all = json::array();
  if (const auto yours = picture_of(workspace, attempt)) {
    if (const auto drawing = draw(*yours, reference_picture(workspace, exercise, yours->name)))
      all.push_back(as_json(*drawing));
  }
  if (!roofs) return all;
  const json bench = kept_bench(workspace, your_submission(workspace, exercise));
  if (const auto drawing = draw_roofline(*roofs, bench)) all.push_back(as_json(*drawing));
  return all;
}

}  // namespace

json report_pictures(const Workspace& workspace, const Ladder& ladder, const History& history) {
  std::vector<std::pair<std::int64_t, json>> found;
  const std::optional<Roofs> machine = kept_roofs(workspace);
  for (const Exercise& exercise : ladder.catalogue().exercises()) {
    const json reference = reference_evidence(workspace, exercise);
    for (const Attempt& attempt : history.attempts(exercise.id)) {
      if (attempt.source != "yours") continue;
      const json verdict = json::parse(attempt.json, nullptr, false);
      if (!verdict.is_object()) continue;
      json rows = tightest_rows(verdict, reference);
      if (rows.empty()) continue;
      json one = {{"id", exercise.id},
                  {"day", short_date(day_of(attempt.at))},
                  {"verdict", attempt.verdict},
                  {"words", words_on_rows(rows)},
                  {"reference_measured", !reference.is_null()},
                  {"rows", std::move(rows)}};
      if (json drawings = drawings_of(workspace, exercise, attempt.id, machine); !drawings.empty())
        one["drawings"] = std::move(drawings);
      found.emplace_back(attempt.at, std::move(one));
      break;
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  json all = json::array();
  for (auto& [at, one] : found) all.push_back(std::move(one));
  return all;
}

}  // namespace kit
