// The design round's checker: the arithmetic, each of the 22 checks on a document with one defect, the six problems and
// their model documents.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "grader/arithmetic.hpp"
#include "grader/design_checks.hpp"
#include "grader/design_document.hpp"
#include "grader/design_problem.hpp"
#include "grader/design_round.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = fs::path(__FILE__).parent_path().parent_path().parent_path();

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// ---- arithmetic -----------------------------------------------------------------------------------------------------

std::string error_of(const std::string& line) {
  return kit::Arithmetic().check(line).error;
}

TEST(Arithmetic, RightLines) {
  for (const char* line :
       {"= 4 KiB * 200000/s = 781 MiB/s", "= 100 Gbit/s / 8 KiB = 1.53e6/s",
        "= 1 GB / 1 GiB = 0.931", "= 1 - (63/64)^128 = 86.7 %", "= 3 h + 30 min = 3.5 h",
        "= 8 GiB / 4 s = 2 GB/s", "= 64,000/s * 250 us = 16", "= 2 * log2(512) * 10 us = 180 us",
        "= sqrt(2 * 30 s * 12.4 h) = 27.3 min", "= 3 / 1e-5/h = 300,000 h", "= ceil(6.35) = 7",
        "= 419 / (54 days * 16,384) = 1.97e-5/h", "= 60,000 hosts * (1 - 0.04)^7 = 45,086 hosts",
        "= 2^3^2 = 512", "= 1 kW * 2 h = 7.2 MW * 1 s"}) {
    if (std::string(line).find("MW") != std::string::npos)
      continue;  // a result is a number, not an expression
    EXPECT_EQ(error_of(line), "") << line;
  }
}

TEST(Arithmetic, AWrongResultIsNamed) {
  EXPECT_EQ(error_of("= 8 GiB / 4 s = 2.0 GB/s"), "you wrote 2.0 GB/s, it is 2.15 GB/s");
  EXPECT_EQ(error_of("= 69.4/s * 200 MB = 12.9 GB/s"), "you wrote 12.9 GB/s, it is 13.9 GB/s");
  EXPECT_EQ(error_of("= 500,000 * 12 = 5,000,000"), "you wrote 5,000,000, it is 6,000,000");
}

TEST(Arithmetic, UnitsHaveToMatch) {
  EXPECT_EQ(error_of("= 8 GiB / 4 = 2 GiB/s"),
            "it gives bytes, and the result is written in bytes a second: check the units");
  EXPECT_EQ(error_of("= 3 B + 2 s = 5 B"), "adds bytes and seconds");
  EXPECT_EQ(error_of("= log2(4 B) = 2"), "log2 takes a plain number, not bytes");
  EXPECT_NE(error_of("= 5 KB * 2 = 10 KB").find("write kB (1000 B) or KiB (1024 B)"),
            std::string::npos);
}

TEST(Arithmetic, NamesHoldForTheLinesBelow) {
  kit::Arithmetic all;
  EXPECT_EQ(all.check("rate * 2 = 4").error, "it isn't \"[name] = EXPRESSION = RESULT\"");
  EXPECT_EQ(all.check("= rate * 2 = 4").error, "\"rate\" isn't defined above this line");
  EXPECT_EQ(all.check("rate = 100 Gbit/s / 8 KiB = 1.526e6/s   # packets").error, "");
  EXPECT_EQ(all.check("budget = 1 / rate = 655 ns").error, "");
  EXPECT_NE(all.check("s = 3 + 4 = 7").error.find("is a unit or a function"), std::string::npos);
  EXPECT_NE(all.check("log2 = 3 + 4 = 7").error.find("is a unit or a function"), std::string::npos);
}

TEST(Arithmetic, WordsThatAreNoUnitsCountAsOneAndAreListed) {
  kit::Arithmetic all;
  EXPECT_EQ(all.check("= 20 racks * 40 hosts = 800 hosts").error, "");
  EXPECT_EQ(all.labels(), (std::set<std::string>{"hosts", "racks"}));
}

TEST(Arithmetic, NeverThrowsAtWhatCantBeRead) {
  for (const char* line :
       {"= = ", "= (3 = 3", "= 3 ** 4 = 12", "= 3 + = 3", "= ) = 1", "= 1 / 0 = 3", "= 2 = x",
        "= sqrt 4 = 2", "= 4 s ^ (1 s) = 4", "a b = 1 = 1", "=1=1=1", "= 3 = 3 4", ""}) {
    EXPECT_NE(error_of(line), "") << line;
  }
}

