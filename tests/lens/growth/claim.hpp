// What a learner claims: a class of growth in one variable or more, as read from  "O(n log n)",
// "k*lg(n)",  "n + m".
//
//   claim     sum of products;  factors: 1, x, sqrt x, log x, log log x, alpha x, x^number,
//             number^x, in any spelling
//   refused   constants and lower terms, with a hint:  "3n + 2: write the class, n"
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kit::lens {

/// How fast something grows in one variable x: c^x before x^power before (log x)^log before
/// (log log x)^log_log before alpha(x)^alpha, Ackermann's function turned round.
struct Growth {
  bool exponential = false;
  double power = 0, log = 0, log_log = 0, alpha = 0;
  auto operator<=>(const Growth&) const = default;
};

class Claim {
 public:
  // By variable; one that isn't there doesn't matter.
  using Product = std::map<std::string, Growth>;

  explicit Claim(std::vector<Product> terms) : terms_(std::move(terms)) {}

  /// How it grows in `variable`, all others fixed; in the common value of all of them where
  /// `variable` is empty.
  Growth along(std::string_view variable) const;
  /// Its value where all variables are x, constants as 1 (c^x as 2^x): what a table divides by.
  double value(double x, std::string_view along) const;
  /// "k log n", "n + m".
  std::string text() const;
  /// As along(): "log n" of "k log n" along n; `name` is written for the variable.
  std::string text_along(std::string_view variable, const std::string& name) const;

 private:
  std::vector<Product> terms_;
};

/// A claim, or why the text isn't one.
struct ClaimOrError {
  std::optional<Claim> claim;
  std::string error;
};

/// Reads a claim in the given variables (lower case). Case and spaces don't matter.
ClaimOrError read_claim(std::string_view text, const std::vector<std::string>& variables);

enum class Comparison { same, lower, higher, neither };

/// How `claim` lies to `truth`: in each of the variables alone, and in all of them together.
Comparison compare(const Claim& claim, const Claim& truth,
                   const std::vector<std::string>& variables);

}  // namespace kit::lens
