// Programs that ask the heap for known things. Built twice: plain, and under AddressSanitizer
// (without malloc's part).
#include "lens/growth/allocations.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

extern "C" void __asan_init() __attribute__((weak));

namespace {

using kit::lens::CountAllocations;
using kit::lens::FailAllocation;
using kit::lens::PretendAllocations;

bool sanitized() {
  return __asan_init != nullptr;
}

// Compilers may drop a pair of new and delete that nobody looks at.
template <class T>
T* seen(T* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return block;
}

struct alignas(128) Wide {
  char bytes[128];
};

TEST(CountAllocations, SeesNothingWhereNothingIsAsked) {
  std::vector<int> full(1'000);
  CountAllocations count;
  for (int& x : full) x += 1;
  EXPECT_EQ(count.calls(), 0);
  EXPECT_EQ(count.frees(), 0);
  EXPECT_EQ(count.peak_bytes(), 0);
}

TEST(CountAllocations, CountsEachFormOfNewOnce) {
  CountAllocations count;
  delete seen(new int);
  EXPECT_EQ(count.calls(), 1);
  delete[] seen(new int[100]);
  EXPECT_EQ(count.calls(), 2);
  delete seen(new Wide);
  EXPECT_EQ(count.calls(), 3);
  delete[] seen(new Wide[3]);
  EXPECT_EQ(count.calls(), 4);
  delete seen(new (std::nothrow) int);
  EXPECT_EQ(count.calls(), 5);
  delete[] seen(new (std::nothrow) int[7]);
  EXPECT_EQ(count.calls(), 6);
  delete seen(new (std::nothrow) Wide);
  EXPECT_EQ(count.calls(), 7);
  delete[] seen(new (std::nothrow) Wide[2]);
  EXPECT_EQ(count.calls(), 8);
  ::operator delete(seen(::operator new(24)));
  ::operator delete (seen(::operator new (256, std::align_val_t{64})), std::align_val_t{64});
  EXPECT_EQ(count.calls(), 10);
  EXPECT_EQ(count.frees(), 10);
  EXPECT_EQ(count.live_bytes(), 0);
}

TEST(CountAllocations, CountsBytesAskedForAndThePeak) {
  CountAllocations count;
  auto first = std::make_unique<char[]>(10'000);
  seen(first.get());
  first.reset();
  auto second = std::make_unique<char[]>(4'000);
  seen(second.get());
  EXPECT_EQ(count.bytes(), 14'000);
  EXPECT_GE(count.peak_bytes(), 10'000);
  EXPECT_LT(count.peak_bytes(), 14'000);
  EXPECT_GE(count.live_bytes(), 4'000);
  EXPECT_LT(count.live_bytes(), 10'000);
}

TEST(CountAllocations, CountsMallocAndItsKin) {
  if (sanitized()) return;  // malloc is the sanitizer's there
  CountAllocations count;
  void* block = seen(malloc(100));
  EXPECT_EQ(count.calls(), 1);
  block = seen(realloc(block, 5'000));
  EXPECT_EQ(count.calls(), 2);
  EXPECT_EQ(count.frees(), 1);
  free(block);
  free(seen(calloc(10, 10)));
  free(seen(aligned_alloc(64, 128)));
  void* aligned = nullptr;
  ASSERT_EQ(posix_memalign(&aligned, 256, 100), 0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(seen(aligned)) % 256, 0U);
  free(aligned);
  EXPECT_EQ(count.calls(), 5);
  EXPECT_EQ(count.frees(), 5);
  EXPECT_EQ(count.bytes(), 100 + 5'000 + 100 + 128 + 100);
  EXPECT_EQ(count.live_bytes(), 0);
  EXPECT_EQ(posix_memalign(&aligned, 3, 100), EINVAL);
}

TEST(CountAllocations, NestsAndKeepsToItsThread) {
  CountAllocations outer;
  delete seen(new int);
  {
    CountAllocations inner;
    delete seen(new int);
    EXPECT_EQ(inner.calls(), 1);
  }
  EXPECT_EQ(outer.calls(), 2);
  std::thread elsewhere([] {
    for (int i = 0; i < 50; ++i) delete seen(new int);
  });
  elsewhere.join();
  EXPECT_LT(outer.calls(), 10);  // making the thread asks for a little
}

TEST(FailAllocation, TheChosenOneThrowsAndTheNextDoesNot) {
  FailAllocation second(2);
  delete seen(new int);
  EXPECT_FALSE(second.happened());
  EXPECT_THROW(seen(new int[10]), std::bad_alloc);
  EXPECT_TRUE(second.happened());
  delete seen(new int);
}

TEST(FailAllocation, ReturnsNullFromTheNothrowForms) {
  FailAllocation both(1, 2);
  EXPECT_EQ(seen(new (std::nothrow) int), nullptr);
  EXPECT_EQ(seen(new (std::nothrow) Wide[3]), nullptr);
  delete seen(new (std::nothrow) int);
}

TEST(FailAllocation, AFailedOneIsNotCounted) {
  CountAllocations count;
  {
    FailAllocation now(1);
    EXPECT_THROW(seen(new Wide), std::bad_alloc);
  }
  const auto before = count.calls();
  delete seen(new Wide);
  EXPECT_EQ(count.calls(), before + 1);
}

TEST(FailAllocation, EndsWithItsScope) {
  { FailAllocation now(1); }
  std::string text(100, 'x');
  EXPECT_EQ(seen(&text)->size(), 100U);
}

TEST(PretendAllocations, GivesTheAddressAndTakesItBack) {
  PretendAllocations no_memory;
  void* first = seen(::operator new (std::size_t{1} << 60));
  EXPECT_EQ(first, PretendAllocations::address());
  ::operator delete(first);
}

TEST(FailAllocationDeathTest, SanitizerStillSeesTheWrongDoor) {
  if (!sanitized()) return;
  EXPECT_DEATH(free(seen(new int)), "alloc-dealloc-mismatch");
  EXPECT_DEATH(delete seen(new int[3]), "alloc-dealloc-mismatch");
#ifdef __cpp_sized_deallocation
  EXPECT_DEATH(::operator delete (seen(::operator new(24)), std::size_t{8}),
               "new-delete-type-mismatch");
#endif
}

}  // namespace
