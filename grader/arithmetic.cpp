// A reader by recursive descent, over a line of characters:
//
//   sum     = product { (+|-) product }
//   product = power { (*|/) power }
//   power   = operand [ ^ power ]
//   operand = number [unit] | name | function ( sum ) | ( sum ) | - operand
#include "arithmetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace kit {

namespace {

constexpr Dimensions kNumber = {0, 0, 0, 0};
constexpr Dimensions kBytes = {1, 0, 0, 0};
constexpr Dimensions kSeconds = {0, 1, 0, 0};
constexpr Dimensions kPerSecond = {0, -1, 0, 0};
constexpr Dimensions kWatts = {0, 0, 1, 0};
constexpr Dimensions kDollars = {0, 0, 0, 1};

const std::map<std::string, Quantity>& units() {
  static const std::map<std::string, Quantity> by_name = [] {
    std::map<std::string, Quantity> all;
    const char* decimal[] = {"k", "M", "G", "T", "P"};
    const char* binary[] = {"Ki", "Mi", "Gi", "Ti", "Pi"};
    all["B"] = {1, kBytes};
    all["bit"] = {0.125, kBytes};
    for (int i = 0; i < 5; ++i) {
      all[std::string(decimal[i]) + "B"] = {std::pow(1000.0, i + 1), kBytes};
      all[std::string(binary[i]) + "B"] = {std::pow(1024.0, i + 1), kBytes};
      if (i < 4) all[std::string(decimal[i]) + "bit"] = {std::pow(1000.0, i + 1) / 8, kBytes};
    }
    all["ns"] = {1e-9, kSeconds};
    all["us"] = {1e-6, kSeconds};
    all["ms"] = {1e-3, kSeconds};
    all["s"] = {1, kSeconds};
    all["min"] = {60, kSeconds};
    all["h"] = {3600, kSeconds};
    all["d"] = all["day"] = all["days"] = {86'400, kSeconds};
    all["year"] = all["years"] = {365 * 86'400.0, kSeconds};
    all["Hz"] = all["IOPS"] = {1, kPerSecond};
    all["kHz"] = {1e3, kPerSecond};
    all["MHz"] = {1e6, kPerSecond};
    all["GHz"] = {1e9, kPerSecond};
    all["W"] = {1, kWatts};
    all["kW"] = {1e3, kWatts};
    all["MW"] = {1e6, kWatts};
    all["USD"] = {1, kDollars};
    all["%"] = {0.01, kNumber};
    return all;
  }();
  return by_name;
}

const std::set<std::string>& function_names() {
  static const std::set<std::string> names = {"ceil", "floor", "sqrt", "log2", "ln", "exp"};
  return names;
}

bool same(const Dimensions& a, const Dimensions& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::abs(a[i] - b[i]) > 1e-9) return false;
  }
  return true;
}

// "bytes a second", "seconds", "a plain number"
std::string in_dimension_words(const Dimensions& d) {
  static constexpr const char* kMany[] = {"bytes", "seconds", "watts", "dollars"};
  static constexpr const char* kOne[] = {"byte", "second", "watt", "dollar"};
  std::string above;
  std::string below;
  for (std::size_t i = 0; i < d.size(); ++i) {
    const double size = std::abs(d[i]);
    if (size < 1e-9) continue;
    const std::string power = size == 1 ? "" : fmt::format("^{:g}", size);
    if (d[i] > 0) above += (above.empty() ? "" : " times ") + (kMany[i] + power);
    if (d[i] < 0) below += (below.empty() ? "" : " and ") + (kOne[i] + power);
  }
  if (above.empty() && below.empty()) return "a plain number";
  if (below.empty()) return above;
  return (above.empty() ? "a number" : above) + " a " + below;
}

struct Wrong {
  std::string text;
};

class Reader {
 public:
  Reader(const std::string& text, const std::map<std::string, Quantity>& names,
         std::set<std::string>& labels)
      : text_(text), names_(names), labels_(labels) {}

  Quantity whole() {
    const Quantity value = sum();
    skip();
    if (at_ < text_.size())
      throw Wrong{fmt::format("\"{}\" can't be read here", text_.substr(at_))};
    return value;
  }

  // "781 MiB/s": the number, its unit, and how much half of its last digit is.
  struct Written {
    Quantity quantity;
    double unit = 1, half_digit = 0;
    int digits = 0;
    std::string unit_text;
  };
  Written written() {
    skip();
    const bool minus = at_ < text_.size() && text_[at_] == '-';
    if (minus) ++at_;
    Written result;
    const auto [value, half, digits] = number();
    const auto before = at_;
    const Quantity unit = unit_after_number();
    result.unit_text = text_.substr(before, at_ - before);
    result.quantity = {(minus ? -value : value) * unit.value, unit.dimensions};
    result.unit = unit.value;
    result.half_digit = half * unit.value;
    result.digits = digits;
    skip();
    if (at_ < text_.size())
      throw Wrong{fmt::format("\"{}\" behind the result can't be read", text_.substr(at_))};
    return result;
  }

