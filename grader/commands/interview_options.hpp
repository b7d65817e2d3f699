// What `kit interview` and `kit check` are asked for on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace kit {

struct InterviewOptions {
  std::optional<int> minutes;  // 45, and 60 for a design round
  std::string area, exercise;
  int level = 0;
  std::optional<std::uint64_t> seed;
  bool resume = false, plain = false, quiet = false;
  std::int64_t give_up = 0;
  bool design = false;
  std::string problem;
};

struct Context;
struct InterviewTools;

int interview(const Context& context, const InterviewOptions& options);
/// With tools in the place of the real ones (tests).
int interview(const Context& context, const InterviewOptions& options, const InterviewTools& tools);

/// The checks of a design document. Exit code 0 if none of them finds an error.
int check(const Context& context, const std::string& file);

}  // namespace kit
