// Builds targets with ninja, and says whose fault it is when it can't.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox.hpp"
#include "submission.hpp"
#include "terminal.hpp"

namespace kit {

struct Built {
  bool ok = false;
  std::string
      errors;  // the compiler's or linker's words, with the paths of the learner's own files
  std::string warnings;  // the same, of a build that went well
};

class Build {
 public:
  Build(const Workspace& workspace, const Terminal& terminal)
      : workspace_(workspace), terminal_(terminal) {}

  /// Makes `targets`. A failure inside `submission` comes back; any other is the kit's own.
  /// THROWS: KitError if the kit's part doesn't build, the disk is full, or the build directory
  /// isn't writable.
  Built make(const Submission& submission, const std::vector<std::string>& targets) const;
  /// A program of the kit's own. THROWS: KitError if it doesn't build.
  void make_own(const std::string& target) const;

  /// A build that goes on beside whatever its owner does; stopped if the owner goes first.
  struct Ahead {
    Process ninja;
    std::string target;
  };
  /// Begins to make one target. Nothing where another build has the lock, or where
  /// only this process's own children tell what a suite left behind (no namespaces).
  std::optional<Ahead> begin(const std::string& target) const;
  /// Waits for its end. What went wrong is told as make() tells it.
  Built finish(const Submission& submission, Ahead& ahead) const;

  /// For targets that belong to no submission. THROWS: KitError if they don't build.
  void make(const std::vector<std::string>& targets) const;

  struct Wanted {
    Submission submission;
    bool sanitized = false;
    std::string target() const { return submission.target() + (sanitized ? ".clean" : ""); }
  };
  /// Makes as much of it as can be made, on all cores at once; what can't is told by the make() that
  /// asks for it. True if all of it could.
  bool make_ahead(const std::vector<Wanted>& all) const;

  /// From now on the build files know all submissions of these exercises: stub, wrong/ and right/ too.
  void open_shelves(const std::vector<std::string>& ids) const;

  std::filesystem::path suite(const Submission& submission, bool sanitized) const;
  std::filesystem::path stage(const Submission& submission) const;
  std::filesystem::path candidate(const Submission& submission) const;

 private:
  struct Ninja {
    int status = 0;
    std::string output;
  };
  Ninja run_ninja(const std::vector<std::string>& targets) const;
  std::filesystem::path kept_warnings(const Submission& submission,
                                      const std::string& target) const;
  void keep_newest_preambles(const std::string& output) const;
  void keep_warnings(const Submission& submission, const std::string& target,
                     const std::string& output) const;
  [[noreturn]] void kits_own_failure(const std::string& output) const;

  const Workspace& workspace_;
  const Terminal& terminal_;
};

/// Names that an MPI submission may not use, because with them the messages could not be counted:
/// "PMPI_Send" and the like, dlsym, dlopen. Empty if the objects use none.
std::string forbidden_symbols(const Workspace& workspace, const Submission& submission);

}  // namespace kit
