#include "submission.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "build_lock.hpp"
#include "errors.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

Submission whole_directory(const Exercise& exercise, const std::string& slot,
                           const fs::path& directory) {
  Submission submission{&exercise, slot, directory, false, {}};
  for (const std::string& file : exercise.files) submission.files[file] = directory / file;
  return submission;
}

// FNV-1a: a short, stable name for a directory.
std::string key_of(const fs::path& directory) {
  std::uint64_t hash = 1469598103934665603U;
  for (const char c : directory.string())
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:012x}", hash & 0xffffffffffffU);
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw KitError(fmt::format("{} can't be read: {}.", file.string(), std::strerror(errno)));
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

Submission your_submission(const Workspace& workspace, const Exercise& exercise) {
  const fs::path desk = workspace.root / "work" / exercise.id;
  const bool started = fs::exists(desk / exercise.files[0]);
  Submission submission = whole_directory(
      exercise, "yours", started ? desk : workspace.root / "exercises" / exercise.id);
  submission.stub = !started;
  for (const auto& [name, file] : submission.files) {
    if (!fs::exists(file)) {
      throw KitError(fmt::format("{} is not there.", fs::relative(file, workspace.root).string()),
                     fmt::format("Put the stub back:   ./kit reset {}", exercise.short_name()));
    }
  }
  return submission;
}

Submission stub_submission(const Workspace& workspace, const Exercise& exercise) {
  return whole_directory(exercise, "stub", workspace.root / "exercises" / exercise.id);
}

Submission solution_submission(const Workspace& workspace, const Exercise& exercise) {
  return whole_directory(exercise, "solution", workspace.root / "solutions" / exercise.id);
}

std::vector<Submission> shelf(const Workspace& workspace, const Exercise& exercise,
                              const std::string& name) {
  std::vector<Submission> all;
  const fs::path folder = name == "hostile"
                              ? workspace.root / "tests" / "grader" / "hostile" / exercise.id
                              : workspace.root / "tests" / exercise.id / name;
  if (!fs::is_directory(folder)) return all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    Submission submission = whole_directory(exercise, name + "." + path.stem().string(),
                                            workspace.root / "solutions" / exercise.id);
    submission.directory = path;
    for (auto& [file, from] : submission.files) {
      if (entry.is_directory() && fs::exists(path / file)) from = path / file;
      if (!entry.is_directory() && fs::path(file).extension() == path.extension()) from = path;
    }
    all.push_back(std::move(submission));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.slot < b.slot; });
  return all;
}

Submission adhoc_submission(const Workspace& workspace, const Exercise& exercise,
                            const fs::path& directory) {
  std::error_code error;
  const fs::path whole = fs::canonical(directory, error);
  for (const char* name : {"wrong", "right", "hostile"}) {
    for (Submission& one : shelf(workspace, exercise, name)) {
      if (fs::equivalent(one.directory, whole, error)) return std::move(one);
    }
  }
  if (error || !fs::is_directory(whole)) {
    throw KitError(fmt::format("{} is not a directory.", directory.string()),
                   "Name the directory that holds your answer.");
  }
  Submission submission = whole_directory(exercise, "adhoc." + key_of(whole), whole);
  for (const std::string& file : exercise.files) {
    if (!fs::is_regular_file(whole / file)) {
      const std::string contract =
          exercise.contract.empty() ? exercise.files[0] : exercise.contract;
      throw KitError(fmt::format(
          "{} has no {}; an answer to {} is {} {} (contract: exercises/{}/{}).", directory.string(),
          file, exercise.id, exercise.files.size() == 1 ? "one file," : "the files",
          fmt::join(exercise.files, ", "), exercise.id, contract));
    }
  }
  // Under the lock: while cmake reads the list nobody writes it, and two that write it don't lose each other's line.
  const BuildLock lock(workspace.build);
  const fs::path list = workspace.build / "adhoc.txt";
  const std::string line = fmt::format("{} {} {}\n", key_of(whole), exercise.id, whole.string());
  std::string text;
  if (fs::exists(list)) text = content_of(list);
  if (text.find(line) == std::string::npos) {
    // The oldest go, so that the build files don't grow for ever.
    constexpr long kMost = 32;
    text += line;
    while (std::count(text.begin(), text.end(), '\n') > kMost) text.erase(0, text.find('\n') + 1);
    write_file(list, text);
  }
  return submission;
}

std::map<std::string, std::string> read_files(const Submission& submission) {
  std::map<std::string, std::string> contents;
  for (const auto& [name, file] : submission.files) contents[name] = content_of(file);
  return contents;
}

bool start_exercise(const Workspace& workspace, const Exercise& exercise) {
  const fs::path desk = workspace.root / "work" / exercise.id;
  const fs::path stub = workspace.root / "exercises" / exercise.id;
  bool copied = false;
  try {
    fs::create_directories(desk);
    for (const std::string& file : exercise.files) {
      if (fs::exists(desk / file)) continue;
      write_file(desk / file, content_of(stub / file));
      copied = true;
    }
  } catch (const fs::filesystem_error& error) {
    throw KitError(fmt::format("work/{} can't be made: {}.", exercise.id, error.code().message()));
  }
  return copied;
}

namespace {

// What a kit that was killed while it wrote `file` left beside it: "FILE.PID.new" of a process that is gone.
void remove_forgotten_copies(const fs::path& file) {
  const std::string stem = file.filename().string() + ".";
  std::error_code error;
  const fs::path folder = file.parent_path().empty() ? "." : file.parent_path();
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (!name.starts_with(stem) || !name.ends_with(".new") || name.size() < stem.size() + 5)
      continue;
    const std::string digits = name.substr(stem.size(), name.size() - stem.size() - 4);
    if (digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) continue;
    if (::kill(std::stoi(digits), 0) != 0 && errno == ESRCH) ::unlink(at->path().c_str());
  }
}

}  // namespace

void write_file(const fs::path& file, const std::string& content) {
  const auto fail = [&](const char* what) {
    throw KitError(
        fmt::format("{} can't be written: {}: {}.", file.string(), what, std::strerror(errno)),
        "Is the disk full, or the directory not yours?   df -h . && ls -ld .");
  };
  remove_forgotten_copies(file);
  fs::path temporary = file;
  temporary += fmt::format(".{}.new", ::getpid());
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) fail("open");
  std::size_t done = 0;
  bool good = true;
  while (good && done < content.size()) {
    const ssize_t n = ::write(fd, content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) done += static_cast<std::size_t>(n);
  }
  good = good && ::fsync(fd) == 0;
  const int reason = errno;
  ::close(fd);
  if (!good || ::rename(temporary.c_str(), file.c_str()) != 0) {
    if (!good) errno = reason;
    const int kept = errno;
    ::unlink(temporary.c_str());
    errno = kept;
    fail("write");
  }
  const int directory = ::open(file.parent_path().empty() ? "." : file.parent_path().c_str(),
                               O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    ::fsync(directory);
    ::close(directory);
  }
}

}  // namespace kit
