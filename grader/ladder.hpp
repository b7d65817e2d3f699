// Where the learner stands on the ladder of exercises: what was begun, passed, and practised when.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "catalogue.hpp"
#include "choice.hpp"
#include "history.hpp"
#include "practice.hpp"
#include "workspace.hpp"

namespace kit {

class Ladder {
 public:
  Ladder(const Workspace& workspace, const Catalogue& catalogue, const History& history);

  /// From the history; started also where work/ID holds something that the history knows nothing
  /// of.
  const Standing& standing(const Exercise& exercise) const;

  int passed(const std::string& area) const;
  int total(const std::string& area) const;
  bool untouched() const;  // nothing was ever started

  const Practice& practice(const Exercise& exercise) const;

  /// Whether all that it builds on is passed. What the catalogue doesn't have isn't asked for.
  bool ready(const Exercise& exercise) const;

  const Catalogue& catalogue() const { return catalogue_; }

  /// The date that `next --until` keeps; nothing once it is past.
  const std::optional<Deadline>& deadline() const { return deadline_; }

 private:
  const Catalogue& catalogue_;
  std::map<std::string, Standing> standings_;
  std::map<std::string, Practice> practices_;
  std::optional<Deadline> deadline_;
};

/// The date that `next --until` keeps; nothing once it is past.
std::optional<Deadline> read_deadline(const History& history, Day today);
/// Keeps it; without a day there is none any more.
void keep_deadline(History& history, std::optional<Day> day);

/// "today", "yesterday", "3 days ago", by local dates.
std::string days_ago(std::int64_t at, std::int64_t now);

/// "1 try", "2 tries": the number with the noun that fits.
std::string counted(int number, const std::string& one, const std::string& more);

}  // namespace kit
