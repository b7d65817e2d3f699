// What needs elements that are no numbers: texts, elements that can only be moved, that want their own alignment, or that
// are larger than any memory.
#include "dynamic_array.hpp"

#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "complexity/03-dynamic-array/dynamic_array_scenarios.hpp"
#include "complexity/03-dynamic-array/numbers.hpp"
#include "lens/growth/allocations.hpp"

namespace kit::scenarios {

namespace {

const char* const kFirst = "a text of forty letters, not kept inside";

// The first element pushed again at each full capacity up to 1,000.
Finding push_own(bool as_rvalue) {
  const std::string first = kFirst, filler = "filled";
  DynamicArray<std::string> array;
  array.push_back(first);
  for (int pushes = 1; pushes < 1'000 && array.size() > 0; ++pushes) {
    const std::size_t size = array.size();
    if (size != array.capacity()) {
      array.push_back(filler);
      continue;
    }
    const char* input = as_rvalue
                            ? "push_back(std::move(a[0])) with {0} elements, size() == capacity()"
                            : "push_back(a[0]) with {0} elements, size() == capacity()";
    const char* expected = "the new element is the text of forty letters that a[0] was";
    try {
      as_rvalue ? array.push_back(std::move(array[0])) : array.push_back(array[0]);
    } catch (...) {
      return {input,
              expected,
              "an exception: what was read as a[0] was no text any more",
              {signed_of(size)}};
    }
    if (array.size() != size + 1)
      return {input, expected, "size() is {1}", {signed_of(size), signed_of(array.size())}};
    if (array[size] != first) {
      return {input,
              expected,
              array[size].empty() ? "it is an empty text" : "it is another text",
              {signed_of(size)}};
    }
    if (!as_rvalue && array[0] != first)
      return {input, "a[0] is as it was", "it is another text", {signed_of(size)}};
    if (as_rvalue) array[0] = first;
  }
  if (array.size() == 1'000) return {};
  return {"1,000 pushes of texts", "size() is 1,000", "size() is {0}", {signed_of(array.size())}};
}

}  // namespace

Finding pushes_its_own_element() {
  doing("a.push_back(a[0]) with a full array of texts");
  const Finding finding = push_own(false);
  doing("a.push_back(std::move(a[0])) with a full array of texts");
  return finding.found() ? finding : push_own(true);
}

Finding holds_move_only_types() {
  const char* input = "100 std::unique_ptr<int> pushed, then popped";
  DynamicArray<std::unique_ptr<int>> array;
  doing("pushes of std::unique_ptr<int>");
  for (int i = 0; i < 100; ++i) array.push_back(std::unique_ptr<int>(new int(i)));
  doing("pops of std::unique_ptr<int>, with a look at the last one before each");
  for (int i = 99; i >= 0; --i) {
    const std::size_t at = static_cast<std::size_t>(i);
    if (array.size() != at + 1)
      return {input, "size() is {0}", "it is {1}", {i + 1, signed_of(array.size())}};
    const int* last = array[at].get();
    if (last == nullptr) return {input, "the last element points to {0}", "to nothing", {i}};
    if (*last != i) return {input, "the last element points to {0}", "to {1}", {i, *last}};
    array.pop_back();
  }
  return {};
}

namespace {
struct alignas(64) Line {
  int value;
};
}  // namespace

Finding holds_overaligned_types() {
  const char* input = "push {0} of a type with alignas(64)";
  DynamicArray<Line> array;
  for (int i = 1; i <= 200; ++i) {
    array.push_back(Line{i});
    const auto behind =
        static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(array.data()) % 64);
    if (array.size() != static_cast<std::size_t>(i)) {
      return {input, "size() is {0}", "it is {1}", {i, signed_of(array.size())}};
    }
    if (behind != 0)
      return {input, "elements at a multiple of 64", "the first lies {1} behind one", {i, behind}};
    const int last = array[array.size() - 1].value;
    if (last != i) return {input, "the last element is {0}", "it is {1}", {i, last}};
  }
  return {};
}

namespace {

// 2^58 bytes that nobody touches: 32 of them are above PTRDIFF_MAX.
struct Huge {
  Huge() {}
  Huge(const Huge&) {}
  Huge(Huge&&) noexcept {}
  Huge& operator=(const Huge&) { return *this; }
  ~Huge() {}
  char bytes[std::size_t{1} << 58];
};

}  // namespace

Finding refuses_impossible_sizes() {
  const char* input = "pushes of a type of 2^58 bytes; operator new gives all it is asked for";
  const char* expected = "std::length_error at push 32 at the latest, and size() as it was";
  DynamicArray<Huge> array;
  const lens::PretendAllocations no_memory;
  const Huge* element = static_cast<const Huge*>(lens::PretendAllocations::address());
  asm volatile("" : "+r"(element));  // an address that the compiler knows would be warned about
  for (std::size_t size = 0; size < 32; ++size) {
    const char* seen = nullptr;
    try {
      array.push_back(*element);
      if (array.size() != size + 1) seen = "push {0} did nothing";
    } catch (const std::length_error&) {
      if (array.size() == size) return {};
      seen = "std::length_error at push {0}, but size() is {1}";
    } catch (const std::bad_alloc&) {
      seen = "std::bad_alloc at push {0}";
    }
    if (seen != nullptr)
      return {input, expected, seen, {signed_of(size) + 1, signed_of(array.size())}};
  }
  return {input, expected, "32 pushes went well: the buffer has 2^63 bytes or more", {}};
}

}  // namespace kit::scenarios
