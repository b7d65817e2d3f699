#include "design_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "arithmetic.hpp"
#include "design_document.hpp"

namespace kit {

bool DesignReport::complete() const {
  return checks_with(true) == 0;
}

int DesignReport::checks_with(bool error) const {
  std::set<std::string> found;
  for (const DesignFinding& one : findings) {
    if (one.error == error) found.insert(one.check);
  }
  return static_cast<int>(found.size());
}

int DesignReport::errors_of(const std::set<std::string>& checks) const {
  std::set<std::string> found;
  for (const DesignFinding& one : findings) {
    if (one.error && checks.contains(one.check)) found.insert(one.check);
  }
  return static_cast<int>(found.size());
}

std::string DesignReport::summary() const {
  const int errors = checks_with(true);
  const int warnings = checks_with(false);
  std::string text =
      fmt::format("{} checks: {} fine", kDesignChecks, kDesignChecks - errors - warnings);
  if (errors > 0) text += fmt::format(", {} error{}", errors, errors == 1 ? "" : "s");
  if (warnings > 0) text += fmt::format(", {} warning{}", warnings, warnings == 1 ? "" : "s");
  return text + ".";
}

namespace {

bool letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

// A number in a sentence and the word behind it: "95 %", "0 actions", "1e-5/h". "R4", "p99.9" and "2 of" are none.
struct CountedNumber {
  double value = 0;
  std::string unit;  // "%", "hosts", "/h"
};
std::vector<CountedNumber> counted_numbers(const std::string& text) {
  static const std::set<std::string> kNoUnits = {
      "and",  "of",  "or", "to",    "in",     "at",     "is",    "it",   "the",
      "as",   "a",   "an", "for",   "by",     "from",   "with",  "must", "may",
      "then", "but", "on", "after", "before", "within", "above", "below"};
  std::vector<CountedNumber> found;
  for (std::size_t i = 0; i < text.size();) {
    if (!std::isdigit(static_cast<unsigned char>(text[i])) ||
        (i > 0 && (letter_or_digit(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == '^'))) {
      ++i;
      continue;
    }
    std::string digits;
    std::size_t end = i;
    for (; end < text.size(); ++end) {
      const bool next_digit =
          end + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[end + 1]));
      if (std::isdigit(static_cast<unsigned char>(text[end]))) {
        digits += text[end];
      } else if (text[end] == '.' && next_digit) {
        digits += '.';
      } else if (!(text[end] == ',' && next_digit)) {
        break;
      }
    }
    std::size_t exponent = end;
    if (exponent < text.size() && text[exponent] == 'e') {
      ++exponent;
      if (exponent < text.size() && text[exponent] == '-') ++exponent;
      const std::size_t begin = exponent;
      while (exponent < text.size() && std::isdigit(static_cast<unsigned char>(text[exponent])))
        ++exponent;
      if (exponent > begin) {
        digits += text.substr(end, exponent - end);
        end = exponent;
      }
    }
    std::size_t word = end;
    while (word < text.size() && (text[word] == ' ' || text[word] == '-')) ++word;
    std::string unit;
    if (end < text.size() && text[end] == '/' && end + 1 < text.size() &&
        std::isalpha(static_cast<unsigned char>(text[end + 1]))) {
      unit = "/";
      for (std::size_t at = end + 1;
           at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])); ++at)
        unit += text[at];
    } else if (word < text.size() && text[word] == '%') {
      unit = "%";
    } else {
      while (word < text.size() && std::isalpha(static_cast<unsigned char>(text[word])))
        unit += text[word++];
    }
    if (!unit.empty() && !kNoUnits.contains(unit)) found.push_back({std::stod(digits), unit});
    i = end;
  }
  return found;
}

bool has_counted_number(const std::string& text) {
  return !counted_numbers(text).empty();
}

bool is_yes_no(const std::string& text) {
  return text.find("[yes/no]") != std::string::npos;
}

