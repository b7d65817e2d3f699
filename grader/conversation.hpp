// What a mock interview and a design round have in common: the prompt with its clock, questions to the sheet, notes, the
// time that runs out, leaving and coming back. What they ask and how they end is in coding_round.hpp and design_round.hpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "history.hpp"
#include "interview.hpp"
#include "interview_log.hpp"
#include "prompt.hpp"
#include "session.hpp"

namespace kit {

/// What an interview has done for it; tests put their own in place.
struct InterviewTools {
  std::function<void(const Submission&)> prepare;  // builds, so that the first run is quick
  std::function<Verdict(const Submission&, const GradePlan&)> grade;
  std::function<std::optional<Reference>(const Submission&)> reference;
};
InterviewTools real_tools(const Context& context);

struct InterviewStyle {
  bool plain = false;  // commands from standard input, no cursor movement
  bool quiet = false;  // no check-ins, no nudges by themselves
};

/// Milliseconds of the clock that an interview runs on: it stands while the machine sleeps. KIT_CLOCK names a file with
/// the time in its place (tests).
std::int64_t clock_ms();

/// Thrown when the candidate leaves; all is stored.
struct LeftInterview {
  int code;
};

class Conversation {
 public:
  Conversation(const Context& context, InterviewLog& log, const InterviewRow& row,
               const InterviewStyle& style);
  virtual ~Conversation() = default;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  /// From where it stands to its end, or until the candidate leaves. `resumed`: says first where that is.
  int run(bool resumed);

 protected:
  // What the two rounds differ in.
  virtual std::string start_screen() = 0;
  virtual std::string opening() = 0;
  virtual std::string commands() = 0;
  virtual const InterviewSheet& sheet() const = 0;
  virtual std::vector<std::filesystem::path> files() const = 0;  // whose saves are signs of life
  virtual bool command(const std::string& word, const std::string& rest) = 0;
  virtual void quiet_tick() {}
  virtual void grade() = 0;                 // state grading
  virtual void after_grading() = 0;         // states followups and marking
  virtual std::string resumed_facts() = 0;  // "asked 2, 3 and 4, run 3 times"

  // The screen.
  void say(const std::string& text);
  std::string paragraph(const std::string& text, int indent = 2) const;
  /// The next line. Nothing when the state has changed meanwhile. `before`: lines of the same answer, stored with it.
  std::optional<std::string> next_line(const std::string& label, const std::string& slot,
                                       const std::string& before = "");
  bool confirm(const std::string& question, const std::string& slot);
  /// A number from 1 to `highest`; Enter takes `suggested`.
  int ask_level(const std::string& label, int suggested, int highest, const std::string& slot);
  void edit(const std::filesystem::path& file);

  // The record: everything is stored before it is shown.
  void record(const std::string& kind, const std::string& data = "{}",
              const std::function<void()>& also = {});
  std::int64_t session_ms() const;
  int minute() const { return static_cast<int>(session_ms() / 60'000); }
  bool clock_runs() const {
    return !standing_ && (state_.state == "coding" || state_.state == "overtime");
  }
  std::string time_line() const;
  std::string answers_so_far() const;
  std::int64_t start_of_quiet() const { return std::max(state_.last_sign_ms, last_key_ms_); }

  const Context& context_;
  const Terminal& terminal_;
  InterviewLog& log_;
  InterviewRow row_;
  InterviewStyle style_;
  Prompt prompt_;
  SessionState state_;
  std::int64_t last_recorded_ = 0;  // number of the last event

 private:
  void converse();
  void be_over();
  void tick();
  void look_at_time();
  void look_at_files();
  void ask_words(const std::string& words);
  void answer(const Clarification& question, bool prompted);
  bool common_command(const std::string& word, const std::string& rest);
  [[noreturn]] void leave(int code);
  void leave_no_trace();
  bool come_back();
  std::string right_word() const;
  std::vector<std::int64_t> file_times() const;
  std::optional<std::string> instead_;  // typed where a yes or no was asked for: the next command

  std::int64_t clock_at_start_ = 0;  // clock_ms() when the session's clock last went on
  std::int64_t elapsed_at_start_ = 0;
  std::int64_t stored_elapsed_ = 0;
  std::int64_t last_interrupt_ = -10'000;
  std::int64_t last_key_ms_ = 0;
  std::vector<std::int64_t> seen_files_;
  bool clock_shown_ = true, standing_ = false;
};

}  // namespace kit