 private:
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool eats(char c) {
    skip();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool letter(std::size_t i) const {
    return i < text_.size() &&
           (std::isalpha(static_cast<unsigned char>(text_[i])) || text_[i] == '%');
  }
  bool digit(std::size_t i) const {
    return i < text_.size() && std::isdigit(static_cast<unsigned char>(text_[i]));
  }

  Quantity sum() {
    Quantity value = product();
    for (;;) {
      const bool plus = eats('+');
      if (!plus && !eats('-')) return value;
      const Quantity other = product();
      if (!same(value.dimensions, other.dimensions)) {
        throw Wrong{fmt::format("{} {} and {}", plus ? "adds" : "subtracts",
                                in_dimension_words(value.dimensions),
                                in_dimension_words(other.dimensions))};
      }
      value.value += plus ? other.value : -other.value;
    }
  }

  Quantity product() {
    Quantity value = power();
    for (;;) {
      const bool times = eats('*');
      if (!times && !eats('/')) return value;
      const Quantity other = power();
      if (!times && other.value == 0) throw Wrong{"divides by zero"};
      value.value = times ? value.value * other.value : value.value / other.value;
      for (std::size_t i = 0; i < 4; ++i)
        value.dimensions[i] += (times ? 1 : -1) * other.dimensions[i];
    }
  }

  Quantity power() {
    Quantity value = operand();
    if (!eats('^')) return value;
    const Quantity exponent = power();
    if (!same(exponent.dimensions, kNumber)) throw Wrong{"an exponent is a plain number"};
    value.value = std::pow(value.value, exponent.value);
    for (double& d : value.dimensions) d *= exponent.value;
    return value;
  }

  Quantity operand() {
    skip();
    if (eats('-')) {
      Quantity value = operand();
      value.value = -value.value;
      return value;
    }
    if (eats('(')) {
      const Quantity value = sum();
      if (!eats(')')) throw Wrong{"a \")\" is missing"};
      return value;
    }
    if (digit(at_)) {
      const double value = std::get<0>(number());
      const Quantity unit = unit_after_number();
      return {value * unit.value, unit.dimensions};
    }
    std::size_t end = at_;
    while (end < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[end])) || text_[end] == '_'))
      ++end;
    const std::string word = text_.substr(at_, end - at_);
    if (word.empty())
      throw Wrong{at_ < text_.size() ? fmt::format("\"{}\" can't be read here", text_.substr(at_))
                                     : std::string("something is missing at its end")};
    at_ = end;
    if (function_names().contains(word)) return function(word);
    const auto found = names_.find(word);
    if (found == names_.end())
      throw Wrong{fmt::format("\"{}\" isn't defined above this line", word)};
    return found->second;
  }

  Quantity function(const std::string& name) {
    if (!eats('(')) throw Wrong{fmt::format("{} wants its argument in parentheses", name)};
    Quantity value = sum();
    if (!eats(')')) throw Wrong{"a \")\" is missing"};
    if (name == "sqrt") {
      value.value = std::sqrt(value.value);
      for (double& d : value.dimensions) d /= 2;
      return value;
    }
    if (!same(value.dimensions, kNumber))
      throw Wrong{fmt::format("{} takes a plain number, not {}", name,
                              in_dimension_words(value.dimensions))};
    if (name == "ceil") value.value = std::ceil(value.value - 1e-9);
    if (name == "floor") value.value = std::floor(value.value + 1e-9);
    if (name == "log2") value.value = std::log2(value.value);
    if (name == "ln") value.value = std::log(value.value);
    if (name == "exp") value.value = std::exp(value.value);
    return value;
  }

  // "1,600,000", "2.5", "3e-5": its value, half of its last digit, its significant digits.
  std::tuple<double, double, int> number() {
    if (!digit(at_))
      throw Wrong{fmt::format("a number is expected, not \"{}\"", text_.substr(at_))};
    std::string digits;
    int behind = 0;
    bool point = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (std::isdigit(static_cast<unsigned char>(c))) {
        digits += c;
        behind += point ? 1 : 0;
      } else if (c == ',' && digit(at_ + 1) && !point) {
        continue;
      } else if (c == '.' && digit(at_ + 1) && !point) {
        point = true;
        digits += c;
      } else {
        break;
      }
    }
    int exponent = 0;
    const bool sign = at_ + 1 < text_.size() && (text_[at_ + 1] == '-' || text_[at_ + 1] == '+');
    if (at_ < text_.size() && text_[at_] == 'e' && digit(at_ + (sign ? 2 : 1))) {
      std::size_t end = at_ + (sign ? 2 : 1);
      while (digit(end)) ++end;
      exponent = std::atoi(text_.substr(at_ + 1, end - at_ - 1).c_str());
      at_ = end;
    }
    const double scale = std::pow(10.0, exponent);
    int significant = 0;
    for (const char c : digits) significant += c != '.' && (significant > 0 || c != '0') ? 1 : 0;
    return {std::atof(digits.c_str()) * scale, 0.5 * std::pow(10.0, -behind) * scale,
            std::max(1, significant)};
  }

  Quantity one_unit(const std::string& word) {
    if (const auto found = units().find(word); found != units().end()) return found->second;
    if (word == "KB" || word == "KiloByte" || word == "Kb")
      throw Wrong{fmt::format("\"{}\" is ambiguous: write kB (1000 B) or KiB (1024 B)", word)};
    labels_.insert(word);
    return {1, kNumber};
  }

  Quantity unit_after_number() {
    Quantity unit{1, kNumber};
    std::size_t begin = at_;
    while (begin < text_.size() && text_[begin] == ' ') ++begin;
    if (letter(begin)) {
      std::size_t end = begin;
      while (letter(end)) ++end;
      unit = one_unit(text_.substr(begin, end - begin));
      at_ = end;
    }
    while (at_ < text_.size() && text_[at_] == '/' && letter(at_ + 1)) {
      std::size_t end = at_ + 1;
      while (letter(end)) ++end;
      const Quantity below = one_unit(text_.substr(at_ + 1, end - at_ - 1));
      unit.value /= below.value;
      for (std::size_t i = 0; i < 4; ++i) unit.dimensions[i] -= below.dimensions[i];
      at_ = end;
    }
    return unit;
  }

  const std::string& text_;
  const std::map<std::string, Quantity>& names_;
  std::set<std::string>& labels_;
  std::size_t at_ = 0;
};

