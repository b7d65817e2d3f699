// The doctor's parts: the list of packages, what is looked for, and the rows as they are shown.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>

#include "expect_text.hpp"
#include "grader/errors.hpp"
#include "grader/machine.hpp"
#include "grader/packages.hpp"
#include "scratch.hpp"

namespace {

using namespace kit;
using State = Finding::State;

// One variable of the environment, put back afterwards.
class Setting {
 public:
  Setting(const char* name, const std::string& value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Setting() { ::setenv(name_, old_.c_str(), 1); }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  const char* name_;
  std::string old_;
};

// A directory of commands; with the real ones behind it where `behind` says so.
struct Commands {
  Scratch scratch;
  void add(const std::string& name, const std::string& script) const {
    scratch.write(name, "#!/bin/sh\n" + script + "\n");
    ::chmod((scratch.root() / name).c_str(), 0755);
  }
  std::string alone() const { return scratch.root().string(); }
  std::string first() const { return scratch.root().string() + ":" + std::getenv("PATH"); }
};

Package package(Package::Kind kind, const std::string& marker, const std::string& name) {
  return {kind, {marker}, name, name + "-rpm", name + "-arch", "does things"};
}

Finding found(const std::vector<Finding>& findings, const std::string& what) {
  const auto row = std::find_if(findings.begin(), findings.end(),
                                [&](const Finding& f) { return f.what == what; });
  EXPECT_NE(row, findings.end()) << "no row " << what;
  return row == findings.end() ? Finding{} : *row;
}

TEST(Packages, ReadsALine) {
  Scratch scratch;
  scratch.write("list",
                "# words\nneeded | g++ | g++ | gcc-c++ libasan | gcc | compiles\n"
                "peer   | a/b.h c.h   | libb-dev | b | b | a peer\n");
  const auto packages = read_packages(scratch.root() / "list");
  ASSERT_EQ(packages.size(), 2U);
  EXPECT_EQ(packages[0].kind, Package::Kind::needed);
  EXPECT_EQ(packages[0].fedora, "gcc-c++ libasan");
  EXPECT_EQ(packages[0].purpose, "compiles");
  EXPECT_EQ(packages[1].kind, Package::Kind::peer);
  EXPECT_EQ(packages[1].markers, (std::vector<std::string>{"a/b.h", "c.h"}));
}

TEST(Packages, NamesTheLineThatIsMalformed) {
  for (const char* line :
       {"needed | g++ | g++\n", "wanted | a | b | c | d | e\n", "needed | a | | c | d | e\n"}) {
    Scratch scratch;
    scratch.write("list", std::string("# words\n") + line);
    try {
      read_packages(scratch.root() / "list");
      ADD_FAILURE() << "taken: " << line;
    } catch (const KitError& error) {
      EXPECT_TRUE(has(error.what(), "list:2: "));
    }
  }
  EXPECT_THROW(read_packages("/nowhere/list"), KitError);
}

TEST(Packages, LooksForCommandsInThePath) {
  Commands commands;
  commands.add("tool", "exit 0");
  commands.scratch.write("data", "no program");
  const Setting path("PATH", commands.alone());
  EXPECT_TRUE(is_here(package(Package::Kind::needed, "tool", "tool")));
  EXPECT_FALSE(is_here(package(Package::Kind::needed, "data", "data")));
  EXPECT_FALSE(is_here(package(Package::Kind::needed, "absent", "absent")));
}

TEST(Packages, LooksForHeadersInTheSystemsDirectories) {
  EXPECT_TRUE(is_here(package(Package::Kind::needed, "stdio.h", "libc6-dev")));
  EXPECT_FALSE(is_here(package(Package::Kind::needed, "absent/header.h", "absent")));
  EXPECT_TRUE(is_here({Package::Kind::needed, {"absent.h", "stdio.h"}, "a", "b", "c", "d"}));
}

TEST(Packages, ANeededOneIsMissingAndAPeerFallsBack) {
  const auto findings = examine_packages({package(Package::Kind::needed, "stdio.h", "here"),
                                          package(Package::Kind::needed, "absent.h", "needed"),
                                          package(Package::Kind::peer, "absent.h", "peer"),
                                          package(Package::Kind::author, "absent.h", "author")});
  EXPECT_EQ(found(findings, "here").state, State::ok);
  EXPECT_EQ(found(findings, "here").mend, "");
  EXPECT_EQ(found(findings, "needed").state, State::missing);
  EXPECT_TRUE(has(found(findings, "needed").mend, "apt-get install needed"));
  EXPECT_EQ(found(findings, "peer").state, State::falls_back);
  EXPECT_EQ(found(findings, "author").state, State::falls_back);
}

TEST(Packages, TwoRowsOfOnePackageAreOneFinding) {
  const auto findings = examine_packages({package(Package::Kind::needed, "stdio.h", "both"),
                                          package(Package::Kind::needed, "absent.h", "both")});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].state, State::missing);
}

