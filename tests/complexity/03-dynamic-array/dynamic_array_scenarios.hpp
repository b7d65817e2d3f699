// What the suite does with a DynamicArray, and the plain values in which it says what it saw.
// Most of it is in *_runs.cpp and asks for Numbers (numbers.hpp); the two *_scenarios.cpp are compiled with the submission
// and know nothing of GoogleTest, so that an edit compiles fast. dynamic_array_test.cpp judges what was seen and speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; dynamic_array_test.cpp has it.
/// Not while allocations are counted: it makes some.
void doing(const char* what);

/// Where something was not as the contract says: `expected` is null where all was well. In the
/// three texts {0} to {3} stand for the numbers. `why`: the lesson, where it isn't the test's.
struct Finding {
  const char* input = "";
  const char* expected = nullptr;
  const char* seen = "";
  std::int64_t numbers[4] = {};
  const char* why = nullptr;
  bool found() const { return expected != nullptr; }
};

// Correct
Finding keeps_what_was_pushed();
Finding agrees_with_a_model(std::uint64_t seed, int operations);
Finding pushes_its_own_element();
Finding moves_as_a_whole();
Finding holds_move_only_types();
Finding holds_overaligned_types();
Finding shrinks_to_fit();

/// What was constructed while 1,000 elements were pushed.
struct Construction {
  bool kept = false;
  std::int64_t defaults = 0;
};
Construction constructs_only_what_was_pushed();

// Robust: what was found, and what was left behind when the arrays were gone.
struct Survival {
  Finding finding;
  std::int64_t elements = 0;  // constructed and not destroyed; below zero: destroyed twice
  std::int64_t blocks = 0;    // got and not given back
};
Survival throws_at_each_copy();
Survival allocation_fails();
Survival pops_without_memory();
Survival pops_while_everything_throws();
Survival pops_move_only_while_moves_throw();
Survival moves_onto_a_full_array();
Finding refuses_impossible_sizes();

/// One growth of a full array whose elements' move may throw, by a push of a copy.
struct Fallback {
  Finding finding;
  std::int64_t size = 0, copies = 0, moves = 0;
};
Fallback grows_with_throwing_moves();

// Cost

/// A push (or a pop) that relocated elements or asked for memory, and all counts since the run
/// began.
struct Change {
  std::uint64_t operations = 0, relocations = 0, capacity = 0, allocations = 0, peak_bytes = 0;
};

/// One run of pushes onto an empty array. Runs end early at 2^25 relocations.
struct PushRun {
  std::uint64_t pushed = 0, size = 0;
  bool kept = false;  // every element is there with its value
  std::uint64_t copies = 0, moves = 0, allocations = 0;
  std::uint64_t growths = 0;  // pushes that changed capacity()
  std::vector<Change> changes;
};
PushRun push_run(std::uint64_t n);         // elements moved in
PushRun push_copies_run(std::uint64_t n);  // elements copied in

/// Relocations of 64 pairs of operations at one size.
struct Border {
  std::uint64_t size = 0;
  bool by_popping = false;  // how the size was reached
  bool pop_first = false;   // 64 times pop-push, else push-pop
  std::uint64_t relocations = 0;
};
struct BorderRun {
  bool kept = false;
  std::vector<Border> borders;
};
BorderRun visit_borders(std::uint64_t largest);

/// What N operations may relocate. A run of a sequence ends where it has relocated more.
inline std::uint64_t most_relocations(std::uint64_t operations) {
  return 3 * operations + 64;
}

/// greedy: pushes until elements are relocated, then pops until they are, and so on.
enum class Sequence { fill_and_drain, greedy, random_walk, drifting_walk };
struct SequenceRun {
  bool kept = false;
  std::uint64_t operations = 0;
  std::vector<Change> changes;
};
SequenceRun run_sequence(Sequence which, std::uint64_t operations, std::uint64_t seed);

/// Pushes n, then pops all.
struct Slack {
  std::uint64_t size = 0, capacity = 0;
};
struct DrainRun {
  bool kept = false;      // all n were there before the first pop
  bool finished = false;  // false: stopped at 2^25 relocations
  std::uint64_t popped = 0;
  std::uint64_t relocations = 0;    // of the pops
  bool too_large = false;           // somewhere capacity() > max(16, 4 size())
  std::size_t first_too_large = 0;  // in slack
  std::vector<Slack> slack;         // after a pop: at sizes 2^k, and the first above the bound
  Slack nearest;                    // nearest to 4 size() of those above 4, or furthest above it
};
DrainRun drain(std::uint64_t n);

}  // namespace kit::scenarios
