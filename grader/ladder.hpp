// Where the learner stands on the ladder of exercises, and which one is proposed next.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "catalogue.hpp"
#include "history.hpp"
#include "workspace.hpp"

namespace kit {

/// What to do next, and why in one sentence.
struct Proposal {
  const Exercise* exercise = nullptr;
  std::string why;
};

class Ladder {
 public:
  Ladder(const Workspace& workspace, const Catalogue& catalogue, const History& history);

  /// From the history; started also where work/ID holds something that the history knows nothing
  /// of.
  const Standing& standing(const Exercise& exercise) const;

  int passed(const std::string& area) const;
  int total(const std::string& area) const;
  bool untouched() const;  // nothing was ever started

  /// What was begun and not passed, the latest first; else the first in the order of the ladder
  /// that isn't passed and builds only on passed ones. None when all are passed.
  std::optional<Proposal> proposal() const;

 private:
  bool ready(const Exercise& exercise) const;
  const Exercise* unfinished() const;

  const Catalogue& catalogue_;
  std::map<std::string, Standing> standings_;
  std::map<std::string, std::int64_t> touched_;  // when last, of those started and not passed
};

/// "today", "yesterday", "3 days ago", by local dates.
std::string days_ago(std::int64_t at, std::int64_t now);

/// "1 try", "2 tries": the number with the noun that fits.
std::string counted(int number, const std::string& one, const std::string& more);

}  // namespace kit
