#include "conversation.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <time.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "commands/desk.hpp"
#include "editor.hpp"
#include "interrupt.hpp"

namespace kit {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kSecondCtrlC = 3'000;

std::string compact(const json& data) {
  return data.dump(-1, ' ', false, json::error_handler_t::replace);
}

// "2, 3 and 4"
std::string enumerated(const std::vector<std::string>& items, const char* last) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == items.size() ? std::string(" ") + last + " " : ", ") + items[i];
  }
  return text;
}

std::string without_ends(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "2 h 10 min", "4 min"
std::string away_words(std::int64_t seconds) {
  const auto minutes = seconds / 60;
  if (minutes < 1) return "a moment";
  if (minutes < 60) return fmt::format("{} min", minutes);
  if (minutes < std::int64_t{48} * 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
  return fmt::format("{} days", minutes / 60 / 24);
}

const char* const kRule =
    "  ---------------------------------------------------------------------------\n";

}  // namespace

std::int64_t clock_ms() {
  if (const char* file = std::getenv("KIT_CLOCK"); file && *file) {
    std::ifstream in(file);
    std::int64_t ms = 0;
    in >> ms;
    return ms;
  }
  timespec now_is{};
  ::clock_gettime(CLOCK_MONOTONIC, &now_is);
  return now_is.tv_sec * 1000 + now_is.tv_nsec / 1'000'000;
}

InterviewTools real_tools(const Context& context) {
  InterviewTools tools;
  tools.prepare = [&context](const Submission& submission) {
    const Build build(context.workspace, context.terminal);
    context.terminal.progress("preparing your desk");
    build.make(submission, {submission.target(), submission.exercise->target() + ".solution"});
    context.terminal.progress("");
  };
  tools.grade = [&context](const Submission& submission, const GradePlan& plan) {
    return grade_submission(context.workspace, context.terminal, submission, plan);
  };
  tools.reference = [&context](const Submission& submission) -> std::optional<Reference> {
    try {
      const Build build(context.workspace, context.terminal);
      return read_reference(context.workspace, build, *submission.exercise);
    } catch (const KitError&) {
      return std::nullopt;
    }
  };
  return tools;
}

Conversation::Conversation(const Context& context, InterviewLog& log, const InterviewRow& row,
                           const InterviewStyle& style)
    : context_(context),
      terminal_(context.terminal),
      log_(log),
      row_(row),
      style_(style),
      prompt_(context.terminal, style.plain),
      state_(fold(log.events(row.id))) {
  style_.plain = prompt_.plain();
  elapsed_at_start_ = stored_elapsed_ = row_.elapsed_ms;
  clock_at_start_ = clock_ms();
  last_key_ms_ = elapsed_at_start_;
}

// ---- the clock and the record ---------------------------------------------------------------------------------------

std::int64_t Conversation::session_ms() const {
  return clock_runs() ? elapsed_at_start_ + (clock_ms() - clock_at_start_) : elapsed_at_start_;
}

void Conversation::record(const std::string& kind, const std::string& data,
                          const std::function<void()>& also) {
  const std::int64_t at = session_ms();
  log_.together([&] {
    last_recorded_ = log_.add_event(row_.id, at, kind, data);
    log_.set_elapsed(row_.id, at);
    if (also) also();
    state_ = fold(log_.events(row_.id));
    log_.set_state(row_.id, state_.state);
    log_.set_draft(row_.id, "prompt", "");
  });
  // The clock goes on from here, or stands from here.
  elapsed_at_start_ = stored_elapsed_ = at;
  clock_at_start_ = clock_ms();
}

std::string Conversation::right_word() const {
  if (!clock_shown_) return "";
  const std::int64_t left = row_.minutes * kMinuteMs - session_ms();
  if (state_.state == "overtime")
    return fmt::format("over time, {} min", std::max<std::int64_t>(0, -left) / kMinuteMs);
  return fmt::format("{} min left", (left + kMinuteMs - 1) / kMinuteMs);
}

std::string Conversation::time_line() const {
  std::string text = fmt::format("Minute {} of {}.", minute(), row_.minutes);
  if (const Checkpoint* row = next_checkpoint(sheet().plan, row_.minutes, minute()))
    text += fmt::format(" The plan by minute {}: {}.", due_minute(*row, row_.minutes), row->what);
  return text;
}

void Conversation::look_at_time() {
  if (state_.state != "coding") return;
  const std::int64_t all = row_.minutes * kMinuteMs;
  const std::int64_t left = all - session_ms();
  if (left <= 0) {
    // However late it is noticed (the machine slept): the time was up when it was up.
    elapsed_at_start_ = all;
    clock_at_start_ = clock_ms();
    record("time_over");
    say("\n  " + terminal_.strong("Time.") +
        " In a real room we would talk now. What would you like?\n"
        "    f  finish: grade it as it is\n"
        "    c  carry on without the clock (noted as over time; pace is at most 2)\n");
  } else if (left <= kMinuteMs && !state_.said_one) {
    record("one");
    say("\n  1 minute.\n");
  } else if (left <= 5 * kMinuteMs && !state_.said_five && row_.minutes > 10) {
    record("five");
    say("\n  5 minutes.\n");
  } else if (left * 2 <= all && !state_.said_half) {
    record("half");
    std::string text = "Half of the time.";
    if (const Checkpoint* row = next_checkpoint(sheet().plan, row_.minutes, minute()))
      text += fmt::format(" The plan by minute {}: {}.", due_minute(*row, row_.minutes), row->what);
    say("\n" + paragraph(text));
  }
}

std::vector<std::int64_t> Conversation::file_times() const {
  std::vector<std::int64_t> times;
  for (const fs::path& file : files()) {
    std::error_code error;
    const auto time = fs::last_write_time(file, error);
    times.push_back(error ? 0 : time.time_since_epoch().count());
  }
  return times;
}

void Conversation::look_at_files() {
  auto times = file_times();
  if (times == seen_files_ || std::find(times.begin(), times.end(), 0) != times.end()) return;
  seen_files_ = std::move(times);
  record("saved");
}

void Conversation::tick() {
  if (!clock_runs()) return;
  if (prompt_.key_since_tick()) last_key_ms_ = session_ms();
  look_at_files();
  if (const std::int64_t at = session_ms(); at / 1000 != stored_elapsed_ / 1000) {
    log_.set_elapsed(row_.id, at);
    stored_elapsed_ = at;
  }
  look_at_time();
  if (state_.state == "coding" && !style_.quiet) quiet_tick();
}

// ---- the screen -----------------------------------------------------------------------------------------------------

void Conversation::say(const std::string& text) {
  if (clock_runs()) prompt_.set_right(right_word());
  prompt_.say(text);
}

std::string Conversation::paragraph(const std::string& text, int indent) const {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  return wrap(margin + text, std::min(78, terminal_.width()), indent) + "\n";
}

std::optional<std::string> Conversation::next_line(const std::string& label,
                                                   const std::string& slot,
                                                   const std::string& before) {
  const std::string state = state_.state;
  const std::string kept = log_.draft(row_.id, slot);
  const bool goes_on = kept.size() >= before.size() && kept.compare(0, before.size(), before) == 0;
  prompt_.begin(label, clock_runs() ? right_word() : "", goes_on ? kept.substr(before.size()) : "");
  const auto store = [&](const std::string& typed) {
    log_.set_draft(row_.id, slot, before + typed);
  };
  for (;;) {
    std::string line;
    switch (prompt_.wait(&line, store)) {
      case Prompt::Came::line:
        tick();
        // Time ran out under this very line: it is kept as a draft.
        if (state_.state != state) {
          log_.set_draft(row_.id, slot, before + line);
          return std::nullopt;
        }
        return line;
      case Prompt::Came::tick:
        tick();
        if (state_.state != state) {
          say("");
          return std::nullopt;
        }
        break;
      case Prompt::Came::interrupt: {
        const std::int64_t at = clock_ms();
        if (at - last_interrupt_ <= kSecondCtrlC) leave(128 + SIGINT);
        last_interrupt_ = at;
        say("  Ctrl-C again within 3 seconds leaves. Nothing is lost: ./kit interview --resume\n");
        break;
      }
      case Prompt::Came::ended:
        leave(kNotPassed);
      case Prompt::Came::terminated: {
        const int signal = take_interrupt();
        leave(128 + (signal ? signal : SIGHUP));
      }
    }
  }
}

bool Conversation::confirm(const std::string& question, const std::string& slot) {
  log_.set_draft(row_.id, slot, "");
  const auto line = next_line("  " + question + "  [y/N] ", slot);
  log_.set_draft(row_.id, slot, "");
  if (!line) return false;
  const std::string text = without_ends(*line);
  if (text == "y" || text == "Y" || text == "yes") return true;
  // Whoever goes on with the next command in place of an answer means no, and the command.
  if (!text.empty() && text != "n" && text != "N" && text != "no") instead_ = text;
  return false;
}

int Conversation::ask_level(const std::string& label, int suggested, int highest,
                            const std::string& slot) {
  for (;;) {
    const auto line = next_line(fmt::format("  {} [{}] > ", label, suggested), slot);
    const std::string text = line ? without_ends(*line) : "";
    if (text.empty()) return suggested;
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '0' + highest) return text[0] - '0';
    log_.set_draft(row_.id, slot, "");
    say(highest == 4
            ? "  A level from 1 to 4, or Enter for the one suggested.\n"
            : fmt::format("  It may be lowered, not raised: 1 to {}, or Enter.\n", highest));
  }
}

