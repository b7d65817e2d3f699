// The report's data and its page: what is counted, what is said, and that no learner's word becomes code.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "grader/plan.hpp"
#include "grader/report_data.hpp"
#include "grader/report_page.hpp"
#include "tests/grader/small_clone.hpp"

namespace {

using nlohmann::json;

constexpr std::int64_t kToday = 1'699'963'200;  // noon in Greenwich, 14 November 2023, a Tuesday
constexpr std::int64_t kDay = 86'400;

const char* const kFailed = R"({"passed": 2, "total": 4, "tests": [
  {"test": "Correct.A", "state": "passed"}, {"test": "Robust.B", "state": "crashed"},
  {"test": "Cost.C", "state": "failed", "evidence": [
    {"lens": "messages", "key": "rounds p=8", "measured": 7, "limit": 3, "at_most": true, "unit": "rounds"},
    {"lens": "messages", "key": "messages", "measured": 7, "limit": 7, "at_most": true, "unit": "messages"}]}]})";
const char* const kPassed = R"({"passed": 4, "total": 4, "tests": [
  {"test": "Correct.A", "state": "passed"}, {"test": "Robust.B", "state": "passed"},
  {"test": "Cost.C", "state": "passed"}], "clean": {"passed": true}})";

class ReportTest : public testing::Test {
 protected:
  ReportTest() {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    ::setenv("KIT_NOW", std::to_string(kToday).c_str(), 1);
  }
  ~ReportTest() override {
    ::unsetenv("KIT_NOW");
    ::unsetenv("TZ");
    ::tzset();
  }

  void graded(const std::string& exercise, const std::string& verdict, const std::string& text,
              std::int64_t at) {
    kit::Attempt attempt;
    attempt.exercise = exercise;
    attempt.at = at;
    attempt.source = "yours";
    attempt.verdict = verdict;
    attempt.json = verdict == "passed" ? kPassed : kFailed;
    history_.add(attempt, {{"first.cpp", text}});
  }
  json data(std::optional<kit::Day> until = {}) {
    const kit::Ladder ladder(workspace_, catalogue_, history_);
    return kit::report_data(workspace_, ladder, history_, {until, 60});
  }
  static std::string page(const json& data) {
    kit::ReportFiles files;
    files.vega = "/* the library */";
    return kit::report_page(data, files);
  }
  static bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  SmallClone clone_;
  kit::Workspace workspace_ = clone_.workspace();
  kit::Catalogue catalogue_{workspace_};
  kit::History history_{workspace_};
};

TEST_F(ReportTest, ShowsAnEmptyHistoryAsOne) {
  const json empty = data();
  EXPECT_EQ(empty["summary"]["solved"], 0);
  EXPECT_EQ(empty["summary"]["total"], 3);
  EXPECT_TRUE(empty["exercises"].empty());
  const std::string text = page(empty);
  EXPECT_TRUE(has(text, "Nothing graded yet. Begin with: <code>./kit next</code>"));
  EXPECT_TRUE(has(text, "No interview yet"));
}

TEST_F(ReportTest, TellsEachAttemptByItsCriteria) {
  graded("mpi/01-first", "failed", "a", kToday - 2 * kDay);
  graded("mpi/01-first", "passed", "b", kToday);
  const json all = data();
  ASSERT_EQ(all["exercises"].size(), 1U);
  const json& one = all["exercises"][0];
  EXPECT_EQ(one["criteria"], json({"Correct", "Robust", "Cost", "Clean"}));
  EXPECT_EQ(one["attempts"][0]["criteria"],
            json({{"Correct", "passed"}, {"Robust", "failed"}, {"Cost", "failed"}}));
  EXPECT_EQ(one["attempts"][1]["criteria"]["Clean"], "passed");
  EXPECT_EQ(one["standing"], "solid");
  EXPECT_EQ(one["words"],
            "2 attempts from 12 November to 14 November; all criteria passed at attempt 2.");
  EXPECT_EQ(all["areas"][0]["solved"], 1);
  EXPECT_EQ(all["summary"]["solid"], 1);
}

TEST_F(ReportTest, ShowsTheTightestOfEachTest) {
  graded("mpi/01-first", "failed", "a", kToday);
  const json all = data();
  ASSERT_EQ(all["pictures"].size(), 1U);
  const json& rows = all["pictures"][0]["rows"];
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0]["what"], "rounds p=8");
  EXPECT_NEAR(rows[0]["share"].get<double>(), 7.0 / 3, 1e-12);
  EXPECT_EQ(all["pictures"][0]["words"],
            "One is over the bound. Cost.C: 7 rounds, the bound is 3.");
  EXPECT_FALSE(all["pictures"][0]["reference_measured"].get<bool>());
}