std::string without_outer_space(const std::string& text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// With as many digits as were written, three at least: "13.8", "45,086".
std::string like_written(double value, int digits) {
  digits = std::clamp(digits, 3, 6);
  const double size = std::abs(value);
  if (size != 0 && (size >= 1e9 || size < 1e-3)) return fmt::format("{:.{}e}", value, digits - 1);
  const int before = size < 1 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
  std::string text = fmt::format("{:.{}f}", value, std::max(0, digits - before));
  auto point = std::min(text.find('.'), text.size());
  for (; point > 3; point -= 3) {
    if (text[point - 4] == '-') break;
    text.insert(point - 3, ",");
  }
  return text;
}

}  // namespace

bool is_unit(const std::string& word) {
  return units().contains(word);
}

bool is_time_unit(const std::string& word) {
  const auto found = units().find(word);
  return found != units().end() && same(found->second.dimensions, kSeconds);
}

ArithmeticLine Arithmetic::check(const std::string& line) {
  ArithmeticLine seen;
  const std::string text = line.substr(0, line.find('#'));
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('=', begin), text.size());
    parts.push_back(without_outer_space(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  if (parts.size() != 3) {
    seen.error = "it isn't \"[name] = EXPRESSION = RESULT\"";
    return seen;
  }
  seen.name = parts[0];
  seen.result = parts[2];
  try {
    for (const char c : seen.name) {
      if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_')
        throw Wrong{fmt::format("\"{}\" is no name: letters, digits and _", seen.name)};
    }
    if (is_unit(seen.name) || function_names().contains(seen.name))
      throw Wrong{fmt::format("\"{}\" is a unit or a function; give it another name", seen.name)};
    const Quantity value = Reader(parts[1], names_, labels_).whole();
    if (!seen.name.empty()) names_[seen.name] = value;
    const auto written = Reader(parts[2], names_, labels_).written();
    if (!same(value.dimensions, written.quantity.dimensions)) {
      throw Wrong{fmt::format("it gives {}, and the result is written in {}: check the units",
                              in_dimension_words(value.dimensions),
                              in_dimension_words(written.quantity.dimensions))};
    }
    const double tolerance = std::max(written.half_digit, 0.005 * std::abs(value.value));
    if (std::abs(value.value - written.quantity.value) > tolerance * (1 + 1e-9)) {
      throw Wrong{fmt::format("you wrote {}, it is {}{}", seen.result,
                              like_written(value.value / written.unit, written.digits),
                              written.unit_text)};
    }
  } catch (const Wrong& wrong) {
    seen.error = wrong.text;
  }
  return seen;
}

}  // namespace kit
