#include "coding_round.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "commands/desk.hpp"
#include "interrupt.hpp"
#include "keep.hpp"
#include "rubric.hpp"

namespace kit {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string dumped(const json& data) {
  return data.dump(-1, ' ', false, json::error_handler_t::replace);
}

// "23 November 2026"
std::string date_words(std::int64_t at) {
  const std::time_t time = static_cast<std::time_t>(at);
  std::tm local{};
  ::localtime_r(&time, &local);
  char month[64];
  std::strftime(month, sizeof month, "%B %Y", &local);
  return fmt::format("{} {}", local.tm_mday, month);
}

std::string counted_in_words(int count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

// The part of a test's message that says what was seen: its first line is the input, which the example's own sentence
// has said; what stands behind a blank line is more than an interviewer would show.
std::string first_difference(const TestResult& test) {
  if (test.messages.empty()) return test.diagnosis;
  const std::string& text = test.messages[0].text;
  const auto begin = text.find('\n');
  if (begin == std::string::npos) return test.diagnosis.empty() ? text : test.diagnosis;
  std::string story;
  std::istringstream lines(text.substr(begin + 1));
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find_first_not_of(' ');
    if (first == std::string::npos) break;
    story += (story.empty() ? "" : "\n") + line.substr(first);
  }
  return story;
}

const char* word_of(TestState state) {
  switch (state) {
    case TestState::passed:
      return "ok";
    case TestState::crashed:
      return "crashes";
    case TestState::timed_out:
      return "hangs";
    case TestState::left:
      return "leaves";
    case TestState::not_run:
      return "not run";
    case TestState::failed:
      break;
  }
  return "differs";
}

}  // namespace

void lay_out_desk(const Context& context, const Exercise& exercise, const std::string& desk) {
  const fs::path from = context.workspace.root / "exercises" / exercise.id;
  const fs::path to = context.workspace.root / desk;
  std::error_code error;
  fs::create_directories(to, error);
  if (error)
    throw KitError(fmt::format("{} can't be made: {}.", desk, error.message()),
                   "Is work/ yours?   ls -ld work");
  std::vector<std::string> names = exercise.files;
  if (!exercise.contract.empty()) names.push_back(exercise.contract);
  for (const std::string& name : names) {
    if (!fs::exists(to / name)) write_file(to / name, read_text(from / name));
  }
}

CodingRound::CodingRound(const Context& context, InterviewLog& log, const InterviewRow& row,
                         const InterviewStyle& style, const Exercise& exercise,
                         InterviewTools tools, std::string picked_because)
    : Conversation(context, log, row, style),
      exercise_(exercise),
      sheet_(read_sheet(context.workspace.root / "exercises" / exercise.id / "interview.md")),
      tools_(std::move(tools)),
      picked_because_(std::move(picked_because)) {}

std::vector<fs::path> CodingRound::files() const {
  std::vector<fs::path> all;
  for (const std::string& name : exercise_.files) all.push_back(desk() / name);
  return all;
}

Submission CodingRound::submission() const {
  return adhoc_submission(context_.workspace, exercise_, desk());
}

// ---- beginning ------------------------------------------------------------------------------------------------------

std::string CodingRound::start_screen() {
  tools_.prepare(submission());
  const std::string title = fmt::format("  Mock interview {}", row_.id);
  const std::string what = fmt::format("{} minutes, level {}", row_.minutes, exercise_.level);
  std::string text = "\n" + pad(title, 78 - columns(what)) + what + "\n";
  text += paragraph(picked_because_);
  if (exercise_.minutes > row_.minutes)
    text += fmt::format("  Usually given {} minutes.\n", exercise_.minutes);
  text += fmt::format("\n  Your file:   {}/{}\n", row_.desk, exercise_.files[0]);
  for (std::size_t i = 1; i < exercise_.files.size(); ++i)
    text += fmt::format("  and:         {}\n", exercise_.files[i]);
  if (!exercise_.contract.empty())
    text += fmt::format("  Contract:    {} beside it\n", exercise_.contract);
  text +=
      "  Commands:    ask, run, nudge, note, time, finish, help\n\n"
      "  Have your editor open. Say things aloud; nobody else will.\n"
      "  Enter starts the clock, q leaves without a trace.\n";
  return text;
}

std::string CodingRound::opening() {
  return paragraph(sheet_.opening);
}

