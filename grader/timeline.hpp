// The system calls of a region in their order: who made each, on which files, what it came to, and how long in calls of
// others it waited. Drawn from the JSON that the syscalls lens writes (tests/lens/syscalls/timeline.cpp).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "terminal.hpp"

namespace kit {

struct DrawnCall {
  std::size_t number = 0;  // from 1
  std::size_t thread = 0;
  std::size_t ended = 0;  // how many calls had begun when it ended; 0: it never did
  std::string text, result;
  std::vector<std::size_t> files;  // lanes that it touches
  int from = -1, to = -1;          // lanes between which it moves something
  bool injected = false, failed = false;
};

struct Timeline {
  std::string whose;   // "yours"
  std::string title;   // "1,048,576 bytes"
  std::string ending;  // "it returned"
  std::size_t made = 0, threads = 1;
  std::vector<std::string> files;
  std::vector<DrawnCall> calls;  // the first and the last, where there were many
};

/// THROWS: KitError if `written` isn't such a time-line.
Timeline read_timeline(const std::string& written, const std::string& whose);

/// "yours: 14 calls, it returned"
std::string heading(const Timeline& timeline);

/// One picture, the time-lines below each other; time goes down.
std::string to_svg(const std::vector<Timeline>& timelines);

/// A line a call, at most 80 columns, with a letter for each file.
std::string to_text(const Timeline& timeline, const Terminal& terminal);

}  // namespace kit
