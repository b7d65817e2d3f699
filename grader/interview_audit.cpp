// The rules, by their numbers:
//
//   I01 title and six sections in order          I06 nudges: 2 to 4, minutes 3 to 12, of each criterion there is
//   I02 clarifications: 5 to 7, both marks        I07 follow-ups: 4 to 6, 3 to 5 points, one weak sign, the first on cost
//   I03 examples are Correct tests, 2 to 4        I08 nothing is given away that only the reference names
//   I05 the time plan rises                       I09 100 columns, no code block    I10 nothing personal
//
// I04 (the stub fails an example, the reference passes all) needs gradings: audit.cpp.
#include "interview_audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "catalogue.hpp"
#include "code_measure.hpp"
#include "terminal.hpp"

namespace kit {

namespace {

const std::vector<std::string> kSections = {
    "Opening", "Clarifying questions", "Examples", "Time plan", "Nudges", "Follow-ups"};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

// Functions whose names are English words too: said in a sentence they give nothing away.
bool is_english(const std::string& word) {
  static const std::set<std::string> kWords = {
      "abort",     "accept",    "access",   "advance",  "align",    "append",    "apply",
      "arrive",    "assign",    "at",       "back",     "barrier",  "begin",     "bind",
      "capacity",  "check",     "clear",    "close",    "connect",  "construct", "copy",
      "count",     "data",      "delete",   "destroy",  "distance", "empty",     "end",
      "equal",     "erase",     "error",    "exchange", "exit",     "fail",      "fence",
      "fill",      "find",      "first",    "flush",    "fork",     "free",      "front",
      "generate",  "get",       "if",       "index",    "insert",   "join",      "kill",
      "last",      "link",      "listen",   "load",     "lock",     "make",      "max",
      "merge",     "min",       "move",     "next",     "notify",   "open",      "partition",
      "pause",     "pipe",      "poll",     "pop",      "push",     "put",       "rank",
      "read",      "receive",   "release",  "remove",   "rename",   "reserve",   "reset",
      "resize",    "resume",    "return",   "reverse",  "rotate",   "round",     "search",
      "seek",      "select",    "send",     "set",      "shift",    "signal",    "size",
      "sizeof",    "sleep",     "sort",     "span",     "split",    "start",     "stat",
      "step",      "store",     "string",   "subspan",  "swap",     "sync",      "test",
      "time",      "transform", "truncate", "unlink",   "unlock",   "value",     "vector",
      "wait",      "while",     "for",      "switch",   "catch",    "write",     "yield",
      "transpose", "broadcast", "log",      "power",    "square",   "scan",      "reduce",
      "gather",    "scatter",   "rows",     "row",      "tile"};
  return kWords.contains(word);
}

struct CodeWords {
  std::set<std::string> all;     // every identifier
  std::set<std::string> called;  // those before a "(", but for what is declared there
};

CodeWords words_of(const std::string& source) {
  CodeWords words;
  std::set<std::string> own;
  std::string before;
  const std::string code = without_comments(source);
  for (std::size_t i = 0; i < code.size();) {
    if (!is_word(code[i]) || std::isdigit(static_cast<unsigned char>(code[i]))) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < code.size() && is_word(code[end])) ++end;
    const std::string word = code.substr(i, end - i);
    words.all.insert(word);
    std::size_t next = end;
    while (next < code.size() && code[next] == ' ') ++next;
    const bool called = next < code.size() && code[next] == '(';
    // "int parent(" and "Blocks blocks(" declare a name of the reference's own: in a sentence it is a plain word.
    static const std::set<std::string> kNoTypes = {"return", "else", "case", "throw", "new",
                                                   "delete", "and",  "or",   "not"};
    const bool declared =
        i >= 2 && code[i - 1] == ' ' &&
        (is_word(code[i - 2]) || code[i - 2] == '>' || code[i - 2] == '*' || code[i - 2] == '&') &&
        !kNoTypes.contains(before);
    if (declared) own.insert(word);
    if (called) words.called.insert(word);
    before = word;
    i = end;
  }
  for (const std::string& word : own) words.called.erase(word);
  return words;
}

// Written like code: with an underscore, with capitals inside, in backticks, or called.
bool looks_like_code(const std::string& text, std::size_t begin, std::size_t end) {
  const std::string word = text.substr(begin, end - begin);
  if (word.find('_') != std::string::npos) return true;
  if (std::any_of(word.begin() + 1, word.end(),
                  [](char c) { return std::isupper(static_cast<unsigned char>(c)); }) &&
      std::any_of(word.begin(), word.end(),
                  [](char c) { return std::islower(static_cast<unsigned char>(c)); }))
    return true;
  if (begin > 0 && text[begin - 1] == '`') return true;
  return end < text.size() && text[end] == '(';
}

class SheetJudge {
 public:
  SheetJudge(const std::string& text, const SheetSurroundings& around)
      : text_(text), around_(around), sheet_(parse_sheet(text)) {}

