// Interviews and design rounds as they are kept, beside the gradings in .kit/history.db:
//
//   interview            one a row: subject, minutes, seed, desk, state, the clock, the recommendation
//   interview_event      what happened, numbered; the state can be found again by folding them (session.hpp)
//   interview_draft      what is being typed, stored before it is shown
//   interview_answer     follow-ups: the answer, and which points were said
//   interview_mark       the rubric, and the checklist of a design round
//   interview_snapshot   the files at each run and at the end
//
// Everything is stored before the screen shows it, so kill -9 loses nothing but the last second of the clock.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "descriptor.hpp"
#include "workspace.hpp"

namespace kit {

struct InterviewRow {
  std::int64_t id = 0;
  std::string kind;     // "coding", "design"
  std::string subject;  // exercise id, or the design problem's
  int minutes = 0;
  std::uint64_t seed = 0;
  std::string sheet_hash;
  std::string desk;  // "work/interviews/0007/mpi/03-broadcast"
  std::string state;
  std::int64_t elapsed_ms = 0;
  std::string started_at, ended_at;     // "2026-11-23T17:20:00Z"; ended_at empty until it is over
  std::optional<std::int64_t> verdict;  // the attempt's number
  std::optional<double> low, mid, high;

  bool is_open() const { return state != "done" && state != "given_up"; }
};

struct InterviewEvent {
  std::int64_t seq = 0;
  std::int64_t at_ms = 0;  // on the session's clock
  std::string wall;        // "2026-11-23T17:20:00Z"
  std::string kind;
  std::string data = "{}";  // a JSON object
};

struct InterviewAnswer {
  int follow_up = 0;
  std::string text;
  std::optional<std::string> said;  // "1 3"; none until marked
};

struct InterviewMark {
  std::string dimension;
  std::optional<int> computed, self;
  std::string reason;
};

class InterviewLog {
 public:
  /// THROWS: KitError if .kit can't be written.
  explicit InterviewLog(const Workspace& workspace);
  ~InterviewLog();
  InterviewLog(InterviewLog&&) noexcept;

  std::int64_t begin(const InterviewRow& row);
  /// Without a trace.
  void erase(std::int64_t id);

  std::optional<InterviewRow> row(std::int64_t id) const;
  std::optional<InterviewRow> open_one() const;
  std::vector<InterviewRow> all() const;  // oldest first
  std::vector<InterviewEvent> events(std::int64_t id) const;
  std::vector<InterviewAnswer> answers(std::int64_t id) const;
  std::vector<InterviewMark> marks(std::int64_t id) const;
  std::string draft(std::int64_t id, const std::string& slot) const;
  std::map<std::string, std::string> snapshot(std::int64_t id, std::int64_t seq) const;

  /// What `work` writes becomes one transaction.
  void together(const std::function<void()>& work);

  /// Returns its number.
  std::int64_t add_event(std::int64_t id, std::int64_t at_ms, const std::string& kind,
                         const std::string& data = "{}", const std::string& wall = "");
  void set_state(std::int64_t id, const std::string& state);
  void set_elapsed(std::int64_t id, std::int64_t ms);
  void set_draft(std::int64_t id, const std::string& slot, const std::string& text);
  void set_answer(std::int64_t id, const InterviewAnswer& answer);
  void set_mark(std::int64_t id, const InterviewMark& mark);
  void add_snapshot(std::int64_t id, std::int64_t seq,
                    const std::map<std::string, std::string>& files);
  void set_verdict(std::int64_t id, std::int64_t attempt);
  void end(std::int64_t id, const std::string& state, std::optional<double> low = {},
           std::optional<double> mid = {}, std::optional<double> high = {});

 private:
  struct Database;
  std::unique_ptr<Database> database_;
};

/// "2026-11-23T17:20:00Z", and back.
std::string wall_time(std::int64_t seconds);
std::int64_t seconds_of(const std::string& wall);

/// One interview at a terminal at a time. The kernel frees it when its process dies.
class InterviewLock {
 public:
  explicit InterviewLock(const Workspace& workspace);
  bool held() const { return held_; }
  long other_process() const { return other_; }  // who holds it

 private:
  Descriptor file_;
  bool held_ = false;
  long other_ = 0;
};

/// THROWS: KitError while an interview on this exercise is open: hints and solutions wait for its end.
void refuse_during_interview(const Workspace& workspace, const std::string& exercise);

}  // namespace kit
