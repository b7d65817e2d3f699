// The one family of errors that the grader ends with: what is wrong, and the mend. Exit code 2.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace kit {

/// `what()` names the file or the word and what is wrong with it; `mend` says what to do, and may
/// be empty.
class KitError : public std::runtime_error {
 public:
  explicit KitError(const std::string& what, std::string mend = "")
      : std::runtime_error(what), mend_(std::move(mend)) {}
  const std::string& mend() const { return mend_; }

 private:
  std::string mend_;
};

/// Exit codes of every verb.
inline constexpr int kPassed = 0;
inline constexpr int kNotPassed = 1;
inline constexpr int kCouldNot = 2;

}  // namespace kit
