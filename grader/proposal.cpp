#include "proposal.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kit {

namespace {

std::string ago(Day day, Day today) {
  if (today <= day) return "today";
  if (today == day + 1) return "yesterday";
  return fmt::format("{} days ago", today - day);
}

std::string on_day(Day day, Day today) {
  const std::string spoken = spoken_day(day, today);
  const bool bare = spoken == "today" || spoken == "yesterday" || spoken == "tomorrow";
  return bare ? spoken : "on " + spoken;
}

std::string number_word(int n) {
  static constexpr const char* kWords[] = {"no",  "one",   "two",   "three", "four", "five",
                                           "six", "seven", "eight", "nine",  "ten"};
  return n >= 0 && n <= 10 ? kWords[n] : std::to_string(n);
}

std::string share_word(double share) {
  struct Word {
    double from;
    const char* text;
  };
  static constexpr Word kWords[] = {
      {0.94, "nearly all"},    {0.88, "nine in ten"},   {0.82, "five in six"},
      {0.775, "four in five"}, {0.71, "three in four"}, {0.63, "two in three"},
      {0.55, "three in five"}, {0.45, "one in two"},    {0.0, "less than half"}};
  for (const Word& word : kWords) {
    if (share >= word.from) return word.text;
  }
  return "nothing";
}

// "with two hints", "after 7 failed gradings", "in 51 minutes of 25", "without help"
std::string how_it_went(const Repetition& last, const Exercise& exercise) {
  if (last.hints > 0)
    return fmt::format("with {} {}", number_word(last.hints), last.hints == 1 ? "hint" : "hints");
  if (last.failed >= 6) return fmt::format("after {} failed gradings", last.failed);
  if (last.minutes && *last.minutes > 2 * exercise.minutes)
    return fmt::format("in {} minutes of {}", *last.minutes, exercise.minutes);
  return "without help";
}

std::string why_unfinished(const Practice& practice, Day today) {
  if (practice.touched == 0) return "It lies on your desk.";
  const std::string when = on_day(day_of(practice.touched), today);
  const std::string begun = practice.passed
                                ? fmt::format("You began it again from the stub {}", when)
                                : fmt::format("You worked on it {}", when);
  if (practice.last_verdict == "does not compile") return begun + "; it doesn't compile yet.";
  if (practice.tests_total == 0) return begun + ".";
  return fmt::format("{}; {} of {} tests pass.", begun, practice.tests_passed,
                     practice.tests_total);
}

std::string why_repeated(const Card& card, const Practice& practice, const Moment& moment) {
  const Repetition& last = practice.repetitions.back();
  const Day today = moment.today;
  if (!last.passed) {
    return fmt::format("You didn't get it {}; a second try within days is worth the most.",
                       on_day(last.day, today));
  }
  if (last.solution_seen) return "You read the solution before it passed; now do it without.";
  if (today < card.due() && moment.deadline) {
    const Day day = moment.deadline->day;
    return fmt::format("Until {} it would fade to about {}; {} minutes now bring that to about {}.",
                       short_date(day), share_word(card.recall_on(day)), card.exercise->minutes,
                       share_word(recall_after_good(card, today, day)));
  }
  const std::string solved =
      fmt::format("Solved {} {}", ago(last.day, today), how_it_went(last, *card.exercise));
  if (last.grade == Grade::hard)
    return fmt::format(
        "{}; by the schedule it is {}.", solved,
        card.recall_on(today) >= 0.90 ? "due" : standing_word(card.recall_on(today)));
  if (today == card.due()) return solved + "; due today.";
  return fmt::format("{}; due since {}.", solved, spoken_day(card.due(), today));
}

std::string why_new(const Exercise& exercise, const Ladder& ladder, Day today) {
  if (ladder.untouched())
    return fmt::format("Nothing solved yet. A warm-up of {} minutes shows you how the kit answers.",
                       exercise.minutes);
  const Exercise* base = nullptr;
  int without_hints = 0;
  int fewest_elsewhere = 1'000;
  for (const Exercise& other : ladder.catalogue().exercises()) {
    const Standing& standing = ladder.standing(other);
    if (other.area != exercise.area)
      fewest_elsewhere = std::min(fewest_elsewhere, ladder.passed(other.area));
    if (!standing.passed) continue;
    if (other.area == exercise.area && other.level == exercise.level - 1 && standing.hints == 0)
      ++without_hints;
    if (std::count(exercise.builds_on.begin(), exercise.builds_on.end(), other.id) != 0 &&
        (!base || standing.passed_at > ladder.standing(*base).passed_at))
      base = &other;
  }
  if (base)
    return fmt::format("New: the idea of {}, which you passed {}, returns here.",
                       base->area == exercise.area ? base->name : base->id,
                       ago(day_of(ladder.standing(*base).passed_at), today));
  const int here = ladder.passed(exercise.area);
  if (here == 0) return fmt::format("New: the first step in {}.", exercise.area);
  if (here < fewest_elsewhere && fewest_elsewhere < 1'000)
    return fmt::format("New: you have passed {} in {}, fewer than in any other area.",
                       number_word(here), exercise.area);
  if (without_hints >= 2)
    return fmt::format("New: you solved {} of level {} in {} without hints.",
                       number_word(without_hints), exercise.level - 1, exercise.area);
  return "New: the first of the ladder that you haven't passed.";
}

std::string why_ahead(const Card& card, const Moment& moment) {
  std::string text;
  if (moment.deadline && moment.deadline->near(moment.today))
    text =
        fmt::format("{} left: only what you have met before. ",
                    counted(static_cast<int>(moment.deadline->day - moment.today), "day", "days"));
  return text + fmt::format("Nothing is due before {}; if you want one anyway, this fades first.",
                            spoken_day(card.due(), moment.today));
}

std::string what_the_schedule_knows(const Card& card, const Practice& practice, Day today) {
  if (practice.repetitions.empty()) return "";
  std::string last;
  const std::size_t count = practice.repetitions.size();
  for (std::size_t i = count > 4 ? count - 4 : 0; i < count; ++i) {
    const Repetition& one = practice.repetitions[i];
    last += fmt::format("{}{} ({})", last.empty() ? "" : ", ", to_string(one.grade),
                        short_date(one.day));
  }
  return fmt::format(
      "Last repetitions: {}. Stability {:.1f} days, so about {:.0f} % would come back today; "
      "due {} {}. Schedule: FSRS-6, default constants, made for flash cards: take the percentage "
      "as an order, not as a truth.",
      last, card.memory->stability, 100 * card.recall_on(today),
      card.due() <= today ? "since" : "on", short_date(card.due()));
}

}  // namespace

std::vector<Card> cards_of(const Ladder& ladder, Day today) {
  std::vector<Card> cards;
  for (const Exercise& exercise : ladder.catalogue().exercises()) {
    const Standing& standing = ladder.standing(exercise);
    const Practice& practice = ladder.practice(exercise);
    Card card;
    card.exercise = &exercise;
    card.passed = standing.passed;
    card.unfinished = standing.passed ? practice.repeating() : standing.started;
    card.touched = practice.touched;
    if (!practice.repetitions.empty()) {
      card.memory = practice.memory();
      card.last = practice.repetitions.back().day;
    }
    card.skipped = practice.skipped_on == today;
    cards.push_back(card);
  }
  return cards;
}

Moment moment_of(const Ladder& ladder, Day today) {
  Moment moment;
  moment.today = today;
  moment.deadline = ladder.deadline();
  std::int64_t latest = 0;
  for (const Exercise& exercise : ladder.catalogue().exercises()) {
    const auto& repetitions = ladder.practice(exercise).repetitions;
    if (repetitions.empty()) continue;
    const Repetition& last = repetitions.back();
    if (last.day != today || !last.passed || last.at < latest) continue;
    latest = last.at;
    const bool first_pass = std::count_if(repetitions.begin(), repetitions.end(),
                                          [](const Repetition& r) { return r.passed; }) == 1;
    moment.last_today = first_pass ? Moment::Finished::something_new : Moment::Finished::repetition;
  }
  return moment;
}

std::optional<Proposal> propose(const Ladder& ladder, bool on_desk) {
  const Day today = day_of(now());
  std::vector<Card> cards = cards_of(ladder, today);
  const Moment moment = moment_of(ladder, today);
  if (on_desk) {
    for (Card& card : cards) card.skipped |= card.passed && !card.unfinished;
  }
  const auto chosen = choose(cards, moment);
  if (!chosen) return std::nullopt;
  const Card& card = cards[chosen->card];
  const Practice& practice = ladder.practice(*card.exercise);
  Proposal proposal;
  proposal.exercise = card.exercise;
  proposal.kind = chosen->kind;
  proposal.from_stub = card.passed && !card.unfinished;
  proposal.schedule = what_the_schedule_knows(card, practice, today);
  switch (chosen->kind) {
    case Choice::Kind::unfinished:
      proposal.why = why_unfinished(practice, today);
      break;
    case Choice::Kind::repetition:
      proposal.why = why_repeated(card, practice, moment);
      break;
    case Choice::Kind::something_new:
      proposal.why = why_new(*card.exercise, ladder, today);
      break;
    case Choice::Kind::ahead:
      proposal.why = why_ahead(card, moment);
      break;
  }
  return proposal;
}

}  // namespace kit