void Conversation::edit(const fs::path& file) {
  prompt_.release();
  try {
    open_in_editor(file);
  } catch (const KitError& error) {
    terminal_.print(fmt::format("  {}\n  {}\n", error.what(), error.mend()));
  }
  take_interrupt();  // Ctrl-C was the editor's
  prompt_.take_back();
}

// Before the clock was started: the desk holds nothing but the stub.
void Conversation::leave_no_trace() {
  log_.erase(row_.id);
  std::error_code ignored;
  fs::path desk = row_.desk;
  while (std::distance(desk.begin(), desk.end()) > 3) desk = desk.parent_path();
  if (row_.desk.starts_with("work/interviews/"))
    fs::remove_all(context_.workspace.root / desk, ignored);
}

void Conversation::leave(int code) {
  const bool silent = code != kNotPassed && code != 128 + SIGINT;
  if (state_.state == "picked") {
    leave_no_trace();
    if (!silent) say("\n");
    throw LeftInterview{code};
  }
  // A draft stays: `record` would clear it.
  const std::string draft = log_.draft(row_.id, "prompt");
  record("interrupted", "{}", [] {});
  log_.set_draft(row_.id, "prompt", draft);
  if (!silent) say("\n  Nothing is lost: ./kit interview --resume\n");
  throw LeftInterview{code};
}

