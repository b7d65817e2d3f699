// What is left when a copy, a move or an allocation fails.
#include <cstddef>
#include <memory>
#include <new>

#include "complexity/03-dynamic-array/dynamic_array_scenarios.hpp"
#include "complexity/03-dynamic-array/numbers.hpp"
#include "lens/growth/allocations.hpp"

namespace kit::scenarios {
namespace {

using lens::CountAllocations;
using lens::FailAllocation;

constexpr Finding kNeverFull = {"up to 10,000 pushes",
                                "at some time size() == capacity(), with 10 elements or more",
                                "it was never full",
                                {}};

// Pushes 0, 1, 2, ... until the array is full at `least` elements or more. False: it never was.
bool fill_until_full(Numbers& array, std::size_t least) {
  for (int i = 0; i < 10'000 && (array.size() < least || array.size() != array.capacity()); ++i) {
    array.push(i);
  }
  return array.size() >= least && array.size() == array.capacity();
}

// What one can see from outside of an array that holds 0, 1, 2, ...
struct Picture {
  const Numbers& array;
  const void* data = array.data();
  std::size_t size = array.size(), capacity = array.capacity();

  // How the array differs from it now; null: not at all.
  const char* difference() const {
    if (array.size() != size) return "size() changed";
    if (array.data() != data) return "the elements are at another address";
    if (array.capacity() != capacity) return "capacity() changed";
    return holds_numbers(array, size) ? nullptr : "elements were moved away or changed";
  }
};

// Runs `scenario` and counts what it leaves behind.
template <class T, class Scenario>
Survival surviving(Scenario scenario) {
  T::counts = {};
  const CountAllocations count;
  Survival out{scenario(), 0, 0};
  out.elements = T::counts.live;
  out.blocks = count.calls() - count.frees();
  return out;
}

enum class Operation { push, shrink };

// The operation again and again, while its k-th copy throws, for k = 1, 2, ... until all goes well.
Finding at_each_copy(Numbers& array, Operation operation, const char* input) {
  const int next = static_cast<int>(array.size());
  for (int k = 1; k < 20'000; ++k) {
    const Picture before{array};
    Fragile::counts.copy_that_throws = k;
    bool thrown = false;
    try {
      operation == Operation::push ? array.push_copy(next) : array.shrink_to_fit();
    } catch (const lens::CopyFailed&) {
      thrown = true;
    }
    Fragile::counts.copy_that_throws = 0;
    if (!thrown) break;
    const char* difference = before.difference();
    if (difference != nullptr)
      return {input, "everything as it was", difference, {signed_of(before.size), k}};
  }
  return {};
}

Finding copies_throw() {
  const auto held = new_fragile();
  Numbers& array = *held;
  if (!fill_until_full(array, 10)) return kNeverFull;
  Finding out = at_each_copy(array, Operation::push,
                             "push_back with {0} elements, all full; copy {1} throws");
  if (!out.found()) {
    out = at_each_copy(array, Operation::push,
                       "push_back with {0} elements and room; copy {1} throws");
  }
  if (!out.found())
    out = at_each_copy(array, Operation::shrink,
                       "shrink_to_fit() with {0} elements; copy {1} throws");
  return out;
}

// `array` holds 0, 1, ... and must ask for memory to do it.
Finding without_memory(Numbers& array, Operation operation) {
  const bool push = operation == Operation::push;
  const char* input = push ? "push_back(std::move(x)) with {0} elements; operator new throws"
                           : "shrink_to_fit() with {0} elements; operator new throws";
  const Picture before{array};
  int left = 0;  // in x
  bool thrown = false;
  try {
    const FailAllocation next(1);
    push ? array.push(static_cast<int>(before.size), &left) : array.shrink_to_fit();
  } catch (const std::bad_alloc&) {
    thrown = true;
  }
  if (!thrown) return {input, "std::bad_alloc", "no exception", {signed_of(before.size)}};
  const char* difference = before.difference();
  if (difference == nullptr && left == Element::kMovedFrom) difference = "x was moved away";
  if (difference != nullptr)
    return {input, "everything as it was", difference, {signed_of(before.size)}};
  array.push(static_cast<int>(before.size));
  if (holds_numbers(array, before.size + 1)) return {};
  return {input,
          "the next push works",
          "size() is {1}",
          {signed_of(before.size), signed_of(array.size())}};
}

Finding allocations_fail() {
  Finding out = without_memory(*new_elements(), Operation::push);
  const auto held = new_elements();
  Numbers& array = *held;
  if (!out.found() && !fill_until_full(array, 10)) return kNeverFull;
  if (!out.found()) out = without_memory(array, Operation::push);
  if (!out.found() && array.size() == array.capacity()) array.push(static_cast<int>(array.size()));
  if (!out.found()) out = without_memory(array, Operation::shrink);
  return out;
}

Finding pops_find_no_memory() {
  const char* input = "1,000 pushes, then pops down to 10 while operator new fails";
  const auto held = new_elements();
  Numbers& array = *held;
  for (int i = 0; i < 1'000; ++i) array.push(i);
  {
    const FailAllocation all(1, 1'000'000);
    for (int i = 0; i < 990; ++i) array.pop_back();
  }
  if (!holds_numbers(array, 10)) {
    return {input, "the first 10 elements", "{0} elements, or others", {signed_of(array.size())}};
  }
  array.pop_back();  // memory is back
  if (array.capacity() <= 36 && holds_numbers(array, 9)) return {};
  return {"1,000 pushes, pops down to 10 without memory, one pop with memory",
          "9 elements, capacity() at most 36",
          "{0} elements, capacity() is {1}",
          {signed_of(array.size()), signed_of(array.capacity())},
          "  After pops that got no memory the buffer is many times too large. The first\n"
          "  one that gets some must bring capacity() back to 4 * size() or less: take\n"
          "  the new capacity from size(). A half of the old one isn't enough."};
}

Finding pops_meet_exceptions() {
  const auto held = new_fragile();
  Numbers& array = *held;
  for (int i = 0; i < 200; ++i) array.push(i);
  if (!holds_numbers(array, 200))
    return {"200 pushes", "200 elements", "{0}", {signed_of(array.size())}};
  for (int i = 0; i < 190; ++i) {
    Fragile::counts.copy_that_throws = Fragile::counts.move_that_throws = 2;
    array.pop_back();
  }
  Fragile::counts.copy_that_throws = Fragile::counts.move_that_throws = 0;
  if (holds_numbers(array, 10)) return {};
  return {"200 pushes, 190 pops of a type whose copy and move throw",
          "the first 10 elements",
          "{0} elements, or others",
          {signed_of(array.size())}};
}

Finding pops_of_move_only() {
  const char* input = "200 pushes, 190 pops of a move-only type; each second move throws";
  const auto held = new_single();
  Numbers& array = *held;
  for (int i = 0; i < 200; ++i) array.push(i);
  if (!holds_numbers(array, 200)) return {input, "200 elements", "{0}", {signed_of(array.size())}};
  for (int i = 0; i < 190; ++i) {
    Single::counts.move_that_throws = 2;  // one is moved, the next one fails
    array.pop_back();
  }
  Single::counts.move_that_throws = 0;
  if (holds_numbers(array, 10)) return {};
  return {input,
          "the first 10 elements, with their values",
          array.size() == 10 ? "10 elements, but not those values" : "{0} elements",
          {signed_of(array.size())},
          "  What was moved before the exception is lost with the new buffer. Shrink only\n"
          "  where the move can't throw (or by copies, where T has them)."};
}

Finding moves_onto_a_full() {
  const auto array = new_elements(), other = new_elements(), third = new_elements();
  for (int i = 0; i < 20; ++i) array->push(i);
  for (int i = 0; i < 30; ++i) other->push(i);
  array->take(*other);
  third->take(*array);
  const auto last = third->moved_on();
  if (holds_numbers(*last, 30)) return {};
  return {"a = std::move(b), a with 20 elements, b with 30, and on to others",
          "the 30 elements",
          "{0} elements, or others",
          {signed_of(last->size())}};
}

}  // namespace

Survival throws_at_each_copy() {
  return surviving<Fragile>(copies_throw);
}
Survival allocation_fails() {
  return surviving<Element>(allocations_fail);
}
Survival pops_without_memory() {
  return surviving<Element>(pops_find_no_memory);
}
Survival pops_while_everything_throws() {
  return surviving<Fragile>(pops_meet_exceptions);
}

Survival pops_move_only_while_moves_throw() {
  return surviving<Single>(pops_of_move_only);
}
Survival moves_onto_a_full_array() {
  return surviving<Element>(moves_onto_a_full);
}

Fallback grows_with_throwing_moves() {
  const auto held = new_fragile();
  Numbers& array = *held;
  if (!fill_until_full(array, 10)) return {kNeverFull};
  const std::size_t size = array.size();
  Fragile::counts = {};
  array.push_copy(static_cast<int>(size));
  Fallback out{{}, signed_of(size), Fragile::counts.copies, Fragile::counts.moves};
  if (!holds_numbers(array, size + 1)) {
    out.finding = {"push_back with {0} elements, all full",
                   "one element more",
                   "size() is {1}",
                   {signed_of(size), signed_of(array.size())}};
  }
  return out;
}

}  // namespace kit::scenarios
