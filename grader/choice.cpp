#include "choice.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kit {

namespace {

constexpr Day kStillWarm = 7;             // days after which what was begun counts as new again
constexpr double kWantedOnTheDay = 0.80;  // recall on the deadline's day, if never repeated
constexpr int kFirstHardLevel = 3;

bool due_for(const Card& card, const Moment& moment) {
  if (card.skipped || !card.memory || card.last >= moment.today) return false;
  if (moment.today >= card.due()) return true;
  return moment.deadline && card.recall_on(moment.deadline->day) < kWantedOnTheDay;
}

std::optional<std::size_t> latest_unfinished(const std::vector<Card>& cards, Day today) {
  std::optional<std::size_t> latest;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const Card& card = cards[i];
    if (!card.unfinished || card.skipped) continue;
    if (card.touched > 0 && today - day_of(card.touched) > kStillWarm) continue;
    if (!latest || card.touched > cards[*latest].touched) latest = i;
  }
  return latest;
}

std::optional<std::size_t> faintest_due(const std::vector<Card>& cards, const Moment& moment) {
  const auto before = [&](const Card& a, const Card& b) {
    if (moment.deadline) {
      const double more = gain_a_minute(a, moment.today, *moment.deadline);
      const double less = gain_a_minute(b, moment.today, *moment.deadline);
      if (more != less) return more > less;
    }
    return std::make_tuple(a.recall_on(moment.today), a.exercise->level, a.exercise->id) <
           std::make_tuple(b.recall_on(moment.today), b.exercise->level, b.exercise->id);
  };
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (due_for(cards[i], moment) && (!best || before(cards[i], cards[*best]))) best = i;
  }
  return best;
}

struct AreaStanding {
  int passed = 0;
  int highest = 0;        // level passed
  int lowest_there = 99;  // level that the area has at all
  int allowed() const { return std::max(highest + 1, lowest_there); }
};

bool builds_on_passed(const Card& card, const std::map<std::string, const Card*>& by_id) {
  return std::all_of(card.exercise->builds_on.begin(), card.exercise->builds_on.end(),
                     [&](const std::string& id) {
                       const auto found = by_id.find(id);
                       return found == by_id.end() || found->second->passed;
                     });
}

std::optional<std::size_t> first_new(const std::vector<Card>& cards, const Moment& moment) {
  std::map<std::string, AreaStanding> areas;
  std::map<std::string, const Card*> by_id;
  for (const Card& card : cards) {
    by_id[card.exercise->id] = &card;
    AreaStanding& area = areas[card.exercise->area];
    area.lowest_there = std::min(area.lowest_there, card.exercise->level);
    if (!card.passed) continue;
    ++area.passed;
    area.highest = std::max(area.highest, card.exercise->level);
  }
  const bool near = moment.deadline && moment.deadline->near(moment.today);
  std::optional<std::size_t> best;
  std::optional<std::size_t> any;  // where exercises build on each other in a circle
  for (std::size_t i = 0; i < cards.size(); ++i) {
    const Card& card = cards[i];
    if (card.passed || card.memory || card.skipped) continue;
    if (near && card.exercise->level >= kFirstHardLevel) continue;
    if (!any) any = i;
    if (card.exercise->level > areas[card.exercise->area].allowed()) continue;
    if (!builds_on_passed(card, by_id)) continue;
    if (!best) {
      best = i;
      continue;
    }
    // Cards come in the order of the ladder: an area met earlier wins where as many are passed.
    const Card& other = cards[*best];
    const bool same_area = other.exercise->area == card.exercise->area;
    if (same_area ? card.exercise->level < other.exercise->level
                  : areas[card.exercise->area].passed < areas[other.exercise->area].passed)
      best = i;
  }
  return best ? best : any;
}

std::optional<std::size_t> soonest_due(const std::vector<Card>& cards) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    if (!cards[i].memory || cards[i].skipped) continue;
    if (!best || cards[i].due() < cards[*best].due()) best = i;
  }
  return best;
}

}  // namespace

bool Deadline::near(Day today) const {
  const Day whole = day - given;
  return day - today <= std::min<Day>(7, std::max<Day>(3, whole / 5));
}

double recall_after_good(const Card& card, Day today, Day day) {
  const Memory after =
      next_memory(*card.memory, static_cast<double>(today - card.last), Grade::good);
  return recall(static_cast<double>(day - today), after.stability);
}

double gain_a_minute(const Card& card, Day today, const Deadline& deadline) {
  const double gain = recall_after_good(card, today, deadline.day) - card.recall_on(deadline.day);
  return gain / std::max(1, card.exercise->minutes);
}

std::optional<Choice> choose(const std::vector<Card>& cards, const Moment& moment) {
  if (const auto begun = latest_unfinished(cards, moment.today))
    return Choice{Choice::Kind::unfinished, *begun};
  const auto due = faintest_due(cards, moment);
  const auto fresh = first_new(cards, moment);
  const bool new_first = moment.last_today == Moment::Finished::repetition;
  if (due && !(new_first && fresh)) return Choice{Choice::Kind::repetition, *due};
  if (fresh) return Choice{Choice::Kind::something_new, *fresh};
  if (const auto soonest = soonest_due(cards)) return Choice{Choice::Kind::ahead, *soonest};
  return std::nullopt;
}

}  // namespace kit
