// A row of `kit doctor`: one thing that was looked at, and the mend.
#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace kit {

struct Finding {
  enum class State {
    ok,
    falls_back,  // works, with less; `detail` says what is lost
    missing,     // something can't be graded; `mend` says what to do
  };
  State state = State::ok;
  std::string what;    // the name of the thing
  std::string detail;  // what was seen
  std::string mend;    // a command, or a sentence; empty if ok
};

/// A line a finding, the mend below it, under a heading.
std::string findings_text(const std::string& heading, const std::vector<Finding>& findings,
                          const Terminal& terminal);

}  // namespace kit
