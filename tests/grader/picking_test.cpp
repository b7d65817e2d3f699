// Which exercise an interview gives.
#include "grader/picking.hpp"

#include <gtest/gtest.h>

#include <set>

#include "grader/errors.hpp"

namespace {

using kit::Candidate;
using kit::Wish;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::int64_t kDay = 86'400;

std::vector<Candidate> models() {
  std::vector<Candidate> all;
  for (const auto& [id, minutes] :
       {std::pair{"mpi/03-broadcast", 25}, std::pair{"linux/02-copy-file", 30},
        std::pair{"cache/02-transpose", 30}, std::pair{"complexity/03-dynamic-array", 30}}) {
    Candidate one;
    one.id = id;
    one.area = one.id.substr(0, one.id.find('/'));
    one.level = 2;
    one.minutes = minutes;
    one.has_sheet = true;
    all.push_back(one);
  }
  return all;
}

TEST(Picking, LengthDecidesFirstThenTheSeed) {
  const auto pick = kit::pick_exercise(models(), {45, "", 0, 1}, kNow);
  EXPECT_NE(pick.id, "mpi/03-broadcast");
  EXPECT_EQ(pick.reason, "the seed chose between 3 equals");
  EXPECT_EQ(kit::pick_exercise(models(), {45, "", 0, 1}, kNow).id, pick.id);
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 40; ++seed)
    seen.insert(kit::pick_exercise(models(), {45, "", 0, seed}, kNow).id);
  EXPECT_EQ(seen.size(), 3U);
}

TEST(Picking, TheShortOneForTwentyFiveMinutes) {
  const auto pick = kit::pick_exercise(models(), {25, "", 0, 1}, kNow);
  EXPECT_EQ(pick.id, "mpi/03-broadcast");
  EXPECT_EQ(pick.reason, "its length fits best");
}

TEST(Picking, NothingFitsTwentyMinutes) {
  try {
    kit::pick_exercise(models(), {20, "", 0, 1}, kNow);
    FAIL();
  } catch (const kit::KitError& error) {
    EXPECT_STREQ(
        error.what(),
        "No exercise is given in 20 minutes; the shortest with a sheet is mpi/03-broadcast (25).");
    EXPECT_EQ(error.mend(), "Try --minutes 21.");
  }
}

TEST(Picking, WhatWasSolvedOrReadLatelyIsLeftOut) {
  auto all = models();
  all[0].last_pass_at = all[0].passed_at = kNow - kDay;
  EXPECT_NE(kit::pick_exercise(all, {25, "", 0, 1}, kNow).id, "mpi/03-broadcast");
  all = models();
  all[0].solution_at = kNow - 13 * kDay;
  EXPECT_NE(kit::pick_exercise(all, {25, "", 0, 1}, kNow).id, "mpi/03-broadcast");
  all[0].solution_at = kNow - 15 * kDay;
  EXPECT_EQ(kit::pick_exercise(all, {25, "", 0, 1}, kNow).id, "mpi/03-broadcast");
  all[0].hint_at = kNow - 6 * kDay;
  EXPECT_NE(kit::pick_exercise(all, {25, "", 0, 1}, kNow).id, "mpi/03-broadcast");
}

TEST(Picking, NeverInterviewedBeforeNotSolvedBeforeFewest) {
  auto all = models();
  for (Candidate& one : all) one.minutes = 30, one.interviewed_at = kNow - 100 * kDay;
  all[2].interviewed_at = 0;
  all[2].passed_at = all[2].last_pass_at = kNow - 40 * kDay;
  auto pick = kit::pick_exercise(all, {45, "", 0, 1}, kNow);
  EXPECT_EQ(pick.id, "cache/02-transpose");
  EXPECT_EQ(pick.reason, "solved 40 days ago, never interviewed");
  all[2].interviewed_at = kNow - 100 * kDay;
  for (Candidate& one : all) one.passed_at = one.last_pass_at = kNow - 40 * kDay;
  all[1].passed_at = all[1].last_pass_at = 0;
  pick = kit::pick_exercise(all, {45, "", 0, 1}, kNow);
  EXPECT_EQ(pick.id, "linux/02-copy-file");
  EXPECT_EQ(pick.reason, "not solved yet");
  all[1].passed_at = all[1].last_pass_at = kNow - 40 * kDay;
  for (Candidate& one : all) one.interviews_in_area = 2;
  all[3].interviews_in_area = 1;
  EXPECT_EQ(kit::pick_exercise(all, {45, "", 0, 1}, kNow).reason,
            "your fewest interviews are in complexity");
}

TEST(Picking, LongestUntouchedFirst) {
  auto all = models();
  for (Candidate& one : all) one.minutes = 30, one.touched_at = kNow - 20 * kDay;
  all[3].touched_at = kNow - 30 * kDay;
  auto pick = kit::pick_exercise(all, {45, "", 0, 1}, kNow);
  EXPECT_EQ(pick.id, "complexity/03-dynamic-array");
  EXPECT_EQ(pick.reason, "longest untouched, 30 days ago");
  all[0].touched_at = 0;
  EXPECT_EQ(kit::pick_exercise(all, {45, "", 0, 1}, kNow).reason, "not begun yet");
}

TEST(Picking, GivesWayStepByStepAndSaysSo) {
  auto all = models();
  for (Candidate& one : all) one.last_pass_at = one.passed_at = kNow - 5 * kDay;
  auto pick = kit::pick_exercise(all, {45, "", 0, 1}, kNow);
  EXPECT_EQ(pick.relaxed, "all others were solved or read in the last days");
  all = models();
  for (Candidate& one : all) one.level = 4;
  EXPECT_EQ(kit::pick_exercise(all, {45, "", 0, 1}, kNow).relaxed,
            "nothing nearer to your level was left");
  all = {models()[0]};
  all[0].was_last_interview = true;
  EXPECT_EQ(kit::pick_exercise(all, {45, "", 0, 1}, kNow).relaxed,
            "it was your last interview too: nothing else fits");
}

TEST(Picking, AreaLevelAndTimeAreNeverGivenUp) {
  EXPECT_EQ(kit::pick_exercise(models(), {45, "linux", 0, 1}, kNow).id, "linux/02-copy-file");
  EXPECT_EQ(kit::pick_exercise(models(), {45, "linux", 0, 1}, kNow).reason,
            "the only one that fits");
  EXPECT_THROW(kit::pick_exercise(models(), {45, "", 5, 1}, kNow), kit::KitError);
  EXPECT_THROW(kit::pick_exercise(models(), {45, "tools", 0, 1}, kNow), kit::KitError);
  EXPECT_THROW(kit::pick_exercise(models(), {100, "", 0, 1}, kNow), kit::KitError);
  auto all = models();
  for (Candidate& one : all) one.has_sheet = false;
  EXPECT_THROW(kit::pick_exercise(all, {45, "", 0, 1}, kNow), kit::KitError);
}

}  // namespace
