// Element types that count what is done to them, for scenarios that compile a learner's template: a
// few lines, so that an edit compiles fast.
//
// Every operator is there and counted, so that an answer that uses one it should not use still
// compiles, and fails a named test.
#pragma once

#include <cstdint>

namespace kit::lens {

struct CopyFailed {};
struct MoveFailed {};
struct TooManyComparisons {};  // what is quadratic ends at once

/// What happened to all elements of one type since reset(). `live` are those that exist now.
struct ElementCounts {
  std::int64_t defaults = 0, values = 0, copies = 0, moves = 0, destructions = 0, live = 0;
  std::int64_t less = 0;              // calls of <
  std::int64_t comparisons = 0;       // of all six operators
  std::int64_t copy_that_throws = 0;  // the k-th copy from now on throws CopyFailed; 0: none
  std::int64_t move_that_throws = 0;
  std::int64_t most_comparisons = 0;  // one more throws TooManyComparisons; 0: no limit

  std::int64_t relocations() const { return copies + moves; }
  void compared() {
    if (++comparisons > most_comparisons && most_comparisons > 0) throw TooManyComparisons();
  }
};

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

  friend bool operator<(const CountedInt& x, const CountedInt& y) {
    ++counts.less;
    counts.compared();
    return x.value_ < y.value_;
  }
  friend bool operator>(const CountedInt& x, const CountedInt& y) {
    counts.compared();
    return x.value_ > y.value_;
  }
  friend bool operator<=(const CountedInt& x, const CountedInt& y) {
    counts.compared();
    return x.value_ <= y.value_;
  }
  friend bool operator>=(const CountedInt& x, const CountedInt& y) {
    counts.compared();
    return x.value_ >= y.value_;
  }
  friend bool operator==(const CountedInt& x, const CountedInt& y) {
    counts.compared();
    return x.value_ == y.value_;
  }
  friend bool operator!=(const CountedInt& x, const CountedInt& y) {
    counts.compared();
    return x.value_ != y.value_;
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

/// How often a CountedLess was asked.
struct LessCounts {
  std::int64_t calls = 0;
  std::int64_t most = 0;              // one call more throws TooManyComparisons; 0: no limit
  std::int64_t call_that_throws = 0;  // this call throws ComparisonFailed; 0: none
};
struct ComparisonFailed {};

/// For algorithms that are given their order: Values says how two elements compare. Reads the
/// values of CountedInt without counting them as its operators do.
template <class Values>
class CountedLess {
 public:
  explicit CountedLess(LessCounts& counts, Values values = {})
      : counts_(&counts), values_(values) {}

  template <class T>
  bool operator()(const T& x, const T& y) const {
    ++counts_->calls;
    if (counts_->calls == counts_->call_that_throws) throw ComparisonFailed();
    if (counts_->most > 0 && counts_->calls > counts_->most) throw TooManyComparisons();
    return values_(x, y);
  }

 private:
  LessCounts* counts_;
  Values values_;
};

}  // namespace kit::lens
