#include "practice.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace kit {

namespace {

constexpr std::int64_t kLongestGap = 600;  // seconds; what is longer was a break
constexpr int kEnoughHappened = 3;

// A thing that happened: an event, or a full grading of the learner's own files.
struct Happening {
  std::int64_t at = 0;
  const Attempt* attempt = nullptr;
  const Event* event = nullptr;
};

bool is_full_grading(const Attempt& attempt) {
  const std::string& verdict = attempt.verdict;
  return attempt.source == "yours" && verdict != "kept" && verdict != "could not be graded" &&
         verdict.find(" (a part)") == std::string::npos &&
         verdict.find(" (without Clean)") == std::string::npos;
}

// In the order in which they happened: that of the events, among which "grade" stands for an attempt.
std::vector<Happening> happenings(const std::vector<Attempt>& attempts,
                                  const std::vector<Event>& events) {
  std::map<std::string, const Attempt*> gradings;  // by number, as the events name them
  for (const Attempt& attempt : attempts) {
    if (is_full_grading(attempt)) gradings[std::to_string(attempt.id)] = &attempt;
  }
  std::vector<Happening> all;
  for (const Event& event : events) {
    if (event.kind != "grade") {
      all.push_back({event.at, nullptr, &event});
    } else if (const auto found = gradings.find(event.data); found != gradings.end()) {
      all.push_back({found->second->at, found->second, nullptr});
      gradings.erase(found);
    }
  }
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend(); ++attempt) {
    if (gradings.count(std::to_string(attempt->id)) != 0)
      all.push_back({attempt->at, &*attempt, nullptr});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Happening& a, const Happening& b) { return a.at < b.at; });
  return all;
}

// Walks through what happened, day by day.
class Fold {
 public:
  Fold(const Exercise& exercise, const FilesOf& files) : exercise_(exercise), files_(files) {
    practice_.from_stub = true;
  }

  void take(const Happening& happening) {
    const Day day = day_of(happening.at);
    if (happening.event && happening.event->kind == "skip") {
      practice_.skipped_on = day;
      return;
    }
    if (day != day_) close_day(day);
    count_minutes(happening.at);
    practice_.touched = std::max(practice_.touched, happening.at);
    if (happening.event) {
      take(*happening.event, day);
    } else {
      take(*happening.attempt, day);
    }
  }

  Practice finish() {
    close_day(0);
    return std::move(practice_);
  }

 private:
  void take(const Event& event, Day day) {
    if (event.kind == "start" || event.kind == "reset") {
      practice_.from_stub = practice_.begun = true;
      practice_.hints_since_stub = practice_.tests_passed = practice_.tests_total = 0;
      practice_.last_verdict.clear();
      if (solution_day_ != day) solution_day_.reset();
    } else if (event.kind == "hint") {
      if (practice_.from_stub) ++practice_.hints_since_stub;
      practice_.begun = true;
    } else if (event.kind == "solution") {
      if (practice_.from_stub) solution_day_ = day;
    } else if (event.kind == "restore") {
      if (practice_.passed) practice_.from_stub = false;
    } else if (event.kind == "save") {
      practice_.begun = true;
    }
  }

  void take(const Attempt& attempt, Day day) {
    note_result(attempt);
    if (!practice_.from_stub) return;
    const auto files = files_(attempt.id);
    if (passed_files_.count(files) != 0) return;  // what passed before proves nothing new
    practice_.begun = true;
    if (!repetition_) {
      repetition_.emplace();
      repetition_->day = day;
    }
    if (repetition_->passed) return;  // a second pass of one day
    repetition_->at = attempt.at;
    if (attempt.verdict == "passed") {
      pass(files);
    } else if (attempt.verdict != "does not compile" && files != last_files_) {
      ++repetition_->failed;
    }
    last_files_ = files;
  }

  void pass(const std::map<std::string, std::string>& files) {
    repetition_->passed = practice_.passed = true;
    repetition_->solution_seen = solution_day_.has_value();
    repetition_->hints = practice_.hints_since_stub;
    if (happened_ >= kEnoughHappened) repetition_->minutes = static_cast<int>((worked_ + 59) / 60);
    passed_files_.insert(files);
    practice_.from_stub = practice_.begun = false;
    practice_.hints_since_stub = 0;
    solution_day_.reset();
  }

  void note_result(const Attempt& attempt) {
    practice_.last_verdict = attempt.verdict;
    const auto verdict = nlohmann::json::parse(attempt.json, nullptr, false);
    const bool known = verdict.is_object() && verdict.contains("total") &&
                       verdict["total"].is_number_integer() && verdict.contains("passed") &&
                       verdict["passed"].is_number_integer();
    practice_.tests_passed = known ? verdict["passed"].get<int>() : 0;
    practice_.tests_total = known ? verdict["total"].get<int>() : 0;
  }

  void count_minutes(std::int64_t at) {
    if (happened_ > 0) worked_ += std::clamp<std::int64_t>(at - last_at_, 0, kLongestGap);
    last_at_ = at;
    ++happened_;
  }

  void close_day(Day next) {
    if (repetition_) {
      Repetition& done = *repetition_;
      if (!done.passed) done.hints = practice_.hints_since_stub;
      done.grade = grade_of(done, exercise_.minutes);
      auto& all = practice_.repetitions;
      done.after = all.empty()
                       ? first_memory(done.grade)
                       : next_memory(all.back().after,
                                     static_cast<double>(done.day - all.back().day), done.grade);
      all.push_back(done);
      repetition_.reset();
    }
    day_ = next;
    happened_ = 0;
    worked_ = 0;
  }

  const Exercise& exercise_;
  const FilesOf& files_;
  Practice practice_;
  std::optional<Repetition> repetition_;  // the present day's
  Day day_ = 0;
  std::optional<Day> solution_day_;
  std::set<std::map<std::string, std::string>> passed_files_;
  std::map<std::string, std::string> last_files_;
  std::int64_t last_at_ = 0, worked_ = 0;
  int happened_ = 0;
};

}  // namespace

double Practice::recall_on(Day day) const {
  return recall(static_cast<double>(day - repetitions.back().day), memory().stability);
}

Day Practice::due() const {
  return repetitions.back().day + interval(memory().stability);
}

Grade grade_of(const Repetition& repetition, int target) {
  if (!repetition.passed || repetition.solution_seen) return Grade::again;
  const auto& minutes = repetition.minutes;
  if (repetition.hints >= 2 || repetition.failed >= 6 || (minutes && *minutes > 2 * target))
    return Grade::hard;
  const bool quick = minutes && *minutes * 4 <= target * 3;
  return quick && repetition.hints == 0 && repetition.failed == 0 ? Grade::easy : Grade::good;
}

Practice fold_practice(const Exercise& exercise, const std::vector<Attempt>& attempts,
                       const std::vector<Event>& events, const FilesOf& files) {
  Fold fold(exercise, files);
  for (const Happening& happening : happenings(attempts, events)) fold.take(happening);
  return fold.finish();
}

}  // namespace kit
