// What is concluded from pairs of times. A pair is two contestants measured right after each other,
// so that a machine which is slow for a while is slow for both: only ratios within a pair are
// compared, and of those the quartiles.
//
//   faster, slower   the quartiles lie on one side of 1 and the median is further from 1 than the
//   noise level            not told apart, and both quartiles are within 5 % of 1: a difference, if
//   any, is smaller inconclusive     neither: the machine was too unsteady, or there were too few
//   pairs, to say
//
// The noise is the larger of two: how far the reference is from itself in such pairs, and a floor
// for the kind of work (a virtual machine's memory and second core change speed within minutes,
// which one quiet run doesn't show).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kit::bench {

struct Quartiles {
  double q1 = 0, median = 0, q3 = 0;
};

// Linear between neighbours: of {1, 2, 3, 4, 5} they are 2, 3 and 4. REQUIRES: !values.empty().
Quartiles quartiles(std::vector<double> values);

// The kinds of work and the difference that is believed of each at least.
enum class Work { compute, memory, cache, two_cores, disk };
double noise_floor(Work work);
const char* name(Work work);

struct Noise {
  double between_repeats = 0;  // 0.02: in half of the pairs the reference was within 2 % of itself
  double told_apart = 0;       // the larger of that and the floor
};
Noise noise(const std::vector<double>& reference_to_itself, Work work);

// `ratio` is time / time of the reference: above 1 is slower.
// Fewer than four pairs are believed only where they are twofold apart.
std::string verdict(const Quartiles& ratio, std::size_t pairs, const Noise& noise);

}  // namespace kit::bench