std::string Conversation::answers_so_far() const {
  std::string text;
  for (const int number : state_.asked) {
    for (const Clarification& one : sheet().clarifications) {
      if (one.number == number)
        text += "\n" + terminal_.strong(paragraph(one.question)) + paragraph(one.answer);
    }
  }
  return text;
}

// ---- questions ------------------------------------------------------------------------------------------------------

void Conversation::answer(const Clarification& question, bool prompted) {
  record("asked", compact({{"number", question.number}, {"prompted", prompted}}));
  say(paragraph(question.answer));
}

void Conversation::ask_words(const std::string& words) {
  const auto& all = sheet().clarifications;
  const auto by_number = [&](int number) -> const Clarification* {
    for (const Clarification& one : all) {
      if (one.number == number) return &one;
    }
    return nullptr;
  };
  if (words.empty()) {
    say("  Ask what? In your own words, or by number: ask 3. All topics: ask list.\n");
    return;
  }
  if (words == "list") {
    std::vector<std::string> topics;
    for (const Clarification& one : all) {
      const bool asked =
          std::find(state_.asked.begin(), state_.asked.end(), one.number) != state_.asked.end();
      topics.push_back(fmt::format("{} {}{}", one.number, one.topic, asked ? " (asked)" : ""));
    }
    record("listed");
    say(paragraph(fmt::format("{}", fmt::join(topics, ", "))) +
        "  From here on a question counts as prompted.\n");
    return;
  }
  if (words.find_first_not_of("0123456789") == std::string::npos && words.size() < 4) {
    const Clarification* one = by_number(std::stoi(words));
    if (!one) {
      say(fmt::format("  My questions have the numbers 1 to {}.\n", all.size()));
      return;
    }
    const bool prompted = state_.listed || state_.shown_topics.contains(one->number);
    record("asked", compact({{"number", one->number}, {"prompted", prompted}}));
    say("  " + terminal_.strong(one->question) + "\n" + paragraph(one->answer));
    return;
  }
  const Match match = match_question(words, all);
  if (match.numbers.size() == 1) {
    const Clarification& one = *by_number(match.numbers[0]);
    if (confirm(fmt::format("You ask: {}", one.question), "confirm")) {
      answer(one, state_.listed || state_.shown_topics.contains(one.number));
      return;
    }
  } else if (match.numbers.size() > 1) {
    std::vector<std::string> numbers;
    std::vector<std::string> topics;
    for (const int number : match.numbers) {
      numbers.push_back(std::to_string(number));
      topics.push_back(fmt::format("{} {}", number, by_number(number)->topic));
    }
    record("listed", compact({{"topics", match.numbers}}));
    say(fmt::format("  Which one? {}\n", enumerated(numbers, "or")) +
        paragraph(fmt::format("{}", fmt::join(topics, ", "))));
    return;
  }
  record("asked_unknown", compact({{"words", words}}));
  say("  Not on my sheet. Decide, say what you assume, go on.\n");
}

