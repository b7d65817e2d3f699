// The interviewer's sheet: how it is read, what its errors say, and the audit's rules, each on a sheet with one defect.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "grader/catalogue.hpp"
#include "grader/code_measure.hpp"
#include "grader/interview.hpp"
#include "grader/interview_audit.hpp"
#include "grader/session.hpp"
#include "tests/grader/expect_text.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = fs::path(__FILE__).parent_path().parent_path().parent_path();

const char* const kGood = R"(# Interview: broadcast

## Opening
We have p processes. Get the bytes to everyone.

## Clarifying questions
### 1. length: Does every rank know the number of bytes? [changes]
Yes. Every rank calls with a span of the same size. So no header
is needed.
### 2. root: Can the root be any rank? [changes]
Any rank.
### 3. number of ranks: Is p a power of two? [changes]
No. Think of 1, 2, 5, 7, 48.
### 4. fast: What does fast mean, few messages or few rounds? [changes]
Few rounds.
### 5. repeated calls: Can two broadcasts follow each other at once, with different roots? [changes]
Yes.
### 6. size: How large can it get? [keeps]
Large.
### 7. errors: Do I handle a failed rank? [keeps]
No.

## Examples
- `Correct.Four` 4 ranks,
  root 0
- `Correct.Five` 5 ranks

## Time plan
| what | 25 | 45 |
| --- | --- | --- |
| questions | 3 | 5 |
| passes the examples | 16 | 25 |

## Nudges
### 1. [cost] after 6
How many could have it after the second round?
### 2. [correctness] after 8
Which partner doesn't exist?
### 3. [robustness] after 8
From whom does it receive?

## Follow-ups
### 1. [cost] What does it cost?
- one
- two
- three
- Weak: none
### 2. [cost] And 1 GiB?
- one
- two
- three
- Weak: none
### 3. [design] Two levels?
- one
- two
- three
- Weak: none
### 4. [test] How do you test it?
- one
- two
- three
- Weak: none
)";

kit::SheetSurroundings around() {
  kit::SheetSurroundings one;
  one.manifest = {"Correct.Four", "Correct.Five", "Robust.Late", "Cost.Rounds"};
  one.reference =
      "#include \"x.hpp\"\nvoid broadcast(int root) { int virtual_rank = root; MPI_Isend(); "
      "copy_file_range(); fsync(3); move(1); }\n// MPI_Waitall\n";
  one.open_sources = "void broadcast(int root);  // as MPI_Bcast\n";
  return one;
}

std::string findings(const std::string& sheet, const kit::SheetSurroundings& with = around()) {
  std::string text;
  for (const auto& one : kit::sheet_findings(sheet, with)) text += one.rule + " " + one.text + "\n";
  return text;
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Sheet, IsReadWhole) {
  const auto sheet = kit::parse_sheet(kGood);
  EXPECT_TRUE(sheet.errors.empty()) << sheet.errors[0];
  EXPECT_EQ(sheet.title, "broadcast");
  EXPECT_EQ(sheet.opening, "We have p processes. Get the bytes to everyone.");
  ASSERT_EQ(sheet.clarifications.size(), 7U);
  EXPECT_EQ(sheet.clarifications[0].topic, "length");
  EXPECT_EQ(sheet.clarifications[0].question, "Does every rank know the number of bytes?");
  EXPECT_EQ(sheet.clarifications[0].answer,
            "Yes. Every rank calls with a span of the same size. So no header is needed.");
  EXPECT_TRUE(sheet.clarifications[0].changes);
  EXPECT_FALSE(sheet.clarifications[5].changes);
  ASSERT_EQ(sheet.examples.size(), 2U);
  EXPECT_EQ(sheet.examples[0].sentence, "4 ranks, root 0");
  ASSERT_EQ(sheet.plan.size(), 2U);
  EXPECT_EQ(sheet.plan[1].at45, 25);
  ASSERT_EQ(sheet.nudges.size(), 3U);
  EXPECT_EQ(sheet.nudges[1].dimension, "correctness");
  EXPECT_EQ(sheet.nudges[1].after_minutes, 8);
  EXPECT_EQ(sheet.follow_ups.size(), 4U);
}

