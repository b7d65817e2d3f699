// kit interview: a timed mock interview; --design: a design round; --resume goes on with the one that is open.
#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "coding_round.hpp"
#include "commands/desk.hpp"
#include "commands/interview_options.hpp"
#include "design_round.hpp"
#include "picking.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

fs::path sheet_of(const Context& context, const Exercise& exercise) {
  return context.workspace.root / "exercises" / exercise.id / "interview.md";
}

// Whether an interview can be held with it: an opening, questions and examples.
bool has_whole_sheet(const Context& context, const Exercise& exercise) {
  const InterviewSheet sheet = read_sheet(sheet_of(context, exercise));
  return !sheet.opening.empty() && !sheet.clarifications.empty() && !sheet.examples.empty();
}

// The highest level of an area with two passes without a hint; 2 at the beginning.
int level_in(const Context& context, const std::map<std::string, Standing>& standings,
             const std::string& area) {
  std::map<int, int> passes;
  for (const Exercise& exercise : context.catalogue.exercises()) {
    const auto found = standings.find(exercise.id);
    if (exercise.area == area && found != standings.end() && found->second.passed &&
        found->second.hints == 0)
      ++passes[exercise.level];
  }
  int level = 2;
  for (const auto& [at, count] : passes) {
    if (count >= 2) level = at;
  }
  return level;
}

std::vector<Candidate> candidates(const Context& context, const History& history,
                                  const InterviewLog& log) {
  const auto standings = history.standings();
  const auto interviews = log.all();
  std::map<std::string, int> in_area;
  std::map<std::string, std::int64_t> interviewed;
  std::string last;
  for (const InterviewRow& row : interviews) {
    if (row.kind != "coding") continue;
    ++in_area[row.subject.substr(0, row.subject.find('/'))];
    interviewed[row.subject] = seconds_of(row.started_at);
    last = row.subject;
  }
  std::vector<Candidate> all;
  for (const Exercise& exercise : context.catalogue.exercises()) {
    Candidate one;
    one.id = exercise.id;
    one.area = exercise.area;
    one.level = exercise.level;
    one.minutes = exercise.minutes;
    one.has_sheet = has_whole_sheet(context, exercise);
    for (const Attempt& attempt : history.attempts(exercise.id)) {
      one.touched_at = std::max(one.touched_at, attempt.at);
      if (attempt.verdict != "passed" || attempt.source == "stub") continue;
      one.last_pass_at = std::max(one.last_pass_at, attempt.at);
      one.passed_at = attempt.at;
    }
    for (const Event& event : history.events(exercise.id)) {
      one.touched_at = std::max(one.touched_at, event.at);
      if (event.kind == "solution") one.solution_at = std::max(one.solution_at, event.at);
      if (event.kind == "hint") one.hint_at = std::max(one.hint_at, event.at);
    }
    one.interviewed_at = interviewed[exercise.id];
    one.interviews_in_area = in_area[exercise.area];
    one.was_last_interview = exercise.id == last;
    one.learner_level = level_in(context, standings, exercise.area);
    all.push_back(one);
  }
  return all;
}

struct Chosen {
  const Exercise* exercise = nullptr;
  std::string because;
};

Chosen chosen_for(const Context& context, const History& history, const InterviewLog& log,
                  const InterviewOptions& options, std::uint64_t seed) {
  if (!options.exercise.empty()) {
    const Exercise& exercise = context.catalogue.find(options.exercise);
    if (has_whole_sheet(context, exercise))
      return {&exercise, "You asked for " + exercise.id + "."};
    std::vector<std::string> others;
    for (const Exercise& other : context.catalogue.exercises()) {
      if (other.area == exercise.area && has_whole_sheet(context, other))
        others.push_back(other.id);
    }
    throw KitError(fmt::format("{} has no interview sheet yet.", exercise.id),
                   others.empty() ? fmt::format("None of area {} has.", exercise.area)
                                  : fmt::format("These of area {} have: {}", exercise.area,
                                                fmt::join(others, ", ")));
  }
  const Pick pick =
      pick_exercise(candidates(context, history, log),
                    {options.minutes.value_or(45), options.area, options.level, seed}, now());
  std::string because = fmt::format("Picked {}: {}.", pick.id, pick.reason);
  if (!pick.relaxed.empty()) because += fmt::format(" ({}.)", pick.relaxed);
  because += fmt::format(" Seed {} (the same seed and history pick the same problem).", seed);
  return {&context.catalogue.find(pick.id), because};
}

