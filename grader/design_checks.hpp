// What a program can check of a design document: K01 to K22, all of them of form.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace kit {

struct DesignFinding {
  std::string check;  // "K07"
  bool error = true;  // false: a warning
  int line = 0;
  std::string text;
};

struct DesignReport {
  std::vector<DesignFinding> findings;  // by line
  std::set<std::string> labels;         // words that were taken as counts

  bool complete() const;
  int checks_with(bool error) const;  // how many of the 22 found something of this kind
  int errors_of(const std::set<std::string>& checks) const;
  /// "22 checks: 19 fine, 2 errors, 1 warning."
  std::string summary() const;
};

DesignReport check_design(const std::string& text);

inline constexpr int kDesignChecks = 22;

}  // namespace kit