  std::vector<SheetFinding> judge() {
    for (const std::string& error : sheet_.errors) say("I01", error);
    sections();
    clarifications();
    examples();
    plan();
    nudges();
    follow_ups();
    secrets();
    lines();
    return std::move(findings_);
  }

 private:
  void say(const char* rule, const std::string& text) { findings_.push_back({rule, text}); }

  void sections() {
    if (sheet_.title.empty()) say("I01", "the first line isn't \"# Interview: TITLE\"");
    if (sheet_.opening.empty()) say("I01", "\"## Opening\" says nothing");
    for (std::size_t i = 0; i < kSections.size(); ++i) {
      const auto count = std::count(sheet_.headings.begin(), sheet_.headings.end(), kSections[i]);
      if (count > 1)
        say("I01", fmt::format("\"## {}\" stands there {} times", kSections[i], count));
      if (count == 0) {
        say("I01",
            fmt::format("\"## {}\" is missing; it belongs {}", kSections[i],
                        i == 0 ? "first" : fmt::format("after \"## {}\"", kSections[i - 1])));
      }
    }
    std::vector<std::string> known;
    for (const std::string& heading : sheet_.headings) {
      if (std::find(kSections.begin(), kSections.end(), heading) == kSections.end()) {
        say("I01", fmt::format("\"## {}\" is no section of a sheet", heading));
      } else {
        known.push_back(heading);
      }
    }
    if (known.size() == kSections.size() && known != kSections)
      say("I01", fmt::format("the sections stand in the order {}", fmt::join(known, ", ")));
  }

