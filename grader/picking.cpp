#include "picking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "errors.hpp"

namespace kit {

std::uint64_t tie_key(std::uint64_t seed, const std::string& id) {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  std::uint64_t z = (seed ^ hash) + 0x9e3779b97f4a7c15U;  // splitmix64
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

namespace {

constexpr std::int64_t kDay = 86'400;

struct Relaxation {
  std::int64_t fresh_days = 14, hint_days = 7;
  int level_distance = 1;
  bool last_allowed = false;
  const char* said = "";
};
constexpr std::array<Relaxation, 4> kSteps = {{
    {14, 7, 1, false, ""},
    {3, 3, 1, false, "all others were solved or read in the last days"},
    {3, 3, 2, false, "nothing nearer to your level was left"},
    {3, 3, 2, true, "it was your last interview too: nothing else fits"},
}};

bool is_recent(std::int64_t at, std::int64_t now, std::int64_t days) {
  return at != 0 && now - at < days * kDay;
}

// Area, a level asked for and the time are never given up.
bool fits_wish(const Candidate& one, const Wish& wish) {
  return one.has_sheet && (wish.area.empty() || one.area == wish.area) &&
         (wish.level == 0 || one.level == wish.level) && 10 * one.minutes >= 4 * wish.minutes &&
         10 * one.minutes <= 12 * wish.minutes;
}

bool is_let_in(const Candidate& one, const Wish& wish, const Relaxation& step, std::int64_t now) {
  if (wish.level == 0 && std::abs(one.level - one.learner_level) > step.level_distance)
    return false;
  if (one.was_last_interview && !step.last_allowed) return false;
  return !is_recent(one.last_pass_at, now, step.fresh_days) &&
         !is_recent(one.solution_at, now, step.fresh_days) &&
         !is_recent(one.hint_at, now, step.hint_days);
}

// What is compared in turn, the smaller first.
using Order = std::array<std::uint64_t, 6>;
Order order_of(const Candidate& one, const Wish& wish, std::int64_t now) {
  const auto distance = std::abs(10 * one.minutes - 8 * wish.minutes) / 50;
  const std::int64_t days = one.touched_at == 0 ? -1 : (now - one.touched_at) / kDay;
  return {
      one.interviewed_at != 0,
      one.passed_at != 0,
      static_cast<std::uint64_t>(one.interviews_in_area),
      static_cast<std::uint64_t>(distance),
      days < 0 ? 0 : std::numeric_limits<std::uint64_t>::max() - static_cast<std::uint64_t>(days),
      tie_key(wish.seed, one.id)};
}

std::string how_long_ago(std::int64_t at, std::int64_t now) {
  const auto days = (now - at) / kDay;
  return days <= 0 ? "today" : days == 1 ? "yesterday" : fmt::format("{} days ago", days);
}

std::string reason_of(const Candidate& best, const Order& first, const std::vector<Order>& others,
                      std::int64_t now) {
  if (others.empty()) return "the only one that fits";
  const Order& second = others.front();
  std::size_t rule = 0;
  while (rule + 1 < first.size() && first[rule] == second[rule]) ++rule;
  switch (rule) {
    case 0:
      return best.passed_at
                 ? fmt::format("solved {}, never interviewed", how_long_ago(best.last_pass_at, now))
                 : "never interviewed";
    case 1:
      return "not solved yet";
    case 2:
      return fmt::format("your fewest interviews are in {}", best.area);
    case 3:
      return "its length fits best";
    case 4:
      return best.touched_at
                 ? fmt::format("longest untouched, {}", how_long_ago(best.touched_at, now))
                 : "not begun yet";
    default: {
      const auto equals = 1 + std::count_if(others.begin(), others.end(), [&](const Order& o) {
                            return std::equal(o.begin(), o.end() - 1, first.begin());
                          });
      return fmt::format("the seed chose between {} equals", equals);
    }
  }
}

[[noreturn]] void nothing_fits(const std::vector<Candidate>& all, const Wish& wish) {
  const Candidate* shortest = nullptr;
  bool some_area = false;
  for (const Candidate& one : all) {
    some_area = some_area || wish.area.empty() || one.area == wish.area;
    if (!one.has_sheet || (!wish.area.empty() && one.area != wish.area)) continue;
    if (wish.level != 0 && one.level != wish.level) continue;
    if (!shortest || one.minutes < shortest->minutes) shortest = &one;
  }
  if (!some_area)
    throw KitError(fmt::format("There is no area {}.", wish.area), "Areas:   ./kit list");
  const std::string area = wish.area.empty() ? "" : " of area " + wish.area;
  if (!shortest) {
    throw KitError(fmt::format("No exercise{}{} has an interview sheet.", area,
                               wish.level ? fmt::format(" and level {}", wish.level) : ""),
                   "Without --area and --level there is more to choose from.");
  }
  const std::string level = wish.level ? fmt::format(" of level {}", wish.level) : "";
  const int minutes = std::max(1, (10 * shortest->minutes + 11) / 12);
  throw KitError(
      fmt::format("No exercise{}{} is given in {} minutes; the shortest with a sheet is {} ({}).",
                  area, level, wish.minutes, shortest->id, shortest->minutes),
      fmt::format("Try --minutes {}.", wish.minutes < minutes ? minutes : shortest->minutes));
}

}  // namespace

Pick pick_exercise(const std::vector<Candidate>& all, const Wish& wish, std::int64_t now) {
  for (const Relaxation& step : kSteps) {
    std::vector<std::pair<Order, const Candidate*>> left;
    for (const Candidate& one : all) {
      if (fits_wish(one, wish) && is_let_in(one, wish, step, now))
        left.emplace_back(order_of(one, wish, now), &one);
    }
    if (left.empty()) continue;
    std::sort(left.begin(), left.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Order> others;
    for (std::size_t i = 1; i < left.size(); ++i) others.push_back(left[i].first);
    return {left[0].second->id, reason_of(*left[0].second, left[0].first, others, now), step.said};
  }
  nothing_fits(all, wish);
}

}  // namespace kit
