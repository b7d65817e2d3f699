#include "lens/trace/miss_map.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

namespace kit::lens {
namespace {

constexpr std::size_t kMostRows = 16, kMostColumns = 32;

/// One array with its lines' counts while the accesses are replayed.
struct Counted {
  const NamedArray* array;
  std::uintptr_t first_line, last_line;
  std::vector<std::uint32_t> came_in;
};

Counted counted(const NamedArray& array) {
  const auto begin = reinterpret_cast<std::uintptr_t>(array.begin);
  const std::uintptr_t first = begin / ReplayedCache::kLine;
  const std::uintptr_t last =
      (begin + std::max<std::size_t>(array.bytes, 1) - 1) / ReplayedCache::kLine;
  return {&array, first, last, std::vector<std::uint32_t>(last - first + 1)};
}

ArrayMisses in_cells(const Counted& c) {
  const NamedArray& array = *c.array;
  const std::size_t row_bytes = std::max<std::size_t>(array.row_bytes, 1);
  const std::size_t rows = std::max<std::size_t>(array.bytes / row_bytes, 1);
  const std::size_t lines_a_row = std::max<std::size_t>(row_bytes / ReplayedCache::kLine, 1);
  ArrayMisses out;
  out.name = array.name;
  out.lines = static_cast<std::int64_t>(c.came_in.size());
  out.rows = std::min(rows, kMostRows);
  out.columns = std::min(lines_a_row, kMostColumns);
  out.cells.assign(out.rows * out.columns, 0);
  std::vector<std::size_t> lines(out.cells.size());
  const auto begin = reinterpret_cast<std::uintptr_t>(array.begin);
  for (std::size_t i = 0; i < c.came_in.size(); ++i) {
    const std::uintptr_t at = std::max((c.first_line + i) * ReplayedCache::kLine, begin) - begin;
    const std::size_t row = std::min(at / row_bytes, rows - 1) * out.rows / rows;
    const std::size_t column = at % row_bytes * out.columns / row_bytes;
    out.cells[row * out.columns + column] += c.came_in[i];
    ++lines[row * out.columns + column];
    out.misses += c.came_in[i];
  }
  for (std::size_t k = 0; k < lines.size(); ++k) {
    out.cells[k] = lines[k] == 0 ? -1 : out.cells[k] / static_cast<double>(lines[k]);
  }
  return out;
}

}  // namespace

bool ReplayedCache::misses(std::uintptr_t line) {
  auto& set = sets_[line % kSets];
  const auto found = std::find(set.begin(), set.end(), line);
  const bool missed = found == set.end();
  std::rotate(set.begin(), missed ? set.end() - 1 : found, missed ? set.end() : found + 1);
  set.front() = line;
  return missed;
}

std::int64_t MissMap::misses() const {
  std::int64_t sum = elsewhere;
  for (const ArrayMisses& array : arrays) sum += array.misses;
  return sum;
}

MissMap miss_map(const std::vector<Access>& accesses, const std::vector<NamedArray>& arrays) {
  std::vector<Counted> lines;
  for (const NamedArray& array : arrays) lines.push_back(counted(array));
  MissMap map;
  ReplayedCache cache;
  for (const Access& a : accesses) {
    const std::uintptr_t last = (a.address + a.size - 1) / ReplayedCache::kLine;
    for (std::uintptr_t line = a.address / ReplayedCache::kLine; line <= last; ++line) {
      if (!cache.misses(line)) continue;
      const auto its = std::ranges::find_if(
          lines, [line](const Counted& c) { return c.first_line <= line && line <= c.last_line; });
      if (its == lines.end()) {
        ++map.elsewhere;
      } else {
        ++its->came_in[line - its->first_line];
      }
    }
  }
  for (const Counted& c : lines) map.arrays.push_back(in_cells(c));
  return map;
}

std::string picture(const MissMap& map, const std::string& title) {
  using nlohmann::json;
  json arrays = json::array();
  for (const ArrayMisses& array : map.arrays) {
    json cells = json::array();
    for (const double cell : array.cells) cells.push_back(std::round(cell * 100) / 100);
    arrays.push_back({{"name", array.name},
                      {"lines", array.lines},
                      {"misses", array.misses},
                      {"rows", array.rows},
                      {"columns", array.columns},
                      {"cells", cells}});
  }
  return json{
      {"kind", "misses"}, {"title", title}, {"elsewhere", map.elsewhere}, {"arrays", arrays}}
      .dump();
}

std::string draw(const MissMap& map, const std::string& title, const std::string& key) {
  const char* directory = std::getenv("KIT_RUN_DIRECTORY");
  if (directory == nullptr) return "";
  std::string name = "misses-";
  for (const char c : key) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  name += ".json";
  std::ofstream(std::string(directory) + "/" + name) << picture(map, title);
  return name;
}

}  // namespace kit::lens
