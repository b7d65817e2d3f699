// exercises/ID/interview.md, the interviewer's sheet. Here: its follow-up questions, shown once an exercise is passed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kit {

struct FollowUp {
  int number = 0;
  std::string tag;
  std::string question;
  std::vector<std::string> points;
  std::string weak;
};

/// The section "## Follow-ups", items "### N. [tag] QUESTION". Empty if there is no such file.
std::vector<FollowUp> read_follow_ups(const std::filesystem::path& sheet);

}  // namespace kit
