#include "report_interviews.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "calendar.hpp"
#include "interview_log.hpp"
#include "ladder.hpp"
#include "rubric.hpp"

namespace kit {

namespace {

using nlohmann::json;

constexpr std::size_t kEnoughForAMedian = 3;

json marks_of(const std::vector<InterviewMark>& marks) {
  json all = json::array();
  for (const InterviewMark& mark : marks) {
    const std::optional<int> level = mark.self ? mark.self : mark.computed;
    const bool known = level && *level >= 1 && *level <= 4;
    all.push_back({{"dimension", mark.dimension},
                   {"level", known ? json(*level) : json()},
                   {"word", known ? level_word(*level) : "not measured"},
                   {"own", mark.self.has_value()},
                   {"reason", mark.reason}});
  }
  return all;
}

std::string recommendation_of(const InterviewRow& row, const json& marks) {
  if (row.kind != "coding" || !row.mid) return "";
  std::array<std::optional<int>, kDimensions.size()> levels;
  for (std::size_t i = 0; i < kDimensions.size(); ++i) {
    for (const json& mark : marks) {
      if (mark["dimension"] == kDimensions[i] && mark["level"].is_number())
        levels[i] = mark["level"].get<int>();
    }
  }
  return recommend_coding(levels).sentence();
}

int count_of(const std::vector<InterviewEvent>& events, const char* kind) {
  return static_cast<int>(std::count_if(events.begin(), events.end(),
                                        [&](const InterviewEvent& e) { return e.kind == kind; }));
}

json notes_of(const std::vector<InterviewEvent>& events) {
  json notes = json::array();
  for (const InterviewEvent& event : events) {
    if (event.kind != "noted") continue;
    const json data = json::parse(event.data, nullptr, false);
    if (data.is_object() && data.contains("text") && data["text"].is_string())
      notes.push_back(data["text"]);
  }
  return notes;
}

json one_interview(const InterviewLog& log, const InterviewRow& row) {
  const auto events = log.events(row.id);
  const json marks = marks_of(log.marks(row.id));
  int answered = 0;
  for (const InterviewAnswer& answer : log.answers(row.id)) {
    if (!answer.text.empty()) ++answered;
  }
  std::string words =
      fmt::format("{} of {} minutes; {}, {}, {}.", (row.elapsed_ms + 59'999) / 60'000, row.minutes,
                  counted(count_of(events, "asked"), "question asked", "questions asked"),
                  counted(count_of(events, "nudged"), "nudge", "nudges"),
                  counted(answered, "follow-up answered", "follow-ups answered"));
  const std::string recommendation = recommendation_of(row, marks);
  if (!recommendation.empty()) words += " Recommendation: " + recommendation + ".";
  return {{"day", short_date(day_of(seconds_of(row.started_at)))},
          {"subject", row.subject},
          {"words", words},
          {"marks", marks},
          {"low", row.low ? json(*row.low) : json()},
          {"mid", row.mid ? json(*row.mid) : json()},
          {"high", row.high ? json(*row.high) : json()},
          {"recommendation", recommendation},
          {"notes", notes_of(events)}};
}

}  // namespace

json report_interviews(const Workspace& workspace) {
  json all = json::array();
  const InterviewLog log(workspace);
  for (const InterviewRow& row : log.all()) {
    if (row.state == "done") all.push_back(one_interview(log, row));
  }
  return all;
}

std::string words_on_interviews(const json& interviews) {
  std::vector<std::string> dimensions;
  std::map<std::string, std::vector<int>> levels;
  std::map<std::string, bool> own;
  for (const json& one : interviews) {
    for (const json& mark : one["marks"]) {
      const std::string dimension = mark["dimension"];
      if (levels.count(dimension) == 0) dimensions.push_back(dimension);
      auto& of_it = levels[dimension];
      if (mark["level"].is_number()) of_it.push_back(mark["level"]);
      if (mark["own"].get<bool>()) own[dimension] = true;
    }
  }
  std::string text = counted(static_cast<int>(interviews.size()), "interview", "interviews");
  const char* between = ": ";
  for (const std::string& dimension : dimensions) {
    std::vector<int> all = levels[dimension];
    if (all.empty()) continue;
    text += between + dimension + (own[dimension] ? ", by your own mark," : "") + " " +
            fmt::format("{}", fmt::join(all, ", "));
    if (all.size() >= kEnoughForAMedian) {
      std::sort(all.begin(), all.end());
      text += fmt::format(" (median {})", all[(all.size() - 1) / 2]);
    }
    between = "; ";
  }
  return text + ".";
}

}  // namespace kit
