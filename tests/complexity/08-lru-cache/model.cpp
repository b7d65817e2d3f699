#include "complexity/08-lru-cache/model.hpp"

#include <algorithm>

#include "harness/report.hpp"

namespace kit::scenarios {
namespace {

std::string result_of(const Operation& operation, const Seen& seen) {
  if (seen.threw) return "threw";
  switch (operation.kind) {
    case Operation::Kind::put:
      return "";
    case Operation::Kind::erase:
      return seen.found ? "true" : "false";
    default:
      return seen.found ? std::to_string(seen.value) : "null";
  }
}

}  // namespace

Seen Model::after(const Operation& operation, bool threw) {
  Seen seen;
  seen.threw = threw;
  const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const auto& each) {
    return each.first % modulus_ == operation.key % modulus_;
  });
  const bool found = at != entries_.end();
  if (!threw) {
    if (operation.kind != Operation::Kind::put) seen.found = found;
    const bool looks =
        operation.kind == Operation::Kind::get || operation.kind == Operation::Kind::peek;
    if (found && looks) seen.value = at->second;
    if (operation.kind == Operation::Kind::get && found) std::rotate(entries_.begin(), at, at + 1);
    if (operation.kind == Operation::Kind::erase && found) entries_.erase(at);
    if (operation.kind == Operation::Kind::put && capacity_ > 0) {
      if (found) {
        entries_.erase(at);
      } else if (entries_.size() == capacity_) {
        entries_.pop_back();
      }
      entries_.insert(entries_.begin(), {operation.key, operation.value});
    }
  }
  seen.size = entries_.size();
  return seen;
}

std::string Model::order() const {
  if (entries_.empty()) return "nothing";
  std::string out;
  for (std::size_t i = 0; i < entries_.size() && i < 10; ++i)
    out += (i > 0 ? " " : "") + std::to_string(entries_[i].first);
  return entries_.size() > 10 ? out + " ..." : out;
}

std::string in_words(const Operation& operation) {
  const std::string key = std::to_string(operation.key);
  switch (operation.kind) {
    case Operation::Kind::put:
      return "put(" + key + ", " + std::to_string(operation.value) + ")";
    case Operation::Kind::get:
      return "get(" + key + ")";
    case Operation::Kind::peek:
      return "peek(" + key + ")";
    case Operation::Kind::erase:
      return "erase(" + key + ")";
  }
  return "";
}

std::string operations_before(const std::vector<Operation>& all, const std::vector<Seen>& seen,
                              std::size_t at) {
  constexpr std::size_t kShown = 9;
  const std::size_t first = at + 1 > kShown ? at + 1 - kShown : 0;
  std::string out;
  if (first > 0)
    out += "    ... " + harness::number(static_cast<std::int64_t>(first)) + " operations\n";
  for (std::size_t i = first; i <= at; ++i) {
    std::string line = "    " + in_words(all[i]);
    const std::string result = result_of(all[i], seen[i]);
    if (!result.empty()) line += " -> " + result;
    if (i == at) {
      line.resize(std::max<std::size_t>(line.size(), 30), ' ');
      line += "  <-";
    }
    out += line + "\n";
  }
  return out;
}

std::optional<Difference> first_difference(std::size_t capacity, const std::vector<Operation>& all,
                                           const std::vector<Seen>& seen, int modulus) {
  Model model(capacity, modulus);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string before = model.order();
    const Seen right = model.after(all[i], seen[i].threw);
    const bool same_result = right.found == seen[i].found && right.value == seen[i].value;
    if (same_result && right.size == seen[i].size) continue;
    std::string expected = result_of(all[i], right), saw = result_of(all[i], seen[i]);
    if (same_result) {
      expected = "size() " + std::to_string(right.size) + " after it";
      saw = "size() " + std::to_string(seen[i].size);
    }
    return Difference{"capacity " + std::to_string(capacity) + ": " + in_words(all[i]),
                      "  expected   " + expected + "\n  seen       " + saw + "\n\n" +
                          operations_before(all, seen, i) +
                          "  held before it, the newest first: " + before + "\n"};
  }
  return std::nullopt;
}

}  // namespace kit::scenarios
