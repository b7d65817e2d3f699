#include "lens/syscalls/expect.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "harness/report.hpp"
#include "lens/syscalls/timeline.hpp"

namespace kit::syscalls {
namespace {

// "read 512, write 512, fsync 2", the most frequent first.
std::string tally(const std::vector<std::pair<std::string_view, std::size_t>>& counts) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < counts.size() && i < kMost; ++i) {
    text += (i == 0 ? "" : ", ") + std::string(counts[i].first) + " " +
            harness::number(static_cast<std::int64_t>(counts[i].second));
  }
  return text + (counts.size() > kMost ? " and others" : "");
}

}  // namespace

bool expect_calls_at_most(const Trace& trace, std::size_t limit, std::string_view key,
                          std::string_view input, std::string_view why) {
  harness::Evidence evidence{.lens = "syscalls", .key = std::string(key)};
  evidence.measured = static_cast<double>(trace.calls.size());
  evidence.limit = static_cast<double>(limit);
  evidence.unit = "calls";
  evidence.picture = keep_timeline(trace, std::string(input), std::string(key));
  if (trace.calls.size() <= limit) return harness::expect_within(evidence, input, "");

  std::map<std::string_view, std::size_t> by_name;
  for (const Call& call : trace.calls) ++by_name[call.name];
  std::vector<std::pair<std::string_view, std::size_t>> counts(by_name.begin(), by_name.end());
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  // The second call of the most frequent kind: the first may be there for another reason.
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < trace.calls.size() && places.size() < 2; ++i) {
    if (trace.calls[i].name == counts[0].first) places.push_back(i);
  }
  const Call& frequent = trace.calls[places.back()];
  if (frequent.origin != nullptr) {
    const auto line = learner_line(*frequent.origin);
    evidence.file = line.file;
    evidence.line = line.line;
  }
  const bool stopped = trace.ending.kind == Ending::Kind::ran_away;
  std::string story = "  " + harness::number(static_cast<std::int64_t>(trace.calls.size())) +
                      " calls" + (stopped ? ", and was stopped there; " : "; ") +
                      harness::number(static_cast<std::int64_t>(limit)) + " are allowed.\n  " +
                      tally(counts) + ".\n";
  story += std::string(why) + "\n\n" +
           excerpt(trace, places.back(), "again and again" + line_note(frequent.origin));
  return harness::expect_within(evidence, input, story);
}

std::uint64_t bytes_through_the_process(const Trace& trace) {
  std::uint64_t bytes = 0;
  for (const Call& call : trace.calls) {
    if (call.result < 0 || call.files.empty() || !call.files[0].is_regular) continue;
    if (call.family == Family::map) bytes += call.asked;
    if (call.family == Family::read || call.family == Family::write) {
      bytes += static_cast<std::uint64_t>(call.result);
    }
  }
  return bytes;
}

}  // namespace kit::syscalls
