// The reader of interview.md: a loop over the lines with two variables, the section and the text that a line may go on,
// and for each section one function that says what an item of it looks like.
//
//   # Interview: TITLE                                # a title
//   ## SECTION                                        # Opening, Clarifying questions, Examples, Time plan, ...
//   ### N. TOPIC: QUESTION? [changes|keeps]           # an item; what stands below belongs to it
//   - POINT, - `Correct.Test` SENTENCE                # goes on in lines that begin with two spaces
//   | what | 25 | 45 |
#include "interview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <optional>
#include <sstream>

namespace kit {

namespace {

std::string without_margin(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::optional<int> whole_number(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 6 &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::optional(std::stoi(text)) : std::nullopt;
}

// "### 4. REST": the number and the rest.
struct NumberedHeading {
  int number = 0;
  std::string rest;
};
std::optional<NumberedHeading> numbered_heading(const std::string& line) {
  const std::size_t dot = line.find(". ");
  if (dot == std::string::npos || dot < 5) return std::nullopt;
  const auto number = whole_number(line.substr(4, dot - 4));
  if (!number) return std::nullopt;
  return NumberedHeading{*number, without_margin(line.substr(dot + 2))};
}

// "[cost] QUESTION": the word in brackets and the rest.
std::optional<std::pair<std::string, std::string>> tagged(const std::string& text) {
  const std::size_t close = text.find(']');
  if (text.empty() || text[0] != '[' || close == std::string::npos) return std::nullopt;
  return std::pair(text.substr(1, close - 1), without_margin(text.substr(close + 1)));
}

class SheetReader {
 public:
  explicit SheetReader(std::string name) : name_(std::move(name)) {}

  InterviewSheet read(const std::string& text) {
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
      ++line_;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      take(line);
    }
    return std::move(sheet_);
  }

 private:
  void take(const std::string& line) {
    const std::string text = without_margin(line);
    if (text.empty()) {
      open_ = nullptr;
    } else if (line.starts_with("# ")) {
      title(line);
    } else if (line.starts_with("## ")) {
      section_ = without_margin(line.substr(3));
      sheet_.headings.push_back(section_);
      body_ = section_ == "Opening" ? &sheet_.opening : nullptr;
      open_ = nullptr;
    } else if (line.starts_with("### ")) {
      body_ = &ignored_;  // what stands below a heading that doesn't fit is no second error
      open_ = nullptr;
      item(line);
    } else if (line.starts_with("- ")) {
      bullet(line);
    } else if (line.starts_with("| ")) {
      row(line);
    } else if (line.starts_with("  ") && open_) {
      *open_ += " " + text;
    } else if (body_) {
      *body_ += (body_->empty() ? "" : " ") + text;
    } else {
      wrong("a heading, a list or a table", line);
    }
  }

  void wrong(const std::string& expected, const std::string& line) {
    sheet_.errors.push_back(
        fmt::format("{}:{}: expected {}, read \"{}\"", name_, line_, expected, line));
  }

  void title(const std::string& line) {
    const std::string begin = "# Interview: ";
    if (line_ != 1 || !line.starts_with(begin))
      return wrong("\"# Interview: TITLE\" on line 1", line);
    sheet_.title = without_margin(line.substr(begin.size()));
  }

  void item(const std::string& line) {
    const auto heading = numbered_heading(line);
    if (section_ == "Clarifying questions") {
      const auto colon = heading ? heading->rest.find(": ") : std::string::npos;
      const auto mark = heading ? heading->rest.rfind('[') : std::string::npos;
      const std::string kind = mark == std::string::npos ? "" : heading->rest.substr(mark);
      if (colon == std::string::npos || (kind != "[changes]" && kind != "[keeps]") ||
          colon > mark) {
        return wrong(fmt::format("\"### {}. TOPIC: QUESTION? [changes]\" or \"[keeps]\"",
                                 sheet_.clarifications.size() + 1),
                     line);
      }
      sheet_.clarifications.push_back(
          {heading->number, heading->rest.substr(0, colon),
           without_margin(heading->rest.substr(colon + 2, mark - colon - 2)), "",
           kind == "[changes]"});
      body_ = &sheet_.clarifications.back().answer;
    } else if (section_ == "Nudges") {
      const auto tag = heading ? tagged(heading->rest) : std::nullopt;
      const auto after = tag && tag->second.starts_with("after ")
                             ? whole_number(without_margin(tag->second.substr(6)))
                             : std::nullopt;
      const bool known = tag && (tag->first == "correctness" || tag->first == "robustness" ||
                                 tag->first == "cost");
      if (!after || !known) {
        return wrong(fmt::format("\"### {}. [correctness|robustness|cost] after MINUTES\"",
                                 sheet_.nudges.size() + 1),
                     line);
      }
      sheet_.nudges.push_back({heading->number, tag->first, *after, ""});
      body_ = &sheet_.nudges.back().text;
    } else if (section_ == "Follow-ups") {
      const auto tag = heading ? tagged(heading->rest) : std::nullopt;
      static constexpr const char* kTags[] = {"cost", "robustness", "correctness", "design",
                                              "test"};
      const bool known =
          tag && std::find(std::begin(kTags), std::end(kTags), tag->first) != std::end(kTags);
      if (!known) {
        return wrong(fmt::format("\"### {}. [cost|robustness|correctness|design|test] QUESTION\"",
                                 sheet_.follow_ups.size() + 1),
                     line);
      }
      sheet_.follow_ups.push_back({heading->number, tag->first, tag->second, {}, ""});
      body_ = nullptr;
    } else {
      wrong("no \"### \" in this section", line);
    }
  }

  void bullet(const std::string& line) {
    const std::string text = without_margin(line.substr(2));
    open_ = nullptr;
    if (section_ == "Examples") {
      const auto end = text.find('`', 1);
      if (text[0] != '`' || end == std::string::npos)
        return wrong("\"- `Correct.TestName` SENTENCE\"", line);
      sheet_.examples.push_back({text.substr(1, end - 1), without_margin(text.substr(end + 1))});
      open_ = &sheet_.examples.back().sentence;
    } else if (section_ == "Follow-ups" && !sheet_.follow_ups.empty()) {
      FollowUp& item = sheet_.follow_ups.back();
      if (text.starts_with("Weak:")) {
        if (!item.weak.empty()) return wrong("one \"- Weak:\" line a question", line);
        item.weak = without_margin(text.substr(5));
        open_ = &item.weak;
      } else {
        if (!item.weak.empty()) return wrong("\"- Weak:\" as the last of its question", line);
        item.points.push_back(text);
        open_ = &item.points.back();
      }
    } else {
      wrong("no list in this section", line);
    }
  }

  void row(const std::string& line) {
    if (section_ != "Time plan") return wrong("no table in this section", line);
    std::vector<std::string> cells;
    std::istringstream in(line.substr(1));
    for (std::string cell; std::getline(in, cell, '|');) cells.push_back(without_margin(cell));
    if (!cells.empty() && cells.back().empty()) cells.pop_back();
    if (cells.size() == 3 && (cells[0] == "what" || cells[0].starts_with("--"))) return;
    const auto at25 = cells.size() == 3 ? whole_number(cells[1]) : std::nullopt;
    const auto at45 = cells.size() == 3 ? whole_number(cells[2]) : std::nullopt;
    if (!at25 || !at45) return wrong("\"| what | 25 | 45 |\" with two numbers of minutes", line);
    sheet_.plan.push_back({cells[0], *at25, *at45, line_});
  }

  std::string name_;
  InterviewSheet sheet_;
  std::string section_, ignored_;
  std::string* body_ = nullptr;  // what a line of text belongs to
  std::string* open_ = nullptr;  // what an indented line goes on with
  int line_ = 0;
};

}  // namespace

InterviewSheet parse_sheet(const std::string& text, const std::string& name) {
  return SheetReader(name).read(text);
}

InterviewSheet read_sheet(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return parse_sheet(text.str(), file.filename().string());
}

std::vector<FollowUp> read_follow_ups(const std::filesystem::path& sheet) {
  return read_sheet(sheet).follow_ups;
}

int due_minute(const Checkpoint& row, int minutes) {
  if (minutes <= row.first) return row.at25 * minutes / row.first;
  if (minutes >= row.second) return row.at45 * minutes / row.second;
  return row.at25 + (row.at45 - row.at25) * (minutes - row.first) / (row.second - row.first);
}

}  // namespace kit
