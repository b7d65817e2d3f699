#include "calendar.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>

namespace kit {

namespace {

namespace chr = std::chrono;

constexpr std::int64_t kDayBegins = 4 * std::int64_t{3'600};

constexpr const char* kMonths[] = {"January",   "February", "March",    "April",
                                   "May",       "June",     "July",     "August",
                                   "September", "October",  "November", "December"};
constexpr const char* kWeekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};

chr::year_month_day date_of(Day day) {
  return chr::year_month_day(chr::sys_days(chr::days(day)));
}

}  // namespace

Day day_of(std::int64_t at) {
  const std::time_t time = static_cast<std::time_t>(at - kDayBegins);
  std::tm local{};
  ::localtime_r(&time, &local);
  const chr::year_month_day date(chr::year(local.tm_year + 1900),
                                 chr::month(static_cast<unsigned>(local.tm_mon + 1)),
                                 chr::day(static_cast<unsigned>(local.tm_mday)));
  return chr::sys_days(date).time_since_epoch().count();
}

std::optional<Day> parse_day(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  }
  const chr::year_month_day date(chr::year(std::atoi(text.substr(0, 4).c_str())),
                                 chr::month(static_cast<unsigned>(std::atoi(&text[5]))),
                                 chr::day(static_cast<unsigned>(std::atoi(&text[8]))));
  if (!date.ok()) return std::nullopt;
  return chr::sys_days(date).time_since_epoch().count();
}

std::string iso_date(Day day) {
  const auto date = date_of(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string short_date(Day day) {
  const auto date = date_of(day);
  return fmt::format("{} {}", static_cast<unsigned>(date.day()),
                     kMonths[static_cast<unsigned>(date.month()) - 1]);
}

std::string weekday(Day day) {
  return kWeekdays[chr::weekday(chr::sys_days(chr::days(day))).c_encoding()];
}

std::string spoken_day(Day day, Day today) {
  if (day == today) return "today";
  if (day == today - 1) return "yesterday";
  if (day == today + 1) return "tomorrow";
  return day > today - 7 && day < today + 7 ? weekday(day) : short_date(day);
}

}  // namespace kit
