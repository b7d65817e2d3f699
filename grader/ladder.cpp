#include "ladder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace kit {

namespace fs = std::filesystem;

namespace {

// Noon of the local day, so that differences in days don't depend on summer time.
std::time_t noon(std::int64_t at) {
  const std::time_t time = static_cast<std::time_t>(at);
  std::tm local{};
  localtime_r(&time, &local);
  local.tm_hour = 12;
  local.tm_min = local.tm_sec = 0;
  local.tm_isdst = -1;
  return std::mktime(&local);
}

}  // namespace

std::string days_ago(std::int64_t at, std::int64_t now) {
  const auto days =
      (static_cast<std::int64_t>(noon(now)) - static_cast<std::int64_t>(noon(at)) + 43'200) /
      86'400;
  if (days <= 0) return "today";
  if (days == 1) return "yesterday";
  return fmt::format("{} days ago", days);
}

std::string counted(int number, const std::string& one, const std::string& more) {
  return fmt::format("{} {}", number, number == 1 ? one : more);
}

Ladder::Ladder(const Workspace& workspace, const Catalogue& catalogue, const History& history)
    : catalogue_(catalogue), standings_(history.standings()) {
  for (const Exercise& exercise : catalogue.exercises()) {
    Standing& standing = standings_[exercise.id];
    for (const std::string& file : exercise.files) {
      std::error_code ignored;
      if (fs::exists(workspace.root / "work" / exercise.id / file, ignored))
        standing.started = true;
    }
    if (!standing.started || standing.passed) continue;
    std::int64_t& last = touched_[exercise.id];
    if (const auto newest = history.attempts(exercise.id, 1); !newest.empty()) last = newest[0].at;
    for (const Event& event : history.events(exercise.id)) last = std::max(last, event.at);
  }
}

const Standing& Ladder::standing(const Exercise& exercise) const {
  return standings_.at(exercise.id);
}

int Ladder::passed(const std::string& area) const {
  int count = 0;
  for (const Exercise& exercise : catalogue_.exercises()) {
    if (exercise.area == area && standing(exercise).passed) ++count;
  }
  return count;
}

int Ladder::total(const std::string& area) const {
  return static_cast<int>(
      std::count_if(catalogue_.exercises().begin(), catalogue_.exercises().end(),
                    [&](const Exercise& exercise) { return exercise.area == area; }));
}

bool Ladder::untouched() const {
  return std::none_of(catalogue_.exercises().begin(), catalogue_.exercises().end(),
                      [&](const Exercise& exercise) {
                        return standing(exercise).started || standing(exercise).passed;
                      });
}

// One that the catalogue doesn't have (not written yet, or its description is broken) can't be
// asked for.
bool Ladder::ready(const Exercise& exercise) const {
  return std::all_of(
      exercise.builds_on.begin(), exercise.builds_on.end(), [&](const std::string& id) {
        const auto& all = catalogue_.exercises();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Exercise& e) { return e.id == id; });
        return found == all.end() || standing(*found).passed;
      });
}

const Exercise* Ladder::unfinished() const {
  const Exercise* latest = nullptr;
  for (const Exercise& exercise : catalogue_.exercises()) {
    const auto touched = touched_.find(exercise.id);
    if (touched == touched_.end()) continue;
    if (!latest || touched->second > touched_.at(latest->id)) latest = &exercise;
  }
  return latest;
}

std::optional<Proposal> Ladder::proposal() const {
  if (const Exercise* begun = unfinished()) {
    const Standing& standing = this->standing(*begun);
    const std::int64_t last = touched_.at(begun->id);
    std::string why =
        last ? fmt::format("you worked on it {}", days_ago(last, now())) : "it lies on your desk";
    if (standing.tries > 0) {
      why += fmt::format("; the best of {} has {} of 100", counted(standing.tries, "try", "tries"),
                         standing.best_score);
    }
    return Proposal{begun, why};
  }
  const Exercise* first = nullptr;
  const Exercise* fitting = nullptr;
  for (const Exercise& exercise : catalogue_.exercises()) {
    if (standing(exercise).passed) continue;
    if (!first) first = &exercise;
    if (!fitting && ready(exercise)) fitting = &exercise;
  }
  if (!first) return std::nullopt;
  // Exercises that build on each other in a circle: any order is better than none.
  if (!fitting) return Proposal{first, "the first that you haven't passed"};

  const Exercise* base = nullptr;
  for (const Exercise& exercise : catalogue_.exercises()) {
    const auto& needed = fitting->builds_on;
    if (std::find(needed.begin(), needed.end(), exercise.id) == needed.end()) continue;
    if (!base || standing(exercise).passed_at > standing(*base).passed_at) base = &exercise;
  }
  if (base) {
    return Proposal{fitting, fmt::format("the idea of {}, which you passed {}, returns here",
                                         base->area == fitting->area ? base->name : base->id,
                                         days_ago(standing(*base).passed_at, now()))};
  }
  if (untouched()) return Proposal{fitting, "the first step of the ladder"};
  if (passed(fitting->area) == 0)
    return Proposal{fitting, fmt::format("the first step in {}", fitting->area)};
  return Proposal{fitting, "the first of the ladder that you haven't passed"};
}

}  // namespace kit
