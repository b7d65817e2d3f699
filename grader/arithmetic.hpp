// The arithmetic of a design document, computed and compared, units included:
//
//   C2: per_drive = stream / 12 = 65.1 MiB/s       # a name that was defined above may be used
//   = 1 - (63/64)^128 = 86.7 %
//
// A word right after a number is its unit. A slash with no space before a letter belongs to the unit (100 Gbit/s,
// 200000/s); with spaces it divides. A word that is no unit (hosts, packets) is a label and counts as 1.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace kit {

/// Exponents of bytes, seconds, watts and dollars.
using Dimensions = std::array<double, 4>;

struct Quantity {
  double value = 0;
  Dimensions dimensions{};
};

struct ArithmeticLine {
  std::string name;    // empty: none was given
  std::string result;  // as written: "65.1 MiB/s"
  std::string error;   // empty: it is right
};

class Arithmetic {
 public:
  /// `line` without its id: "[name] = EXPRESSION = RESULT [# words]". A name is defined for the lines below.
  ArithmeticLine check(const std::string& line);

  /// Words that were met after a number and are no units.
  const std::set<std::string>& labels() const { return labels_; }

 private:
  std::map<std::string, Quantity> names_;
  std::set<std::string> labels_;
};

/// "ms", "GiB", "Gbit", "%"; not of "hosts".
bool is_unit(const std::string& word);
/// The same, of time alone.
bool is_time_unit(const std::string& word);

}  // namespace kit
