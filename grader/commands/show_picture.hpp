// What the verbs `kit show ID --growth`, `--misses` and `--calls` have in common: your newest picture of a kind and the
// reference's of the same name, and where the drawing goes.
#pragma once

#include <string>
#include <vector>

#include "commands/desk.hpp"
#include "pictures.hpp"

namespace kit {

struct PictureKind {
  const char* name;      // "misses", as in misses-p8.json and in --misses
  const char* what;      // "map of misses"
  const char* drawn;     // "it is drawn when a Cost test has run"
  const char* examples;  // "Exercises that count misses:   ./kit list cache"
};

struct ShownPicture {
  std::string json;
  std::string whose;  // "yours", "the reference"
};

/// Yours first, unless `solution_alone`. The reference's suite is run if it wasn't yet. THROWS: KitError if you have none,
/// or the suite draws none.
std::vector<ShownPicture> pictures_to_show(const Context& context, const Exercise& exercise,
                                           const PictureKind& kind, bool solution_alone);

/// Writes the drawing to `output`, or where it lies by default. Returns the path as the screen says it.
std::string write_drawing(const Context& context, const Exercise& exercise, const PictureKind& kind,
                          bool solution_alone, const std::string& output, const std::string& svg);

}  // namespace kit
