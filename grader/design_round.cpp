#include "design_round.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands/desk.hpp"
#include "rubric.hpp"
#include "submission.hpp"

namespace kit {

namespace fs = std::filesystem;
using nlohmann::json;

// Long sentences go over two lines.  NOLINTBEGIN(bugprone-suspicious-missing-comma)
const std::vector<std::string> kDesignChecklist = {
    "the requirements answer the question that was asked, and what was vague was asked or assumed "
    "in writing",
    "the hardest requirement is named as such, and the design starts from it",
    "a reader could draw the data path and say where state lives",
    "each number is from a source, a measurement or a stated assumption",
    "the alternatives are real ones, not straw",
    "failure modes include slow as well as dead, correlated as well as single, and the control "
    "plane itself",
    "the canary could see the failure it looks for, by its size and time",
    "rollback works after data or state has changed",
    "an on-call engineer at 3 a.m. could act on Operations",
    "what was left out is said"};
// NOLINTEND(bugprone-suspicious-missing-comma)

std::vector<DesignCeiling> design_ceilings(const DesignReport& report) {
  const auto ceiling = [&](const std::set<std::string>& checks) {
    return std::max(1, 4 - report.errors_of(checks));
  };
  return {{"requirements", 2, ceiling({"K02", "K03", "K04", "K05", "K06", "K07", "K08"}), {1, 2}},
          {"design", 3, ceiling({"K09", "K10", "K19"}), {2, 3, 5}},
          {"failure thinking", 2, ceiling({"K11", "K12"}), {6}},
          {"numbers", 2, ceiling({"K17", "K18"}), {4}},
          {"rollout and operations", 2, ceiling({"K13", "K14", "K15", "K16", "K20"}), {7, 8, 9}},
          {"communication", 1, 4, {1, 10}}};
}

namespace {

std::string json_text(const json& data) {
  return data.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string read_document(const fs::path& file) {
  return fs::exists(file) ? read_text(file) : "";
}

}  // namespace

void lay_out_design_desk(const Context& context, const DesignProblem& problem,
                         const std::string& desk) {
  const fs::path to = context.workspace.root / desk;
  std::error_code error;
  fs::create_directories(to, error);
  if (error)
    throw KitError(fmt::format("{} can't be made: {}.", desk, error.message()),
                   "Is work/ yours?   ls -ld work");
  if (fs::exists(to / "DESIGN.md")) return;
  std::string text = read_text(context.workspace.root / "exercises" / "design" / "template.md");
  if (const auto at = text.find("# DESIGN: TITLE"); at != std::string::npos)
    text.replace(at, 15, "# DESIGN: " + problem.sheet.title);
  write_file(to / "DESIGN.md",
             fmt::format("<!-- {} -->\n\n{}", wrap(problem.sheet.opening, 92, 5), text));
}

std::string design_report_text(const Terminal& terminal, const DesignReport& report) {
  std::string text;
  std::vector<std::string> empty;
  for (const DesignFinding& one : report.findings) {
    if (one.check == "K22") empty.push_back(one.text.substr(4, one.text.rfind('"') - 4));
  }
  // A document that was just begun: what is empty is one sentence, not a screen.
  const bool begun = empty.size() > 3;
  if (begun) text += wrap(fmt::format("  Still empty: {}.", fmt::join(empty, ", ")), 78, 2) + "\n";
  for (const DesignFinding& one : report.findings) {
    if (begun &&
        (one.check == "K22" || (one.check == "K20" && std::find(empty.begin(), empty.end(),
                                                                "Operations") != empty.end())))
      continue;
    const std::string where = fmt::format("  line {:<4} ", one.line);
    const std::string mark = one.error ? one.check : one.check + " warning";
    std::string body = wrap(where + one.text, 78, columns(where));
    const auto last = body.rfind('\n');
    const int used = columns(last == std::string::npos ? body : body.substr(last + 1));
    const int room = 78 - used - columns(mark);
    body += room >= 2 ? std::string(static_cast<std::size_t>(room), ' ')
                      : "\n" + std::string(static_cast<std::size_t>(78 - columns(mark)), ' ');
    text += body + (one.error ? terminal.bad(mark) : terminal.attention(mark)) + "\n";
  }
  if (!report.labels.empty())
    text +=
        wrap(fmt::format("  Labels taken as counts: {}.", fmt::join(report.labels, ", ")), 78, 2) +
        "\n";
  text += wrap("  " + report.summary() +
                   " These are checks of form. A document can pass them all and be wrong.",
               78, 2) +
          "\n";
  return text;
}

DesignRound::DesignRound(const Context& context, InterviewLog& log, const InterviewRow& row,
                         const InterviewStyle& style, DesignProblem problem)
    : Conversation(context, log, row, style), problem_(std::move(problem)) {}

fs::path DesignRound::document() const {
  return context_.workspace.root / row_.desk / "DESIGN.md";
}

std::string DesignRound::start_screen() {
  const std::string title = fmt::format("  Design round {}", row_.id);
  const std::string what = fmt::format("{} minutes", row_.minutes);
  return "\n" + pad(title, 78 - columns(what)) + what + "\n" +
         paragraph(fmt::format("{}: {}", problem_.id, problem_.sheet.title)) +
         fmt::format("\n  Your document: {}/DESIGN.md\n", row_.desk) +
         "                 a template with the parts named; see it in your editor now\n"
         "  Commands:      ask, check, time, note, finish, help\n\n"
         "  Enter shows the problem and starts the clock, q leaves without a trace.\n";
}

std::string DesignRound::opening() {
  return paragraph(problem_.sheet.opening);
}

std::string DesignRound::commands() {
  return "  ask WORDS    a question in your own words; a number alone is that question\n"
         "  ask list     all topics; from then on a question counts as prompted\n"
         "  check        what a program can check of your document; free at any time\n"
         "  note TEXT    keeps a sentence of yours for the end\n"
         "  time         where you are, and what the plan says; clock off hides it\n"
         "  show         the problem and the answers again\n"
         "  finish       the checks, then a checklist beside the model document\n";
}

std::string DesignRound::resumed_facts() {
  if (state_.asked.empty()) return "You had asked nothing yet.";
  std::vector<int> numbers = state_.asked;
  std::sort(numbers.begin(), numbers.end());
  return fmt::format("You had asked {} and checked {} times.", fmt::join(numbers, ", "),
                     state_.runs);
}

bool DesignRound::command(const std::string& word, const std::string&) {
  if (word != "check") return false;
  const std::string text = read_document(document());
  const DesignReport report = check_design(text);
  record("ran", json_text({{"errors", report.checks_with(true)}, {"all", report.complete()}}), [&] {
    log_.add_snapshot(row_.id, last_recorded_, {{"DESIGN.md", text}});
  });
  say(design_report_text(terminal_, report));
  return true;
}

void DesignRound::grade() {
  const std::string text = read_document(document());
  const DesignReport report = check_design(text);
  json ceilings = json::object();
  for (const DesignCeiling& one : design_ceilings(report)) ceilings[one.dimension] = one.ceiling;
  record("graded",
         json_text({{"next", "marking"}, {"summary", report.summary()}, {"ceilings", ceilings}}),
         [&] {
           log_.add_snapshot(row_.id, last_recorded_, {{"DESIGN.md", text}});
           for (const DesignCeiling& one : design_ceilings(report))
             log_.set_mark(row_.id,
                           {one.dimension, one.ceiling, std::nullopt, "ceiling from the checks"});
         });
  say("\n" + design_report_text(terminal_, report));
}

void DesignRound::after_grading() {
  checklist();
  mark();
}

// The ten points, one by one: yes, partly or no. Stored as 2, 1 and 0.
void DesignRound::checklist() {
  const std::string model = fmt::format("solutions/design/{}/DESIGN.md", problem_.id);
  bool first = true;
  for (std::size_t i = 0; i < kDesignChecklist.size(); ++i) {
    const std::string dimension = fmt::format("point {}", i + 1);
    if (state_.own_marks.contains(dimension)) continue;
    if (first) {
      std::string text =
          "\n  What no program can judge. Mark yourself beside the model document:\n    " +
          terminal_.strong(model) + "\n\n  Traps of this problem:\n";
      for (const std::string& one : problem_.traps) text += wrap("    - " + one, 78, 6) + "\n";
      text += "  A strong document has:\n";
      for (const std::string& one : problem_.strong) text += wrap("    - " + one, 78, 6) + "\n";
      say(text + "\n  For each point: y yes, p partly, n no.\n\n");
      first = false;
    }
    const std::string slot = fmt::format("point.{}", i + 1);
    int self = -1;
    say(wrap(fmt::format("  {:>2}  {}", i + 1, kDesignChecklist[i]), 78, 6) + "\n");
    while (self < 0) {
      const auto line = next_line("      y, p or n > ", slot);
      log_.set_draft(row_.id, slot, "");
      if (!line || line->empty()) continue;
      self = line->front() == 'y' ? 2 : line->front() == 'p' ? 1 : line->front() == 'n' ? 0 : -1;
    }
    record("marked", json_text({{"dimension", dimension}, {"self", self}}), [&] {
      log_.set_mark(row_.id, {dimension, std::nullopt, self, kDesignChecklist[i]});
    });
  }
}

void DesignRound::mark() {
  std::map<std::string, InterviewMark> marks;
  for (const InterviewMark& one : log_.marks(row_.id)) marks[one.dimension] = one;
  const std::vector<DesignCeiling> dimensions = design_ceilings({});
  const auto ceiling_of = [&](const std::string& dimension) {
    return marks[dimension].computed.value_or(4);
  };
  bool first = true;
  for (const DesignCeiling& one : dimensions) {
    if (state_.own_marks.contains(one.dimension)) continue;
    if (first)
      say("\n  The rubric. The checks set the ceiling, you mark below it.\n    1 not shown   2 "
          "partly   3 solid   4 strong\n");
    first = false;
    double sum = 0;
    std::string points;
    for (const int point : one.points) {
      const int self = state_.own_marks[fmt::format("point {}", point)];
      sum += self / 2.0;
      points += fmt::format("{}{} {}", points.empty() ? "" : ", ", point,
                            self == 2   ? "yes"
                            : self == 1 ? "partly"
                                        : "no");
    }
    const int ceiling = ceiling_of(one.dimension);
    double count = static_cast<double>(one.points.size());
    if (one.dimension == "communication") {
      // What was asked counts as one more point.
      sum += static_cast<double>(state_.asked.size()) /
             static_cast<double>(std::max<std::size_t>(1, problem_.sheet.clarifications.size()));
      ++count;
    }
    const int suggested =
        std::min(ceiling, 1 + static_cast<int>(std::floor(3 * sum / count + 0.4)));
    std::string evidence = fmt::format("ceiling {}, your points {}", ceiling, points);
    if (one.dimension == "communication")
      evidence += fmt::format(", {} of {} questions asked", state_.asked.size(),
                              problem_.sheet.clarifications.size());
    say("\n" + paragraph(fmt::format("{}: {}. Suggested {}.", one.dimension, evidence, suggested)));
    const std::string slot = "mark." + one.dimension;
    const int level = ask_level(one.dimension, suggested, ceiling, slot);
    record("marked", json_text({{"dimension", one.dimension}, {"self", level}}), [&] {
      log_.set_mark(row_.id, {one.dimension, ceiling, level, evidence});
      log_.set_draft(row_.id, slot, "");
    });
  }
  std::vector<Weighed> weighed;
  weighed.reserve(dimensions.size());
  for (const DesignCeiling& one : dimensions)
    weighed.push_back({one.dimension, state_.own_marks[one.dimension], one.weight, true});
  const Recommendation result = recommend(weighed, {"", "", ""});
  record("marked", json_text({{"dimension", "all"}, {"self", 0}, {"next", "done"}}),
         [&] { log_.end(row_.id, "done", result.low, result.mid, result.high); });
  std::string text = fmt::format("\n  Design round {}, {}, {} minutes\n\n", row_.id,
                                 terminal_.strong(row_.subject), row_.minutes);
  for (const DesignCeiling& one : dimensions) {
    const int level = state_.own_marks[one.dimension];
    text += fmt::format("  {:<24} {} {}\n", one.dimension, level, level_word(level));
  }
  for (const std::string& note : state_.notes) text += paragraph("You noted: " + note, 4);
  text += "\n  " + terminal_.strong("Recommendation: " + result.sentence() + ".") + "\n\n" +
          paragraph(
              "One session, no interviewer in the room, all marks given by yourself under a "
              "ceiling from checks of "
              "form. The weights are this kit's, not an employer's. The recommendation is the "
              "least certain thing "
              "on this screen.");
  text += fmt::format(
      "\n  your document        {}/DESIGN.md\n  the model document   "
      "solutions/design/{}/DESIGN.md\n",
      row_.desk, problem_.id);
  say(text);
}

}  // namespace kit
