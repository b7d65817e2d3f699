// Is it an array? Small cases that can be shown, and a long one against a model.
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "complexity/03-dynamic-array/elements.hpp"

namespace kit::scenarios {
namespace {

// The signatures of the contract.
static_assert(std::is_nothrow_default_constructible_v<Array>);
static_assert(std::is_nothrow_move_constructible_v<Array>);
static_assert(std::is_nothrow_move_assignable_v<Array>);
static_assert(!std::is_copy_constructible_v<Array> && !std::is_copy_assignable_v<Array>);
static_assert(noexcept(std::declval<Array&>().pop_back()), "pop_back() is noexcept");
static_assert(std::is_same_v<decltype(std::declval<const Array&>()[0]), const Element&>);
static_assert(std::is_same_v<decltype(std::declval<Array&>()[0]), Element&>);
static_assert(std::is_same_v<decltype(std::declval<const Array&>().data()), const Element*>);
static_assert(std::is_same_v<decltype(std::declval<const Array&>().capacity()), std::size_t>);

}  // namespace

Finding keeps_what_was_pushed() {
  const char* input = "push 1 to 100, read them back, pop them in reverse";
  Array array;
  for (int i = 1; i <= 100; ++i) {
    array.push_back(Element(i));
    if (array.size() == static_cast<std::size_t>(i)) continue;
    return {input, "size() is {0} after push {0}", "size() is {1}", {i, signed_of(array.size())}};
  }
  for (int i = 100; i >= 1; --i) {
    const int first = array[0].value(), last = array[static_cast<std::size_t>(i) - 1].value();
    if (last != i || first != 1) {
      return {input,
              "of {0} elements the first is 1 and the last {0}",
              "the first is {1}, the last {2}",
              {i, first, last}};
    }
    array.pop_back();
  }
  if (array.empty() && array.size() == 0) return {};
  return {input, "an empty array after 100 pops", "size() is {0}", {signed_of(array.size())}};
}

namespace {

// An array and the numbers that it should hold.
struct Pair {
  Array array;
  std::vector<int> model;

