#include "score_card.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace kit {

namespace fs = std::filesystem;

namespace {

struct CriterionRow {
  std::string name;
  int passed = 0;
  int total = 0;
  int not_run = 0;
  int not_judged = 0;
  std::vector<std::string> failed;
};

std::vector<CriterionRow> rows_of(const Verdict& verdict) {
  std::vector<CriterionRow> rows;
  for (const TestResult& test : verdict.tests) {
    if (rows.empty() || rows.back().name != test.criterion())
      rows.push_back({test.criterion(), 0, 0, 0, 0, {}});
    CriterionRow& row = rows.back();
    ++row.total;
    if (test.state == TestState::passed) ++row.passed;
    if (test.state == TestState::not_run) ++row.not_run;
    if (test.state == TestState::passed || test.state == TestState::not_run) continue;
    // A suite says so where a case's result is wrong: nothing is known of what the test is about.
    const bool judged = test.messages.empty() ||
                        test.messages[0].text.find("\n  Not judged: ") == std::string::npos;
    if (!judged)
      ++row.not_judged;
    else
      row.failed.push_back(test.short_name());
  }
  return rows;
}

std::string thousands(double value) {
  const bool whole = std::abs(value - std::round(value)) < 1e-9;
  std::string digits = whole ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
  if (!whole && std::abs(value) >= 1000) digits = fmt::format("{:.0f}", value);
  for (std::size_t at = digits.find('.') == std::string::npos ? digits.size() : 0; at > 3;) {
    at -= 3;
    if (digits[at - 1] == '-') break;
    digits.insert(at, ",");
  }
  return digits;
}

std::string fact_text(const Evidence& e, const Reference* reference) {
  const Evidence* theirs = reference == nullptr ? nullptr : reference->find(e);
  std::string unit = e.unit.empty() ? "" : " " + e.unit;
  if (e.measured == 1 && unit.ends_with("s")) unit.pop_back();  // "1 round"
  std::string text = fmt::format("{}{}; {} {}", thousands(e.measured), unit,
                                 e.at_most ? "at most" : "at least", thousands(e.limit));
  if (theirs != nullptr) text += fmt::format("; the reference {}", thousands(theirs->measured));
  return text;
}

// How near a measurement is to its bound: the nearest speaks for its test.
double tightness(const Evidence& e) {
  if (e.at_most) return e.limit == 0 ? e.measured : e.measured / e.limit;
  return e.measured == 0 ? 1e9 : e.limit / e.measured;
}

std::string evidence_lines(const Terminal& terminal, const Verdict& verdict,
                           const Reference* reference, bool all) {
  std::string text;
  for (const TestResult& test : verdict.tests) {
    if (test.evidence.empty() || test.state != TestState::passed) continue;
    if (!all && test.criterion() != "Cost") continue;
    if (!all) {
      const auto nearest_one = std::max_element(
          test.evidence.begin(), test.evidence.end(),
          // Among equals the larger case: 3 rounds of 3 say more than 1 of 1.
          [](const auto& a, const auto& b) {
            return std::pair(tightness(a), a.measured) < std::pair(tightness(b), b.measured);
          });
      if (nearest_one->limit == 0 && nearest_one->measured == 0)
        continue;  // "0, at most 0" says nothing
      const std::string line = fmt::format("    {}, {}: {}", test.short_name(), nearest_one->key,
                                           fact_text(*nearest_one, reference));
      text += terminal.quiet(wrap(line, 80, 6)) + "\n";
      continue;
    }
    for (const Evidence& e : test.evidence) {
      text += terminal.quiet(fmt::format("    {} ({}): {}", test.short_name(), e.key,
                                         fact_text(e, reference))) +
              "\n";
    }
  }
  return text;
}

// What GoogleTest itself says begins with one of these, and has no line of its own for the input.
bool is_raw(const std::string& text) {
  for (const char* begin :
       {"Expected", "Value of:", "Failed", "The difference", "C++ exception", "Expression"}) {
    if (text.starts_with(begin)) return true;
  }
  return false;
}

std::string indented(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    out += line.empty() ? "\n" : line.starts_with("  ") ? line + "\n" : "  " + line + "\n";
  }
  return out;
}

// Each line at most 80 columns, with two more in front; what is drawn below code stays as it is.
std::string wrapped_lines(const std::string& text) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out += wrap(line, 78, 4) + "\n";
  return out;
}

