// Counts what the calling thread asks of the heap while an object lives, and makes a chosen request
// fail.
//
//   CountAllocations count;                the third operator new from now on throws:
//   transpose(in, out, n);                     FailAllocation third(3);
//   EXPECT_EQ(count.calls(), 0);               array.push_back(x);
//
// Seen are operator new and delete in all their forms, and malloc, calloc, realloc, aligned_alloc,
// posix_memalign, memalign and free. A new is one call, though it asks malloc below. Under a
// sanitizer malloc belongs to the sanitizer: only operator new is counted and failed there, and its
// own checks go on.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kit::lens {

/// Counts of the thread that made it, from its construction on. May be nested: each sees what
/// happens in its time.
class CountAllocations {
 public:
  CountAllocations() noexcept;
  ~CountAllocations();
  CountAllocations(const CountAllocations&) = delete;
  CountAllocations& operator=(const CountAllocations&) = delete;

  // Not inline: a compiler knows that malloc changes no variable of the program, and would keep an
  // old value.
  /// Blocks asked for and got; a realloc is one.
  std::int64_t calls() const noexcept;
  /// Blocks given back (free of a null pointer isn't one).
  std::int64_t frees() const noexcept;
  /// Bytes asked for in all.
  std::int64_t bytes() const noexcept;
  /// Bytes got less bytes given back, as the heap rounds them; below zero where older blocks were
  /// freed.
  std::int64_t live_bytes() const noexcept;
  /// The largest that live_bytes() was, at least 0.
  std::int64_t peak_bytes() const noexcept;

 private:
  friend struct AllocationEvents;
  CountAllocations* outer_;
  std::int64_t calls_ = 0, frees_ = 0, bytes_ = 0, live_ = 0, peak_ = 0;
};

/// The k-th operator new of this thread from now on (k = 1: the next one) throws std::bad_alloc, or
/// returns null in the nothrow forms; so do the `times` - 1 behind it. One at a time in a thread.
/// malloc never fails by it.
class FailAllocation {
 public:
  explicit FailAllocation(std::int64_t k, std::int64_t times = 1) noexcept;
  ~FailAllocation();
  FailAllocation(const FailAllocation&) = delete;
  FailAllocation& operator=(const FailAllocation&) = delete;
  bool happened() const noexcept;
};

/// While it lives, every operator new of this thread gives the same address, at which there is no
/// memory, and deletes of it are ignored: for elements so large that no machine has room for two,
/// and whose constructors touch nothing.
class PretendAllocations {
 public:
  PretendAllocations() noexcept;
  ~PretendAllocations();
  PretendAllocations(const PretendAllocations&) = delete;
  PretendAllocations& operator=(const PretendAllocations&) = delete;
  static constexpr std::size_t kLeast = std::size_t{1} << 44;  // no machine has as much
  /// Aligned to 4,096 bytes.
  static void* address() noexcept;
};

/// Where the replaced functions tell what they did. Nothing else calls it.
struct AllocationEvents {
  /// Within a new, the malloc below it is not a second call. Alive in the outermost function only.
  class Outermost {
   public:
    Outermost() noexcept;
    ~Outermost();
    Outermost(const Outermost&) = delete;
    Outermost& operator=(const Outermost&) = delete;
    explicit operator bool() const noexcept { return outermost_; }

   private:
    bool outermost_;
  };
  static void got(std::size_t asked, std::size_t usable) noexcept;
  static void gave_back(std::size_t usable) noexcept;
  static bool must_fail() noexcept;
  static bool pretended(std::size_t size) noexcept;
};

}  // namespace kit::lens