bool has_word(const std::string& text, const std::string& word) {
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; ++at) {
    const bool begins = at == 0 || !letter_or_digit(text[at - 1]);
    const bool ends = at + word.size() >= text.size() || !letter_or_digit(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

class DesignJudge {
 public:
  explicit DesignJudge(const std::string& text) : document_(parse_design(text)) {}

  DesignReport judge() {
    headings();
    ids();
    counts();
    requirements();
    traces();
    failures();
    stages();
    arithmetic();
    rest();
    std::stable_sort(report_.findings.begin(), report_.findings.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return std::move(report_);
  }

 private:
  void error(const char* check, int line, const std::string& text) {
    report_.findings.push_back({check, true, line, text});
  }
  void warn(const char* check, int line, const std::string& text) {
    report_.findings.push_back({check, false, line, text});
  }

  int last_line() const { return static_cast<int>(document_.lines.size()); }

  // Where a heading is, or where it belongs.
  int line_of(const std::string& heading) const {
    for (const DesignSection& one : document_.sections) {
      if (one.heading == heading) return one.line;
    }
    return last_line();
  }

  void headings() {
    if (!document_.title.starts_with("DESIGN: ") || document_.title.size() < 10)
      error("K01", 1, "the document begins with \"# DESIGN: TITLE\".");
    std::vector<std::string> known;
    for (const DesignSection& one : document_.sections) {
      if (std::find(kDesignHeadings.begin(), kDesignHeadings.end(), one.heading) !=
          kDesignHeadings.end())
        known.push_back(one.heading);
      if (std::count(known.begin(), known.end(), one.heading) > 1)
        error("K01", one.line, fmt::format("\"## {}\" stands there twice.", one.heading));
    }
    bool all = true;
    for (std::size_t i = 0; i < kDesignHeadings.size(); ++i) {
      if (std::find(known.begin(), known.end(), kDesignHeadings[i]) != known.end()) continue;
      all = false;
      error("K01", i == 0 ? 1 : line_of(kDesignHeadings[i - 1]),
            i == 0 ? fmt::format("\"## {}\" is missing; it comes first.", kDesignHeadings[0])
                   : fmt::format("\"## {}\" is missing after \"## {}\".", kDesignHeadings[i],
                                 kDesignHeadings[i - 1]));
    }
    for (std::size_t i = 0; all && i < kDesignHeadings.size() && i < known.size(); ++i) {
      if (known[i] == kDesignHeadings[i]) continue;
      error("K01", line_of(known[i]),
            fmt::format("\"## {}\" stands where \"## {}\" belongs.", known[i], kDesignHeadings[i]));
      break;
    }
    for (const DesignSection& one : document_.sections) {
      const bool empty = one.text.find_first_not_of(" \t\n") == std::string::npos;
      if (empty && one.has_guidance)
        warn("K22", one.line, fmt::format("\"## {}\" is empty.", one.heading));
    }
  }

  void ids() {
    std::map<std::string, int> first;
    for (const DesignItem& one : document_.items) {
      const auto [at, fresh] = first.emplace(one.id, one.line);
      if (!fresh) {
        error(
            "K02", one.line,
            fmt::format(
                "{} stands on lines {} and {}. Ids are never used twice, also not after deletion.",
                one.id, at->second, one.line));
      }
      if (one.id.size() > 2 && one.id[1] == '0')
        error("K02", one.line, fmt::format("{}: ids have no leading zero.", one.id));
    }
    // Almost an item: "r4:", "R 4:", "R4 -".
    for (std::size_t i = 0; i < document_.lines.size(); ++i) {
      const std::string& line = document_.lines[i];
      if (line.size() < 4 ||
          std::string("RANCDXFTSOQrancdxftsoq").find(line[0]) == std::string::npos)
        continue;
      std::size_t at = 1;
      while (at < line.size() && line[at] == ' ') ++at;
      const std::size_t digits = at;
      while (at < line.size() && std::isdigit(static_cast<unsigned char>(line[at]))) ++at;
      const bool almost = at > digits && at < line.size() && line[at] == ':' &&
                          (digits > 1 || std::islower(static_cast<unsigned char>(line[0])));
      if (almost)
        error("K02", static_cast<int>(i) + 1,
              fmt::format("\"{}\" is no id: write {}{}:", line.substr(0, at + 1),
                          static_cast<char>(std::toupper(static_cast<unsigned char>(line[0]))),
                          line.substr(digits, at - digits)));
    }
  }

  void counts() {
    struct Least {
      char kind;
      int count;
      const char* what;
      const char* section;
      const char* question;
    };
    static constexpr Least kAll[] = {
        {'R', 5, "requirement", "Requirements",
         "What must hold when it is slow, full, attacked, updated?"},
        {'D', 3, "design part", "Design", "Which parts are there, and who holds the state?"},
        {'T', 5, "test", "Integration test plan",
         "How would you show each requirement to somebody who doubts it?"},
        {'F', 4, "failure mode", "Failure modes", "What happens when ... is still open?"},
        {'S', 3, "rollout stage", "Deployment plan",
         "What is the smallest place, and what comes between it and all?"},
        {'C', 3, "calculation", "Capacity", "How much, how often, how long?"},
        {'X', 1, "alternative", "Alternatives", "What else was thought of?"},
        {'A', 1, "assumption", "Assumptions and non-goals", "What do you take for granted?"},
        {'N', 1, "non-goal", "Assumptions and non-goals", "What is left out on purpose?"}};
    for (const Least& one : kAll) {
      const auto here = document_.of_kind(one.kind).size();
      if (here >= static_cast<std::size_t>(one.count)) continue;
      error("K03", line_of(one.section),
            fmt::format("{} {}{}; name at least {}. {}", here, one.what, here == 1 ? "" : "s",
                        one.count, one.question));
    }
  }

  void requirements() {
    static const std::vector<std::string> kVague = {
        "fast",      "quickly",  "quick",    "scalable",      "robust",  "efficient", "efficiently",
        "reliable",  "reliably", "easy",     "easily",        "minimal", "as needed", "appropriate",
        "real-time", "soon",     "flexible", "user-friendly", "etc"};
    for (const DesignItem* one : document_.of_kind('R')) {
      std::vector<std::string> binding;
      for (const char* word : {"MUST", "SHOULD", "MAY"}) {
        for (std::size_t at = 0; (at = one->text.find(word, at)) != std::string::npos; at += 3) {
          const std::size_t end = at + std::string(word).size();
          const bool alone = (at == 0 || !letter_or_digit(one->text[at - 1])) &&
                             (end >= one->text.size() || !letter_or_digit(one->text[end]));
          if (alone) binding.emplace_back(word);
        }
      }
      if (binding.empty()) {
        error("K04", one->line,
              fmt::format("{} has no MUST, SHOULD or MAY: is it a wish or a rule?", one->id));
      } else if (binding.size() > 1) {
        error("K04", one->line,
              fmt::format("{} has {} binding words ({}): make it two requirements.", one->id,
                          binding.size(), fmt::join(binding, ", ")));
      }
      std::string vague;
      for (const std::string& word : kVague) {
        if (vague.empty() && has_word(in_lower_case(one->text), word)) vague = word;
      }
      if (!has_counted_number(one->text) && !is_yes_no(one->text)) {
        error("K05", one->line,
              vague.empty()
                  ? fmt::format("{} can't be measured: it has no number with a unit. Write e.g. "
                                "\"p99 <= 500 us at 64,000 IOPS\", or mark it [yes/no].",
                                one->id)
                  : fmt::format("{} can't be measured: \"{}\" has no number. Write e.g. \"p99 <= "
                                "500 us at 64,000 IOPS\".",
                                one->id, vague));
      }
      if (!vague.empty()) {
        warn("K06", one->line,
             fmt::format("{} says \"{}\". {}", one->id, vague,
                         vague == "scalable" ? "To how many, at what cost?" : "How much is that?"));
      }
    }
  }

  void traces() {
    for (const auto& [kind, check] : {std::pair{'D', "K07"}, std::pair{'T', "K08"}}) {
      std::set<std::string> served;
      for (const DesignItem* one : document_.of_kind(kind))
        served.insert(one->serves.begin(), one->serves.end());
      for (const DesignItem* one : document_.of_kind('R')) {
        if (served.contains(one->id)) continue;
        error(check, one->line,
              kind == 'D'
                  ? fmt::format("{0} has no design part: no D line ends in \"-> {0}\".", one->id)
                  : fmt::format("{0} is never tested: no T line ends in \"-> {0}\".", one->id));
      }
    }
    for (const DesignItem& one : document_.items) {
      for (const std::string& id : one.serves) {
        if (!document_.find(id))
          error("K09", one.line, fmt::format("{} serves {}, which doesn't exist.", one.id, id));
      }
      if (one.kind == 'D' && one.serves.empty())
        warn("K10", one.line,
             fmt::format("{} serves no requirement. What is it for? Delete it, or find the "
                         "requirement you forgot.",
                         one.id));
      if (one.kind == 'X' && one.field("rejected because").empty())
        error("K19", one.line, fmt::format("{}: why not? Add \"  rejected because:\".", one.id));
    }
  }

  void failures() {
    static const std::vector<std::pair<std::string, std::string>> kFields = {
        {"effect", "what does a user notice?"},
        {"blast", "who is hit, and who isn't?"},
        {"detect", "which signal, which threshold, after how long?"},
        {"mitigate", "what is done, by whom or what?"},
        {"test", "which test shows it?"}};
    for (const DesignItem* one : document_.of_kind('F')) {
      for (const auto& [field, question] : kFields) {
        if (one->field(field).empty())
          error("K11", one->line, fmt::format("{} has no \"{}:\": {}", one->id, field, question));
      }
      const std::string detect = one->field("detect");
      if (!detect.empty() && !has_counted_number(detect)) {
        error(
            "K12", one->line,
            fmt::format("{} is detected by \"{}\". Which signal, which threshold, after how long?",
                        one->id, detect));
      }
      const std::string test = one->field("test");
      if (test.empty()) continue;
      std::vector<std::string> named;
      std::string word;
      for (const char c : test + " ") {
        if (letter_or_digit(c)) {
          word += c;
          continue;
        }
        if (word.size() > 1 && word[0] == 'T' && std::isdigit(static_cast<unsigned char>(word[1])))
          named.push_back(word);
        word.clear();
      }
      if (named.empty())
        error("K11", one->line, fmt::format("{}: \"test: {}\" names no T.", one->id, test));
      for (const std::string& id : named) {
        if (!document_.find(id))
          error("K09", one->line, fmt::format("{} names {}, which doesn't exist.", one->id, id));
      }
    }
  }

  // "as S2, 1.1 times" takes over that field of S2.
  std::string with_taken_over(const std::string& field, const std::string& text,
                              int depth = 0) const {
    const auto at = text.find("as S");
    if (at == std::string::npos || depth > 8) return text;
    std::size_t end = at + 4;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
    const DesignItem* other = document_.find(text.substr(at + 3, end - at - 3));
    return other ? text + ", " + with_taken_over(field, other->field(field), depth + 1) : text;
  }

  void stages() {
    const auto all = document_.of_kind('S');
    std::optional<CountedNumber> before;
    std::string before_id;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const DesignItem& one = *all[i];
      const std::string next = i + 1 < all.size() ? all[i + 1]->id : "the next stage";
      const std::map<std::string, std::string> questions = {
          {"scope", "how many, of what?"},
          {"bake", fmt::format("how long do you watch before {}?", next)},
          {"metric", "what do you look at, against which control?"},
          {"threshold", "at which number do you stop?"},
          {"rollback", "who or what goes back, in how many minutes?"}};
      for (const char* field : {"scope", "bake", "metric", "threshold", "rollback"}) {
        if (one.field(field).empty())
          error("K13", one.line,
                fmt::format("{} has no \"{}:\": {}", one.id, field, questions.at(field)));
      }
      const std::string bake = with_taken_over("bake", one.field("bake"));
      const auto times = counted_numbers(bake);
      if (!bake.empty() && std::none_of(times.begin(), times.end(),
                                        [](const auto& n) { return is_time_unit(n.unit); }))
        error("K13", one.line, fmt::format("{}: \"bake: {}\" isn't a time.", one.id, bake));
      const std::string threshold = with_taken_over("threshold", one.field("threshold"));
      if (!threshold.empty() && !has_counted_number(threshold))
        error("K14", one.line,
              fmt::format("{}: \"threshold: {}\" has no number with a unit.", one.id, threshold));
      const std::string rollback = with_taken_over("rollback", one.field("rollback"));
      const bool who = rollback.find("automatic") != std::string::npos || has_word(rollback, "by");
      if (!rollback.empty() && (!has_counted_number(rollback) || !who))
        error(
            "K14", one.line,
            fmt::format(
                "{} rolls back \"{}\". On which number, in how many minutes, who or what does it?",
                one.id, rollback));
      const auto scope = counted_numbers(one.field("scope"));
      if (scope.empty()) continue;
      const bool percent = scope[0].unit == "%";
      if (before && (before->unit == "%") == percent && scope[0].value < before->value) {
        error("K15", one.line,
              fmt::format("{} ({:g}{}) is smaller than {} ({:g}{}).", one.id, scope[0].value,
                          percent ? " %" : "", before_id, before->value, percent ? " %" : ""));
      }
      before = scope[0];
      before_id = one.id;
      if (i == 0 && ((percent && scope[0].value > 1) || (!percent && scope[0].value > 10)))
        warn("K16", one.line,
             fmt::format(
                 "{} begins with {:g} {}. What is the smallest place where this bug would show?",
                 one.id, scope[0].value, scope[0].unit));
    }
  }

  void arithmetic() {
    Arithmetic computed;
    std::map<int, std::pair<std::string, std::string>> lines;  // by line: id and text
    for (const DesignItem* one : document_.of_kind('C')) lines[one->line] = {one->id, one->text};
    for (const LooseArithmetic& one : document_.loose) lines[one.line] = {"", one.text};
    std::map<std::string, ArithmeticLine> seen;
    for (const auto& [line, item] : lines) {
      const ArithmeticLine result = computed.check(item.second);
      if (!result.error.empty())
        error("K17", line,
              item.first.empty() ? result.error + "."
                                 : fmt::format("{}: {}.", item.first, result.error));
      if (!item.first.empty()) seen[item.first] = result;
    }
    report_.labels = computed.labels();
    // Used by an item, or by a sentence that draws the conclusion: all but the arithmetic itself.
    std::string others;
    bool in_arithmetic = false;
    for (const std::string& line : document_.lines) {
      const bool begins =
          line.size() > 2 && line[0] == 'C' && std::isdigit(static_cast<unsigned char>(line[1]));
      in_arithmetic = (begins && line.find('=') != std::string::npos) ||
                      (in_arithmetic && line.starts_with("  "));
      if (!in_arithmetic) others += line + "\n";
    }
    for (const DesignItem* one : document_.of_kind('C')) {
      const ArithmeticLine& result = seen[one->id];
      bool used = has_word(others, one->id) ||
                  (!result.name.empty() && has_word(others, result.name)) ||
                  (!result.result.empty() && others.find(result.result) != std::string::npos);
      for (const DesignItem* other : document_.of_kind('C')) {
        if (other == one || result.name.empty()) continue;
        const auto equals = other->text.find('=');
        used = used ||
               (equals != std::string::npos && has_word(other->text.substr(equals), result.name));
      }
      if (!used) warn("K18", one->line, fmt::format("{} is computed and never used.", one->id));
    }
  }

  void rest() {
    for (const DesignSection& one : document_.sections) {
      if (one.heading != "Operations") continue;
      const std::string text = in_lower_case(one.text);
      bool alarm = false;
      std::string line;
      for (const char c : text + "\n") {
        if (c != '\n') {
          line += c;
          continue;
        }
        alarm =
            alarm ||
            ((line.find("alarm") != std::string::npos || line.find("page") != std::string::npos) &&
             has_counted_number(line));
        line.clear();
      }
      if (!alarm) warn("K20", one.line, "Operations has no alarm with a number.");
      if (text.find("dashboard") == std::string::npos)
        warn("K20", one.line, "Operations names no dashboard.");
      if (text.find("runbook") == std::string::npos)
        warn("K20", one.line, "Operations names no runbook.");
      if (text.find("owner") == std::string::npos && text.find("on-call") == std::string::npos &&
          text.find("on call") == std::string::npos)
        warn("K20", one.line, "Operations names no owner and nobody on call.");
    }
    for (std::size_t i = 0; i < document_.lines.size(); ++i) {
      for (const auto& [word, mend] :
           {std::pair{"KB", "kB or KiB"}, std::pair{"GBps", "GB/s or Gbit/s"},
            std::pair{"Mbps", "Mbit/s"}, std::pair{"Gbps", "Gbit/s"}, std::pair{"Mb", "MB or Mbit"},
            std::pair{"Gb", "GB or Gbit"}}) {
        if (has_word(document_.lines[i], word))
          warn("K21", static_cast<int>(i) + 1,
               fmt::format("\"{}\" is ambiguous; write {}.", word, mend));
      }
    }
  }

  DesignDocument document_;
  DesignReport report_;
};

}  // namespace

DesignReport check_design(const std::string& text) {
  return DesignJudge(text).judge();
}

}  // namespace kit
