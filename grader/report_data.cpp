#include "report_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "plan.hpp"
#include "proposal.hpp"
#include "report_interviews.hpp"
#include "report_pictures.hpp"

namespace kit {

namespace {

using nlohmann::json;

constexpr std::size_t kMostAttempts = 40;  // of an exercise in the picture; the numbers tell of all
constexpr Day kDaysWithoutADate = 14;
constexpr const char* kCriteria[] = {"Correct", "Robust", "Cost", "Clean"};

std::string day_and_month(Day day) {
  const std::string whole = short_date(day);
  return whole.substr(0, whole.find(' ') + 4);  // "23 Nov"
}

// ---- the posting ----

std::string line_standing(const std::vector<std::string>& standings, std::size_t solved) {
  const auto share = static_cast<double>(solved) / static_cast<double>(standings.size());
  const bool faint = std::count(standings.begin(), standings.end(), "faint") != 0;
  const bool begun = std::any_of(standings.begin(), standings.end(),
                                 [](const std::string& s) { return s != "not begun"; });
  if (share >= 0.60 && !faint) return "solid";
  if (share >= 0.25) return "fading";
  return begun ? "open" : "not begun";
}

json posting(const Ladder& ladder, Day today) {
  std::vector<std::string> lines;  // in the order in which the ladder meets them
  std::map<std::string, std::vector<const Exercise*>> trained_by;
  for (const Exercise& exercise : ladder.catalogue().exercises()) {
    for (const std::string& line : exercise.trains) {
      if (trained_by.count(line) == 0) lines.push_back(line);
      trained_by[line].push_back(&exercise);
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) {
    return trained_by[a].size() > trained_by[b].size();
  });
  json all = json::array();
  for (const std::string& line : lines) {
    std::vector<std::string> standings;
    std::size_t solved = 0;
    std::string next;
    json exercises = json::array();
    for (const Exercise* exercise : trained_by[line]) {
      standings.push_back(standing_of(ladder, *exercise, today));
      const bool passed = ladder.standing(*exercise).passed;
      if (passed) ++solved;
      if (!passed && (next.empty() || ladder.standing(*exercise).started)) {
        if (next.empty() ||
            standing_of(ladder, *ladder.catalogue().select({next})[0], today) == "not begun")
          next = exercise->id;
      }
      exercises.push_back({{"id", exercise->id}, {"standing", standings.back()}});
    }
    all.push_back({{"line", line},
                   {"exercises", exercises},
                   {"solved", solved},
                   {"total", exercises.size()},
                   {"standing", line_standing(standings, solved)},
                   {"next", next}});
  }
  return all;
}

// ---- areas and levels ----

json areas(const Ladder& ladder, Day today) {
  json all = json::array();
  for (const std::string& area : ladder.catalogue().areas()) {
    json levels = json::array();
    for (int level = 1; level <= 5; ++level) {
      int total = 0, solved = 0, faint = 0;
      for (const Exercise& exercise : ladder.catalogue().exercises()) {
        if (exercise.area != area || exercise.level != level) continue;
        ++total;
        if (ladder.standing(exercise).passed) ++solved;
        if (standing_of(ladder, exercise, today) == "faint") ++faint;
      }
      levels.push_back({{"level", level}, {"total", total}, {"solved", solved}, {"faint", faint}});
    }
    if (ladder.total(area) == 0) continue;
    all.push_back({{"area", area},
                   {"levels", levels},
                   {"solved", ladder.passed(area)},
                   {"total", ladder.total(area)}});
  }
  return all;
}

// ---- exercises over time ----

bool is_shown(const Attempt& attempt) {
  return attempt.source == "yours" && attempt.verdict != "kept" &&
         attempt.verdict != "could not be graded" &&
         attempt.verdict.find(" (a part)") == std::string::npos;
}

std::vector<Attempt> shown_attempts(const History& history, const Exercise& exercise) {
  std::vector<Attempt> shown;
  for (Attempt& attempt : history.attempts(exercise.id)) {
    if (is_shown(attempt)) shown.push_back(std::move(attempt));
  }
  std::reverse(shown.begin(), shown.end());
  return shown;
}

// "Robust took longest": the criterion that was passed last, where one was later than the others.
std::string slowest(const json& attempts, const std::vector<std::string>& criteria) {
  std::string last;
  std::size_t latest = 0;
  bool alone = false;
  for (const std::string& criterion : criteria) {
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      if (attempts[i]["criteria"].value(criterion, "not run") != "passed") continue;
      alone = i > latest || last.empty();
      if (i >= latest) last = criterion, latest = i;
      break;
    }
  }
  return alone && latest > 0 ? last : "";
}

std::string words_on(const json& one, std::size_t all, const std::vector<std::string>& criteria) {
  const json& attempts = one["attempts"];
  const std::string first = attempts.front()["day"], last = attempts.back()["day"];
  std::string text = counted(static_cast<int>(all), "attempt", "attempts");
  text += first == last ? " on " + last : fmt::format(" from {} to {}", first, last);
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    if (attempts[i]["verdict"] != "passed") continue;
    text += fmt::format("; all criteria passed at attempt {}", attempts[i]["number"].get<int>());
    const std::string late = slowest(attempts, criteria);
    if (!late.empty()) text += fmt::format("; {} took longest", late);
    return text + ".";
  }
  return text + "; not passed yet.";
}

