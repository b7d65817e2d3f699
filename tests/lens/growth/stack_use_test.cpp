// Stacks of known depth, an exception through, and an overflow.
#include "lens/growth/stack_use.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using kit::lens::stack_use;

// One frame of some more than 256 bytes a level; work behind the call, so that it stays a call.
[[gnu::noinline]] int deep(int levels) {
  volatile char room[256];
  room[0] = static_cast<char>(levels);
  room[255] = 1;
  const int below = levels == 0 ? 0 : deep(levels - 1);
  return below + room[0] + room[255];
}

TEST(StackUse, GrowsWithTheDepth) {
  volatile int sink = 0;
  const auto at = [&](int levels) {
    return static_cast<double>(stack_use([&] { sink = deep(levels); }));
  };
  at(10);  // the first calls through jump tables
  const double little = at(10), much = at(1'010), most = at(100'010);
  EXPECT_LT(little, 10'000);
  EXPECT_GE((much - little) / 1'000, 256);
  EXPECT_LE((much - little) / 1'000, 1'024);  // sanitizers make frames larger
  EXPECT_NEAR((most - much) / 99'000, (much - little) / 1'000, 4);
}

TEST(StackUse, NothingUsesLittle) {
  stack_use([] {});
  EXPECT_LT(stack_use([] {}), 512U);
}

TEST(StackUse, ThrowsOnWhatTheCodeThrows) {
  EXPECT_THROW(stack_use([] { throw std::logic_error("so"); }), std::logic_error);
}

TEST(StackUseDeathTest, AnOverflowCrashesAsUsual) {
  volatile int sink = 0;
  EXPECT_DEATH(stack_use([&] { sink = deep(100'000); }, std::size_t{1} << 20), "");
}

}  // namespace
