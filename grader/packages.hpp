// The packages that the kit uses, read from packages.txt, the list that the launcher reads too.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "finding.hpp"

namespace kit {

struct Package {
  enum class Kind {
    needed,  // nothing works without it
    peer,    // a bench compares with it
    author,  // audit and test alone use it
    report,  // the report's charts
  };
  Kind kind = Kind::needed;
  std::vector<std::string>
      markers;  // commands, headers or files; one of them shows that it is here
  std::string debian, fedora, arch;  // its name there
  std::string purpose;
};

/// THROWS: KitError, with file and line, if the list can't be read.
std::vector<Package> read_packages(const std::filesystem::path& list);

/// Looks where the launcher looks: commands in PATH, headers in the system's include directories
/// and CPATH.
bool is_here(const Package& package);

/// "sudo apt-get install NAME", by the package tool of this machine; without a known one, Debian's.
std::string install_command(const Package& package);

/// One finding a package (a package may have several rows in the list).
std::vector<Finding> examine_packages(const std::vector<Package>& packages);

}  // namespace kit
