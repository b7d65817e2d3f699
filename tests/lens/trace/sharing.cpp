#include "lens/trace/sharing.hpp"

#include <algorithm>
#include <map>

#include "harness/source_line.hpp"

namespace kit::lens {
namespace {

constexpr std::uintptr_t kLine = 64;

using Writers = std::map<unsigned, Writer>;  // by thread

std::map<std::uintptr_t, Writers> writers_of_lines(const Recording& recording) {
  std::map<std::uintptr_t, Writers> lines;
  for (unsigned t = 0; t < recording.threads.size(); ++t) {
    for (const Access& a : recording.threads[t]) {
      if (!a.writes()) continue;
      const std::uintptr_t last = a.address + a.size - 1;
      for (std::uintptr_t line = a.address / kLine; line <= last / kLine; ++line) {
        const auto first_byte = static_cast<unsigned>(std::max(a.address, line * kLine) % kLine);
        const auto last_byte =
            static_cast<unsigned>(std::min(last, line * kLine + kLine - 1) % kLine);
        const auto [at, is_new] =
            lines[line * kLine].try_emplace(t, Writer{t, first_byte, last_byte, a.code});
        if (is_new) continue;
        at->second.first_byte = std::min(at->second.first_byte, first_byte);
        at->second.last_byte = std::max(at->second.last_byte, last_byte);
      }
    }
  }
  return lines;
}

}  // namespace

bool SharedLine::same_bytes() const {
  for (std::size_t i = 0; i < writers.size(); ++i) {
    for (std::size_t k = i + 1; k < writers.size(); ++k) {
      if (writers[i].first_byte <= writers[k].last_byte &&
          writers[k].first_byte <= writers[i].last_byte) {
        return true;
      }
    }
  }
  return false;
}

std::vector<SharedLine> lines_written_by_several(const Recording& recording) {
  std::vector<SharedLine> shared;
  for (const auto& [address, writers] : writers_of_lines(recording)) {
    if (writers.size() < 2) continue;
    SharedLine line{address, {}};
    for (const auto& [thread, writer] : writers) line.writers.push_back(writer);
    shared.push_back(std::move(line));
  }
  return shared;
}

std::size_t lines_written(const Recording& recording) {
  return writers_of_lines(recording).size();
}

std::string writers_table(const SharedLine& line, std::size_t most) {
  std::string table;
  for (std::size_t i = 0; i < line.writers.size() && i < most; ++i) {
    const Writer& w = line.writers[i];
    std::string row = "    thread " + std::to_string(w.thread) + " writes byte" +
                      (w.first_byte == w.last_byte ? " " + std::to_string(w.first_byte)
                                                   : "s " + std::to_string(w.first_byte) + " to " +
                                                         std::to_string(w.last_byte));
    row.resize(std::max<std::size_t>(row.size() + 2, 36), ' ');
    const void* call = static_cast<const char*>(w.code) - 1;
    table += row + harness::source_line(call).text() + "\n";
  }
  if (line.writers.size() > most) {
    table += "    and " + std::to_string(line.writers.size() - most) + " more\n";
  }
  return table;
}

}  // namespace kit::lens
