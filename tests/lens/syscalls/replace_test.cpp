// The order of a durable replacement: right ones pass, each missing or misplaced step is named.
#include "lens/syscalls/replace.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "harness/report.hpp"
#include "lens/syscalls/tracer.hpp"

namespace {

using namespace kit::syscalls;
namespace fs = std::filesystem;

struct Steps {
  bool exclusive = true, sync_file = true, sync_directory = true;
  bool in_place = false, elsewhere = false, write_after_sync = false, sync_after_rename = false;
  bool chmod_before_sync = false, chmod_after_sync = false, data_only = false;
  bool directory_too_early = false;
};

std::string flaw(const Steps& steps) {
  const fs::path directory = kit::harness::run_directory();
  fs::create_directories(directory / "other");
  const std::string target = directory / "target";
  const std::string temporary = directory / (steps.elsewhere ? "other/new" : "new");
  const Trace trace = run_traced([&] {
    const int flags = O_CREAT | O_WRONLY | (steps.exclusive ? O_EXCL : 0);
    const int fd = ::open((steps.in_place ? target : temporary).c_str(),
                          steps.in_place ? O_CREAT | O_WRONLY | O_TRUNC : flags, 0600);
    (void)!::write(fd, "new", 3);
    if (steps.chmod_before_sync) ::fchmod(fd, 0640);
    if (steps.sync_file && !steps.sync_after_rename) {
      steps.data_only ? ::fdatasync(fd) : ::fsync(fd);
    }
    if (steps.chmod_after_sync) ::fchmod(fd, 0640);
    const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY);
    if (steps.directory_too_early) ::fsync(folder);
    if (steps.write_after_sync) (void)!::write(fd, "er", 2);
    if (!steps.in_place) ::rename(temporary.c_str(), target.c_str());
    if (steps.sync_after_rename) ::fsync(fd);
    ::close(fd);
    if (steps.sync_directory) ::fsync(folder);
    ::close(folder);
  });
  const auto found = replace_flaw(trace, target);
  fs::remove(target);
  fs::remove(temporary);
  return found.value_or("");
}

void expect_in(const std::string& story, const char* part) {
  std::string unwrapped = story;
  for (std::size_t at; (at = unwrapped.find("\n  ")) != std::string::npos;) {
    unwrapped.replace(at, 3, " ");
  }
  EXPECT_NE(unwrapped.find(part), std::string::npos) << "wanted: " << part << "\nread: " << story;
  for (std::size_t at = 0; at < story.size();) {
    const auto end = std::min(story.find('\n', at), story.size());
    EXPECT_LE(end - at, 76U) << story.substr(at, end - at);
    at = end + 1;
  }
}

TEST(Replace, TheRightOrderPasses) {
  EXPECT_EQ(flaw({}), "");
  EXPECT_EQ(flaw({.chmod_before_sync = true}), "");
}

TEST(Replace, EachMissingStepIsNamed) {
  expect_in(flaw({.sync_file = false}), "No fsync of the new file");
  expect_in(flaw({.sync_directory = false}), "No fsync of the directory");
  expect_in(flaw({.in_place = true}), "opens the target itself");
  expect_in(flaw({.exclusive = false}), "O_EXCL or O_TMPFILE");
  expect_in(flaw({.elsewhere = true}), "in another directory");
}

TEST(Replace, ASyncAtTheWrongTimeIsNone) {
  expect_in(flaw({.write_after_sync = true}), "No fsync of the new file");
  expect_in(flaw({.sync_after_rename = true}), "No fsync of the new file");
}

TEST(Replace, ASyncThatCameTooEarlyIsNamed) {
  expect_in(flaw({.write_after_sync = true}), "That of call 3 came too early");
  const std::string story = flaw({.sync_directory = false, .directory_too_early = true});
  expect_in(story, "No fsync of the directory");
  expect_in(story, "That of call 5 came");
}

TEST(Replace, TheModeNeedsASyncOfItsOwn) {
  const std::string late = flaw({.chmod_after_sync = true});
  expect_in(late, "set its mode last");
  expect_in(late, "(call 4, fchmod");
  expect_in(late, "came too early");
  expect_in(flaw({.chmod_before_sync = true, .data_only = true}), "fdatasync promises");
}

TEST(Replace, TheModeMayBeSetByPath) {
  const fs::path directory = kit::harness::run_directory();
  const std::string target = directory / "target", name = directory / "named";
  for (const bool in_time : {true, false}) {
    const Trace trace = run_traced([&] {
      const int fd = ::open(name.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
      (void)!::write(fd, "new", 3);
      if (in_time) ::chmod(name.c_str(), 0640);
      ::fsync(fd);
      if (!in_time) ::chmod(name.c_str(), 0640);
      ::rename(name.c_str(), target.c_str());
      const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY);
      ::fsync(folder);
    });
    const std::string found = replace_flaw(trace, target).value_or("");
    EXPECT_EQ(found.empty(), in_time) << found;
    fs::remove(target);
  }
}

TEST(Replace, ATemporaryWithoutANamePasses) {
  const fs::path directory = kit::harness::run_directory();
  const std::string target = directory / "target", name = directory / "named";
  const int probe = ::open(directory.c_str(), O_TMPFILE | O_WRONLY, 0600);
  if (probe < 0) return;  // this file system has none; nothing to recognise
  ::close(probe);
  const Trace trace = run_traced([&] {
    const int fd = ::open(directory.c_str(), O_TMPFILE | O_WRONLY, 0600);
    (void)!::write(fd, "new", 3);
    ::fsync(fd);
    const std::string self = "/proc/self/fd/" + std::to_string(fd);
    ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
    ::rename(name.c_str(), target.c_str());
    const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY);
    ::fsync(folder);
    ::close(folder);
    ::close(fd);
  });
  EXPECT_EQ(replace_flaw(trace, target).value_or(""), "");
}

}  // namespace
