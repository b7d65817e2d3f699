// Element types that count what is done to them, for scenarios that compile a learner's template: a
// few lines, so that an edit compiles fast.
//
// Every operator is there and counted, so that an answer that uses one it should not use still
// compiles, and fails a named test.
#pragma once

#include <cstdint>

namespace kit::lens {

/// What happened to all elements of one type since reset(). `live` are those that exist now.
struct ElementCounts {
  std::int64_t defaults = 0, values = 0, copies = 0, moves = 0, destructions = 0, live = 0;
  std::int64_t copy_that_throws = 0;  // the k-th copy from now on throws CopyFailed; 0: none
  std::int64_t move_that_throws = 0;

  std::int64_t relocations() const { return copies + moves; }
};

struct CopyFailed {};
struct MoveFailed {};

/// An int that counts. `NothrowMove` is what std::is_nothrow_move_constructible says of it, and
/// std::is_nothrow_move_assignable says the opposite: whoever asks the wrong one of the two is seen.
/// Tag keeps counts apart.
template <bool NothrowMove, class Tag = void>
class CountedInt {
 public:
  static inline ElementCounts counts;

  CountedInt() { born(counts.defaults); }
  explicit CountedInt(int value) : value_(value) { born(counts.values); }
  CountedInt(const CountedInt& other) : value_(other.value_) {
    if (counts.copy_that_throws > 0 && --counts.copy_that_throws == 0) throw CopyFailed();
    born(counts.copies);
  }
  CountedInt(CountedInt&& other) noexcept(NothrowMove) : value_(other.value_) {
    if constexpr (!NothrowMove) {
      if (counts.move_that_throws > 0 && --counts.move_that_throws == 0) throw MoveFailed();
    }
    other.value_ = kMovedFrom;
    born(counts.moves);
  }
  CountedInt& operator=(const CountedInt& other) {
    value_ = other.value_;
    ++counts.copies;
    return *this;
  }
  CountedInt& operator=(CountedInt&& other) noexcept(!NothrowMove) {
    value_ = other.value_;
    other.value_ = kMovedFrom;
    ++counts.moves;
    return *this;
  }
  ~CountedInt() {
    ++counts.destructions;
    --counts.live;
  }

  int value() const { return value_; }
  static constexpr int kMovedFrom = -1'000'000;

 private:
  static void born(std::int64_t& kind) {
    ++kind;
    ++counts.live;
  }
  int value_ = 0;
};

}  // namespace kit::lens
