// Which send met which receive: first in, first out for each (source, destination, communicator,
// tag), as the standard promises. A wildcard receive stands for what it really took.
#pragma once

#include "lens/messages/event.hpp"

namespace kit::lens {

struct Message {
  int from = 0;
  int send = 0;   // event of the sender
  int to = 0;     // rank of the case, or kUnknown
  int recv = -1;  // event of the receiver; -1: never received
};

struct Matches {
  std::vector<Message> messages;
  /// For each rank and event: the message that it sends, receives or probes, or -1.
  std::vector<std::vector<int>> message_of;
};

Matches match(const Log& log);

/// True if a receive that asked for (source, tag) may take this send.
bool fits(const Event& receive, int sender, const Event& send);

}  // namespace kit::lens
