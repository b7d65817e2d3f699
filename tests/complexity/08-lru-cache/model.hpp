// The cache that everybody understands: a short list, the newest in front. And the story of the
// first operation in which a cache differs from it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "complexity/08-lru-cache/lru_cache_scenarios.hpp"

namespace kit::scenarios {

class Model {
 public:
  explicit Model(std::size_t capacity, int modulus = 1 << 30)
      : capacity_(capacity), modulus_(modulus) {}

  /// What a right cache shows of it; changes the list as the operation does. One that threw changes
  /// nothing.
  Seen after(const Operation& operation, bool threw);
  /// "7 3 12", newest first.
  std::string order() const;

 private:
  std::size_t capacity_;
  int modulus_;
  std::vector<std::pair<int, int>> entries_;  // key, value
};

std::string in_words(const Operation& operation);

/// What was expected and seen of one operation, with those before it.
struct Difference {
  std::string input, story;
};

/// The first operation whose result or size isn't the model's, if any.
std::optional<Difference> first_difference(std::size_t capacity, const std::vector<Operation>& all,
                                           const std::vector<Seen>& seen, int modulus = 1 << 30);

/// The operations up to number `at`, the last of them, with an arrow.
std::string operations_before(const std::vector<Operation>& all, const std::vector<Seen>& seen,
                              std::size_t at);

}  // namespace kit::scenarios