// ---- the walk -------------------------------------------------------------------------------------------------------

bool Conversation::common_command(const std::string& word, const std::string& rest) {
  if (word == "ask") {
    ask_words(rest);
  } else if (word == "note") {
    if (rest.empty()) {
      say("  note TEXT keeps a sentence of yours; it is shown at the end.\n");
    } else {
      record("noted", compact({{"text", rest}}));
      say("  Noted.\n");
    }
  } else if (word == "time") {
    say(paragraph(time_line()));
  } else if (word == "clock") {
    clock_shown_ = rest != "off";
    say(clock_shown_ ? "  The clock is shown.\n"
                     : "  The clock is hidden; `time` still answers.\n");
  } else if (word == "show") {
    say("\n" + opening() + answers_so_far() + "\n");
  } else if (word == "help") {
    say(commands());
  } else if (word == "finish") {
    if (confirm("Stop writing? What you have is kept either way.", "confirm"))
      record("finish_asked");
  } else {
    return false;
  }
  return true;
}

void Conversation::converse() {
  std::optional<std::string> line = std::exchange(instead_, std::nullopt);
  // A line begun before, which this one doesn't replace.
  const std::string begun = line ? log_.draft(row_.id, "prompt") : "";
  if (!line) line = next_line("> ", "prompt");
  if (!line) return;
  const std::string text = without_ends(*line);
  const auto space = text.find(' ');
  const std::string word = text.substr(0, space);
  const std::string rest = space == std::string::npos ? "" : without_ends(text.substr(space));
  if (!word.empty() && !common_command(word, rest) && !command(word, rest)) {
    // A number alone answers "Which one?"; a sentence with a question mark is a question.
    if (text.back() == '?' || text.find_first_not_of("0123456789") == std::string::npos) {
      ask_words(text);
    } else {
      say(fmt::format("  \"{}\" is no command here.\n", word) + commands());
    }
  }
  if (log_.draft(row_.id, "prompt") != begun) log_.set_draft(row_.id, "prompt", begun);
}

