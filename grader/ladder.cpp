#include "ladder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace kit {

namespace fs = std::filesystem;

namespace {

constexpr const char* kForAll = "";  // events that belong to no exercise

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
    practices_[exercise.id] =
        fold_practice(exercise, history.attempts(exercise.id), history.events(exercise.id),
                      [&history](std::int64_t attempt) { return history.files(attempt); });
  }
  deadline_ = read_deadline(history, day_of(now()));
}

const Standing& Ladder::standing(const Exercise& exercise) const {
  return standings_.at(exercise.id);
}

const Practice& Ladder::practice(const Exercise& exercise) const {
  static const Practice kNone;
  const auto found = practices_.find(exercise.id);
  return found == practices_.end() ? kNone : found->second;
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

bool Ladder::ready(const Exercise& exercise) const {
  return std::all_of(
      exercise.builds_on.begin(), exercise.builds_on.end(), [&](const std::string& id) {
        const auto& all = catalogue_.exercises();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Exercise& e) { return e.id == id; });
        return found == all.end() || standing(*found).passed;
      });
}

std::optional<Deadline> read_deadline(const History& history, Day today) {
  std::optional<Deadline> deadline;
  for (const Event& event : history.events(kForAll)) {
    if (event.kind != "until") continue;
    deadline.reset();
    if (const auto day = parse_day(event.data)) deadline = Deadline{*day, day_of(event.at)};
  }
  return deadline && deadline->day >= today ? deadline : std::nullopt;
}

void keep_deadline(History& history, std::optional<Day> day) {
  history.add_event(kForAll, "until", day ? iso_date(*day) : "none");
}

}  // namespace kit
