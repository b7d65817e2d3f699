// Is it an array? Small cases that can be shown, and a long one against a model.
#include <memory>
#include <vector>

#include "complexity/03-dynamic-array/dynamic_array_scenarios.hpp"
#include "complexity/03-dynamic-array/numbers.hpp"
#include "complexity/03-dynamic-array/random.hpp"

namespace kit::scenarios {

Finding keeps_what_was_pushed() {
  const char* input = "push 1 to 100, read them back, pop them in reverse";
  const auto held = new_elements();
  Numbers& array = *held;
  for (int i = 1; i <= 100; ++i) {
    array.push(i);
    if (array.size() == static_cast<std::size_t>(i)) continue;
    return {input, "size() is {0} after push {0}", "size() is {1}", {i, signed_of(array.size())}};
  }
  for (int i = 100; i >= 1; --i) {
    const int first = array[0], last = array[static_cast<std::size_t>(i) - 1];
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
  std::unique_ptr<Numbers> held = new_elements();
  Numbers& array = *held;
  std::vector<int> model;

  void push(int i, bool by_copy) {
    by_copy ? array.push_copy(i) : array.push(i);
    model.push_back(i);
  }
  void pop() {
    array.pop_back();
    model.pop_back();
  }
  void move_there_and_back() {
    const auto other = array.moved_on();
    array.take(*other);
  }
  Finding compare(const char* input, int operation, std::size_t from, std::size_t to) const {
    const Numbers& read_only = array;
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
      const int seen = read_only[at];
      if (seen == model[at] && array.address(at) == array.address_behind_data(at)) continue;
      return {
          input, "element {1} is {2}", "it is {3}", {operation, signed_of(at), model[at], seen}};
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

Finding moves_as_a_whole() {
  doing("20 pushes");
  const auto held = new_elements();
  Numbers& from = *held;
  for (int i = 0; i < 20; ++i) from.push(i);
  if (!holds_numbers(from, 20))
    return {"20 pushes", "20 elements", "{0}", {signed_of(from.size())}};
  const void* data = from.data();
  doing("Array b(std::move(a)), and a look at both");
  const auto other = from.moved_on();
  Numbers& to = *other;
  if (!holds_numbers(to, 20) || to.data() != data || from.size() != 0) {
    return {"Array b(std::move(a)), a with 20 elements",
            "b has the 20 at their old addresses, a none",
            "b has {0}, a {1}",
            {signed_of(to.size()), signed_of(from.size())}};
  }
  doing("a push onto an array that was moved from");
  from.push(0);
  doing("a = std::move(b), a with 1 element, and a look at both");
  from.take(to);
  if (!holds_numbers(from, 20) || from.data() != data || to.size() != 0) {
    return {"a = std::move(b), a with 1 element, b with 20",
            "a has the 20 at their old addresses, b none",
            "a has {0}, b {1}",
            {signed_of(from.size()), signed_of(to.size())}};
  }
  doing("a = std::move(a), and a look at it");
  from.take(from);
  if (holds_numbers(from, 20)) return {};
  return {"a = std::move(a) with 20 elements",
          "nothing changes",
          "a has {0}",
          {signed_of(from.size())}};
}

Construction constructs_only_what_was_pushed() {
  Element::counts = {};
  const auto held = new_elements();
  Numbers& array = *held;
  for (int i = 0; i < 1'000; ++i) array.push(i);
  return {holds_numbers(array, 1'000), Element::counts.defaults};
}

namespace {

Finding shrinks_when_empty() {
  const char* input = "100 pushes, 100 pops, shrink_to_fit()";
  const auto held = new_elements();
  Numbers& array = *held;
  for (int i = 0; i < 100; ++i) array.push(i);
  while (array.size() > 0) array.pop_back();
  array.shrink_to_fit();
  if (array.size() != 0 || array.capacity() != 0) {
    return {input,
            "capacity() = size() = 0",
            "capacity() is {0}, size() {1}",
            {signed_of(array.capacity()), signed_of(array.size())},
            "  An empty array has a buffer too, once it was filled: it goes back as well."};
  }
  array.push(0);
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
    const auto held = new_elements();
    Numbers& array = *held;
    for (int i = 0; i < size; ++i) array.push(i);
    array.shrink_to_fit();
    const auto n = static_cast<std::size_t>(size);
    if (array.capacity() != n || !holds_numbers(array, n)) {
      return {"shrink_to_fit() with {0} elements",
              "capacity() = size() = {0}, elements as they were",
              "capacity() is {1}, size() {2}",
              {size, signed_of(array.capacity()), signed_of(array.size())}};
    }
    array.push(size);
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