TEST(Packages, TheMendIsTheDistributionsOwn) {
  const Package tool = package(Package::Kind::needed, "absent", "tool");
  {
    Commands fedora;
    fedora.add("dnf", "");
    const Setting path("PATH", fedora.alone());
    EXPECT_TRUE(has(install_command(tool), "dnf install tool-rpm"));
  }
  Commands arch;
  arch.add("pacman", "");
  const Setting path("PATH", arch.alone());
  EXPECT_TRUE(has(install_command(tool), "pacman -S --needed tool-arch"));
}

// What works on the machine of the test is not known; what is broken by a false tool is.
TEST(Machine, SaysWhatDoesNotRunAndInItsWords) {
  Commands commands;
  commands.add("valgrind", "echo 'valgrind: failed to start tool'; exit 1");
  commands.add("mpirun", "echo 'no slots'; exit 1");
  commands.add("bwrap", "echo 'bwrap: No permissions to create a new namespace'; exit 1");
  commands.add("g++", "echo 'g++: error: no cc1plus'; exit 1");
  const Setting path("PATH", commands.first());
  const Scratch clone;
  clone.write("exercises/README.md", "");
  const auto findings = examine_machine(clone.workspace(), Terminal(ColourWish::never));

  EXPECT_EQ(found(findings, "valgrind").state, State::missing);
  EXPECT_TRUE(has(found(findings, "valgrind").detail, "failed to start tool"));
  EXPECT_EQ(found(findings, "mpirun").state, State::missing);
  EXPECT_TRUE(has(found(findings, "mpirun").detail, "no slots"));
  EXPECT_EQ(found(findings, "bubblewrap").state, State::falls_back);
  EXPECT_TRUE(
      has(found(findings, "bubblewrap").detail, "No permissions to create a new namespace"));
  for (const char* name : {"g++", "AddressSanitizer", "ThreadSanitizer"}) {
    EXPECT_EQ(found(findings, name).state, State::missing);
    EXPECT_TRUE(has(found(findings, name).detail, "no cc1plus"));
  }
  for (const Finding& finding : findings) {
    EXPECT_EQ(finding.mend.empty(), finding.state == State::ok)
        << finding.what << ": each but ok has a mend";
  }
}

TEST(Findings, AreShownALineEachWithTheMendBelow) {
  const std::vector<Finding> findings = {
      {State::ok, "g++", "compiles", ""},
      {State::missing, "valgrind",
       "counts cache misses and instructions, and so much else that it takes two lines",
       "sudo apt-get install valgrind"},
      {State::falls_back, "/dev/shm", "64 MiB", "docker run --shm-size=1g ..."}};
  EXPECT_EQ(findings_text("This machine", findings, Terminal(ColourWish::never)),
            "This machine\n"
            "  ok          g++       compiles\n"
            "  missing     valgrind  counts cache misses and instructions, and so much else\n"
            "                        that it takes two lines\n"
            "              sudo apt-get install valgrind\n"
            "  falls back  /dev/shm  64 MiB\n"
            "              docker run --shm-size=1g ...\n");
}

}  // namespace
