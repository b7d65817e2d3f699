// exercises/ID/interview.md, the interviewer's sheet: read into plain values, with an error for each line that doesn't
// fit. `kit audit` prints the errors and asks for more (interview_audit.hpp).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace kit {

struct Clarification {
  int number = 0;
  std::string topic, question, answer;
  bool changes = false;  // the answer changes the solution
};

struct Example {
  std::string test;  // "Correct.NoBytes"
  std::string sentence;
};

/// A row of the time plan: the minute at which `what` should be done.
struct Checkpoint {
  std::string what;
  int at25 = 0, at45 = 0;
  int line = 0;
  int first = 25, second = 45;  // the minutes of the two columns
};

struct Nudge {
  int number = 0;
  std::string dimension;  // correctness, robustness, cost
  int after_minutes = 0;  // of quiet
  std::string text;
};

struct FollowUp {
  int number = 0;
  std::string tag;  // cost, robustness, correctness, design, test
  std::string question;
  std::vector<std::string> points;
  std::string weak;
};

struct InterviewSheet {
  std::string title, opening;
  std::vector<Clarification> clarifications;
  std::vector<Example> examples;
  std::vector<Checkpoint> plan;
  std::vector<Nudge> nudges;
  std::vector<FollowUp> follow_ups;
  std::vector<std::string> headings;  // its "## " lines in their order, without the marks
  std::vector<std::string> errors;    // "interview.md:31: expected ..., read ..."
};

/// Reads all of it; what doesn't fit is an error and left out.
InterviewSheet parse_sheet(const std::string& text, const std::string& name = "interview.md");

/// An empty sheet if there is no such file.
InterviewSheet read_sheet(const std::filesystem::path& file);

/// Of a sheet the follow-up questions alone.
std::vector<FollowUp> read_follow_ups(const std::filesystem::path& sheet);

/// The minute at which a row is due in an interview of `minutes`: between the columns and beyond them in proportion.
int due_minute(const Checkpoint& row, int minutes);

}  // namespace kit
