// FSRS-6 against the vectors that its libraries publish, and against values computed by hand and by
// ts-fsrs.
#include "grader/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using kit::Grade;
using kit::Memory;

struct Row {
  std::vector<int> grades;
  std::vector<int> gaps;  // before the second, third, ...
  std::vector<double> stability, difficulty;
  std::vector<int> next;
};

Memory fold(const std::vector<int>& grades, const std::vector<int>& gaps) {
  Memory memory = kit::first_memory(static_cast<Grade>(grades.at(0)));
  for (std::size_t i = 1; i < grades.size(); ++i)
    memory = kit::next_memory(memory, gaps.at(i - 1), static_cast<Grade>(grades[i]));
  return memory;
}

TEST(Schedule, GivesThePublishedMemoryState) {
  // The test vector of fsrs-rs, ts-fsrs and py-fsrs; computed there in 32-bit floats.
  const Memory memory = fold({1, 3, 3, 3, 3, 3}, {0, 1, 3, 8, 21});
  EXPECT_NEAR(memory.stability, 53.62691, 53.62691 * 1e-4);
  EXPECT_NEAR(memory.difficulty, 6.3574867, 6.3574867 * 1e-4);
}

TEST(Schedule, AgreesWithTsFsrsStepByStep) {
  const std::vector<Row> rows = {
      {{3, 3, 3, 3},
       {2, 11, 46},
       {2.3065, 10.9643, 46.2802, 162.8622},
       {2.1181, 2.1112, 2.1043, 2.0975},
       {2, 11, 46, 163}},
      {{1, 3, 3, 3},
       {1, 2, 6},
       {0.2120, 1.8868, 6.2692, 17.3792},
       {6.4133, 6.4021, 6.3909, 6.3798},
       {1, 2, 6, 17}},
      {{2, 3, 3, 3},
       {1, 5, 17},
       {1.2931, 4.5460, 16.5513, 50.1916},
       {5.1122, 5.1023, 5.0924, 5.0825},
       {1, 5, 17, 50}},
      {{4, 3, 3}, {8, 39}, {8.2956, 38.9052, 153.0001}, {1, 1, 1}, {8, 39, 153}},
      {{3, 1, 3, 3},
       {2, 1, 2},
       {2.3065, 0.6076, 2.4004, 5.9398},
       {2.1181, 7.3945, 7.3823, 7.3702},
       {2, 1, 2, 6}},
      {{3, 2, 3}, {2, 8}, {2.3065, 7.5133, 26.4079}, {2.1181, 4.7529, 4.7433}, {2, 8, 26}},
      {{3, 3}, {10}, {2.3065, 25.1087}, {2.1181, 2.1112}, {2, 25}},  // late
      {{3, 3}, {1}, {2.3065, 7.3153}, {2.1181, 2.1112}, {2, 7}},     // early
  };
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Row& row = rows[r];
    for (std::size_t n = 1; n <= row.grades.size(); ++n) {
      const Memory memory = fold({row.grades.begin(), row.grades.begin() + static_cast<long>(n)},
                                 row.gaps);
      EXPECT_NEAR(memory.stability, row.stability[n - 1], 6e-5) << "row " << r + 1 << ", " << n;
      EXPECT_NEAR(memory.difficulty, row.difficulty[n - 1], 6e-5) << "row " << r + 1 << ", " << n;
      EXPECT_EQ(kit::interval(memory.stability), row.next[n - 1]) << "row " << r + 1 << ", " << n;
    }
  }
}

TEST(Schedule, ForgetsAsPublished) {
  const std::vector<std::pair<int, double>> curve = {{0, 1.0000},  {1, 0.9468},  {2, 0.9095},
                                                     {5, 0.8389},  {10, 0.7744}, {20, 0.7067},
                                                     {30, 0.6675}, {60, 0.6033}};
  for (const auto& [days, share] : curve)
    EXPECT_NEAR(kit::recall(days, 2.3065), share, 5e-5) << days << " days";
  EXPECT_NEAR(kit::recall(7.5, 7.5), 0.90, 1e-12) << "that is what stability means";
  EXPECT_EQ(kit::recall(-3, 2), 1) << "a clock that was put back";
}

TEST(Schedule, KeepsItsBounds) {
  EXPECT_EQ(kit::interval(0.001), 1);
  EXPECT_EQ(kit::interval(40'000), 365);
  Memory memory = kit::first_memory(Grade::again);
  for (int i = 0; i < 200; ++i) memory = kit::next_memory(memory, 1, Grade::again);
  EXPECT_GE(memory.stability, 0.001);
  EXPECT_LE(memory.difficulty, 10);
  for (int i = 0; i < 200; ++i) memory = kit::next_memory(memory, 400, Grade::easy);
  EXPECT_TRUE(std::isfinite(memory.stability));
  EXPECT_GE(memory.difficulty, 1);
}

TEST(Schedule, HasAWordForEachStanding) {
  EXPECT_STREQ(kit::standing_word(0.90), "solid");
  EXPECT_STREQ(kit::standing_word(0.89), "fading");
  EXPECT_STREQ(kit::standing_word(0.69), "faint");
}

}  // namespace
