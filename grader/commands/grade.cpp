// kit grade: the score card of one submission, or a line each of many.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "fast.hpp"
#include "history.hpp"
#include "keep.hpp"
#include "score_card.hpp"

namespace kit {

namespace {

std::vector<Submission> chosen(const Context& context, const GradeOptions& options) {
  std::vector<std::string> words = options.words;
  if (words.empty()) {
    throw KitError(
        "Grade what?",
        "An exercise, an area or all:   ./kit grade broadcast   ./kit grade mpi   ./kit grade all");
  }
  std::vector<Submission> all;
  for (const Exercise* exercise : context.catalogue.select(words)) {
    if (!options.submission.empty()) {
      all.push_back(adhoc_submission(context.workspace, *exercise, options.submission));
    } else if (options.solution) {
      all.push_back(solution_submission(context.workspace, *exercise));
    } else {
      all.push_back(your_submission(context.workspace, *exercise));
    }
  }
  if (all.empty()) throw KitError("There is no exercise there.", "All of them:   ./kit list");
  if (all.size() > 1 && !options.submission.empty()) {
    throw KitError("--submission names the answer to one exercise.",
                   "Name that exercise:   ./kit grade broadcast --submission DIR");
  }
  return all;
}

std::optional<Reference> reference_of(const Context& context, const Submission& submission,
                                      const Verdict& verdict) {
  if (verdict.tests.empty()) return std::nullopt;
  try {
    const Build build(context.workspace, context.terminal);
    return read_reference(context.workspace, build, *submission.exercise);
  } catch (const KitError&) {
    return std::nullopt;
  }
}

std::string ordinal(int n) {
  static constexpr const char* kWords[] = {"",      "first",   "second", "third", "fourth", "fifth",
                                           "sixth", "seventh", "eighth", "ninth", "tenth"};
  return n >= 1 && n <= 10 ? kWords[n] : fmt::format("{}th", n);
}

// "third try, 24 min of 25"
std::string remark_of(const History& history, const Exercise& exercise) {
  const auto standings = history.standings();
  const auto found = standings.find(exercise.id);
  if (found == standings.end()) return "";
  std::string text = fmt::format("{} try", ordinal(found->second.tries));
  std::int64_t began = 0;
  for (const Event& event : history.events(exercise.id)) {
    if (event.kind == "start" || event.kind == "reset") began = std::max(began, event.at);
  }
  if (began > 0 && found->second.passed_at >= began) {
    const std::int64_t minutes = (found->second.passed_at - began + 59) / 60;
    if (minutes < 600) text += fmt::format(", {} min of {}", minutes, exercise.minutes);
  }
  return text;
}

// "3 hosts: kit1 (4 ranks), kit2 (2), kit3 (2)"
std::string hosts_line(const std::vector<std::string>& hosts) {
  std::vector<std::pair<std::string, int>> ranks;
  for (const std::string& host : hosts) {
    auto known = std::find_if(ranks.begin(), ranks.end(), [&](auto& r) { return r.first == host; });
    if (known == ranks.end()) known = ranks.insert(ranks.end(), {host, 0});
    ++known->second;
  }
  std::string text = fmt::format("{} host{}:", ranks.size(), ranks.size() == 1 ? "" : "s");
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    text += fmt::format("{} {} ({}{})", i == 0 ? "" : ",", ranks[i].first, ranks[i].second,
                        i > 0                  ? ""
                        : ranks[i].second == 1 ? " rank"
                                               : " ranks");
  }
  return text;
}

int grade_one(const Context& context, const GradeOptions& options, const Submission& submission,
              const Launcher* launcher, bool many) {
  const Terminal& terminal = context.terminal;
  GradePlan plan;
  plan.only = options.only;
  plan.seed = options.seed;
  plan.sanitize = options.sanitize;
  plan.launcher = launcher;
  std::size_t ended = 0;
  plan.on_end = [&](const TestResult& test) {
    terminal.progress(
        fmt::format("{}: {} tests ended, last {}", submission.exercise->id, ++ended, test.name));
  };
  plan.on_plain = [&](const Verdict&) {
    terminal.progress("the plain suite passed; now under the sanitizers");
  };
  const Kept kept = keep_before(submission);
  const Verdict verdict = grade_submission(context.workspace, terminal, submission, plan);
  terminal.progress("");
  std::string remark;
  std::string notice;
  if (submission.slot != "solution") {
    const std::optional<History> history =
        keep_after(context.workspace, submission, kept, verdict, options.seed, &notice);
    if (history && submission.slot == "yours" && !submission.stub)
      remark = remark_of(*history, *submission.exercise);
  }
  if (options.json) {
    terminal.print(to_json(verdict, submission)
                       .dump(many ? -1 : 2, ' ', false, nlohmann::json::error_handler_t::replace) +
                   "\n");
    return exit_code(verdict.outcome);
  }
  if (!verdict.hosts.empty())
    terminal.print(fmt::format("{}   {}\n", submission.exercise->id, hosts_line(verdict.hosts)));
  const CardOptions card{options.all, options.raw, many};
  if (many) {
    if (verdict.outcome != Outcome::passed) {
      terminal.print(card_heading(context.workspace, terminal, submission));
      terminal.print(card_body(terminal, submission, verdict, nullptr, card));
    }
    terminal.print(verdict_line(terminal, submission, verdict));
    return exit_code(verdict.outcome);
  }
  const std::optional<Reference> reference = reference_of(context, submission, verdict);
  terminal.print(card_heading(context.workspace, terminal, submission));
  terminal.print(card_body(terminal, submission, verdict, reference ? &*reference : nullptr, card));
  if (verdict.outcome == Outcome::passed && !verdict.partial) {
    const std::string fast = fast_line(context.workspace, submission);
    if (!fast.empty()) terminal.print(fmt::format("  Fast      {}\n", fast));
    const auto sheet =
        context.workspace.root / "exercises" / submission.exercise->id / "interview.md";
    terminal.print("\n" + follow_up_card(terminal, *submission.exercise, read_follow_ups(sheet)));
  }
  terminal.print("\n" + verdict_line(terminal, submission, verdict, remark));
  if (!notice.empty()) terminal.print(terminal.attention(notice) + "\n");
  return exit_code(verdict.outcome);
}

}  // namespace

