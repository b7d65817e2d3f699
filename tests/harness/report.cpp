#include "harness/report.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdlib>

#include "harness/transcript.hpp"

namespace kit::harness {
namespace {

std::string running_test() {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  return info == nullptr ? "" : std::string(info->test_suite_name()) + "." + info->name();
}

/// mkdtemp's directory, removed when the process ends. Only where no grader gave one.
struct OwnDirectory {
  std::filesystem::path path;
  OwnDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kit-run-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path = pattern;
  }
  ~OwnDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

}  // namespace

void fail(std::string_view input, std::string_view story, Where where) {
  while (story.ends_with('\n')) story.remove_suffix(1);
  GTEST_MESSAGE_AT_(where.file, where.line, "", ::testing::TestPartResult::kNonFatalFailure)
      << input << '\n'
      << story;
}

void record(const Evidence& evidence) {
  Transcript::get().evidence(running_test(), evidence);
}

bool expect_within(const Evidence& evidence, std::string_view input, std::string_view story,
                   Where where) {
  record(evidence);
  const bool holds =
      evidence.at_most ? evidence.measured <= evidence.limit : evidence.measured >= evidence.limit;
  if (!holds) fail(input, story, where);
  return holds;
}

void doing(std::string_view what) {
  Transcript::get().doing(std::string(what));
}

std::uint64_t seed() {
  constexpr std::uint64_t kSeed = 20260101;
  const char* given = std::getenv("KIT_SEED");
  return given != nullptr && *given != '\0' ? std::strtoull(given, nullptr, 10) : kSeed;
}

std::string seed_note() {
  return "seed " + std::to_string(seed());
}

std::filesystem::path run_directory() {
  if (const char* given = std::getenv("KIT_RUN_DIRECTORY")) return given;
  static const OwnDirectory own;
  return own.path;
}

std::filesystem::path claims_file(std::string_view exercise) {
  if (const char* given = std::getenv("KIT_CLAIMS")) return given;
  const std::filesystem::path root = KIT_SOURCE_DIRECTORY;
  const auto own = root / "work" / exercise / "claims.txt";
  return std::filesystem::exists(own) ? own : root / "exercises" / exercise / "claims.txt";
}

std::string number(std::int64_t n) {
  std::string digits = std::to_string(n);
  const std::size_t first = digits[0] == '-' ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string number(double n, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, n);
  std::string out = text;
  const auto point = out.find('.');
  const std::string tail = point == std::string::npos ? "" : out.substr(point);
  const std::int64_t whole = std::strtoll(out.c_str(), nullptr, 10);
  std::string head = number(whole);
  if (whole == 0 && out[0] == '-') head = "-" + head;
  return head + tail;
}

}  // namespace kit::harness
