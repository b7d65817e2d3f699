#include "pictures.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <tuple>

#include "errors.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kAttemptsWithPictures = 20;

fs::path pictures_of_attempt(const Workspace& workspace, std::int64_t attempt) {
  return workspace.state / "evidence" / std::to_string(attempt);
}

fs::path pictures_of_reference(const Workspace& workspace, const Exercise& exercise) {
  return workspace.build / "reference" / (exercise.target() + ".pictures");
}

// "ranks": 8 is near the beginning of each picture.
int ranks_in(const std::string& json) {
  const std::size_t at = json.find("\"ranks\": ");
  return at == std::string::npos ? 0 : std::atoi(json.c_str() + at + 9);
}

// How much a picture is worth looking at.
std::tuple<double, int> tells(const Evidence& e) {
  const double share = e.limit > 0 ? e.measured / e.limit : e.measured;
  return {std::max(share, 1.0), -std::abs(ranks_in(e.drawing) - 8)};
}

void write_picture(const fs::path& directory, const Picture& picture) {
  fs::create_directories(directory);
  std::ofstream(directory / picture.name, std::ios::binary) << picture.json;
}

std::optional<Picture> read_picture(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream json;
  json << in.rdbuf();
  return Picture{file.filename().string(), json.str()};
}

}  // namespace

std::optional<Picture> telling_picture(const std::vector<TestResult>& tests) {
  const Evidence* best = nullptr;
  for (const TestResult& test : tests) {
    for (const Evidence& e : test.evidence) {
      if (!e.drawing.empty() && (best == nullptr || tells(e) > tells(*best))) best = &e;
    }
  }
  if (best == nullptr) return std::nullopt;
  return Picture{best->picture, best->drawing};
}

void keep_picture(const Workspace& workspace, std::int64_t attempt, const Picture& picture) {
  write_picture(pictures_of_attempt(workspace, attempt), picture);
}

void drop_old_pictures(const Workspace& workspace, const History& history,
                       const std::string& exercise) {
  const auto attempts = history.attempts(exercise);
  for (std::size_t i = kAttemptsWithPictures; i < attempts.size(); ++i) {
    std::error_code ignored;
    fs::remove_all(pictures_of_attempt(workspace, attempts[i].id), ignored);
  }
}

std::optional<Picture> picture_of(const Workspace& workspace, std::int64_t attempt) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(pictures_of_attempt(workspace, attempt), none)) {
    if (entry.path().extension() == ".json") return read_picture(entry.path());
  }
  return std::nullopt;
}

void keep_reference_pictures(const Workspace& workspace, const Exercise& exercise,
                             const std::vector<TestResult>& tests) {
  const fs::path directory = pictures_of_reference(workspace, exercise);
  fs::remove_all(directory);
  for (const TestResult& test : tests) {
    for (const Evidence& e : test.evidence) {
      if (!e.drawing.empty()) write_picture(directory, {e.picture, e.drawing});
    }
  }
  if (const auto best = telling_picture(tests)) {
    std::ofstream(directory / "most-telling") << best->name;
  }
}

std::optional<Picture> reference_picture(const Workspace& workspace, const Exercise& exercise,
                                         const std::string& name) {
  const fs::path directory = pictures_of_reference(workspace, exercise);
  std::string file = name;
  if (file.empty()) std::ifstream(directory / "most-telling") >> file;
  return file.empty() ? std::nullopt : read_picture(directory / file);
}

}  // namespace kit