void Conversation::be_over() {
  const auto line = next_line("f or c > ", "over");
  if (!line) return;
  const std::string text = without_ends(*line);
  log_.set_draft(row_.id, "over", "");
  if (text == "f" || text == "finish") {
    record("finish_asked");
  } else if (text == "c" || text == "carry on") {
    record("overtime");
  } else {
    say("  f finishes: it is graded as it is. c carries on, over time.\n");
  }
}

// Returns whether it goes on.
bool Conversation::come_back() {
  standing_ = true;
  if (!state_.is_away) {  // it was killed: nobody could write that down
    const auto before = log_.events(row_.id);
    const std::int64_t last = before.empty() ? now()
                                             : seconds_of(before.back().wall) +
                                                   (row_.elapsed_ms - before.back().at_ms) / 1000;
    log_.together([&] {
      log_.add_event(row_.id, row_.elapsed_ms, "interrupted", compact({{"killed", true}}),
                     wall_time(std::min(last, now())));
    });
    state_ = fold(log_.events(row_.id));
  }
  const auto all = log_.events(row_.id);
  const std::int64_t away = std::max<std::int64_t>(0, now() - seconds_of(all.back().wall));
  const std::int64_t in_all = (state_.away_seconds + away) / 60;
  say(fmt::format("  Interview {}, {}, left {} ago at minute {} of {}.\n", row_.id,
                  terminal_.strong(row_.subject), away_words(away), row_.elapsed_ms / kMinuteMs,
                  row_.minutes) +
      paragraph(fmt::format(
          "The clock stood still. The record will say: interrupted {}, {} minute{}.",
          state_.interruptions == 1 ? "once" : fmt::format("{} times", state_.interruptions),
          in_all, in_all == 1 ? "" : "s")) +
      paragraph(resumed_facts()) +
      "  Enter goes on, v shows the opening and the answers again, x gives it up.\n");
  for (;;) {
    const auto line = next_line("> ", "resume");
    const std::string text = line ? without_ends(*line) : "";
    log_.set_draft(row_.id, "resume", "");
    if (text == "x") {
      record("given_up");
      log_.together([&] { log_.end(row_.id, "given_up"); });
      say(fmt::format("  Given up. What you wrote stays in {}.\n", row_.desk));
      return false;
    }
    if (text == "v") {
      say("\n" + opening() + answers_so_far() + "\n");
      continue;
    }
    if (!text.empty()) instead_ = line;  // whoever types a command wants to go on
    const std::string draft = log_.draft(row_.id, "prompt");
    record("resumed");
    standing_ = false;
    if (!draft.empty()) log_.set_draft(row_.id, "prompt", draft);
    last_key_ms_ = session_ms();
    return true;
  }
}

int Conversation::run(bool resumed) {
  seen_files_ = file_times();
  try {
    if (resumed && state_.state != "picked") {
      if (!come_back()) return kPassed;
    }
    if (state_.state == "picked") {
      say(start_screen());
      const auto line = next_line("> ", "start");
      log_.set_draft(row_.id, "start", "");
      if (line && without_ends(*line) == "q") {
        leave_no_trace();
        return kPassed;
      }
      record("started");
      say(kRule + opening() + "\n");
    } else if (state_.state == "over") {
      say("  The time is up: f finishes, c carries on over time.\n");
    }
    for (;;) {
      const std::string state = state_.state;
      if (state == "coding" || state == "overtime") {
        converse();
      } else if (state == "over") {
        be_over();
      } else if (state == "grading") {
        try {
          grade();
        } catch (const Interrupted& interrupted) {
          terminal_.progress("");
          if (interrupted.signal != SIGINT) {
            leave(128 + interrupted.signal);
          }
          take_interrupt();
          record("interrupted", compact({{"grading", true}}));
          say("  Stopped. `finish` grades it again.\n");
        }
      } else if (state == "followups" || state == "marking") {
        after_grading();
      } else {
        return kPassed;
      }
    }
  } catch (const LeftInterview& left) {
    return left.code;
  }
}

}  // namespace kit
