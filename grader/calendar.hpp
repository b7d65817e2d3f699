// Days as the learner counts them: numbers of local days since 1970, each from 04:00 to 04:00, so
// that an evening that runs past midnight is one day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kit {

using Day = std::int64_t;

/// The day to which the second `at` belongs.
Day day_of(std::int64_t at);

/// "2027-01-15"; nothing if that is no date.
std::optional<Day> parse_day(const std::string& text);

std::string iso_date(Day day);    // "2027-01-15"
std::string short_date(Day day);  // "15 January"
std::string weekday(Day day);     // "Tuesday"
/// "Tuesday" within the six days round `today`, else "15 January".
std::string spoken_day(Day day, Day today);

}  // namespace kit
