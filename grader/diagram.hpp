// Space-time diagrams of MPI runs: ranks as lanes, messages as arrows, waiting shaded, the longest
// chain marked. Drawn from the JSON that the messages lens writes (tests/lens/messages/picture.cpp).
#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace kit {

struct DrawnMessage {
  int from = 0, to = 0, tag = 0;
  double start = 0, end = 0;
  long long bytes = 0;
  std::string at;  // "broadcast.cpp:17"
  bool critical = false;
};

/// A rank that does nothing from start to end but wait.
struct DrawnWait {
  int rank = 0;
  double start = 0, end = 0;
};

/// A rank that waits for ever.
struct DrawnEnd {
  int rank = 0;
  std::string in, at;
};

struct Diagram {
  std::string whose;  // "yours"
  std::string title;  // "8 ranks, 64 bytes from rank 0"
  std::string unit;   // "rounds"
  int ranks = 0;
  double end = 0;
  std::vector<DrawnMessage> messages;
  std::vector<DrawnWait> waiting;
  std::vector<DrawnEnd> stuck;
};

/// THROWS: KitError if `written` isn't a picture.
Diagram read_diagram(const std::string& written, const std::string& whose);

/// One picture with the diagrams side by side, or one below the other where they are long. Readable
/// on a light and on a dark page.
std::string to_svg(const std::vector<Diagram>& diagrams);

/// Who sends (>4) and receives (<0) in each round, `.` waiting, `*` on the longest chain; at most 80
/// columns.
std::string to_text(const Diagram& diagram, const Terminal& terminal);

}  // namespace kit