TEST(Sheet, SaysOfEachErrorWhereAndWhatWasExpected) {
  const auto sheet = kit::parse_sheet(
      "# Talk: x\n## Clarifying questions\n### 4 Powers of two\nan answer\n## Nudges\n### 1. "
      "[pace] after 3\n"
      "## Time plan\n| a | b | 3 |\n## Examples\n- no test\n## Follow-ups\n### 1. [cost] Why?\n- "
      "a\n- Weak: b\n- c\n",
      "interview.md");
  ASSERT_EQ(sheet.errors.size(), 6U);
  EXPECT_EQ(sheet.errors[1],
            "interview.md:3: expected \"### 1. TOPIC: QUESTION? [changes]\" or \"[keeps]\", read "
            "\"### 4 Powers of two\"");
  EXPECT_TRUE(has(sheet.errors[0], "interview.md:1: expected \"# Interview: TITLE\" on line 1"));
  EXPECT_TRUE(has(sheet.errors[2], "after MINUTES"));
  EXPECT_TRUE(has(sheet.errors[5], "\"- Weak:\" as the last of its question"));
}

TEST(Sheet, TheMinuteOfARowAtOtherLengths) {
  const kit::Checkpoint row{"x", 16, 25};
  EXPECT_EQ(kit::due_minute(row, 25), 16);
  EXPECT_EQ(kit::due_minute(row, 45), 25);
  EXPECT_EQ(kit::due_minute(row, 35), 20);
  EXPECT_EQ(kit::due_minute(row, 90), 50);
  EXPECT_EQ(kit::due_minute(row, 10), 6);
}

TEST(SheetAudit, AGoodOneHasNoFinding) {
  EXPECT_EQ(findings(kGood), "");
}

struct SheetDefect {
  const char* rule;
  const char* from;
  const char* to;
  const char* says;
};

TEST(SheetAudit, EachDefectIsFoundByItsRule) {
  const SheetDefect all[] = {
      {"I01", "## Nudges\n", "## Hints\n",
       "\"## Nudges\" is missing; it belongs after \"## Time plan\""},
      {"I01", "# Interview: broadcast", "# broadcast", "the first line isn't"},
      {"I02", "### 3. number", "### 8. number", "question 8 stands where 3 belongs"},
      {"I02", "Any rank.\n", "", "question 2 has no answer"},
      {"I03", "`Correct.Five`", "`Correct.Fife`",
       "Examples names Correct.Fife, the suite has no such test (nearest: Correct.Five)"},
      {"I03", "`Correct.Five`", "`Robust.Late`", "Robust.Late isn't of criterion Correct"},
      {"I03", "- `Correct.Five` 5 ranks\n", "", "1 examples; 2 to 4 are wanted"},
      {"I05", "| 16 | 25 |", "| 3 | 25 |", "row \"passes the examples\" is at 3 after a row at 3"},
      {"I05", "| 16 | 25 |", "| 16 | 46 |", "after the end"},
      {"I06", "### 1. [cost] after 6", "### 1. [correctness] after 6",
       "the exercise has criterion Cost and no nudge is marked [cost]"},
      {"I06", "after 6", "after 20", "nudge 1 comes after 20 quiet minutes"},
      {"I07", "- Weak: none\n### 2", "### 2", "follow-up 1 has no \"- Weak:\" line"},
      {"I07", "### 1. [cost] What", "### 1. [design] What",
       "the first follow-up isn't marked [cost]"},
      {"I07", "- one\n- two\n- three\n", "- one\n", "follow-up 1 has 1 points; 3 to 5 are wanted"},
      {"I08", "Which partner doesn't exist?", "Use copy_file_range here.",
       "nudge 2 names \"copy_file_range\", which only the reference uses"},
      {"I08", "Few rounds.", "Call `move` then.", "question 4 names \"move\""},
      {"I08", "Few rounds.", "It wants an fsync.", "question 4 names \"fsync\""},
      {"I08", "Get the bytes", "Correct.Four: get the bytes", "Opening names a test"},
      {"I09", "Few rounds.",
       "Few rounds, and this line goes on and on until it has more than one hundred columns, which "
       "nobody reads.",
       "columns"},
      {"I09", "Few rounds.", "Few rounds.\n```\ncode\n```", "has a code block"},
      {"I10", "Few rounds.", "Ask someone@example.org.", "has an e-mail address"},
      {"I10", "Few rounds.", "It lies in /home/me/x.", "has an absolute path"},
  };
  for (const SheetDefect& one : all) {
    const std::string seen = findings(changed(kGood, one.from, one.to));
    EXPECT_TRUE(has(seen, one.rule)) << one.says;
    EXPECT_TRUE(has(seen, one.says));
  }
}

