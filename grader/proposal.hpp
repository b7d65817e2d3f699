// What to do next and why, said in a sentence: the choice (choice.hpp) on what was practised.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "choice.hpp"
#include "ladder.hpp"

namespace kit {

struct Proposal {
  const Exercise* exercise = nullptr;
  Choice::Kind kind = Choice::Kind::something_new;
  std::string why;       // one sentence
  std::string schedule;  // what the schedule knows of it, for --why; empty where it knows nothing

  /// Whether the stub is put back to begin it: it was passed before, and not begun again yet.
  bool from_stub = false;
};

/// All exercises of the ladder as the choice sees them, in its order.
std::vector<Card> cards_of(const Ladder& ladder, Day today);

/// The moment as the choice sees it: what was finished last today, and the date to be ready for.
Moment moment_of(const Ladder& ladder, Day today);

/// None where there is nothing to propose. `on_desk`: only what can be begun without putting a stub
/// back, for verbs that can't ask.
std::optional<Proposal> propose(const Ladder& ladder, bool on_desk = false);

}  // namespace kit
