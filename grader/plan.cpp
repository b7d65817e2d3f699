#include "plan.hpp"

#include <algorithm>

namespace kit {

namespace {

constexpr double kStrong = 0.80;

void practise(Card& card, Day day) {
  card.memory = card.memory
                    ? next_memory(*card.memory, static_cast<double>(day - card.last), Grade::good)
                    : first_memory(Grade::good);
  card.last = day;
  card.passed = true;
  card.unfinished = false;
}

}  // namespace

Plan make_plan(std::vector<Card> cards, Moment moment, int daily, Day first, Day end) {
  Plan plan;
  for (Day day = first; day < end; ++day) {
    PlannedDay planned;
    planned.day = day;
    if (day != moment.today) {
      moment.last_today = Moment::Finished::nothing;
      for (Card& card : cards) card.skipped = false;
    }
    moment.today = day;
    while (planned.minutes < daily) {
      const auto choice = choose(cards, moment);
      if (!choice || choice->kind == Choice::Kind::ahead) break;
      Card& card = cards[choice->card];
      const int needed = std::max(1, card.exercise->minutes);
      if (!planned.items.empty() && 2 * (daily - planned.minutes) < needed) break;
      const bool again = card.memory.has_value();
      planned.items.push_back({card.exercise, again});
      planned.minutes += needed;
      ++(again ? plan.repetitions : plan.fresh);
      moment.last_today = again ? Moment::Finished::repetition : Moment::Finished::something_new;
      practise(card, day);
    }
    plan.minutes += planned.minutes;
    if (!planned.items.empty()) plan.days.push_back(std::move(planned));
  }
  for (const Card& card : cards) {
    if (!card.memory) continue;
    ++plan.met;
    if (card.recall_on(end) >= kStrong) ++plan.strong;
  }
  return plan;
}

}  // namespace kit
