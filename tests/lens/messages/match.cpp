#include "lens/messages/match.hpp"

#include <deque>
#include <map>
#include <tuple>

namespace kit::lens {
namespace {

using Channel = std::tuple<int, int, std::uint32_t, int>;  // from, to, communicator, tag

}  // namespace

bool fits(const Event& receive, int sender, const Event& send) {
  return receive.comm == send.comm && (receive.peer == kAnySource || receive.peer == sender) &&
         (receive.tag == kAnyTag || receive.tag == send.tag);
}

Matches match(const Log& log) {
  Matches out;
  std::map<Channel, std::deque<int>> sent;  // not yet received
  const int ranks = static_cast<int>(log.size());
  for (int r = 0; r < ranks; ++r) {
    const auto& events = log[static_cast<std::size_t>(r)];
    out.message_of.emplace_back(events.size(), -1);
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Event& e = events[i];
      if (e.kind != Kind::Send) continue;
      const int id = static_cast<int>(out.messages.size());
      out.messages.push_back({r, static_cast<int>(i), e.peer, -1});
      out.message_of.back()[i] = id;
      sent[{r, e.peer, e.comm, e.tag}].push_back(id);
    }
  }
  for (int r = 0; r < ranks; ++r) {
    const auto& events = log[static_cast<std::size_t>(r)];
    auto& message_of = out.message_of[static_cast<std::size_t>(r)];
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Event& e = events[i];
      if ((e.kind != Kind::Recv && e.kind != Kind::Probe) || e.cancelled) continue;
      const int source = e.took_from != kUnknown ? e.took_from : e.peer;
      const int tag = e.took_tag != kUnknown ? e.took_tag : e.tag;
      if (source < 0 || tag < 0) continue;  // a wildcard that took nothing
      const auto channel = sent.find({source, r, e.comm, tag});
      if (channel == sent.end() || channel->second.empty()) continue;
      const int id = channel->second.front();
      message_of[i] = id;
      if (e.kind == Kind::Recv) {
        channel->second.pop_front();
        out.messages[static_cast<std::size_t>(id)].recv = static_cast<int>(i);
      }
    }
  }
  return out;
}

}  // namespace kit::lens
