// The pictures that suites leave as evidence: of an attempt in .kit/evidence/NUMBER/, of the reference
// in build/reference/. Only the one that says most of an attempt is kept, of the last 20 attempts of
// an exercise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "history.hpp"
#include "suite.hpp"

namespace kit {

struct Picture {
  std::string name;  // "messages-p8-root0.json"
  std::string json;
};

/// The one furthest over its bound; if none is over, one of 8 ranks or as near to that as there is.
std::optional<Picture> telling_picture(const std::vector<TestResult>& tests);

void keep_picture(const Workspace& workspace, std::int64_t attempt, const Picture& picture);
/// Removes those of attempts older than the last 20 of this exercise.
void drop_old_pictures(const Workspace& workspace, const History& history,
                       const std::string& exercise);
std::optional<Picture> picture_of(const Workspace& workspace, std::int64_t attempt);

void keep_reference_pictures(const Workspace& workspace, const Exercise& exercise,
                             const std::vector<TestResult>& tests);
/// The reference's of the same name; with an empty name its most telling one.
std::optional<Picture> reference_picture(const Workspace& workspace, const Exercise& exercise,
                                         const std::string& name);

}  // namespace kit