std::string failure_text(const Terminal& terminal, const TestResult& test,
                         const CardOptions& options) {
  std::string heading = terminal.strong(test.name);
  std::string story;
  if (test.state == TestState::crashed) heading += "   " + terminal.bad("crashed");
  if (test.state == TestState::timed_out) heading += "   " + terminal.bad("timed out");
  if (test.state == TestState::left) heading += "   " + terminal.bad("left early");
  const std::size_t shown =
      options.all ? test.messages.size() : std::min<std::size_t>(1, test.messages.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Message& message = test.messages[i];
    if (options.raw) {
      story += fmt::format("{}:{}\n{}\n", message.file, message.line, message.text);
    } else if (is_raw(message.text)) {
      story += indented(message.text);
    } else {
      const auto end = message.text.find('\n');
      const std::string input = message.text.substr(0, end);
      if (i == 0) {
        heading += "   " + input;
        heading = wrap(heading, 80, 2);
      } else {
        story += "\n  " + input + "\n";
      }
      if (end != std::string::npos) story += indented(message.text.substr(end + 1));
    }
  }
  if (!test.diagnosis.empty()) story += "  " + wrap(test.diagnosis, 76, 2) + "\n";
  std::string text = heading + "\n" + story;
  if (!options.all && test.messages.size() > 1) {
    text += terminal.quiet(fmt::format("  ... and {} more of this test: --all shows them",
                                       test.messages.size() - 1)) +
            "\n";
  }
  return text;
}

std::string clean_row(const Terminal& terminal, const Submission& submission,
                      const Verdict& verdict) {
  if (!has_clean(*submission.exercise) || verdict.partial) return "";
  if (verdict.clean_run) {
    return fmt::format("  Clean     {}\n",
                       verdict.clean_passed ? terminal.good("1 of 1") : terminal.bad("0 of 1"));
  }
  return terminal.quiet(verdict.clean_wanted && verdict.outcome != Outcome::passed
                            ? "  Clean     not run: it follows when these pass\n"
                        : verdict.clean_wanted ? "  Clean     running\n"
                                               : "  Clean     not run: --no-sanitize\n");
}

}  // namespace

std::string card_heading(const Workspace& workspace, const Terminal& terminal,
                         const Submission& submission) {
  std::error_code ignored;
  fs::path where = submission.directory;
  if (fs::is_directory(where, ignored)) where /= submission.exercise->files[0];
  fs::path shown = where.lexically_relative(workspace.root);
  if (shown.empty() || *shown.begin() == "..") shown = where;
  const std::string stub =
      submission.stub
          ? terminal.quiet("   (the stub: ./kit start " + submission.exercise->short_name() + ")")
          : "";
  return fmt::format("{}   {}{}\n", terminal.strong(submission.exercise->id), shown.string(), stub);
}

