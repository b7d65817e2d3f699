// What starts the ranks of an mpi suite: the kit's own mpirun on this machine, or a launcher of the
// user's that reaches other hosts.
//
//   --launcher "srun -N3 -n {ranks} --mpi=pmix"    the words of a command; {suite}, where the suite is
//                                                  to stand, may be left out, and {nodes} is how many
//                                                  hosts there are
//   --hostfile hosts.txt                           Open MPI's own launcher on these hosts
//   KIT_LAUNCHER, then .kit/launcher               the same words, for every run
//   a Slurm allocation                             srun, found by itself
//
// The first of them that is there holds; "none" for any of them is the kit's own.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workspace.hpp"

namespace kit {

struct LaunchWish {
  std::string launcher, hostfile;  // of the command line
};

struct Launcher {
  std::vector<std::string> words;  // "{ranks}", "{nodes}" and "{suite}" still in them
  int nodes = 0;                   // 0: not known
  std::string source;              // "--launcher", "the Slurm allocation 17"

  /// The command that runs `suite` on so many ranks, on as many of the nodes as there are ranks for.
  std::vector<std::string> command(int ranks, const std::vector<std::string>& suite) const;
  /// "srun -N3 -n {ranks} --mpi=pmix (from KIT_LAUNCHER)"
  std::string text() const;
};

using Variable = std::function<std::string(const char*)>;  // empty: not set

/// The environment of this process.
std::string environment_variable(const char* name);

/// None: the kit's own. THROWS: KitError that names what is wrong with the words, and the mend.
std::optional<Launcher> find_launcher(const Workspace& workspace, const LaunchWish& wish,
                                      const Variable& variable = environment_variable);

/// The words of a command, split as a shell does: blanks, quotes, a backslash. THROWS: KitError.
std::vector<std::string> split_words(const std::string& text, const std::string& source);

/// The hosts that a file for mpirun names: one a line, "node1 slots=4", and # begins a comment.
/// THROWS: KitError with the line.
int count_hosts(const std::filesystem::path& hostfile);

/// Settings for Open MPI on the ranks of a suite, where they are not set already.
std::map<std::string, std::string> open_mpi_settings(const Variable& variable);

/// A batch script that grades `what` on three nodes.
std::string batch_script(const Workspace& workspace, const std::vector<std::string>& what,
                         int ranks, bool solution);

/// Why the launcher did not bring the ranks to their end, out of what it and its daemons printed; the
/// first words are the cause, the mend may follow in a second line. Empty: nothing of its own.
std::string launcher_trouble(const std::string& output);

}  // namespace kit
