// Keeps each grading in the history: the sources as they were when it began, and the verdict. A
// history that can't be written costs a notice, never the verdict.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "history.hpp"
#include "submission.hpp"
#include "verdict.hpp"

namespace kit {

struct Kept {
  std::map<std::string, std::string> files;
};

/// THROWS: KitError if a file of the submission can't be read.
Kept keep_before(const Submission& submission);

/// Returns the history it wrote to. `notice` gets a sentence if something had to be said.
std::optional<History> keep_after(const Workspace& workspace, const Submission& submission,
                                  const Kept& kept, const Verdict& verdict,
                                  std::optional<std::uint64_t> seed, std::string* notice);

}  // namespace kit
