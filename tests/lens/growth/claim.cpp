#include "lens/growth/claim.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <set>

namespace kit::lens {
namespace {

using Product = Claim::Product;

Growth times(const Growth& x, const Growth& y) {
  return {x.exponential || y.exponential, x.power + y.power, x.log + y.log, x.log_log + y.log_log,
          x.alpha + y.alpha};
}

Product times(Product x, const Product& y) {
  for (const auto& [variable, growth] : y) x[variable] = times(x[variable], growth);
  std::erase_if(x, [](const auto& each) { return each.second == Growth{}; });
  return x;
}

// x adds nothing to y: it grows no faster in any variable.
bool within(const Product& x, const Product& y) {
  return std::all_of(x.begin(), x.end(), [&](const auto& each) {
    const auto other = y.find(each.first);
    return each.second <= (other == y.end() ? Growth{} : other->second);
  });
}

std::string short_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

std::string power_of(const std::string& what, double exponent) {
  if (exponent == 0) return "";
  if (exponent == 1) return what;
  return what + "^" + short_number(exponent);
}

std::string text_of(const std::string& variable, const Growth& growth) {
  std::vector<std::string> parts;
  if (growth.exponential) parts.push_back("c^" + variable);
  parts.push_back(growth.power == 0.5 ? "sqrt " + variable : power_of(variable, growth.power));
  const std::string log = power_of("log", growth.log);
  parts.push_back(log.empty() ? "" : log + " " + variable);
  const std::string log_log = power_of("log log", growth.log_log);
  parts.push_back(log_log.empty() ? "" : log_log + " " + variable);
  const std::string alpha = power_of("alpha", growth.alpha);
  parts.push_back(alpha.empty() ? "" : alpha + " " + variable);
  std::string out;
  for (const std::string& part : parts) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  }
  return out;
}

// Lower case, no spaces, the signs of mathematics spelled out.
std::string plain(std::string_view text) {
  static const std::pair<const char*, const char*> kSigns[] = {
      {"Θ", "theta"}, {"θ", "theta"}, {"²", "^2"},  {"³", "^3"}, {"·", "*"},
      {"×", "*"},     {"√", "sqrt"},  {"φ", "phi"}, {"−", "-"},  {"α", "alpha"}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto sign = std::find_if(std::begin(kSigns), std::end(kSigns), [&](const auto& each) {
      return text.substr(at).starts_with(each.first);
    });
    if (sign != std::end(kSigns)) {
      out += sign->second;
      at += std::string_view(sign->first).size();
      continue;
    }
    const auto letter = static_cast<unsigned char>(text[at++]);
    if (std::isspace(letter) == 0) out += static_cast<char>(std::tolower(letter));
  }
  return out;
}

struct Unreadable {
  std::string why;
};

// Descends through  sum > product > factor. Notes what a class has no place for (constants), and
// goes on.
class Reader {
 public:
  Reader(std::string text, const std::vector<std::string>& variables)
      : text_(std::move(text)), variables_(variables) {
    // The longest first, so that none hides behind another's beginning.
    std::sort(variables_.begin(), variables_.end(),
              [](const auto& x, const auto& y) { return x.size() > y.size(); });
  }

  std::vector<Product> read() {
    auto terms = sum();
    if (at_ < text_.size()) throw Unreadable{"can't read it from \"" + text_.substr(at_) + "\" on"};
    return terms;
  }
  bool had_constants() const { return constants_; }

 private:
  bool next_is(std::string_view word) const {
    return std::string_view(text_).substr(at_).starts_with(word);
  }
  bool take(std::string_view word) {
    if (!next_is(word)) return false;
    at_ += word.size();
    return true;
  }
  bool at_end() const { return at_ >= text_.size(); }
  bool next_is_digit() const {
    return !at_end() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0;
  }

  std::vector<Product> sum() {
    std::vector<Product> terms = product();
    for (;;) {
      const bool minus = next_is("-");
      if (!take("+") && !take("-")) return terms;
      const auto more = product();
      if (minus) {
        constants_ = true;  // "n - 1": what is taken off is a lower term, or the claim is no class
      } else {
        terms.insert(terms.end(), more.begin(), more.end());
      }
    }
  }

  std::vector<Product> product() {
    std::vector<Product> terms = factor();
    for (;;) {
      if (take("/")) {
        if (!number()) throw Unreadable{"a class is not a quotient"};
        constants_ = true;
        continue;
      }
      if (!take("*") && (at_end() || next_is("+") || next_is("-") || next_is(")"))) return terms;
      std::vector<Product> all;
      const auto more = factor();
      for (const Product& x : terms) {
        for (const Product& y : more) all.push_back(times(x, y));
      }
      terms = std::move(all);
    }
  }

  std::vector<Product> factor() {
    if (take("(")) {
      auto inner = sum();
      if (!take(")")) throw Unreadable{"a bracket is not closed"};
      return inner;
    }
    if (take("exponential")) return {exponential(variables_.back())};
    if (take("constant")) return {Product{}};
    if (take("sqrt")) return {{{bracketed_variable(), Growth{.power = 0.5}}}};
    if (take_log()) return {logarithm()};
    if (take("alpha")) return {{{bracketed_variable(), Growth{.alpha = 1}}}};
    if (take("phi^") || take("c^")) return {exponential(variable())};
    if (next_is_digit()) return {constant_or_power()};
    const std::string name = variable();
    return {{{name, Growth{.power = take("^") ? exponent() : 1}}}};
  }