json exercises(const Ladder& ladder, const History& history, Day today) {
  std::vector<std::pair<std::int64_t, json>> touched;
  for (const Exercise& exercise : ladder.catalogue().exercises()) {
    const auto shown = shown_attempts(history, exercise);
    if (shown.empty()) continue;
    json attempts = json::array();
    std::set<std::string> seen;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const json criteria = criteria_of(shown[i]);
      for (const auto& item : criteria.items()) seen.insert(item.key());
      if (i + kMostAttempts < shown.size()) continue;
      attempts.push_back({{"number", i + 1},
                          {"day", short_date(day_of(shown[i].at))},
                          {"verdict", shown[i].verdict},
                          {"criteria", criteria}});
    }
    if (has_clean(exercise)) seen.insert("Clean");
    std::vector<std::string> criteria;
    for (const char* name : kCriteria) {
      if (seen.count(name) != 0) criteria.push_back(name);
    }
    const Practice& practice = ladder.practice(exercise);
    json one = {{"id", exercise.id},
                {"title", exercise.title},
                {"level", exercise.level},
                {"standing", standing_of(ladder, exercise, today)},
                {"criteria", criteria},
                {"attempts", attempts},
                {"attempts_in_all", shown.size()},
                {"last", day_and_month(day_of(shown.back().at))},
                {"grade", ""},
                {"hints", 0}};
    if (!practice.repetitions.empty()) {
      one["grade"] = to_string(practice.repetitions.back().grade);
      one["recall"] = std::round(1'000 * practice.recall_on(today)) / 1'000;
      one["due"] = iso_date(practice.due());
      for (const Repetition& r : practice.repetitions)
        one["hints"] = one["hints"].get<int>() + r.hints;
    }
    one["words"] = words_on(one, shown.size(), criteria);
    touched.emplace_back(shown.back().at, std::move(one));
  }
  std::stable_sort(touched.begin(), touched.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  json all = json::array();
  for (auto& [at, one] : touched) all.push_back(std::move(one));
  return all;
}

// ---- the plan ----

json plan(const Ladder& ladder, const ReportWish& wish, Day today) {
  Moment moment = moment_of(ladder, today);
  if (wish.until) {
    const bool kept = moment.deadline && moment.deadline->day == *wish.until;
    if (!kept) moment.deadline = Deadline{*wish.until, today};
  }
  const bool dated = moment.deadline.has_value();
  // The evening before and the day itself are not for coding.
  const Day end = dated ? moment.deadline->day : today + kDaysWithoutADate;
  const Plan made =
      make_plan(cards_of(ladder, today), moment, wish.daily, today, dated ? end - 1 : end);
  json days = json::array();
  for (const PlannedDay& day : made.days) {
    json items = json::array();
    for (const PlannedItem& item : day.items)
      items.push_back(
          {{"id", item.exercise->id}, {"again", item.again}, {"minutes", item.exercise->minutes}});
    days.push_back(
        {{"date", iso_date(day.day)},
         {"spoken", fmt::format("{} {}", weekday(day.day).substr(0, 3), day_and_month(day.day))},
         {"items", items},
         {"minutes", day.minutes}});
  }
  const Day length = std::max<Day>(1, end - today);
  return {{"until", dated ? iso_date(end) : ""},
          {"until_spoken", dated ? short_date(end) : ""},
          {"from", iso_date(today)},
          {"end", iso_date(end)},
          {"length", length},
          {"daily", wish.daily},
          {"days", days},
          {"new", made.fresh},
          {"repetitions", made.repetitions},
          {"average", made.minutes / length},
          {"met", made.met},
          {"strong", made.strong},
          {"total", ladder.catalogue().exercises().size()}};
}

json summary(const Ladder& ladder, Day today) {
  std::map<std::string, int> standings;
  int solved = 0;
  for (const Exercise& exercise : ladder.catalogue().exercises()) {
    ++standings[standing_of(ladder, exercise, today)];
    if (ladder.standing(exercise).passed) ++solved;
  }
  json all = {{"solved", solved},
              {"total", ladder.catalogue().exercises().size()},
              {"solid", standings["solid"]},
              {"fading", standings["fading"]},
              {"faint", standings["faint"]},
              {"open", standings["open"]}};
  if (const auto next = propose(ladder))
    all["next"] = {
        {"id", next->exercise->id}, {"minutes", next->exercise->minutes}, {"why", next->why}};
  return all;
}

}  // namespace

