// What a space-time diagram is drawn from, as JSON. Written by hand: it is small, and every suite
// would wait for a library of templates to be compiled.
//
//   {"title": "8 ranks, ...", "ranks": 8, "unit": "rounds", "end": 3,
//    "messages": [{"from": 0, "to": 4, "start": 0, "end": 1, "tag": 0, "bytes": 64,
//                  "at": "broadcast.cpp:17", "critical": true}],
//    "waiting": [{"rank": 4, "start": 0, "end": 1}],
//    "stuck": [{"rank": 0, "in": "MPI_Send", "at": "broadcast.cpp:17"}]}
#include <algorithm>
#include <cstdio>
#include <set>

#include "lens/messages/report.hpp"
#include "lens/messages/shared.hpp"

namespace kit::lens {
namespace {

std::string text(const std::string& words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

std::string number(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.9g", value);
  return digits;
}

// {"a": 1, "b": "x"}: one field after the other.
class Object {
 public:
  Object& add(const char* key, const std::string& json) {
    out_ += (out_.empty() ? "{" : ", ") + text(key) + ": " + json;
    return *this;
  }
  std::string end() const { return out_ + "}"; }

 private:
  std::string out_;
};

std::string list(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() == 1 ? "" : ",\n  ") + item;
  return out + "]";
}

}  // namespace

double predicted_time(const MessageReport& report, const Network& network) {
  return replay(report.log, match(report.log), network).end;
}

std::string picture(const MessageReport& report, const std::string& title) {
  const Matches matches = match(report.log);
  const Replay run = replay(report.log, matches, {});
  std::set<int> critical;
  int last = -1;
  for (int i = 0; at(i) < run.transfers.size(); ++i) {
    if (last < 0 || run.transfers[at(i)].end > run.transfers[at(last)].end) last = i;
  }
  for (int i = last; i >= 0; i = run.transfers[at(i)].because) critical.insert(i);

  std::vector<std::string> messages, waiting, stuck;
  for (int i = 0; at(i) < run.transfers.size(); ++i) {
    const Transfer& t = run.transfers[at(i)];
    const Message& m = matches.messages[at(t.message)];
    const Event& send = report.log[at(m.from)][at(m.send)];
    messages.push_back(Object()
                           .add("from", std::to_string(m.from))
                           .add("to", std::to_string(m.to))
                           .add("start", number(t.start))
                           .add("end", number(t.end))
                           .add("tag", std::to_string(send.tag))
                           .add("bytes", std::to_string(send.bytes))
                           .add("at", text(where(send.site)))
                           .add("critical", critical.count(i) != 0 ? "true" : "false")
                           .end());
  }
  for (const Standstill& s : run.standstills) {
    waiting.push_back(Object()
                          .add("rank", std::to_string(s.rank))
                          .add("start", number(s.start))
                          .add("end", number(s.end))
                          .end());
  }
  if (report.stuck) {
    for (const Waiting& w : report.stuck->ranks) {
      if (w.returned) continue;
      stuck.push_back(Object()
                          .add("rank", std::to_string(w.rank))
                          .add("in", text(name(w.call)))
                          .add("at", text(where(w.site)))
                          .end());
    }
  }
  return Object()
             .add("title", text(title))
             .add("ranks", std::to_string(report.ranks))
             .add("unit", text("rounds"))
             .add("end", number(run.end))
             .add("messages", list(messages))
             .add("waiting", list(waiting))
             .add("stuck", list(stuck))
             .end() +
         "\n";
}

}  // namespace kit::lens
