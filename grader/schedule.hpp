// When to repeat: FSRS-6, the spaced-repetition schedule of open-spaced-repetition, with its default
// constants, a desired recall of 0.90, no same-day steps and no chance.
//
//   recall      1 |*.
//                 |  `*.._             after t days R(t, S) = (1 + f t / S)^-0.1542;
//             0.9 |......`*--..__      S, the stability, is the days until it is 0.90
//                 +-------S---------- days
//
// A repetition makes S longer, the more the later it came and the easier the thing is. The constants
// were fitted to flash cards, not to exercises of half an hour: take the percentages as an order.
// Source: the page "The Algorithm" of open-spaced-repetition, and the tests of its libraries.
#pragma once

namespace kit {

enum class Grade { again = 1, hard, good, easy };

struct Memory {
  double stability = 0;   // days
  double difficulty = 0;  // 1 to 10
};

/// The share that would come back after `days`.
double recall(double days, double stability);

/// Whole days until the next repetition, 1 to 365.
int interval(double stability);

Memory first_memory(Grade grade);

/// After a repetition `days` after the last one.
Memory next_memory(const Memory& before, double days, Grade grade);

const char* to_string(Grade grade);

/// "solid" from 0.90 on, "fading" from 0.70 on, "faint" below.
const char* standing_word(double recall);

}  // namespace kit
