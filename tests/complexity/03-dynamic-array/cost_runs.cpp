// What runs of pushes and pops cost: relocations, allocations, memory. Relocations are all moves
// and copies but the one that brings a pushed element into the buffer.
#include <memory>

#include "complexity/03-dynamic-array/dynamic_array_scenarios.hpp"
#include "complexity/03-dynamic-array/numbers.hpp"
#include "complexity/03-dynamic-array/random.hpp"
#include "lens/growth/allocations.hpp"

namespace kit::scenarios {
namespace {

// Far above every bound: a run that gets here has said enough.
constexpr std::uint64_t kMostRelocations = std::uint64_t{1} << 25;

// Numbers pushed onto one array and popped from it; knows what that cost since it began.
class Run {
 public:
  Run() { Element::counts = {}; }

  void push() {
    array.push(static_cast<int>(array.size()));
    ++pushes;
    ++operations;
  }
  void push_copy() {
    array.push_copy(static_cast<int>(array.size()));
    ++pushes;
    ++operations;
  }
  void pop() {
    if (array.size() > 0) array.pop_back();
    ++operations;
  }
  std::uint64_t relocations() const {
    const auto all = static_cast<std::uint64_t>(Element::counts.relocations());
    return all > pushes ? all - pushes : 0;
  }
  bool too_many() const { return relocations() > kMostRelocations; }

  std::unique_ptr<Numbers> held = new_elements();
  Numbers& array = *held;
  std::uint64_t pushes = 0, operations = 0;
};

// Pushes until the array has n elements, as a stub never has: bounded.
void fill(Run& run, std::uint64_t n) {
  for (std::uint64_t i = run.array.size(); i < n && !run.too_many(); ++i) run.push();
}

PushRun push_numbers(std::uint64_t n, bool by_copy) {
  constexpr std::size_t kMostChanges = 50'000;
  PushRun out;
  out.changes.reserve(kMostChanges);  // so that the list asks for nothing while blocks are counted
  Run run;
  const lens::CountAllocations count;
  while (run.pushes < n && !run.too_many() && out.changes.size() < kMostChanges) {
    const std::size_t capacity = run.array.capacity();
    const std::uint64_t relocations = run.relocations();
    const std::int64_t calls = count.calls();
    by_copy ? run.push_copy() : run.push();
    out.growths += run.array.capacity() != capacity;
    if (run.relocations() == relocations && count.calls() == calls) continue;
    out.changes.push_back({run.pushes, run.relocations(), run.array.capacity(),
                           static_cast<std::uint64_t>(count.calls()),
                           static_cast<std::uint64_t>(count.peak_bytes())});
  }
  out.pushed = run.pushes;
  out.size = run.array.size();
  out.allocations = static_cast<std::uint64_t>(count.calls());
  out.copies = static_cast<std::uint64_t>(Element::counts.copies);
  out.moves = static_cast<std::uint64_t>(Element::counts.moves);
  out.kept = holds_numbers(run.array, static_cast<std::size_t>(run.pushes));
  return out;
}

}  // namespace

PushRun push_run(std::uint64_t n) {
  return push_numbers(n, false);
}
PushRun push_copies_run(std::uint64_t n) {
  return push_numbers(n, true);
}

BorderRun visit_borders(std::uint64_t largest) {
  BorderRun out;
  Run run;
  const auto visit = [&](bool by_popping) {
    for (const bool pop_first : {false, true}) {
      const std::uint64_t before = run.relocations();
      for (int i = 0; i < 64; ++i) {
        pop_first ? run.pop() : run.push();
        pop_first ? run.push() : run.pop();
      }
      out.borders.push_back({run.array.size(), by_popping, pop_first, run.relocations() - before});
    }
  };
  for (std::uint64_t size = 1; size <= largest && !run.too_many(); ++size) {
    fill(run, size);
    visit(false);
  }
  // From above: past the next growth, and down again.
  fill(run, 2 * largest);
  for (std::uint64_t size = 2 * largest; size > 1 && run.array.size() > 1 && !run.too_many();
       --size) {
    run.pop();
    if (run.array.size() <= largest) visit(true);
  }
  out.kept = run.too_many() || holds_numbers(run.array, 1);
  return out;
}

SequenceRun run_sequence(Sequence which, std::uint64_t operations, std::uint64_t seed) {
  SequenceRun out;
  Run run;
  Random random(seed);
  bool pushing = true;
  std::uint64_t expected = 0;  // the size, if the array does what it is told
  while (run.operations < operations && run.relocations() <= most_relocations(run.operations) &&
         run.array.size() == expected) {
    switch (which) {
      case Sequence::fill_and_drain:
        pushing = run.operations < operations / 2;
        break;
      case Sequence::greedy:
        break;  // below: turns when elements were relocated
      case Sequence::random_walk:
        pushing = random.chance(50);
        break;
      case Sequence::drifting_walk:
        pushing = random.chance(run.operations / 4096 % 2 == 0 ? 70 : 30);
        break;
    }
    if (expected == 0) pushing = true;
    const std::uint64_t before = run.relocations();
    pushing ? run.push() : run.pop();
    expected = pushing ? expected + 1 : expected - 1;
    if (run.relocations() == before) continue;
    if (which == Sequence::greedy) pushing = !pushing;
    out.changes.push_back({run.operations, run.relocations(), run.array.capacity(), 0, 0});
  }
  out.operations = run.operations;
  out.kept = holds_numbers(run.array, static_cast<std::size_t>(expected));
  return out;
}

DrainRun drain(std::uint64_t n) {
  DrainRun out;
  Run run;
  fill(run, n);
  out.kept = holds_numbers(run.array, static_cast<std::size_t>(run.pushes));
  const std::uint64_t before = run.relocations();
  while (out.kept && run.array.size() > 0 && !run.too_many()) {
    run.pop();
    ++out.popped;
    const std::uint64_t size = run.array.size(), capacity = run.array.capacity();
    const bool too_large = capacity > (size < 4 ? 16 : 4 * size);
    if (too_large && !out.too_large) out.first_too_large = out.slack.size();
    if ((too_large && !out.too_large) || (size & (size - 1)) == 0)
      out.slack.push_back({size, capacity});
    out.too_large |= too_large;
    if (size > 4 && capacity * out.nearest.size >= out.nearest.capacity * size) {
      out.nearest = {size, capacity};
    }
  }
  out.finished = !run.too_many();
  out.relocations = run.relocations() - before;
  return out;
}

}  // namespace kit::scenarios