json criteria_of(const Attempt& attempt) {
  json criteria = json::object();
  const json verdict = json::parse(attempt.json, nullptr, false);
  if (!verdict.is_object()) return criteria;
  for (const json& test : verdict.value("tests", json::array())) {
    if (!test.is_object() || !test.contains("test") || !test["test"].is_string()) continue;
    const std::string name = test["test"];
    const std::string state = test.value("state", "not run");
    auto& so_far = criteria[name.substr(0, name.find('.'))];
    if (so_far.is_null()) so_far = state == "passed" || state == "not run" ? state : "failed";
    if (state != "passed" && state != "not run") so_far = "failed";
    if (state == "not run" && so_far == "passed") so_far = "not run";
  }
  if (verdict.contains("clean") && verdict["clean"].is_object())
    criteria["Clean"] = verdict["clean"].value("passed", false) ? "passed" : "failed";
  return criteria;
}

std::string standing_of(const Ladder& ladder, const Exercise& exercise, Day today) {
  const Practice& practice = ladder.practice(exercise);
  const Standing& standing = ladder.standing(exercise);
  if (standing.passed && !practice.repetitions.empty())
    return standing_word(practice.recall_on(today));
  return standing.passed ? "fading" : standing.started ? "open" : "not begun";
}

json report_data(const Workspace& workspace, const Ladder& ladder, const History& history,
                 const ReportWish& wish) {
  const Day today = day_of(now());
  const json interviews = report_interviews(workspace);
  json data = {{"today", short_date(today) + " " + iso_date(today).substr(0, 4)},
               {"summary", summary(ladder, today)},
               {"posting", posting(ladder, today)},
               {"areas", areas(ladder, today)},
               {"exercises", exercises(ladder, history, today)},
               {"pictures", report_pictures(workspace, ladder, history)},
               {"interviews", interviews},
               {"interview_words", interviews.empty() ? "" : words_on_interviews(interviews)},
               {"plan", plan(ladder, wish, today)}};
  return data;
}

}  // namespace kit
