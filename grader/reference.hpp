// What the reference says of an exercise: the names of all its tests (the manifest), and its own
// evidence.
//
// Kept in build/reference/ID.json beside a mark of the suite it was taken from; taken anew when
// that has changed.
#pragma once

#include <string>
#include <vector>

#include "build.hpp"
#include "suite.hpp"

namespace kit {

struct Reference {
  std::vector<std::string> manifest;
  std::vector<Evidence> evidence;

  /// The reference's measurement under the same test, lens and key; nullptr if there is none.
  const Evidence* find(const Evidence& like) const;
};

/// REQUIRES: the reference's suite is built. THROWS: KitError if the reference does not pass its
/// own suite.
Reference read_reference(const Workspace& workspace, const Build& build, const Exercise& exercise);

}  // namespace kit
