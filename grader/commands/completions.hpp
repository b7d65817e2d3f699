// What a shell completes: the verbs with their options, and where an exercise is wanted.
#pragma once

#include <string>
#include <vector>

namespace kit {

struct VerbWords {
  std::string name, what;
  std::vector<std::string> options;  // "--until"
  bool exercise = false;             // takes the name of an exercise
};

/// Prints the completions for bash, zsh or fish.
int completions(const std::string& shell, const std::vector<VerbWords>& verbs);

}  // namespace kit