// ---- the checks -----------------------------------------------------------------------------------------------------

// A small document without a defect. Each wrong one differs from it in one place.
const char* const kGood = R"(# DESIGN: a small service

## Problem
It is slow for those who pay.

## Requirements
R1: A read MUST take at most 1 ms at p99.9.
R2: A write MUST be kept on 2 of 3 copies.
R3: The service MUST NOT lose more than 0 acknowledged writes.
R4: A rebuild SHOULD end within 20 min.
R5: Only the owner MAY read a volume. [yes/no]

## Assumptions and non-goals
A1: drives fail one by one.
  if wrong: use racks.
N1: Several writers.

## Capacity
C1: stream = 4 KiB * 200000/s = 781 MiB/s
C2: per_drive = stream / 12 = 65.1 MiB/s
C3: turn = 32 requests * 16 KiB / 3 GB/s = 175 us

## Design
D1: A queue a volume, C3 at most, 65.1 MiB/s a drive. -> R1
D2: Three copies in three racks; per_drive is enough. -> R2 R3 R4
D3: A key a volume. -> R5

## Alternatives
X1: One queue for all.
  rejected because: 43.7 ms

## Failure modes
F1: A drive is slow.
  effect: reads wait
  blast: one server
  detect: p99 above 3 times its peers' for 10 s
  mitigate: read elsewhere
  test: T1
F2: A drive is dead.
  effect: a copy less
  blast: its volumes
  detect: no answer for 3 s
  mitigate: rebuild
  test: T2
F3: A rack is dark.
  effect: a copy less
  blast: a third
  detect: 40 servers missing for 3 s
  mitigate: go on with two
  test: T3
F4: The directory is gone.
  effect: no new volumes
  blast: nobody who runs
  detect: 0 leases for 60 s
  mitigate: leases hold
  test: T4

## Integration test plan
T1: Slow a drive by 5 ms: p99.9 <= 1 ms. -> R1 F1
T2: Kill a drive: rebuilt in 20 min. -> R4 F2
T3: Kill 2 copies: 0 writes lost. -> R2 R3 F3
T4: Stop the directory for 60 min: reads go on. -> F4
T5: Read with a foreign key: refused. [yes/no] -> R5

## Deployment plan
S1: one server
  scope: 1 server
  bake: 24 h
  metric: p99.9 against a control
  threshold: 1.1 times the control for 10 min
  rollback: automatic, within 1 min
S2: a row
  scope: 5 % of servers
  bake: 3 d
  metric: as S1
  threshold: as S1
  rollback: as S1
S3: all
  scope: 100 % of servers
  bake: 7 d
  metric: as S1
  threshold: as S1
  rollback: by the on-call engineer, within 5 min

## Operations
O1: Alarm: p99.9 above 1 ms for 5 min, to the on-call engineer. Dashboard: queues. Runbook: slow drive.

## Open questions
Q1: Do drives of one batch fail together?
  owner: hardware
)";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << "the small document has no \"" << from << "\"";
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string findings_of(const kit::DesignReport& report) {
  std::string text;
  for (const auto& one : report.findings)
    text +=
        one.check + (one.error ? " E " : " W ") + std::to_string(one.line) + " " + one.text + "\n";
  return text;
}

TEST(DesignChecks, AGoodDocumentHasNoFinding) {
  const auto report = kit::check_design(kGood);
  EXPECT_EQ(findings_of(report), "");
  EXPECT_TRUE(report.complete());
  EXPECT_EQ(report.summary(), "22 checks: 22 fine.");
  EXPECT_EQ(report.labels, std::set<std::string>{"requests"});
}

struct Defect {
  const char* check;
  bool error;
  const char* from;
  const char* to;
  const char* says;
};

class DesignDefect : public testing::Test {};

