// What the learner did, kept in SQLite under .kit/history.db: every grading with its sources, and every event.
//
// Survives kill -9 at any moment (WAL journal, synchronous = FULL) and two kits at once (busy timeout). A damaged file
// is set aside beside the new one with a message, never dropped.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workspace.hpp"

namespace kit {

/// Seconds since 1970; KIT_NOW in their place, where it is set, so that recorded screens stay the same.
std::int64_t now();

struct Attempt {
  std::int64_t id = 0;
  std::string exercise;
  std::int64_t at = 0;  // seconds since 1970
  std::string source;   // "yours", or the directory graded
  std::string verdict;  // "passed", "failed", ...
  int score = 0;
  std::uint64_t seed = 0;
  std::string json;  // the whole verdict
};

struct Event {
  std::int64_t at = 0;
  std::string exercise;
  std::string kind;  // start, save, grade, hint, solution, reset, restore
  std::string data;
};

struct Standing {
  bool started = false;
  bool passed = false;
  int tries = 0;  // gradings of yours
  int best_score = 0;
  int hints = 0;  // shown so far
  std::int64_t passed_at = 0;
};

class History {
 public:
  /// Opens or makes the database. THROWS: KitError if .kit can't be written. `notice` gets a sentence if a damaged
  /// file was set aside.
  explicit History(const Workspace& workspace, std::string* notice = nullptr);
  ~History();
  History(History&&) noexcept;
  History& operator=(History&&) noexcept;

  /// One transaction: the attempt and the content of each of its files. Returns its number.
  std::int64_t add(const Attempt& attempt, const std::map<std::string, std::string>& files);
  void add_event(const std::string& exercise, const std::string& kind,
                 const std::string& data = "");

  /// Newest first; `most` 0 is all.
  std::vector<Attempt> attempts(const std::string& exercise, std::size_t most = 0) const;
  std::optional<Attempt> attempt(std::int64_t id) const;
  std::map<std::string, std::string> files(std::int64_t attempt) const;
  std::vector<Event> events(const std::string& exercise) const;

  /// By exercise id; one without an entry was never touched.
  std::map<std::string, Standing> standings() const;

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

}  // namespace kit
