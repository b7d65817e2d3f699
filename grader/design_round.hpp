// The design round: an ambiguous problem, a document in place of code. `check` is free at any time, since the forms are
// public; what no program can judge is marked by oneself against a checklist, beside the model document.
#pragma once

#include "conversation.hpp"
#include "design_checks.hpp"
#include "design_problem.hpp"

namespace kit {

class DesignRound : public Conversation {
 public:
  DesignRound(const Context& context, InterviewLog& log, const InterviewRow& row,
              const InterviewStyle& style, DesignProblem problem);

 private:
  std::string start_screen() override;
  std::string opening() override;
  std::string commands() override;
  const InterviewSheet& sheet() const override { return problem_.sheet; }
  std::vector<std::filesystem::path> files() const override { return {document()}; }
  bool command(const std::string& word, const std::string& rest) override;
  void grade() override;
  void after_grading() override;
  std::string resumed_facts() override;

  std::filesystem::path document() const;
  void checklist();
  void mark();

  DesignProblem problem_;
};

/// The screen of a report: "line 14  R3 can't be measured ...   K05".
std::string design_report_text(const Terminal& terminal, const DesignReport& report);

/// Copies the template to the desk, the prompt on top. THROWS: KitError if that can't be written.
void lay_out_design_desk(const Context& context, const DesignProblem& problem,
                         const std::string& desk);

/// The ten points that are marked by oneself.
extern const std::vector<std::string> kDesignChecklist;

/// Of each dimension the highest level that the checks allow.
struct DesignCeiling {
  std::string dimension;
  int weight = 1, ceiling = 4;
  std::vector<int> points;  // of the checklist that speak for it
};
std::vector<DesignCeiling> design_ceilings(const DesignReport& report);

}  // namespace kit