std::string where_it_stands(const InterviewRow& row) {
  return fmt::format("{} {} is open (minute {} of {})",
                     row.kind == "design" ? "Design round" : "Interview", row.id,
                     row.elapsed_ms / 60'000, row.minutes);
}

// Not done yet first, then the one done longest ago, then the seed.
DesignProblem chosen_problem(const Context& context, const InterviewLog& log,
                             const std::string& wanted, std::uint64_t seed) {
  const auto all = design_problems(context.workspace);
  if (all.empty())
    throw KitError("exercises/design holds no problem.", "Is this clone whole?   git status");
  std::vector<std::string> names;
  for (const DesignProblem& one : all) {
    if (one.id == wanted) return one;
    names.push_back(one.id);
  }
  if (!wanted.empty())
    throw KitError(fmt::format("No design problem is called {}.", wanted),
                   fmt::format("There are: {}", fmt::join(names, ", ")));
  std::map<std::string, std::int64_t> done;
  for (const InterviewRow& row : log.all()) {
    if (row.kind == "design") done[row.subject] = seconds_of(row.started_at);
  }
  return *std::min_element(all.begin(), all.end(),
                           [&](const DesignProblem& a, const DesignProblem& b) {
                             return std::pair(done[a.id], tie_key(seed, a.id)) <
                                    std::pair(done[b.id], tie_key(seed, b.id));
                           });
}

std::uint64_t hash_of(const std::string& text) {
  return tie_key(0, text);
}

int go_on(const Context& context, InterviewLog& log, const InterviewRow& row,
          const InterviewOptions& options, const InterviewTools& tools, const std::string& because,
          bool resumed) {
  const InterviewStyle style{options.plain, options.quiet};
  if (row.kind == "design") {
    for (const DesignProblem& problem : design_problems(context.workspace)) {
      if (problem.id != row.subject) continue;
      lay_out_design_desk(context, problem, row.desk);
      return DesignRound(context, log, row, style, problem).run(resumed);
    }
    throw KitError(fmt::format("exercises/design/{} is gone.", row.subject),
                   fmt::format("Close the round:   ./kit interview --give-up {}", row.id));
  }
  const Exercise& exercise = context.catalogue.find(row.subject);
  lay_out_desk(context, exercise, row.desk);
  return CodingRound(context, log, row, style, exercise, tools, because).run(resumed);
}

}  // namespace

int interview(const Context& context, const InterviewOptions& options,
              const InterviewTools& tools) {
  if (!options.plain && !context.terminal.interactive()) {
    throw KitError("kit interview is a conversation and needs a terminal.",
                   "For scripts: kit interview --plain reads commands from standard input, one a\n"
                   "line, and prints without colour or cursor movement.");
  }
  const History history = open_history(context);
  InterviewLog log(context.workspace);
  const InterviewLock lock(context.workspace);
  const auto open = log.open_one();
  if (!lock.held()) {
    throw KitError(
        fmt::format("{} is open in another terminal (process {}).",
                    open ? fmt::format("Interview {}", open->id) : std::string("An interview"),
                    lock.other_process()));
  }
  if (options.give_up != 0) {
    const auto row = log.row(options.give_up);
    if (!row || !row->is_open()) {
      throw KitError(fmt::format("No interview {} is open.", options.give_up),
                     open ? where_it_stands(*open) + "." : "None is.");
    }
    log.together([&] {
      log.add_event(row->id, row->elapsed_ms, "given_up");
      log.end(row->id, "given_up");
    });
    context.terminal.print(
        fmt::format("Interview {} is closed. What you wrote stays in {}.\n", row->id, row->desk));
    return kPassed;
  }
  if (options.resume) {
    if (!open) throw KitError("No interview is open.", "Begin one:   ./kit interview");
    return go_on(context, log, *open, options, tools, "It was begun and not started.", true);
  }
  if (open) {
    throw KitError(where_it_stands(*open) + ".",
                   fmt::format("--resume goes on, --give-up {} closes it.", open->id));
  }
  const std::uint64_t seed = options.seed ? *options.seed : std::random_device{}() % 100'000;
  InterviewRow row;
  std::string because;
  std::string sheet;
  if (options.design || !options.problem.empty()) {
    const DesignProblem problem = chosen_problem(context, log, options.problem, seed);
    row.kind = "design";
    row.subject = problem.id;
    row.minutes = options.minutes.value_or(60);
    sheet = problem.sheet.opening;
  } else {
    const Chosen chosen = chosen_for(context, history, log, options, seed);
    row.kind = "coding";
    row.subject = chosen.exercise->id;
    row.minutes = options.minutes.value_or(45);
    because = chosen.because;
    sheet = read_text(sheet_of(context, *chosen.exercise));
  }
  row.seed = seed;
  row.sheet_hash = fmt::format("{:016x}", hash_of(sheet));
  row.state = "picked";
  row.started_at = wall_time(now());
  const auto all = log.all();
  row.desk = fmt::format("work/interviews/{:04}/{}{}", all.empty() ? 1 : all.back().id + 1,
                         row.kind == "design" ? "design/" : "", row.subject);
  row.id = log.begin(row);
  return go_on(context, log, row, options, tools, because, false);
}

int interview(const Context& context, const InterviewOptions& options) {
  return interview(context, options, real_tools(context));
}

}  // namespace kit
