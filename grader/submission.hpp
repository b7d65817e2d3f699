// Which directory is graded, and what of it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "catalogue.hpp"

namespace kit {

struct Submission {
  const Exercise* exercise = nullptr;
  std::string slot;  // "yours", "stub", "solution", "wrong.NAME", "right.NAME", "adhoc.KEY"
  std::filesystem::path
      directory;  // where its files are edited; for wrong and right the file or directory itself
  bool stub = false;  // yours, and nothing started yet: the stub in exercises/
  std::map<std::string, std::filesystem::path>
      files;  // each of exercise.files and where it is read from

  /// Names the build target: "mpi.03-broadcast.yours".
  std::string target() const { return exercise->target() + "." + slot; }
};

Submission your_submission(const Workspace& workspace, const Exercise& exercise);
Submission stub_submission(const Workspace& workspace, const Exercise& exercise);
Submission solution_submission(const Workspace& workspace, const Exercise& exercise);

/// Those in tests/ID/wrong, tests/ID/right, or ("hostile") tests/grader/hostile/ID, by name.
std::vector<Submission> shelf(const Workspace& workspace, const Exercise& exercise,
                              const std::string& name);

/// Any directory, or one of tests/ID/wrong and its like. Writes it into build/adhoc.txt, from which the build makes its targets.
/// THROWS: KitError if it isn't a directory or lacks one of the files (then: names it and the
/// contract).
Submission adhoc_submission(const Workspace& workspace, const Exercise& exercise,
                            const std::filesystem::path& directory);

/// The content of each file as it is now. THROWS: KitError if one can't be read.
std::map<std::string, std::string> read_files(const Submission& submission);

/// Copies the stub to work/ID unless something is there. Returns whether it did.
bool start_exercise(const Workspace& workspace, const Exercise& exercise);

/// Writes `content` so that a reader sees the old file or the new one, never a half (temporary,
/// fsync, rename).
void write_file(const std::filesystem::path& file, const std::string& content);

}  // namespace kit
