#include "keep.hpp"

#include <nlohmann/json.hpp>

#include "errors.hpp"
#include "pictures.hpp"

namespace kit {

Kept keep_before(const Submission& submission) {
  return {read_files(submission)};
}

std::optional<History> keep_after(const Workspace& workspace, const Submission& submission,
                                  const Kept& kept, const Verdict& verdict,
                                  std::optional<std::uint64_t> seed, std::string* notice) {
  try {
    History history(workspace, notice);
    Attempt attempt;
    attempt.exercise = submission.exercise->id;
    attempt.at = now();
    attempt.source = submission.stub              ? "stub"
                     : submission.slot == "yours" ? "yours"
                                                  : submission.directory.string();
    attempt.verdict = to_string(verdict.outcome);
    // A part of the suite, or all but Clean, is no pass: the ladder looks for "passed" alone.
    if (verdict.partial) {
      attempt.verdict += " (a part)";
    } else if (verdict.outcome == Outcome::passed && !verdict.clean_run &&
               has_clean(*submission.exercise)) {
      attempt.verdict += " (without Clean)";
    }
    attempt.score = verdict.score;
    attempt.seed = seed.value_or(0);
    attempt.json =
        to_json(verdict, submission).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    const auto number = history.add(attempt, kept.files);
    history.add_event(submission.exercise->id, "grade", std::to_string(number));
    if (const auto picture = telling_picture(verdict.tests)) {
      keep_picture(workspace, number, *picture);
      drop_old_pictures(workspace, history, submission.exercise->id);
    }
    return history;
  } catch (const KitError& error) {
    *notice = std::string("This grading could not be kept: ") + error.what() + " " + error.mend();
    return std::nullopt;
  }
}

}  // namespace kit