std::string CodingRound::commands() {
  return "  ask WORDS    a question in your own words; a number alone is that question\n"
         "  ask list     all topics; from then on a question counts as prompted\n"
         "  run          builds it and shows the small examples\n"
         "  nudge        has me say something; it counts\n"
         "  note TEXT    keeps a sentence of yours for the end\n"
         "  time         where you are, and what the plan says; clock off hides it\n"
         "  show         the opening and the answers again\n"
         "  m            what the compiler said, all of it\n"
         "  finish       grades it, then we talk\n";
}

std::string CodingRound::resumed_facts() {
  std::vector<std::string> said;
  if (!state_.asked.empty()) {
    std::vector<int> numbers = state_.asked;
    std::sort(numbers.begin(), numbers.end());
    std::string list;
    for (std::size_t i = 0; i < numbers.size(); ++i)
      list += fmt::format("{}{}",
                          i == 0                    ? ""
                          : i + 1 == numbers.size() ? " and "
                                                    : ", ",
                          numbers[i]);
    said.push_back("asked " + list);
  }
  if (state_.runs > 0) said.push_back("run " + counted_in_words(state_.runs, "time", "times"));
  if (!state_.nudges.empty())
    said.push_back("taken " +
                   counted_in_words(static_cast<int>(state_.nudges.size()), "nudge", "nudges"));
  if (!state_.answered.empty())
    said.push_back("answered " + counted_in_words(static_cast<int>(state_.answered.size()),
                                                  "follow-up", "follow-ups"));
  if (said.empty()) return "You had asked nothing and run nothing yet.";
  return fmt::format("You had {}.", fmt::join(said, ", "));
}

// ---- while the clock runs -------------------------------------------------------------------------------------------

bool CodingRound::command(const std::string& word, const std::string&) {
  if (word == "run") {
    run_examples();
  } else if (word == "nudge") {
    nudge(false);
  } else if (word == "m") {
    say(more_errors_.empty() ? "  The compiler has said no more.\n" : more_errors_);
  } else {
    return false;
  }
  return true;
}

void CodingRound::nudge(bool by_itself) {
  const Nudge* next = next_nudge(sheet_, state_);
  if (!next) {
    say("  I have said all I would say.\n");
    return;
  }
  int given = 1;
  for (const Nudge& one : sheet_.nudges) {
    if (one.dimension == next->dimension && state_.nudges.contains(one.number)) ++given;
  }
  record("nudged", dumped({{"number", next->number}, {"by_itself", by_itself}}));
  say((by_itself ? "\n" : "") + paragraph(next->text) +
      fmt::format("  Counted: {} is at most {} from here.\n", next->dimension,
                  std::max(2, 4 - given)));
}

