// The screen that a verdict becomes.
#pragma once

#include <string>

#include "history.hpp"
#include "interview.hpp"
#include "reference.hpp"
#include "terminal.hpp"
#include "verdict.hpp"

namespace kit {

struct CardOptions {
  bool all = false;    // every failure in full, every piece of evidence
  bool raw = false;    // messages as GoogleTest prints them
  bool brief = false;  // one of many: a line, and a failure's first line
};

/// "mpi/03-broadcast   work/mpi/03-broadcast/broadcast.cpp"
std::string card_heading(const Workspace& workspace, const Terminal& terminal,
                         const Submission& submission);

/// Criteria, the first failure in full, what to do next; not the verdict line, which comes last.
std::string card_body(const Terminal& terminal, const Submission& submission,
                      const Verdict& verdict, const Reference* reference,
                      const CardOptions& options);

/// "FAILED   10 of 11 tests, 1.1 s", coloured.
std::string verdict_line(const Terminal& terminal, const Submission& submission,
                         const Verdict& verdict, const std::string& remark = "");

/// The questions that come once an exercise is passed, and where the answers are.
std::string follow_up_card(const Terminal& terminal, const Exercise& exercise,
                           const std::vector<FollowUp>& questions);

}  // namespace kit