  template <class Items>
  void numbering(const char* rule, const Items& items, const char* what) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].number != static_cast<int>(i) + 1) {
        say(rule, fmt::format("{} {} stands where {} belongs", what, items[i].number, i + 1));
        return;
      }
    }
  }

  void clarifications() {
    const auto& all = sheet_.clarifications;
    numbering("I02", all, "question");
    const auto changes =
        std::count_if(all.begin(), all.end(), [](const auto& one) { return one.changes; });
    const auto keeps = static_cast<long>(all.size()) - changes;
    if (all.size() < 5 || all.size() > 7)
      say("I02", fmt::format("{} clarifying questions; 5 to 7 are wanted", all.size()));
    for (const Clarification& one : all) {
      if (one.answer.empty()) say("I02", fmt::format("question {} has no answer", one.number));
    }
    if (changes < 3)
      say("I02", fmt::format("{} questions are marked [changes]; at least 3 are wanted", changes));
    if (keeps < 1 && !all.empty()) {
      say("I02", fmt::format("all {} questions are marked [changes]: a good list also has one "
                             "whose answer changes "
                             "nothing",
                             all.size()));
    }
  }

  void examples() {
    const auto& all = sheet_.examples;
    if (all.size() < 2 || all.size() > 4)
      say("I03", fmt::format("{} examples; 2 to 4 are wanted", all.size()));
    for (const Example& one : all) {
      if (one.sentence.empty()) say("I03", fmt::format("{} has no sentence", one.test));
      if (!one.test.starts_with("Correct."))
        say("I03", fmt::format("{} isn't of criterion Correct", one.test));
      if (around_.manifest.empty()) continue;
      if (std::find(around_.manifest.begin(), around_.manifest.end(), one.test) !=
          around_.manifest.end())
        continue;
      const auto close = nearest(one.test, around_.manifest, 1);
      say("I03", fmt::format("Examples names {}, the suite has no such test{}", one.test,
                             close.empty() ? "" : fmt::format(" (nearest: {})", close[0])));
    }
  }

  void plan() {
    const auto& rows = sheet_.plan;
    if (rows.empty()) say("I05", "the time plan has no row");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].at25 > 25 || rows[i].at45 > 45)
        say("I05", fmt::format("row \"{}\" is at {} and {}, after the end", rows[i].what,
                               rows[i].at25, rows[i].at45));
      if (i == 0) continue;
      if (rows[i].at25 <= rows[i - 1].at25)
        say("I05", fmt::format("row \"{}\" is at {} after a row at {}", rows[i].what, rows[i].at25,
                               rows[i - 1].at25));
      if (rows[i].at45 <= rows[i - 1].at45)
        say("I05", fmt::format("row \"{}\" is at {} after a row at {}", rows[i].what, rows[i].at45,
                               rows[i - 1].at45));
    }
  }

  void nudges() {
    const auto& all = sheet_.nudges;
    numbering("I06", all, "nudge");
    if (all.size() < 2 || all.size() > 4)
      say("I06", fmt::format("{} nudges; 2 to 4 are wanted", all.size()));
    std::set<std::string> dimensions;
    for (const Nudge& one : all) {
      dimensions.insert(one.dimension);
      if (one.after_minutes < 3 || one.after_minutes > 12)
        say("I06", fmt::format("nudge {} comes after {} quiet minutes; 3 to 12 are wanted",
                               one.number, one.after_minutes));
      if (one.text.empty()) say("I06", fmt::format("nudge {} says nothing", one.number));
    }
    std::vector<std::pair<std::string, std::string>> wanted = {{"Correct", "correctness"}};
    if (around_.robust) wanted.emplace_back("Robust", "robustness");
    if (around_.cost) wanted.emplace_back("Cost", "cost");
    for (const auto& [criterion, dimension] : wanted) {
      if (!dimensions.contains(dimension))
        say("I06", fmt::format("the exercise has criterion {} and no nudge is marked [{}]",
                               criterion, dimension));
    }
  }

  void follow_ups() {
    const auto& all = sheet_.follow_ups;
    numbering("I07", all, "follow-up");
    if (all.size() < 4 || all.size() > 6)
      say("I07", fmt::format("{} follow-ups; 4 to 6 are wanted", all.size()));
    if (!all.empty() && all[0].tag != "cost") say("I07", "the first follow-up isn't marked [cost]");
    std::map<std::string, int> tags;
    for (const FollowUp& one : all) {
      ++tags[one.tag];
      if (one.points.size() < 3 || one.points.size() > 5)
        say("I07", fmt::format("follow-up {} has {} points; 3 to 5 are wanted", one.number,
                               one.points.size()));
      if (one.weak.empty())
        say("I07", fmt::format("follow-up {} has no \"- Weak:\" line", one.number));
    }
    for (const auto& [tag, count] : tags) {
      if (count > 3)
        say("I07", fmt::format("{} follow-ups are marked [{}]; at most 3 of one kind", count, tag));
    }
  }

  // The first word of `said` that only the reference knows.
  void secret(const std::string& where, const std::string& said) {
    for (std::size_t i = 0; i < said.size();) {
      if (!is_word(said[i])) {
        ++i;
        continue;
      }
      std::size_t end = i;
      while (end < said.size() && is_word(said[end])) ++end;
      const std::string word = said.substr(i, end - i);
      const bool code =
          looks_like_code(said, i, end) || (theirs_.called.contains(word) && !is_english(word));
      if (code && theirs_.all.contains(word) && !known_.contains(word)) {
        say("I08", fmt::format("{} names \"{}\", which only the reference uses", where, word));
        known_.insert(word);
      }
      i = end;
    }
  }

  void secrets() {
    theirs_ = words_of(around_.reference);
    known_ = words_of(around_.open_sources).all;
    // Comments of the contract are read too: what it says aloud is no secret.
    std::string word;
    for (const char c : around_.open_sources + " ") {
      if (is_word(c)) {
        word += c;
      } else if (!word.empty()) {
        known_.insert(word);
        word.clear();
      }
    }
    known_.insert(around_.allowed.begin(), around_.allowed.end());
    for (const char* criterion : {"Correct.", "Robust.", "Cost."}) {
      if (sheet_.opening.find(criterion) != std::string::npos)
        say("I08", fmt::format("Opening names a test ({}...)", criterion));
    }
    secret("Opening", sheet_.opening);
    for (const Clarification& one : sheet_.clarifications)
      secret(fmt::format("question {}", one.number),
             one.topic + " " + one.question + " " + one.answer);
    for (const Nudge& one : sheet_.nudges) secret(fmt::format("nudge {}", one.number), one.text);
  }

  void lines() {
    static const std::regex kMail("[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\\.[A-Za-z]+");
    static const std::regex kPath("(^|[^A-Za-z0-9_.])/(home|Users|root|tmp|work|mnt)/");
    std::istringstream in(text_);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (!line.starts_with("#") && columns(line) > 100)
        say("I09", fmt::format("interview.md:{} has {} columns", number, columns(line)));
      if (line.starts_with("```"))
        say("I09", fmt::format("interview.md:{} has a code block", number));
      if (std::regex_search(line, kMail))
        say("I10", fmt::format("interview.md:{} has an e-mail address", number));
      if (std::regex_search(line, kPath))
        say("I10", fmt::format("interview.md:{} has an absolute path", number));
    }
  }

  const std::string& text_;
  const SheetSurroundings& around_;
  InterviewSheet sheet_;
  CodeWords theirs_;
  std::set<std::string> known_;
  std::vector<SheetFinding> findings_;
};

}  // namespace

std::vector<SheetFinding> sheet_findings(const std::string& text, const SheetSurroundings& around) {
  return SheetJudge(text, around).judge();
}

}  // namespace kit
