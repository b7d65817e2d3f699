// The mock interview: an exercise put as an interviewer would put it. Criteria, tests and hints are hidden until the
// follow-ups have been talked about; `run` shows the sheet's small examples and nothing else.
#pragma once

#include "conversation.hpp"

namespace kit {

class CodingRound : public Conversation {
 public:
  CodingRound(const Context& context, InterviewLog& log, const InterviewRow& row,
              const InterviewStyle& style, const Exercise& exercise, InterviewTools tools,
              std::string picked_because);

 private:
  std::string start_screen() override;
  std::string opening() override;
  std::string commands() override;
  const InterviewSheet& sheet() const override { return sheet_; }
  std::vector<std::filesystem::path> files() const override;
  bool command(const std::string& word, const std::string& rest) override;
  void quiet_tick() override;
  void grade() override;
  void after_grading() override;
  std::string resumed_facts() override;

  std::filesystem::path desk() const { return context_.workspace.root / row_.desk; }
  Submission submission() const;
  void run_examples();
  std::string example_lines(const Verdict& verdict, int* passed) const;
  void nudge(bool by_itself);
  void follow_up(const FollowUp& item);
  std::string typed_answer(const std::string& slot, bool* skipped);
  std::vector<int> chosen_points(const FollowUp& item);
  void enter_marking();
  void mark();
  std::string mark_line(const std::string& dimension, std::optional<int> level,
                        const std::string& reason) const;
  std::string met_before() const;

  const Exercise& exercise_;
  InterviewSheet sheet_;
  InterviewTools tools_;
  std::string picked_because_;
  bool explained_ = false;   // how one answers
  std::string more_errors_;  // of the last run: the rest of what the compiler said
};

/// Copies the stub and its contract to the desk. THROWS: KitError if that can't be written.
void lay_out_desk(const Context& context, const Exercise& exercise, const std::string& desk);

}  // namespace kit