  Product exponential(const std::string& variable) const {
    return {{variable, Growth{.exponential = true}}};
  }

  bool take_log() {
    return take("log_2") || take("log2") || take("log") || take("lg") || take("ln");
  }

  // Behind "log": log x, log^2 x, log log x, log(log x).
  Product logarithm() {
    const double power = take("^") ? exponent() : 1;
    const bool bracket = next_is("(log") || next_is("(lg") || next_is("(ln");
    if (bracket) take("(");
    if (take_log()) {
      Product inner{{bracketed_variable(), Growth{.log_log = power}}};
      if (bracket && !take(")")) throw Unreadable{"a bracket is not closed"};
      return inner;
    }
    return {{bracketed_variable(), Growth{.log = power}}};
  }

  Product constant_or_power() {
    const double value = *number();
    if (take("^")) return exponential(variable());
    if (value != 1 || (!at_end() && !next_is("+") && !next_is(")"))) constants_ = true;
    return {};
  }

  std::string bracketed_variable() {
    const bool bracket = take("(");
    std::string name = variable();
    if (bracket && !take(")")) throw Unreadable{"a bracket is not closed"};
    return name;
  }

  std::string variable() {
    for (const std::string& name : variables_) {
      if (take(name)) return name;
    }
    std::string known;
    for (const std::string& name : variables_) known += (known.empty() ? "" : ", ") + name;
    throw Unreadable{"can't read \"" + text_.substr(at_) + "\"; variables here: " + known};
  }

  double exponent() {
    const bool bracket = take("(");
    const auto value = number();
    if (!value) throw Unreadable{"an exponent must be a number"};
    if (bracket && !take(")")) throw Unreadable{"a bracket is not closed"};
    return *value;
  }

  std::optional<double> number() {
    if (!next_is_digit()) return std::nullopt;
    char* end = nullptr;
    // strtod reads "1e3" and "0x1" too; a class never has them, and what is left over is reported.
    const double value = std::strtod(text_.c_str() + at_, &end);
    at_ = static_cast<std::size_t>(end - text_.c_str());
    return value;
  }

  std::string text_;
  std::vector<std::string> variables_;
  std::size_t at_ = 0;
  bool constants_ = false;
};

// Takes off O( ), Theta( ) if it goes round the whole.
std::string without_landau(std::string text) {
  for (const std::string_view opening : {"theta(", "o("}) {
    if (!text.starts_with(opening) || !text.ends_with(")")) continue;
    return text.substr(opening.size(), text.size() - opening.size() - 1);
  }
  return text;
}

// Terms that add nothing to another are dropped; equal ones once.
std::vector<Product> without_lower(const std::vector<Product>& terms) {
  std::vector<Product> kept;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    bool needed = true;
    for (std::size_t j = 0; j < terms.size(); ++j) {
      if (i == j || !within(terms[i], terms[j])) continue;
      if (!within(terms[j], terms[i]) || j < i) needed = false;
    }
    if (needed) kept.push_back(terms[i]);
  }
  return kept;
}

}  // namespace

Growth Claim::along(std::string_view variable) const {
  Growth largest;
  for (const Product& term : terms_) {
    Growth growth;
    for (const auto& [name, its] : term) {
      if (variable.empty() || name == variable) growth = times(growth, its);
    }
    largest = std::max(largest, growth);
  }
  return largest;
}

double Claim::value(double x, std::string_view variable) const {
  const double log = std::log2(std::max(x, 2.0));
  const Growth growth = along(variable);
  return (growth.exponential ? std::exp2(x) : 1) * std::pow(x, growth.power) *
         std::pow(log, growth.log) * std::pow(std::log2(std::max(log, 2.0)), growth.log_log);
}

std::string Claim::text() const {
  std::string out;
  for (const Product& term : terms_) {
    std::string product;
    for (const auto& [variable, growth] : term) {
      product += (product.empty() ? "" : " ") + text_of(variable, growth);
    }
    out += (out.empty() ? "" : " + ") + (product.empty() ? "1" : product);
  }
  return out;
}

std::string Claim::text_along(std::string_view variable, const std::string& name) const {
  const std::string text = text_of(name, along(variable));
  return text.empty() ? "1" : text;
}

ClaimOrError read_claim(std::string_view text, const std::vector<std::string>& variables) {
  try {
    Reader reader(without_landau(plain(text)), variables);
    const std::vector<Product> terms = reader.read();
    const std::vector<Product> kept = without_lower(terms);
    const Claim claim(kept);
    if (reader.had_constants() || kept.size() != terms.size()) {
      return {std::nullopt, "write the class, " + claim.text()};
    }
    return {claim, ""};
  } catch (const Unreadable& error) {
    return {std::nullopt, error.why};
  }
}

Comparison compare(const Claim& claim, const Claim& truth,
                   const std::vector<std::string>& variables) {
  bool lower = false, higher = false;
  std::vector<std::string> directions = variables;
  if (variables.size() > 1) directions.emplace_back();
  for (const std::string& direction : directions) {
    lower |= claim.along(direction) < truth.along(direction);
    higher |= claim.along(direction) > truth.along(direction);
  }
  if (lower && higher) return Comparison::neither;
  return lower ? Comparison::lower : higher ? Comparison::higher : Comparison::same;
}

}  // namespace kit::lens
