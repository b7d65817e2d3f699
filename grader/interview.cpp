// Reads the follow-ups of an interview sheet, line by line:
//
//   ## Follow-ups
//   ### 1. [cost] QUESTION
//   - a point of a strong answer,
//     which may go on in lines that begin with two spaces
//   - Weak: the sign of a weak answer
//
// What doesn't fit is left out here; `kit audit` says what is wrong with a sheet.
#include "interview.hpp"

#include <cctype>
#include <fstream>
#include <optional>

namespace kit {

namespace {

bool begins_with(const std::string& line, const char* start) {
  return line.rfind(start, 0) == 0;
}

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// "### 1. [cost] QUESTION"
std::optional<FollowUp> heading(const std::string& line) {
  const std::size_t dot = line.find(". [");
  if (dot == std::string::npos || dot < 5 || dot > 7) return std::nullopt;
  FollowUp item;
  for (std::size_t i = 4; i < dot; ++i) {
    if (!std::isdigit(static_cast<unsigned char>(line[i]))) return std::nullopt;
    item.number = item.number * 10 + (line[i] - '0');
  }
  const std::size_t close = line.find(']', dot);
  if (close == std::string::npos) return std::nullopt;
  item.tag = line.substr(dot + 3, close - dot - 3);
  item.question = trimmed(line.substr(close + 1));
  return item;
}

}  // namespace

std::vector<FollowUp> read_follow_ups(const std::filesystem::path& sheet) {
  std::vector<FollowUp> items;
  std::ifstream in(sheet);
  std::string line;
  bool inside = false;
  std::string* open = nullptr;  // the text that an indented line continues
  while (std::getline(in, line)) {
    if (begins_with(line, "## ")) {
      inside = trimmed(line) == "## Follow-ups";
      open = nullptr;
    } else if (!inside) {
      continue;
    } else if (begins_with(line, "### ")) {
      open = nullptr;
      if (auto item = heading(line)) items.push_back(*item);
    } else if (begins_with(line, "- ") && !items.empty()) {
      FollowUp& item = items.back();
      const std::string text = trimmed(line.substr(2));
      if (begins_with(text, "Weak:")) {
        item.weak = trimmed(text.substr(5));
        open = &item.weak;
      } else {
        item.points.push_back(text);
        open = &item.points.back();
      }
    } else if (begins_with(line, "  ") && open && !trimmed(line).empty()) {
      *open += " " + trimmed(line);
    }
  }
  return items;
}

}  // namespace kit
