#include "lens/syscalls/timeline.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace kit::syscalls {
namespace {

constexpr std::size_t kFirstCalls = 36, kLastCalls = 12;  // of a run of more than both

std::string in_quotes(std::string_view words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

// The place of `thing` in `all`, which it joins when it is new.
template <class Thing>
std::size_t place_in(std::vector<Thing>& all, const Thing& thing) {
  const auto found = std::find(all.begin(), all.end(), thing);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(thing);
  return all.size() - 1;
}

// A file is known by its path: a descriptor of a temporary and its later name are two lanes, and the rename joins them.
std::string name_of_lane(const File& file) {
  const std::filesystem::path path = file.path;
  std::string name = path.filename().string();
  if (name.empty()) name = file.path;
  return file.is_directory && name.size() < 40 ? name + "/" : name;
}

struct Lanes {
  std::vector<pid_t> threads;
  std::vector<std::string> paths, names;

  std::size_t of(const File& file) {
    const std::size_t lane = place_in(paths, file.path);
    if (lane == names.size()) names.push_back(name_of_lane(file));
    return lane;
  }
};

std::string call_json(const Call& call, std::size_t number, Lanes& lanes) {
  std::vector<std::size_t> files;
  for (const File& file : call.files) {
    if (!file.path.empty()) place_in(files, lanes.of(file));
  }
  std::string touched;
  for (const std::size_t lane : files)
    touched += (touched.empty() ? "" : ",") + std::to_string(lane);
  std::string out = "{\"number\":" + std::to_string(number + 1) +
                    ",\"thread\":" + std::to_string(place_in(lanes.threads, call.thread)) +
                    ",\"ended\":" + std::to_string(call.finished ? call.ended : 0) +
                    ",\"text\":" + in_quotes(call_text(call)) +
                    ",\"result\":" + in_quotes(result_text(call)) + ",\"files\":[" + touched + "]";
  const bool moves = call.transfers() || call.family == Family::rename ||
                     call.family == Family::link || call.family == Family::clone_file;
  const File *from = call.source(), *to = call.target();
  if (moves && from != nullptr && to != nullptr && from->path != to->path)
    out +=
        ",\"from\":" + std::to_string(lanes.of(*from)) + ",\"to\":" + std::to_string(lanes.of(*to));
  if (call.injected != Fault::Kind::none) out += ",\"injected\":true";
  if (call.failed()) out += ",\"failed\":true";
  return out + "}";
}

}  // namespace

std::string timeline(const Trace& trace, const std::string& title) {
  Lanes lanes;
  std::string calls;
  const std::size_t size = trace.calls.size();
  for (std::size_t i = 0; i < size; ++i) {
    if (size > kFirstCalls + kLastCalls && i >= kFirstCalls && i < size - kLastCalls) continue;
    calls += (calls.empty() ? "" : ",") + call_json(trace.calls[i], i, lanes);
  }
  std::string names;
  for (const std::string& name : lanes.names) names += (names.empty() ? "" : ",") + in_quotes(name);
  return "{\"kind\":\"calls\",\"title\":" + in_quotes(title) + ",\"made\":" + std::to_string(size) +
         ",\"threads\":" + std::to_string(lanes.threads.size()) +
         ",\"ending\":" + in_quotes(ending_text(trace.ending)) + ",\"files\":[" + names +
         "],\"calls\":[" + calls + "]}";
}

std::string keep_timeline(const Trace& trace, const std::string& title, const std::string& key) {
  const char* directory = std::getenv("KIT_RUN_DIRECTORY");
  if (directory == nullptr) return "";
  std::string name = "calls-";
  // "calls to copy 1 MiB" says "calls" itself.
  for (const char c : key.starts_with("calls ") ? key.substr(6) : key)
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  name += ".json";
  std::ofstream(std::string(directory) + "/" + name) << timeline(trace, title);
  return name;
}

}  // namespace kit::syscalls
