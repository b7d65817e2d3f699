// A clone of the kit with three small exercises, to try verbs on without building anything.
#pragma once

#include <fmt/format.h>

#include <string>

#include "tests/grader/scratch.hpp"

class SmallClone : public Scratch {
 public:
  SmallClone() {
    exercise("mpi/01-first", "first.cpp", "[]");
    exercise("mpi/02-second", "second.cpp", "[\"mpi/01-first\"]");
    exercise("cache/01-third", "third.cpp", "[]");
  }

  void exercise(const std::string& id, const std::string& file,
                const std::string& builds_on) const {
    const std::string folder = "exercises/" + id + "/";
    write(folder + "exercise.json",
          fmt::format(
              R"({{"title": "The {0}", "level": {1}, "minutes": 20, "summary": "What {0} is about.",
 "files": ["{2}", "claims.txt"], "contract": "contract.hpp", "kind": "process", "clean": "address",
 "limits": {{"test_s": 10, "memory_mb": 2048}}, "builds_on": {3}, "trains": []}})",
              id, id == "cache/01-third" ? 3 : 1, file, builds_on));
    write(folder + file, "// the stub of " + id + "\n");
    write(folder + "claims.txt", "time = ?\n");
    write(folder + "README.md", "# The problem of " + id + "\nDo *it*.\n");
    write(folder + "hints.md",
          "# Hints\n\n## Hint 1\nThink.\n\n## Hint 2\nThink more.\n\n## Hint 3\nThis way.\n");
    write(folder + "interview.md",
          "## Follow-ups\n### 1. [cost] And a million of them?\n- it scales\n- Weak: shrugs\n");
    write("solutions/" + id + "/" + file, "// the reference of " + id + "\n");
    write("solutions/" + id + "/claims.txt", "time = ?\n");
    write("solutions/" + id + "/README.md", "# Write-up of " + id + "\nThe idea.\n");
  }
};