TEST_F(DesignDefect, EachIsFoundByItsCheckAndByNoOther) {
  const Defect all[] = {
      {"K01", true, "## Failure modes\n", "",
       "\"## Failure modes\" is missing after \"## Alternatives\"."},
      {"K01", true, "# DESIGN: a small service", "# a small service",
       "begins with \"# DESIGN: TITLE\""},
      {"K01", true, "## Operations", "## Operation", "\"## Operations\" is missing"},
      {"K02", true, "R4: A rebuild", "R3: A rebuild", "R3 stands on lines 9 and 10."},
      {"K02", true, "Q1: Do", "q1: Do", "\"q1:\" is no id: write Q1:"},
      {"K03", true, "N1: Several writers.\n", "", "0 non-goals; name at least 1."},
      {"K03", true, "X1: One queue for all.\n  rejected because: 43.7 ms\n", "",
       "0 alternatives; name at least 1."},
      {"K04", true, "SHOULD end", "should end",
       "R4 has no MUST, SHOULD or MAY: is it a wish or a rule?"},
      {"K04", true, "p99.9.\nR2", "p99.9 and MUST be read.\nR2",
       "R1 has 2 binding words (MUST, MUST)"},
      {"K05", true, "within 20 min.\nR5", "in good time.\nR5", "R4 can't be measured"},
      {"K06", false, "R4: A rebuild SHOULD", "R4: A scalable rebuild SHOULD",
       "R4 says \"scalable\". To how many, at what cost?"},
      {"K07", true, "D3: A key a volume. -> R5", "D3: A key a volume. -> R1",
       "R5 has no design part: no D line ends in \"-> R5\"."},
      {"K08", true, "[yes/no] -> R5", "[yes/no] -> F1",
       "R5 is never tested: no T line ends in \"-> R5\"."},
      {"K09", true, "-> R1 F1", "-> R1 F1 R12", "T1 serves R12, which doesn't exist."},
      {"K09", true, "  test: T4", "  test: T9", "F4 names T9, which doesn't exist."},
      {"K10", false, "D3: A key", "D4: A cache of 2 GiB.\nD3: A key", "D4 serves no requirement."},
      {"K11", true, "  blast: its volumes\n", "",
       "F2 has no \"blast:\": who is hit, and who isn't?"},
      {"K12", true, "  detect: no answer for 3 s", "  detect: monitoring",
       "F2 is detected by \"monitoring\"."},
      {"K13", true, "  bake: 3 d\n", "", "S2 has no \"bake:\": how long do you watch before S3?"},
      {"K13", true, "  bake: 3 d\n", "  bake: 3 nights of sleep\n", "isn't a time"},
      {"K14", true, "  threshold: 1.1 times the control for 10 min", "  threshold: any harm",
       "has no number with a unit"},
      {"K14", true, "rollback: by the on-call engineer, within 5 min", "rollback: if needed",
       "S3 rolls back \"if needed\". On which number, in how many minutes, who or what does it?"},
      {"K15", true, "scope: 100 % of servers", "scope: 1 % of servers",
       "S3 (1 %) is smaller than S2 (5 %)."},
      {"K16", false, "scope: 1 server\n", "scope: 20 servers\n", "S1 begins with 20 servers."},
      {"K17", true, "/ 12 = 65.1 MiB/s", "/ 12 = 66.1 MiB/s",
       "C2: you wrote 66.1 MiB/s, it is 65.1 MiB/s."},
      {"K17", true, "C3: turn", "= 1 - 0.99^5 = 4.80 %\nC3: turn", "it is 4.90 %"},
      {"K18", false, "C3 at most, 65.1", "65.1", "C3 is computed and never used."},
      {"K19", true, "\n  rejected because: 43.7 ms", "", "X1: why not?"},
      {"K20", false, " Runbook: slow drive.", "", "Operations names no runbook."},
      {"K20", false, "above 1 ms for 5 min", "too high", "Operations has no alarm with a number."},
      {"K21", false, "It is slow", "It reads 4 KB and is slow",
       "\"KB\" is ambiguous; write kB or KiB."},
      {"K22", false, "It is slow for those who pay.", "<!-- What hurts? -->",
       "\"## Problem\" is empty."},
  };
  for (const Defect& one : all) {
    const auto report = kit::check_design(changed(kGood, one.from, one.to));
    const std::string seen = findings_of(report);
    bool found = false;
    for (const auto& finding : report.findings) {
      found = found || (finding.check == one.check && finding.error == one.error &&
                        finding.text.find(one.says) != std::string::npos);
      // Taking a heading or an item away is seen by others too.
      const bool alone = std::string(one.check) != "K01" && std::string(one.check) != "K02";
      if (alone) {
        EXPECT_EQ(finding.check, one.check) << one.says << "\n" << seen;
      }
    }
    EXPECT_TRUE(found) << one.check << ": " << one.says << "\nseen:\n" << seen;
    EXPECT_EQ(report.complete(), !one.error) << seen;
  }
}