TEST_F(ReportTest, CountsTheLinesOfThePosting) {
  clone_.write("exercises/mpi/01-first/exercise.json",
               R"({"title": "T", "level": 1, "minutes": 20, "summary": "S", "files": ["first.cpp"],
 "contract": "contract.hpp", "kind": "process", "clean": "address",
 "limits": {"test_s": 10, "memory_mb": 2048}, "builds_on": [], "trains": ["MPI", "deadlock"]})");
  const kit::Catalogue catalogue(workspace_);
  graded("mpi/01-first", "passed", "a", kToday);
  const kit::Ladder ladder(workspace_, catalogue, history_);
  const json all = kit::report_data(workspace_, ladder, history_, {});
  ASSERT_EQ(all["posting"].size(), 2U);
  EXPECT_EQ(all["posting"][0]["line"], "MPI");
  EXPECT_EQ(all["posting"][0]["standing"], "solid");
  EXPECT_EQ(all["posting"][0]["next"], "");
}

TEST_F(ReportTest, LetsNoWordBecomeCode) {
  EXPECT_EQ(kit::html("<b a=\"x\">&'\1"), "&lt;b a=&quot;x&quot;&gt;&amp;&#39; ");
  const std::string evil = "</script><script>alert(1)</script><!--";
  json all = data();
  all["exercises"] = {
      {{"id", evil},
       {"title", evil},
       {"standing", "open"},
       {"criteria", {evil}},
       {"attempts",
        {{{"number", 1}, {"day", evil}, {"verdict", evil}, {"criteria", {{evil, evil}}}}}},
       {"grade", evil},
       {"last", evil},
       {"words", evil}}};
  all["interviews"] = {{{"day", evil},
                        {"subject", evil},
                        {"words", evil},
                        {"marks",
                         {{{"dimension", evil},
                           {"level", nullptr},
                           {"word", evil},
                           {"own", true},
                           {"reason", evil}}}},
                        {"low", nullptr},
                        {"mid", nullptr},
                        {"high", nullptr},
                        {"recommendation", evil},
                        {"notes", {evil}}}};
  all["interview_words"] = evil;
  const std::string text = page(all);
  EXPECT_FALSE(has(text, "<script>alert"));
  EXPECT_FALSE(has(text, "<!--"));
  EXPECT_TRUE(has(text, "&lt;/script&gt;"));
  EXPECT_TRUE(has(text, "\\u003c/script>")) << "in the data of the charts";
}

TEST_F(ReportTest, ForbidsEveryRequest) {
  const std::string text = page(data());
  EXPECT_TRUE(has(text,
                  "default-src 'none'; script-src 'unsafe-inline'; style-src "
                  "'unsafe-inline'; img-src data:"));
  for (const char* outside : {"http://", "https://", "src=\"/", "@import", "url("})
    EXPECT_FALSE(has(text, outside)) << outside;
}

TEST_F(ReportTest, SaysWhereVegaIsMissing) {
  const kit::VegaLibrary nowhere{clone_.root() / "absent"};
  EXPECT_EQ(nowhere.script("loader"), "");
  const std::string text = kit::report_page(data(), {});
  EXPECT_TRUE(has(text, "libjs-vega is not installed"));
  EXPECT_FALSE(has(text, "id=\"data\""));
}

TEST_F(ReportTest, PlansUpToADate) {
  graded("mpi/01-first", "passed", "a", kToday - 10 * kDay);
  const kit::Day today = kit::day_of(kToday);
  const json plan = data(today + 10)["plan"];
  EXPECT_EQ(plan["until"], "2023-11-24");
  EXPECT_EQ(plan["length"], 10);
  EXPECT_EQ(plan["new"], 2);
  EXPECT_GE(plan["repetitions"].get<int>(), 1);
  EXPECT_EQ(plan["days"][0]["items"][0]["id"], "mpi/01-first") << "what is due comes first";
  EXPECT_TRUE(plan["days"][0]["items"][0]["again"].get<bool>());
  for (const json& day : plan["days"]) {
    EXPECT_LT(day["date"].get<std::string>(), "2023-11-23") << "the evening before is free";
    EXPECT_LE(day["minutes"].get<int>(), 60 + 20)
        << "an exercise may run over, but not by a whole one";
  }
  EXPECT_EQ(plan["met"], 3);
  EXPECT_EQ(data()["plan"]["length"], 14) << "without a date two weeks";
}

}  // namespace
