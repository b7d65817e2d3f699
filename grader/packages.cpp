#include "packages.hpp"

#include <fmt/format.h>
#include <glob.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "errors.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

std::string without_spaces_around(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string> from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? split(value, ':') : std::vector<std::string>();
}

std::vector<std::string> include_directories() {
  std::vector<std::string> all = {"/usr/include", "/usr/local/include"};
  for (const char* pattern :
       {"/usr/include/*-linux-gnu*", "/usr/include/openmpi*", "/usr/lib/*/openmpi/include"}) {
    glob_t found{};
    if (::glob(pattern, 0, nullptr, &found) == 0)
      all.insert(all.end(), found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
  }
  for (const char* name : {"CPATH", "CPLUS_INCLUDE_PATH"}) {
    for (const std::string& directory : from_environment(name)) all.push_back(directory);
  }
  return all;
}

bool has_command(const std::string& name) {
  const auto path = from_environment("PATH");
  return std::any_of(path.begin(), path.end(), [&](const std::string& directory) {
    std::error_code error;
    const fs::path file = fs::path(directory) / name;
    return fs::is_regular_file(file, error) && ::access(file.c_str(), X_OK) == 0;
  });
}

bool has_header(const std::string& name) {
  static const std::vector<std::string> fixed = include_directories();
  return std::any_of(fixed.begin(), fixed.end(), [&](const std::string& directory) {
    std::error_code error;
    return fs::exists(fs::path(directory) / name, error);
  });
}

}  // namespace

std::vector<Package> read_packages(const fs::path& list) {
  std::ifstream in(list);
  if (!in)
    throw KitError(fmt::format("{} can't be read.", list.string()),
                   "Is this clone whole?   git status");
  std::vector<Package> packages;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> fields = split(line, '|');
    for (std::string& field : fields) field = without_spaces_around(field);
    const bool whole = fields.size() == 6 && std::none_of(fields.begin(), fields.end(),
                                                          [](const auto& f) { return f.empty(); });
    static const std::array<const char*, 4> kinds = {"needed", "peer", "author", "report"};
    const auto kind = std::find(kinds.begin(), kinds.end(), whole ? fields[0] : "");
    if (kind == kinds.end()) {
      throw KitError(
          fmt::format("{}:{}: not six fields of which the first is needed, peer, author or report.",
                      list.string(), number),
          "Put it back:   git checkout grader/packages.txt");
    }
    Package package;
    package.kind = static_cast<Package::Kind>(kind - kinds.begin());
    package.markers = split(fields[1], ' ');
    package.debian = fields[2];
    package.fedora = fields[3];
    package.arch = fields[4];
    package.purpose = fields[5];
    packages.push_back(std::move(package));
  }
  return packages;
}

bool is_here(const Package& package) {
  return std::any_of(package.markers.begin(), package.markers.end(), [](const std::string& marker) {
    if (marker.starts_with("/")) return fs::exists(marker);
    const bool header = marker.ends_with(".h") || marker.ends_with(".hpp");
    return header ? has_header(marker) : has_command(marker);
  });
}

std::string install_command(const Package& package) {
  const std::string sudo = ::geteuid() == 0 ? "" : "sudo ";
  if (!has_command("apt-get")) {
    if (has_command("dnf")) return sudo + "dnf install " + package.fedora;
    if (has_command("pacman")) return sudo + "pacman -S --needed " + package.arch;
  }
  return sudo + "apt-get install " + package.debian;
}

std::vector<Finding> examine_packages(const std::vector<Package>& packages) {
  std::vector<Finding> findings;
  for (const Package& package : packages) {
    const bool here = is_here(package);
    auto row = std::find_if(findings.begin(), findings.end(),
                            [&](const Finding& f) { return f.what == package.debian; });
    if (row == findings.end()) {
      row = findings.insert(row, {Finding::State::ok, package.debian, package.purpose, ""});
    }
    if (here || row->state != Finding::State::ok) continue;
    const std::string lost =
        package.kind == Package::Kind::peer     ? "; a bench leaves this row out"
        : package.kind == Package::Kind::author ? "; only ./kit audit and ./kit test use it"
        : package.kind == Package::Kind::report ? "; the page has its tables alone"
                                                : "";
    *row = {package.kind == Package::Kind::needed ? Finding::State::missing
                                                  : Finding::State::falls_back,
            package.debian, package.purpose + lost, install_command(package)};
  }
  return findings;
}

}  // namespace kit
