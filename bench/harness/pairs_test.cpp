#include "bench/harness/pairs.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace kit::bench {
namespace {

// A contestant that takes as long as it says, without taking any time.
Contestant takes(const std::string& name, Role role, double seconds) {
  Contestant contestant;
  contestant.name = name;
  contestant.role = role;
  contestant.seconds = [seconds](long long runs) { return seconds * static_cast<double>(runs); };
  return contestant;
}

Workload workload(std::vector<Contestant> contestants) {
  Workload made;
  made.text = "nothing";
  made.work = Work::compute;
  made.contestants = std::move(contestants);
  return made;
}

const Row& row(const Measured& measured, const std::string& name) {
  for (const Row& each : measured.rows) {
    if (each.name == name) return each;
  }
  throw std::out_of_range(name);
}

TEST(PairsInTurn, AlternateWhoIsFirst) {
  std::string order;
  const auto side = [&](char letter) {
    return Pairs::Side{[&order, letter](long long) {
                         order += letter;
                         return 1.0;
                       },
                       1};
  };
  Pairs pairs(side('x'), side('r'), {});
  for (int i = 0; i < 4; ++i) pairs.step();
  EXPECT_EQ(order, "xrrxxrrx");
}

TEST(PairsInTurn, CancelASteadyDrift) {
  double clock = 1;
  const Pairs::Side side{[&](long long) { return clock *= 1.01; }, 1};
  Pairs pairs(side, side, {});
  for (int i = 0; i < 100; ++i) pairs.step();
  EXPECT_NEAR(quartiles(pairs.ratios()).median, 1, 1e-3);
  EXPECT_GT(pairs.x_times().back() / pairs.x_times().front(), 5);  // the times alone say nothing
}

TEST(PairsInTurn, CountTheTimeOfOneRun) {
  Pairs pairs({[](long long runs) { return 3.0 * static_cast<double>(runs); }, 10},
              {[](long long runs) { return 2.0 * static_cast<double>(runs); }, 40}, {});
  EXPECT_DOUBLE_EQ(pairs.step(), 3);
  EXPECT_DOUBLE_EQ(pairs.ratios().at(0), 1.5);
}

TEST(PairsInTurn, AreDroppedWhenTheMachineChangedInBetween) {
  const std::vector<double> levels{120, 125, 120, 500, 500, 490};
  std::size_t next = 0;
  const Pairs::Side side{[](long long) { return 1.0; }, 1};
  Pairs pairs(side, side, [&] { return levels.at(next++); });
  for (int i = 0; i < 3; ++i) pairs.step();
  EXPECT_EQ(pairs.ratios().size(), 2U);
  EXPECT_EQ(pairs.dropped(), 1);
}

TEST(PairsInTurn, EndWhenTheTimeIsOver) {
  int runs = 0;
  const Pairs::Side side{[&](long long) { return static_cast<double>(++runs); }, 1};
  Pairs pairs(side, side, {}, [&] { return runs >= 4; });
  for (int i = 0; i < 5; ++i) EXPECT_GT(pairs.step(), 0);
  EXPECT_EQ(pairs.ratios().size(), 2U);
  EXPECT_EQ(runs, 4);
}

TEST(Measure, GivesRatiosAgainstTheReference) {
  const auto all = measure(
      {workload({takes("plain", Role::baseline, 0.06), takes("yours", Role::yours, 0.03),
                 takes("reference", Role::reference, 0.02), takes("roof", Role::roof, 0.01)})},
      1);
  EXPECT_EQ(all.at(0).against, "reference");
  EXPECT_NEAR(quartiles(row(all[0], "plain").ratios).median, 3, 1e-9);
  EXPECT_NEAR(quartiles(row(all[0], "yours").ratios).median, 1.5, 1e-9);
  EXPECT_NEAR(row(all[0], "roof").time.value(), 0.01, 1e-9);
  EXPECT_TRUE(row(all[0], "reference").ratios.empty());
  EXPECT_NEAR(quartiles(all[0].repeats).median, 1, 1e-9);
}

TEST(Measure, DoesNotTimeAWrongResult) {
  Contestant wrong = takes("yours", Role::yours, 0.01);
  wrong.check = [] { return "element 3 is 0, not 7"; };
  wrong.seconds = [](long long) -> double { throw std::logic_error("was timed"); };
  const auto all = measure({workload({wrong, takes("reference", Role::reference, 0.02)})}, 1);
  EXPECT_EQ(row(all.at(0), "yours").note, "not timed: element 3 is 0, not 7");
  EXPECT_FALSE(row(all[0], "yours").time.has_value());
  EXPECT_TRUE(row(all[0], "reference").time.has_value());
}

TEST(Measure, ReportsAnExceptionOfTheCheck) {
  Contestant throws = takes("yours", Role::yours, 0.01);
  throws.check = []() -> std::string { throw std::runtime_error("no room"); };
  const auto all = measure({workload({throws, takes("reference", Role::reference, 0.02)})}, 1);
  EXPECT_EQ(row(all.at(0), "yours").note, "not timed: threw an exception: no room");
}

TEST(Measure, WithoutAReferenceComparesWithTheFirst) {
  const auto all = measure(
      {workload({takes("plain", Role::baseline, 0.02), takes("std", Role::peer, 0.01)})}, 1);
  EXPECT_EQ(all.at(0).against, "plain");
  EXPECT_NEAR(quartiles(row(all[0], "std").ratios).median, 0.5, 1e-9);
}

TEST(Measure, RunsASlowOneSeldom) {
  const auto all = measure(
      {workload({takes("slow", Role::baseline, 100), takes("reference", Role::reference, 0.02)})},
      1);
  EXPECT_LE(row(all.at(0), "slow").ratios.size(), 2U);
  EXPECT_GE(all[0].repeats.size(), 5U);
}

TEST(Measure, KeepsToItsTime) {
  // 20 ms a sample, 1 s for two contestants: some ten pairs each.
  const auto all = measure(
      {workload({takes("plain", Role::baseline, 0.01), takes("reference", Role::reference, 0.01)})},
      1);
  double spent = 0;
  for (const Row& each : all.at(0).rows) {
    for (const double time : each.times) spent += 2 * time;  // each sample is warmed by one run
  }
  EXPECT_LT(spent, 1.5);
  EXPECT_GT(spent, 0.5);
}

}  // namespace
}  // namespace kit::bench