int grade(const Context& context, const GradeOptions& options) {
  const std::vector<Submission> submissions = chosen(context, options);
  if (options.sbatch) {
    int ranks = 0;
    for (const Submission& one : submissions) ranks = std::max(ranks, one.exercise->ranks);
    if (ranks == 0) {
      throw KitError("None of these exercises runs on several ranks.",
                     "The area that does:   ./kit grade mpi --sbatch");
    }
    context.terminal.print(batch_script(context.workspace, options.words, ranks, options.solution));
    return kPassed;
  }
  const bool any_mpi = std::any_of(submissions.begin(), submissions.end(),
                                   [](const auto& s) { return s.exercise->kind == Kind::mpi; });
  const std::optional<Launcher> launcher =
      any_mpi ? find_launcher(context.workspace, options.launch) : std::nullopt;
  if (launcher && !options.json)
    context.terminal.print(fmt::format("launched by   {}\n", launcher->text()));
  int worst = kPassed;
  int passed = 0;
  for (const Submission& submission : submissions) {
    const int code = grade_one(context, options, submission, launcher ? &*launcher : nullptr,
                               submissions.size() > 1);
    passed += code == kPassed ? 1 : 0;
    worst = std::max(worst, code);
  }
  if (submissions.size() > 1 && !options.json) {
    context.terminal.print(
        fmt::format("\n{} of {} exercises passed\n", passed, submissions.size()));
  }
  return worst;
}

}  // namespace kit