TEST(SheetAudit, AListWhereEveryAnswerChangesTheSolutionIsTooEager) {
  std::string sheet = changed(kGood, "get? [keeps]", "get? [changes]");
  EXPECT_EQ(findings(sheet), "");
  sheet = changed(sheet, "rank? [keeps]", "rank? [changes]");
  EXPECT_TRUE(has(findings(sheet),
                  "all 7 questions are marked [changes]: a good list also has one whose answer "
                  "changes nothing"));
}

TEST(SheetAudit, WordsOfTheContractAndAllowedOnesMayBeUsed) {
  EXPECT_EQ(findings(changed(kGood, "Few rounds.", "Like MPI_Bcast, but move it and open a file.")),
            "");
  kit::SheetSurroundings with = around();
  with.allowed = {"copy_file_range"};
  EXPECT_EQ(findings(changed(kGood, "Few rounds.", "copy_file_range may do."), with), "");
}

// What stands in the kit itself: read without an error, and every rule that needs no grading holds.
TEST(SheetAudit, AllSheetsOfTheKitHold) {
  const kit::Workspace workspace{kRoot, kRoot / "build", kRoot / ".kit"};
  const auto text_of = [](const fs::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  };
  int sheets = 0;
  const kit::Catalogue catalogue(workspace);
  for (const kit::Exercise& exercise : catalogue.exercises()) {
    const fs::path own = kRoot / "exercises" / exercise.id;
    if (!fs::exists(own / "interview.md")) continue;
    ++sheets;
    kit::SheetSurroundings with;
    with.robust = with.cost = exercise.kind != kit::Kind::claims;
    with.allowed = exercise.interview_allows;
    if (!exercise.contract.empty()) with.open_sources = text_of(own / exercise.contract);
    for (const std::string& file : exercise.files) {
      with.open_sources += text_of(own / file);
      with.reference += text_of(kRoot / "solutions" / exercise.id / file);
    }
    EXPECT_EQ(findings(text_of(own / "interview.md"), with), "") << exercise.id;
    // The reference is what one would be proud to be shown: the rubric must agree.
    const auto measure = kit::measure_code(with.reference);
    EXPECT_LE(measure.longest, 60) << exercise.id;
    EXPECT_LE(measure.depth, 4) << exercise.id;
  }
  EXPECT_GE(sheets, 4);
}

TEST(Questions, InOnesOwnWords) {
  const auto all = kit::parse_sheet(kGood).clarifications;
  const auto numbers = [&](const std::string& words) {
    return kit::match_question(words, all).numbers;
  };
  using Numbers = std::vector<int>;
  EXPECT_EQ(numbers("does the root have to be rank 0?"), Numbers{2});
  EXPECT_EQ(numbers("how fast should it be"), Numbers{4});
  EXPECT_EQ(numbers("is there ECC memory"), Numbers{});
  EXPECT_EQ(numbers("messages"), Numbers{4});
  EXPECT_EQ(numbers("any rank"), (Numbers{1, 2, 3, 7}));
  EXPECT_EQ(numbers(""), Numbers{});
  EXPECT_EQ(numbers("is it what that does"), Numbers{});
}

TEST(Questions, NudgesWhoseDimensionIsShownComeLast) {
  const auto sheet = kit::parse_sheet(kGood);
  kit::SessionState state;
  EXPECT_EQ(kit::next_nudge(sheet, state)->number, 1);
  state.nudges = {1};
  EXPECT_EQ(kit::next_nudge(sheet, state)->number, 2);
  state.examples_pass = true;
  EXPECT_EQ(kit::next_nudge(sheet, state)->number, 3);
  state.nudges = {1, 3};
  EXPECT_EQ(kit::next_nudge(sheet, state)->number, 2);
  state.nudges = {1, 2, 3};
  EXPECT_EQ(kit::next_nudge(sheet, state), nullptr);
}

}  // namespace
