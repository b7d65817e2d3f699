#include "lens/growth/claims_file.hpp"

#include <algorithm>
#include <sstream>

namespace kit::lens {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

template <class Names>
std::string listed(const Names& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

class FileReader {
 public:
  explicit FileReader(const AskedClaims& asked) : asked_(asked) {}

  void read_line(const std::string& raw) {
    ++line_;
    const std::string text = trimmed(std::string_view(raw).substr(0, raw.find('#')));
    if (text.empty()) return;
    const bool indented = kBlanks.find(raw[0]) != std::string_view::npos;
    if (in_why_ && indented) return;
    in_why_ = false;
    if (text[0] == '[') {
      read_section(text);
    } else {
      read_key(text);
    }
  }

  ClaimsFile take() { return std::move(file_); }

 private:
  void error(const std::string& text) {
    file_.errors.push_back("claims.txt:" + std::to_string(line_) + ": " + text);
  }

  void read_section(const std::string& text) {
    section_.clear();
    known_section_ = false;
    any_section_ = true;
    if (text.back() != ']')
      return error("\"" + text + "\" is no section: its bracket is not closed");
    const std::string name = trimmed(std::string_view(text).substr(1, text.size() - 2));
    if (!asked_.contains(name)) {
      std::vector<std::string> names;
      for (const auto& [each, keys] : asked_) names.push_back(each);
      return error("there is no section [" + name + "]; sections here: " + listed(names));
    }
    if (!sections_.insert(name).second) return error("section [" + name + "] stands here twice");
    section_ = name;
    known_section_ = true;
  }

  void read_key(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) return error("expected \"key: value\", read \"" + text + "\"");
    const std::string key = trimmed(std::string_view(text).substr(0, colon));
    if (!known_section_) {
      if (!any_section_) error("\"" + key + "\" stands before the first section");
      return;  // else below a section that was refused already
    }
    if (key == "why") {
      in_why_ = true;
      return;
    }
    const auto& keys = asked_.at(section_);
    if (!keys.contains(key)) {
      return error("[" + section_ + "] has no \"" + key + "\"; keys here: " + listed(keys) +
                   ", why");
    }
    if (file_.find(section_, key) != nullptr) {
      return error("\"" + key + "\" of [" + section_ + "] stands here twice");
    }
    file_.claims.push_back(
        {line_, section_, key, trimmed(std::string_view(text).substr(colon + 1))});
  }

  const AskedClaims& asked_;
  ClaimsFile file_;
  std::set<std::string> sections_;
  std::string section_;
  bool any_section_ = false, known_section_ = false;
  bool in_why_ = false;
  int line_ = 0;
};

}  // namespace

const ClaimLine* ClaimsFile::find(std::string_view section, std::string_view key) const {
  const auto at = std::find_if(claims.begin(), claims.end(), [&](const ClaimLine& each) {
    return each.section == section && each.key == key;
  });
  return at == claims.end() ? nullptr : &*at;
}

ClaimsFile read_claims(std::string_view text, const AskedClaims& asked) {
  FileReader reader(asked);
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) reader.read_line(line);
  return reader.take();
}

}  // namespace kit::lens