std::string card_body(const Terminal& terminal, const Submission& submission,
                      const Verdict& verdict, const Reference* reference,
                      const CardOptions& options) {
  const std::string name = submission.exercise->short_name();
  std::string text;
  if (verdict.outcome == Outcome::could_not_be_graded ||
      verdict.outcome == Outcome::does_not_compile) {
    text += "\n" + indented(verdict.why);
    return text;
  }
  if (!options.brief) {
    text += "\n";
    for (const CriterionRow& row : rows_of(verdict)) {
      // As many names as fit beside the count.
      std::string others;
      for (std::size_t i = 0; i < row.failed.size(); ++i) {
        const std::string next = (i == 0 ? "" : ", ") + row.failed[i];
        if (i > 0 && others.size() + next.size() > 48) {
          others += fmt::format(", {} more", row.failed.size() - i);
          break;
        }
        others += next;
      }
      if (row.not_judged > 0) {
        others += others.empty() ? "not judged: the result is wrong"
                                 : fmt::format(", {} not judged", row.not_judged);
      }
      if (others.empty() && row.not_run > 0) others = fmt::format("{} not run", row.not_run);
      const std::string count = fmt::format("{} of {}", row.passed, row.total);
      text += fmt::format("  {:<9} {}", row.name,
                          row.passed == row.total ? terminal.good(count) : terminal.bad(count));
      text += others.empty() ? "\n" : fmt::format("   {}\n", others);
      if (row.name == "Cost") text += evidence_lines(terminal, verdict, reference, options.all);
    }
    text += clean_row(terminal, submission, verdict);
    if (!verdict.warnings.empty()) {
      const auto count = std::count(verdict.warnings.begin(), verdict.warnings.end(), '\n');
      text += terminal.attention(fmt::format("  Warnings  {}\n", count)) +
              indented(wrapped_lines(verdict.warnings));
    }
  }
  std::string again;
  for (const TestResult& test : verdict.tests) {
    if (test.state == TestState::passed || test.state == TestState::not_run) continue;
    if (again.empty() || options.all)
      text += (options.brief ? "" : "\n") + failure_text(terminal, test, options);
    if (again.empty()) again = test.name;
    if (options.brief) break;
  }
  if (again.empty() && verdict.clean_run && !verdict.clean_passed) {
    const std::string where =
        verdict.clean_test.empty() ? "Clean" : "Clean, in " + verdict.clean_test;
    text += fmt::format("\n{}\n{}", terminal.strong(where),
                        indented(wrap(verdict.clean_finding, 78, 2)));
    again = "Clean";
  }
  if (!verdict.why.empty()) text += "\n  " + wrap(verdict.why, 76, 2) + "\n";
  if (!again.empty() && !options.brief && submission.slot == "yours") {
    text += fmt::format("\n  only this    ./kit grade {} --only {}\n", name, again);
    std::string drawn;  // "growth", as the picture's name begins
    for (const TestResult& test : verdict.tests) {
      for (const Evidence& e : test.evidence) {
        if (test.name == again && !e.drawing.empty() && drawn.empty())
          drawn = e.picture.substr(0, e.picture.find_first_of("-."));
      }
    }
    if (!drawn.empty()) text += fmt::format("  a picture    ./kit show {} --{}\n", name, drawn);
    text += fmt::format("  a hint       ./kit hint {}\n", name);
  }
  return text;
}

std::string verdict_line(const Terminal& terminal, const Submission& submission,
                         const Verdict& verdict, const std::string& remark) {
  std::string word = to_string(verdict.outcome);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const std::string time = fmt::format("{:.1f} s", verdict.seconds);
  const bool left_out = !verdict.clean_run && !verdict.partial && has_clean(*submission.exercise);
  std::string counts;
  if (verdict.total > 0) {
    counts = verdict.partial ? fmt::format("{} of the {} tests asked for", verdict.passed(),
                                           verdict.tests.size() + (verdict.clean_run ? 1U : 0U))
                             : fmt::format("{} of {} tests", verdict.passed(),
                                           verdict.total - (left_out ? 1 : 0));
  }
  if (verdict.outcome == Outcome::passed) {
    const std::string clean = verdict.clean_passed ? ", clean" : left_out ? ", Clean not run" : "";
    const std::string line = fmt::format("{}   {}   {}{}, {}", terminal.good(word),
                                         submission.exercise->id, counts, clean, time);
    // Beside the verdict where it fits, else above it: the verdict stays the last line.
    if (remark.empty()) return line + "\n";
    if (columns(line) + columns(remark) + 3 <= 80) return fmt::format("{}   {}\n", line, remark);
    return fmt::format("{}\n{}\n", terminal.quiet(remark), line);
  }
  const std::string painted = verdict.outcome == Outcome::could_not_be_graded
                                  ? terminal.attention(word)
                                  : terminal.bad(word);
  const std::string clean = !counts.empty() && left_out ? ", Clean not run" : "";
  return fmt::format("{}   {}{}{}{}\n", painted, counts, clean, counts.empty() ? "" : ", ", time);
}

std::string follow_up_card(const Terminal& terminal, const Exercise& exercise,
                           const std::vector<FollowUp>& questions) {
  (void)terminal;
  std::string text;
  if (!questions.empty()) text += "An interviewer would go on:\n";
  for (std::size_t i = 0; i < questions.size() && i < 3; ++i) {
    text += fmt::format("  {}. {}\n", i + 1, wrap(questions[i].question, 75, 5));
  }
  text += fmt::format("  answers, write-up and reference:   ./kit solution {}\n",
                      exercise.short_name());
  text += "  next:                              ./kit next\n";
  return text;
}

}  // namespace kit