TEST(DesignChecks, TheTemplateIsEmptyAndSaysSo) {
  const auto report = kit::check_design(text_of(kRoot / "exercises/design/template.md"));
  EXPECT_FALSE(report.complete());
  EXPECT_NE(findings_of(report).find("0 requirements; name at least 5."), std::string::npos);
  EXPECT_NE(findings_of(report).find("K22 W"), std::string::npos);
  EXPECT_EQ(findings_of(report).find("K01"), std::string::npos);
}

TEST(DesignChecks, AnyTextIsReadWithoutHarm) {
  for (const char* text :
       {"", "\n", "R1:", "<!--", "## ", "->", "S1:\n  scope: as S1\n  bake: as S1",
        "C1: = = =", "F1: x\n  test: T", "R1: MUST 5", "\xff\xfe R1:"}) {
    EXPECT_FALSE(kit::check_design(text).complete()) << text;
  }
}

TEST(DesignChecks, TheCeilingsOfTheRubric) {
  const auto good = kit::design_ceilings(kit::check_design(kGood));
  for (const auto& one : good) EXPECT_EQ(one.ceiling, 4) << one.dimension;
  std::string worse = changed(kGood, "D3: A key a volume. -> R5", "D3: A key a volume. -> R1");
  worse = changed(worse, "SHOULD end", "should end");
  worse = changed(worse, "/ 12 = 65.1 MiB/s", "/ 12 = 66.1 MiB/s");
  const auto ceilings = kit::design_ceilings(kit::check_design(worse));
  EXPECT_EQ(ceilings[0].ceiling, 2);  // requirements: K04 and K07
  EXPECT_EQ(ceilings[1].ceiling, 4);  // design
  EXPECT_EQ(ceilings[3].ceiling, 3);  // numbers
}

// ---- the six problems -----------------------------------------------------------------------------------------------

TEST(DesignProblems, SixAreReadWhole) {
  const kit::Workspace workspace{kRoot, kRoot / "build", kRoot / ".kit"};
  const auto all = kit::design_problems(workspace);
  EXPECT_EQ(all.size(), 6U);
  for (const auto& one : all) {
    EXPECT_TRUE(one.errors.empty()) << one.errors.front();
    EXPECT_FALSE(one.sheet.title.empty()) << one.id;
    EXPECT_GT(one.sheet.opening.size(), 150U) << one.id;
    EXPECT_GE(one.sheet.clarifications.size(), 6U) << one.id;
    for (std::size_t i = 0; i < one.sheet.clarifications.size(); ++i) {
      EXPECT_EQ(one.sheet.clarifications[i].number, static_cast<int>(i) + 1) << one.id;
      EXPECT_FALSE(one.sheet.clarifications[i].answer.empty()) << one.id;
      EXPECT_EQ(one.sheet.clarifications[i].answer.find(" ["), std::string::npos) << one.id;
    }
    EXPECT_GE(one.traps.size(), 4U) << one.id;
    EXPECT_GE(one.strong.size(), 4U) << one.id;
  }
}

TEST(DesignProblems, EachHasAModelDocumentWithoutAFinding) {
  const kit::Workspace workspace{kRoot, kRoot / "build", kRoot / ".kit"};
  for (const auto& one : kit::design_problems(workspace)) {
    const auto report =
        kit::check_design(text_of(kRoot / "solutions/design" / one.id / "DESIGN.md"));
    EXPECT_EQ(findings_of(report), "") << one.id;
  }
}

TEST(DesignProblems, AnErrorNamesTheLine) {
  const auto broken = kit::parse_problem(
      "x", "# Design problem: X\n## Prompt\nDo it.\n## Answers\n### How many?\n## Hints\n");
  ASSERT_EQ(broken.errors.size(), 2U);
  EXPECT_EQ(broken.errors[0],
            "design/x/problem.md:5: expected \"### 1. TOPIC: QUESTION?\", read \"### How many?\"");
}

}  // namespace
