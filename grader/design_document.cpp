#include "design_document.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace kit {

const std::vector<std::string> kDesignHeadings = {
    "Problem",       "Requirements",  "Assumptions and non-goals", "Capacity",        "Design",
    "Alternatives",  "Failure modes", "Integration test plan",     "Deployment plan", "Operations",
    "Open questions"};

namespace {

std::string stripped(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// "R4: ..." begins an item; returns the length of "R4", 0 if it doesn't.
std::size_t id_length(const std::string& line) {
  static const std::string kKinds = "RANCDXFTSOQ";
  if (line.size() < 3 || kKinds.find(line[0]) == std::string::npos) return 0;
  std::size_t end = 1;
  while (end < line.size() && std::isdigit(static_cast<unsigned char>(line[end]))) ++end;
  return end > 1 && end < line.size() && line[end] == ':' ? end : 0;
}

// "  rejected because: ..." is a field; returns where its colon is, 0 if it isn't one.
std::size_t field_colon(const std::string& line) {
  if (!line.starts_with("  ") || line.size() < 4 ||
      !std::islower(static_cast<unsigned char>(line[2])))
    return 0;
  std::size_t end = 2;
  while (end < line.size() &&
         (std::islower(static_cast<unsigned char>(line[end])) || line[end] == ' '))
    ++end;
  return end < line.size() && line[end] == ':' && end <= 22 ? end : 0;
}

void take_served(const std::string& text, std::vector<std::string>& ids) {
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += c;
      continue;
    }
    const bool is_id =
        word.size() > 1 && std::isupper(static_cast<unsigned char>(word[0])) &&
        std::all_of(word.begin() + 1, word.end(), [](unsigned char d) { return std::isdigit(d); });
    if (is_id) ids.push_back(word);
    word.clear();
  }
}

}  // namespace

std::string DesignItem::field(const std::string& name) const {
  for (const DesignField& one : fields) {
    if (one.name == name) return one.text;
  }
  return "";
}

std::vector<const DesignItem*> DesignDocument::of_kind(char kind) const {
  std::vector<const DesignItem*> found;
  for (const DesignItem& one : items) {
    if (one.kind == kind) found.push_back(&one);
  }
  return found;
}

const DesignItem* DesignDocument::find(const std::string& id) const {
  for (const DesignItem& one : items) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

DesignDocument parse_design(const std::string& text) {
  DesignDocument document;
  std::istringstream in(text);
  bool comment = false;
  bool in_item = false;
  int number = 0;
  for (std::string raw; std::getline(in, raw);) {
    ++number;
    if (!raw.empty() && raw.back() == '\r') raw.pop_back();
    // Comments are cut out; a line may hold a whole one.
    std::string line;
    bool commented = comment;
    for (std::size_t i = 0; i < raw.size();) {
      if (!comment && raw.compare(i, 4, "<!--") == 0) {
        comment = commented = true;
        i += 4;
      } else if (comment && raw.compare(i, 3, "-->") == 0) {
        comment = false;
        i += 3;
      } else {
        if (!comment) line += raw[i];
        ++i;
      }
    }
    document.lines.push_back(line);
    if (commented && !document.sections.empty()) document.sections.back().has_guidance = true;
    if (line.starts_with("# ")) {
      document.title = stripped(line.substr(2));
      in_item = false;
      continue;
    }
    if (line.starts_with("## ")) {
      document.sections.push_back({stripped(line.substr(3)), number, "", false});
      in_item = false;
      continue;
    }
    if (stripped(line).empty()) {
      in_item = in_item && commented && !raw.empty();
      continue;
    }
    if (!document.sections.empty()) document.sections.back().text += line + "\n";
    const std::string section = document.sections.empty() ? "" : document.sections.back().heading;
    if (const std::size_t length = id_length(line); length > 0) {
      document.items.push_back({line[0],
                                line.substr(0, length),
                                number,
                                stripped(line.substr(length + 1)),
                                {},
                                {},
                                section});
      in_item = true;
    } else if (line.starts_with("= ")) {
      document.loose.push_back({number, line});
      in_item = false;
    } else if (in_item) {
      DesignItem& item = document.items.back();
      if (const std::size_t colon = field_colon(line); colon > 0) {
        item.fields.push_back(
            {line.substr(2, colon - 2), stripped(line.substr(colon + 1)), number});
      } else if (!item.fields.empty()) {
        item.fields.back().text += " " + stripped(line);
      } else {
        item.text += " " + stripped(line);
      }
    }
  }
  for (DesignItem& item : document.items) {
    if (item.kind == 'C') continue;
    const auto arrow = item.text.find("->");
    if (arrow == std::string::npos) continue;
    take_served(item.text.substr(arrow + 2), item.serves);
    item.text = stripped(item.text.substr(0, arrow));
  }
  return document;
}

}  // namespace kit
