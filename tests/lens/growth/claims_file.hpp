// The file in which a learner says how each cost grows:
//
//   [push]                   # n = number of elements
//   worst time: n
//   amortised time: 1
//   why: free text,
//     which may go on in indented lines
//
// "#" begins a comment. Sections and keys are exactly those that the suite asks for, and `why` in
// each section.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kit::lens {

struct ClaimLine {
  int line = 0;
  std::string section, key, value;
};

struct ClaimsFile {
  std::vector<ClaimLine> claims;    // without `why`; values may be empty
  std::vector<std::string> errors;  // "claims.txt:9: ..."; the other lines are still read

  const ClaimLine* find(std::string_view section, std::string_view key) const;
};

/// The keys of each section, without `why`.
using AskedClaims = std::map<std::string, std::set<std::string>>;

ClaimsFile read_claims(std::string_view text, const AskedClaims& asked);

}  // namespace kit::lens
