// The two files that each test copies between, in a directory of their own:
// how they are set up, and what became of them.
#pragma once

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "copy_file.hpp"
#include "harness/report.hpp"
#include "lens/syscalls/account.hpp"
#include "lens/syscalls/tracer.hpp"

namespace scene {

namespace fs = std::filesystem;
using kit::harness::number;
using kit::syscalls::Ending;

inline std::string bytes_text(std::size_t size) {
  return number(static_cast<std::int64_t>(size)) + (size == 1 ? " byte" : " bytes");
}

/// Bytes that repeat nowhere near: a part that is missing, doubled or misplaced shows.
inline std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (char& c : bytes) {
    state = state * 1664525 + 1013904223;
    c = static_cast<char>(state >> 24);
  }
  return bytes;
}

inline std::string mode_text(mode_t mode) {
  char text[16];
  std::snprintf(text, sizeof text, "%04o", static_cast<unsigned>(mode));
  return text;
}

inline void write_file(const fs::path& path, const std::string& bytes, mode_t mode) {
  fs::remove(path);
  std::ofstream(path, std::ios::binary) << bytes;
  ::chmod(path.c_str(), mode);
}

inline std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  std::vector<char> part(1 << 17);
  while (file.read(part.data(), static_cast<std::streamsize>(part.size())) || file.gcount() > 0) {
    bytes.append(part.data(), static_cast<std::size_t>(file.gcount()));
  }
  return bytes;
}

inline mode_t mode_of(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

inline mode_t umask_now() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return mask;
}

/// Calls copy_file in this process; how it ended.
inline Ending copy(const std::string& from, const std::string& to) {
  try {
    kit::copy_file(from.c_str(), to.c_str());
    return {Ending::Kind::returned, 0, "", nullptr};
  } catch (const std::system_error& error) {
    return {Ending::Kind::threw_code, error.code().value(), error.what(), nullptr};
  } catch (const std::exception& error) {
    return {Ending::Kind::threw_other, 0, error.what(), nullptr};
  }
}

/// How two strings of bytes differ, in a sentence.
inline std::string difference(const std::string& seen, const std::string& wanted) {
  if (seen.size() != wanted.size()) {
    return "`to` has " + number(static_cast<std::int64_t>(seen.size())) + " bytes; the original " +
           number(static_cast<std::int64_t>(wanted.size())) + ".";
  }
  const auto at = std::mismatch(seen.begin(), seen.end(), wanted.begin()).first - seen.begin();
  return "`to` has the right length, but byte " + number(at) + " is another than the original's.";
}

/// What stands under the name `to`.
enum class State { absent, old_file, new_file, link, broken };

class Scene {
 public:
  enum class Target { absent, existing };

  Scene(std::size_t size, Target target, mode_t mode = 0640)
      : directory_(kit::harness::run_directory() / "copy"),
        bytes_(pattern(size)),
        mode_(mode),
        target_(target) {
    fs::remove_all(directory_);
    fs::create_directories(directory_);
    write_file(from(), bytes_, mode);
    set_up_target();
  }
  ~Scene() {
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  std::string from() const { return directory_ / "from"; }
  std::string to() const { return directory_ / "to"; }
  const fs::path& directory() const { return directory_; }
  const std::string& bytes() const { return bytes_; }

  /// The target as it was, and nothing else but the source.
  void reset() {
    for (const std::string& name : kit::syscalls::entries(directory_)) {
      if (name != "from") fs::remove(directory_ / name);
    }
    set_up_target();
  }

  /// Puts a symbolic link in the place of the target.
  void link_target(const std::string& leads_to) {
    fs::remove(to());
    fs::create_symlink(leads_to, to());
  }

  State state() const {
    if (fs::is_symlink(fs::symlink_status(to()))) return State::link;
    if (!fs::exists(to())) return target_ == Target::absent ? State::old_file : State::absent;
    const std::string seen = read_file(to());
    if (seen == bytes_ && (mode_of(to()) & 0777) == mode_) return State::new_file;
    const bool as_before = seen == kOld && mode_of(to()) == kOldMode;
    return target_ == Target::existing && as_before ? State::old_file : State::broken;
  }

  /// "`to` is the old file", "`to` has 30,000 bytes; the original 100,000" ...
  std::string state_text() const {
    switch (state()) {
      case State::absent:
        return "`to` is gone.";
      case State::old_file:
        return target_ == Target::absent ? "`to` was not made." : "`to` is the old file.";
      case State::new_file:
        return "`to` is the whole new file.";
      case State::link:
        return "`to` is a symbolic link.";
      case State::broken:
        break;
    }
    const std::string seen = read_file(to());
    if (seen != bytes_) return difference(seen, bytes_);
    return "`to` has the right bytes, but mode " + mode_text(mode_of(to())) +
           "; the original has " + mode_text(mode_) + " (the umask is " + mode_text(umask_now()) +
           ").";
  }

  /// Files beside the two: what was left behind.
  std::string litter() const {
    std::string names;
    for (const std::string& name : kit::syscalls::entries(directory_)) {
      if (name == "from" || name == "to") continue;
      names += (names.empty() ? "" : ", ") + name;
    }
    return names;
  }

 private:
  void set_up_target() {
    if (target_ == Target::existing) write_file(to(), kOld, kOldMode);
  }

  static inline const std::string kOld = "the old file, as it was before the copy\n";
  static constexpr mode_t kOldMode = 0604;

  fs::path directory_;
  std::string bytes_;
  mode_t mode_;
  Target target_;
};

/// A large file that takes no time to make: data at both ends and in the middle, holes between.
class SparseFile {
 public:
  SparseFile(const std::string& path, std::size_t size) : size_(size) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    for (const std::size_t at : places()) file.seekp(static_cast<std::streamoff>(at)) << kData;
  }
  bool is_copied_to(const std::string& path) const {
    std::ifstream file(path, std::ios::binary);
    for (const std::size_t at : places()) {
      std::string seen(kData.size(), '\0');
      file.seekg(static_cast<std::streamoff>(at));
      file.read(seen.data(), static_cast<std::streamsize>(seen.size()));
      if (seen != kData) return false;
    }
    return std::filesystem::file_size(path) == size_;
  }

 private:
  std::array<std::size_t, 3> places() const { return {0, size_ / 2, size_ - kData.size()}; }
  static inline const std::string kData = "some data";
  std::size_t size_;
};

}  // namespace scene
