// The result of a bench as JSON and as a table. One object a workload:
//
//   workload   "1024 x 1024 floats"
//   pairs      40                          the most of any row (a slow one has fewer; see its own)
//   against    "reference"                 the name that ratios are against; without a reference
//   the first right one roof       {name, value, unit}         what "of roof" divides by, measured
//   in the same run; unit "GB/s" or "us" roofs      [{name, value, unit}]       all of them, the
//   one divided by first rows       [{name, role, time, time_unit, rate, rate_unit, of_roof, pairs,
//   ratio {median, q1, q3}, verdict, note}]
//              role: baseline, yours, reference, peer. ratio = time / time of the reference: above
//              1 is slower. verdict: faster, slower, level, inconclusive (statistics.hpp). A row
//              that was not timed (a wrong result) has name, role and note only; rate is missing
//              where it has no meaning; the reference has no ratio.
//              seconds is the time without its unit.
//   bytes, operations, operation   what a run must move and do at least, where the bench says so
//   message    bytes of a message, where workloads differ in that alone; roof_seconds beside it
//   noise      {between_repeats, told_apart, kind}     fractions: 0.02 is 2 %
//
// And the whole, as it is written to KIT_BENCH_OUT: the keys of the first workload, and
//   exercise   "cache/02-transpose"
//   pinned     true where each process kept to one core
//   missing_peers  [{name, package}]       left out because they are not installed
//   notes      ["..."]                     what one must know to read the figures
//   more       [{...}]                     the further workloads, each with the keys above
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "bench/harness/pairs.hpp"

namespace kit::bench {

nlohmann::json to_json(const Measured& measured);

// The table for a terminal, 80 columns wide where names allow it.
std::string table(const nlohmann::json& result);

}  // namespace kit::bench