// The first check-in costs nothing; after as many quiet minutes again the nudge is said by itself.
void CodingRound::quiet_tick() {
  const Nudge* next = next_nudge(sheet_, state_);
  if (!next) return;
  if (session_ms() - start_of_quiet() < next->after_minutes * std::int64_t{60'000}) return;
  if (state_.checked_in) {
    nudge(true);
    return;
  }
  record("checked_in");
  say(fmt::format(
      "\n  (You have been quiet for {} minutes. Where are you? Say it aloud, or `note` it.\n"
      "   `nudge` has me say something; it counts.)\n",
      next->after_minutes));
}

std::string CodingRound::example_lines(const Verdict& verdict, int* passed) const {
  std::string text;
  for (const Example& example : sheet_.examples) {
    const auto found =
        std::find_if(verdict.tests.begin(), verdict.tests.end(),
                     [&](const TestResult& test) { return test.name == example.test; });
    if (found == verdict.tests.end()) continue;
    const char* word = word_of(found->state);
    text += wrap(fmt::format("  {:<8} {}", word, example.sentence), 78, 11) + "\n";
    if (found->state == TestState::passed) {
      ++*passed;
      continue;
    }
    std::istringstream lines(first_difference(*found));
    int shown = 0;
    for (std::string line; std::getline(lines, line) && shown < 6; ++shown)
      text += wrap("           " + line, 78, 11) + "\n";
  }
  return text;
}

void CodingRound::run_examples() {
  more_errors_.clear();
  GradePlan plan;
  plan.sanitize = false;
  for (const Example& example : sheet_.examples) plan.only.push_back(example.test);
  Verdict verdict;
  std::map<std::string, std::string> files_now;
  try {
    const Submission mine = submission();
    files_now = read_files(mine);
    terminal_.progress("  building");
    verdict = tools_.grade(mine, plan);
    terminal_.progress("");
  } catch (const KitError& error) {
    terminal_.progress("");
    say(paragraph(fmt::format("{} {}", error.what(), error.mend())));
    return;
  } catch (const Interrupted& interrupted) {
    terminal_.progress("");
    if (interrupted.signal != SIGINT) throw;
    take_interrupt();
    say("  Stopped.\n");
    return;
  }
  if (verdict.outcome == Outcome::could_not_be_graded) {
    say(paragraph("The kit could not run it; this is not counted. " + verdict.why));
    return;
  }
  int passed = 0;
  const int all = static_cast<int>(sheet_.examples.size());
  std::string text;
  if (verdict.outcome == Outcome::does_not_compile) {
    std::vector<std::string> errors;
    std::istringstream lines(verdict.why);
    for (std::string line; std::getline(lines, line);) {
      const auto at = line.find(": error: ");
      if (at == std::string::npos) continue;
      const auto name = line.rfind('/', at);
      const auto begin = name == std::string::npos ? 0 : name + 1;
      errors.push_back(fmt::format("{}  {}", line.substr(begin, at - begin), line.substr(at + 9)));
    }
    if (errors.empty()) {
      text = "  It doesn't build:\n" + paragraph(verdict.why.substr(0, verdict.why.find("\n\n")));
    } else {
      text = errors.size() == 1
                 ? std::string("  It doesn't compile.\n")
                 : fmt::format("  It doesn't compile. First of {} errors:\n", errors.size());
      text += wrap("  " + errors[0], 78, 4) + "\n";
    }
    more_errors_ = verdict.why + "\n";
    text += "  m shows all that the compiler said.\n";
  } else {
    text = example_lines(verdict, &passed);
    if (!verdict.why.empty()) text += paragraph(verdict.why);
    text += fmt::format("  {} of {}. That is all I run before the end.\n", passed, all);
  }
  record("ran", dumped({{"passed", passed}, {"of", all}, {"all", passed == all && all > 0}}),
         [&] { log_.add_snapshot(row_.id, last_recorded_, files_now); });
  say(text);
}

// ---- the end --------------------------------------------------------------------------------------------------------

void CodingRound::grade() {
  const Submission mine = submission();
  const Kept kept = keep_before(mine);
  GradePlan plan;
  plan.always_sanitize = true;
  std::size_t ended = 0;
  plan.on_end = [&](const TestResult&) {
    terminal_.progress(fmt::format("  grading: {} tests ended", ++ended));
  };
  plan.on_plain = [&](const Verdict&) { terminal_.progress("  grading: under the sanitizers"); };
  say("  Grading all of it. The result waits until we have talked.\n");
  const Verdict verdict = tools_.grade(mine, plan);
  terminal_.progress("");
  const auto reference = tools_.reference(mine);
  const auto theirs = read_files(solution_submission(context_.workspace, exercise_));
  json data = {{"facts", verdict_facts(verdict, mine, reference ? &*reference : nullptr, theirs)},
               {"next", sheet_.follow_ups.empty() ? "marking" : "followups"}};
  std::string notice;
  const auto history = keep_after(context_.workspace, mine, kept, verdict, std::nullopt, &notice);
  std::int64_t attempt = 0;
  if (history) {
    const auto newest = history->attempts(exercise_.id, 1);
    if (!newest.empty()) attempt = newest[0].id;
  }
  if (attempt != 0) data["attempt"] = attempt;
  record("graded", dumped(data), [&] {
    log_.add_snapshot(row_.id, last_recorded_, kept.files);
    if (attempt != 0) log_.set_verdict(row_.id, attempt);
  });
  if (!notice.empty()) say(paragraph(notice));
}

void CodingRound::after_grading() {
  if (state_.state == "followups") {
    for (const FollowUp& item : sheet_.follow_ups) {
      if (state_.said.contains(item.number)) continue;
      follow_up(item);
      return;
    }
    enter_marking();
  } else {
    mark();
  }
}

// Lines up to an empty one; each key is stored with the lines before it.
std::string CodingRound::typed_answer(const std::string& slot, bool* skipped) {
  std::string text = log_.draft(row_.id, slot);
  if (const auto end = text.rfind('\n'); end != std::string::npos) {
    text.resize(end + 1);
    say(paragraph("Typed before:\n  " + text.substr(0, text.size() - 1)));
  } else {
    text.clear();
  }
  for (;;) {
    const auto line = next_line("> ", slot, text);
    if (!line) continue;
    if (line->empty()) break;
    if (text.empty() && *line == "s") {
      *skipped = true;
      return "";
    }
    if (text.empty() && *line == "e") {
      const fs::path file = desk() / (slot + ".md");
      if (!fs::exists(file)) write_file(file, "");
      edit(file);
      std::string written = read_text(file);
      while (!written.empty() && (written.back() == '\n' || written.back() == ' '))
        written.pop_back();
      say(written.empty() ? "  The file is empty.\n" : paragraph(written));
      return written;
    }
    text += *line + "\n";
    log_.set_draft(row_.id, slot, text);
  }
  if (!text.empty()) text.pop_back();
  return text;
}

std::vector<int> CodingRound::chosen_points(const FollowUp& item) {
  const int all = static_cast<int>(item.points.size());
  const std::string slot = fmt::format("points.{}", item.number);
  for (;;) {
    const auto line =
        next_line("  Numbers you said (such as 1 3), a for all, Enter for none:  ", slot);
    log_.set_draft(row_.id, slot, "");
    std::string numbers = line.value_or("");
    std::replace(numbers.begin(), numbers.end(), ',', ' ');
    std::istringstream words(numbers);
    std::vector<int> said;
    bool good = true;
    for (std::string word; words >> word;) {
      if (word == "a" || word == "all") {
        for (int i = 1; i <= all; ++i) said.push_back(i);
      } else if (word.size() == 1 && word[0] >= '1' && word[0] <= '0' + all) {
        said.push_back(word[0] - '0');
      } else {
        good = false;
      }
    }
    std::sort(said.begin(), said.end());
    said.erase(std::unique(said.begin(), said.end()), said.end());
    if (good) return said;
    say(fmt::format("  Numbers from 1 to {}, with spaces between them.\n", all));
  }
}

void CodingRound::follow_up(const FollowUp& item) {
  const std::string slot = fmt::format("follow-up-{}", item.number);
  const auto answers = log_.answers(row_.id);
  const auto stored = std::find_if(answers.begin(), answers.end(), [&](const InterviewAnswer& one) {
    return one.follow_up == item.number;
  });
  std::string text;
  bool skipped = false;
  say(fmt::format("\n  Follow-up {} of {}.\n", item.number, sheet_.follow_ups.size()) +
      terminal_.strong(paragraph(item.question)));
  if (stored == answers.end()) {
    if (!std::exchange(explained_, true))
      say("  Answer here (an empty line ends), or e for your editor, s to skip.\n");
    text = typed_answer(slot, &skipped);
    record("answered", dumped({{"follow_up", item.number}, {"skipped", skipped}}), [&] {
      log_.set_answer(row_.id, {item.number, text, std::nullopt});
      log_.set_draft(row_.id, slot, "");
    });
  } else {
    text = stored->text;
    say(text.empty() ? "  You had skipped it.\n" : paragraph("You answered: " + text));
  }
  skipped = skipped || text.empty();
  std::string points = skipped ? "  A strong answer has these.\n"
                               : "  A strong answer has these. Which did you say?\n";
  for (std::size_t i = 0; i < item.points.size(); ++i)
    points += wrap(fmt::format("    {}  {}", i + 1, item.points[i]), 78, 7) + "\n";
  if (!item.weak.empty()) points += paragraph("A weak answer: " + item.weak);
  say(points);
  const std::vector<int> said = skipped ? std::vector<int>{} : chosen_points(item);
  record("marked", dumped({{"follow_up", item.number}, {"said", said}}), [&] {
    log_.set_answer(row_.id, {item.number, text, fmt::format("{}", fmt::join(said, " "))});
  });
  if (!skipped) say(fmt::format("  {} of {}. Kept.\n", said.size(), item.points.size()));
}

void CodingRound::enter_marking() {
  const RubricFacts facts = rubric_facts(sheet_, state_, row_.minutes);
  record("marked", dumped({{"dimension", "computed"}, {"self", 0}, {"next", "marking"}}), [&] {
    for (const Mark& one :
         {correctness_mark(facts), robustness_mark(facts), cost_mark(facts), code_mark(facts)})
      log_.set_mark(row_.id, {one.dimension, one.level, std::nullopt, one.reason});
  });
}

std::string CodingRound::mark_line(const std::string& dimension, std::optional<int> level,
                                   const std::string& reason) const {
  const std::string word =
      level ? fmt::format("{} {}", *level, level_word(*level)) : "not measured";
  return wrap(fmt::format("  {:<15} {:<12} {}", dimension, word, reason), 78, 31) + "\n";
}

// The last time before this interview that it was passed, or its solution was read.
std::string CodingRound::met_before() const {
  const std::int64_t began = seconds_of(row_.started_at);
  History history(context_.workspace);
  std::int64_t passed = 0;
  std::int64_t read = 0;
  for (const Attempt& one : history.attempts(exercise_.id)) {
    if (one.verdict == "passed" && one.at < began) passed = std::max(passed, one.at);
  }
  for (const Event& event : history.events(exercise_.id)) {
    if (event.kind == "solution" && event.at < began) read = std::max(read, event.at);
  }
  if (passed == 0 && read == 0) return "";
  const std::string what =
      passed ? "passed on " + date_words(passed) : "its solution read on " + date_words(read);
  return paragraph(fmt::format(
      "You had met this problem ({}): read correctness and pace with that in mind.", what));
}

void CodingRound::mark() {
  std::map<std::string, InterviewMark> marks;
  for (const InterviewMark& one : log_.marks(row_.id)) marks[one.dimension] = one;
  const RubricFacts facts = rubric_facts(sheet_, state_, row_.minutes);
  std::string text = fmt::format("\n  Interview {}, {}, {} minutes, {}\n\n", row_.id,
                                 terminal_.strong(row_.subject), row_.minutes,
                                 date_words(seconds_of(row_.started_at)));
  for (const char* dimension : {"correctness", "robustness", "cost", "code"})
    text += mark_line(dimension, marks[dimension].computed, marks[dimension].reason);
  if (!state_.notes.empty() || !state_.unknown_questions.empty()) {
    text += "\n";
    for (const std::string& note : state_.notes) text += paragraph("You noted: " + note, 4);
    for (const std::string& words : state_.unknown_questions)
      text += paragraph("You asked, not on the sheet: " + words, 4);
  }
  say(text);
  const auto described = [&](const std::string& dimension) {
    std::string lines;
    for (std::size_t i = 0; i < 4; ++i)
      lines += wrap(fmt::format("    {} {}", i + 1, anchors(dimension)[i]), 78, 6) + "\n";
    return lines;
  };
  bool first = true;
  const auto own = [&](const std::string& dimension, const std::string& evidence, int suggested,
                       int highest) {
    if (state_.own_marks.contains(dimension)) return;
    if (first) say("\n  Now yours.\n");
    first = false;
    say("\n" + paragraph(dimension + ": " + evidence + ".") + described(dimension));
    const std::string slot = "mark." + dimension;
    const int level = ask_level(dimension, suggested, highest, slot);
    InterviewMark mark = marks[dimension];
    mark.dimension = dimension;
    mark.self = level;
    if (dimension != "code") mark.reason = evidence;
    record("marked", dumped({{"dimension", dimension}, {"self", level}}), [&] {
      log_.set_mark(row_.id, mark);
      log_.set_draft(row_.id, slot, "");
    });
    marks[dimension] = mark;
  };
  if (const auto code = marks["code"].computed; code && *code > 1)
    own("code", fmt::format("counted {}; read yours again, you may lower it", *code), *code, *code);
  const Mark communication = communication_suggestion(facts);
  own("communication", fmt::format("{}. Suggested {}", communication.reason, *communication.level),
      *communication.level, 4);
  const Mark pace = pace_suggestion(facts);
  own("pace", fmt::format("{}. Suggested {}", pace.reason, *pace.level), *pace.level,
      facts.over_time ? 2 : 4);

  std::array<std::optional<int>, 6> levels;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const InterviewMark& one = marks[kDimensions[i]];
    levels[i] = one.self ? one.self : one.computed;
  }
  const Recommendation result = recommend_coding(levels);
  record("marked", dumped({{"dimension", "all"}, {"self", 0}, {"next", "done"}}),
         [&] { log_.end(row_.id, "done", result.low, result.mid, result.high); });
  std::string end =
      "\n  " + terminal_.strong("Recommendation: " + result.sentence() + ".") + "\n\n";
  std::istringstream lines(kRecommendationIsUncertain);
  for (std::string line; std::getline(lines, line);) end += "  " + line + "\n";
  if (const std::string met = met_before(); !met.empty()) end += "\n" + met;
  const std::string word = command_word(context_, exercise_);
  end += fmt::format("\n  every message:\n    ./kit grade {} \\\n      --submission {}\n", word,
                     row_.desk);
  end += fmt::format("  the write-up:\n    ./kit solution {}\n", word);
  say(end);
}

}  // namespace kit