  void push(int i, bool by_copy) {
    const Element element(i);
    by_copy ? array.push_back(element) : array.push_back(Element(i));
    model.push_back(i);
  }
  void pop() {
    array.pop_back();
    model.pop_back();
  }
  void move_there_and_back() {
    Array other(std::move(array));
    array = std::move(other);
  }
  Finding compare(const char* input, int operation, std::size_t from, std::size_t to) const {
    if (array.size() != model.size() || array.empty() != model.empty()) {
      return {input,
              "size() is {1}",
              "size() is {2}",
              {operation, signed_of(model.size()), signed_of(array.size())}};
    }
    if (array.capacity() < array.size()) {
      return {input,
              "capacity() is at least size(), {1}",
              "it is {2}",
              {operation, signed_of(array.size()), signed_of(array.capacity())}};
    }
    for (std::size_t at = from; at < to; ++at) {
      if (array[at].value() == model[at] && &array[at] == array.data() + at) continue;
      return {input,
              "element {1} is {2}",
              "it is {3}",
              {operation, signed_of(at), model[at], array[at].value()}};
    }
    return {};
  }
};

}  // namespace

Finding agrees_with_a_model(std::uint64_t seed, int operations) {
  Random random(seed);
  Pair pair;
  for (int i = 1; i <= operations; ++i) {
    const char* input = "";
    const std::uint64_t pushes_of_100 = i / 5'000 % 2 == 0 ? 60 : 40;  // up, then down, then up
    if (random() % 1'000 == 0) {
      input = "operation {0}, shrink_to_fit";
      pair.array.shrink_to_fit();
    } else if (random() % 1'000 == 0) {
      input = "operation {0}, a move to another array and back";
      pair.move_there_and_back();
    } else if (pair.model.empty() || random.chance(pushes_of_100)) {
      input = "operation {0}, push_back";
      pair.push(i, random.chance(50));
    } else {
      input = "operation {0}, pop_back";
      pair.pop();
    }
    // One element each time, all now and then.
    const std::size_t size = pair.model.size();
    const bool all = i % 1'000 == 0 || size == 0;
    const std::size_t from = all ? 0 : static_cast<std::size_t>(random() % size);
    const Finding finding = pair.compare(input, i, from, all ? size : from + 1);
    if (finding.found()) return finding;
  }
  return {};
}

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

Finding moves_as_a_whole() {
  doing("20 pushes");
  Array from;
  for (int i = 0; i < 20; ++i) from.push_back(Element(i));
  if (!holds_numbers(from, 20))
    return {"20 pushes", "20 elements", "{0}", {signed_of(from.size())}};
  const Element* data = from.data();
  doing("Array b(std::move(a)), and a look at both");
  Array to(std::move(from));
  if (!holds_numbers(to, 20) || to.data() != data || from.size() != 0) {
    return {"Array b(std::move(a)), a with 20 elements",
            "b has the 20 at their old addresses, a none",
            "b has {0}, a {1}",
            {signed_of(to.size()), signed_of(from.size())}};
  }
  doing("a push onto an array that was moved from");
  from.push_back(Element(0));
  doing("a = std::move(b), a with 1 element, and a look at both");
  from = std::move(to);
  if (!holds_numbers(from, 20) || from.data() != data || to.size() != 0) {
    return {"a = std::move(b), a with 1 element, b with 20",
            "a has the 20 at their old addresses, b none",
            "a has {0}, b {1}",
            {signed_of(from.size()), signed_of(to.size())}};
  }
  doing("a = std::move(a), and a look at it");
  Array& itself = from;
  from = std::move(itself);
  if (holds_numbers(from, 20)) return {};
  return {"a = std::move(a) with 20 elements",
          "nothing changes",
          "a has {0}",
          {signed_of(from.size())}};
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

Construction constructs_only_what_was_pushed() {
  Element::counts = {};
  Array array;
  for (int i = 0; i < 1'000; ++i) array.push_back(Element(i));
  return {holds_numbers(array, 1'000), Element::counts.defaults};
}

namespace {

Finding shrinks_when_empty() {
  const char* input = "100 pushes, 100 pops, shrink_to_fit()";
  Array array;
  for (int i = 0; i < 100; ++i) array.push_back(Element(i));
  while (array.size() > 0) array.pop_back();
  array.shrink_to_fit();
  if (array.size() != 0 || array.capacity() != 0) {
    return {input,
            "capacity() = size() = 0",
            "capacity() is {0}, size() {1}",
            {signed_of(array.capacity()), signed_of(array.size())},
            "  An empty array has a buffer too, once it was filled: it goes back as well."};
  }
  array.push_back(Element(0));
  if (holds_numbers(array, 1)) return {};
  return {"100 pushes, 100 pops, shrink_to_fit(), a push",
          "1 element",
          "size() is {0}",
          {signed_of(array.size())}};
}

}  // namespace

Finding shrinks_to_fit() {
  doing("shrink_to_fit() with 0, 1, 100 and 129 elements, and a push after each");
  for (const int size : {0, 1, 100, 129}) {
    Array array;
    for (int i = 0; i < size; ++i) array.push_back(Element(i));
    array.shrink_to_fit();
    const auto n = static_cast<std::size_t>(size);
    if (array.capacity() != n || !holds_numbers(array, n)) {
      return {"shrink_to_fit() with {0} elements",
              "capacity() = size() = {0}, elements as they were",
              "capacity() is {1}, size() {2}",
              {size, signed_of(array.capacity()), signed_of(array.size())}};
    }
    array.push_back(Element(size));
    if (holds_numbers(array, n + 1)) continue;
    return {"shrink_to_fit() with {0} elements, then a push",
            "one element more",
            "size() is {1}",
            {size, signed_of(array.size())}};
  }
  doing("100 pushes, 100 pops, shrink_to_fit(), a push");
  return shrinks_when_empty();
}

}  // namespace kit::scenarios
