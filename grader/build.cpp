#include "build.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>

#include "build_lock.hpp"
#include "errors.hpp"
#include "interrupt.hpp"
#include "sandbox.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// Shows "building 3 of 18" once a second has gone by.
struct Progress {
  const Terminal& terminal;
  std::chrono::steady_clock::time_point begin = std::chrono::steady_clock::now();
  static void on_line(void* self, const std::string& line) {
    auto& progress = *static_cast<Progress*>(self);
    int done = 0;
    int all = 0;
    if (std::sscanf(line.c_str(), "[%d/%d]", &done, &all) != 2) return;
    if (std::chrono::steady_clock::now() - progress.begin < std::chrono::milliseconds(900)) return;
    progress.terminal.progress(fmt::format("building {} of {}", done, all));
  }
};

// What the linker's two usual complaints mean here; its own words stay below.
std::string linker_in_words(const std::string& errors) {
  const auto has = [&](const char* words) { return errors.find(words) != std::string::npos; };
  if (has("duplicate symbol") || has("multiple definition of")) {
    if (has(": main\n") || has("`main'")) {
      return "Your file brings its own main(), and the suite has one. Leave it out: the\n"
             "suite calls the functions of the contract.\n\n" +
             errors;
    }
    return "Your file defines something that the suite defines too: give it another\n"
           "name, or put it into an unnamed namespace.\n\n" +
           errors;
  }
  if (has("undefined symbol: ") || has("undefined reference to")) {
    return "The suite calls what your file doesn't define. Compare name, namespace and\n"
           "parameter types with the contract.\n\n" +
           errors;
  }
  return errors;
}

struct Failure {
  std::string target;  // the file ninja couldn't make
  std::string text;    // what the tool said
};

// ninja prints "FAILED: FILE", the command, what the command said, then the next "[n/m]" or "ninja:
// build stopped".
std::vector<Failure> failures(const std::string& output) {
  std::vector<Failure> all;
  std::istringstream lines(output);
  bool inside = false;
  bool command_next = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("FAILED: ")) {
      all.push_back({line.substr(8), ""});
      inside = command_next = true;
    } else if (line.starts_with("[") || line.starts_with("ninja: ")) {
      inside = false;
    } else if (inside && command_next) {
      command_next = false;
    } else if (line.find("/cmake_pch.hxx:") != std::string::npos ||
               line.ends_with("from <command-line>:")) {
      // How the compiler came to the learner's own includes: by the build's precompiled header.
    } else if (inside) {
      all.back().text += line + "\n";
    }
  }
  return all;
}

}  // namespace

fs::path Build::suite(const Submission& submission, bool sanitized) const {
  return workspace_.build / "suites" / submission.exercise->id / submission.slot /
         (sanitized ? "suite-clean" : "suite");
}

fs::path Build::stage(const Submission& submission) const {
  return workspace_.build / "stage" / submission.exercise->id / submission.slot;
}

fs::path Build::candidate(const Submission& submission) const {
  return workspace_.build / "suites" / submission.exercise->id / submission.slot / "candidate.so";
}

// The build files know stub, wrong/ and right/ only of the exercises in this list (tests/harness/exercise.cmake): who
// solves exercises needs none of them, and ninja reads all it knows before each build.
void Build::open_shelves(const std::vector<std::string>& ids) const {
  const BuildLock lock(workspace_.build, &terminal_);
  const fs::path list = workspace_.build / "shelves.txt";
  std::vector<std::string> known;
  std::ifstream in(list);
  for (std::string line; std::getline(in, line);) known.push_back(line);
  const std::size_t before = known.size();
  for (const std::string& id : ids) {
    if (std::find(known.begin(), known.end(), id) == known.end()) known.push_back(id);
  }
  if (known.size() > before) write_file(list, fmt::format("{}\n", fmt::join(known, "\n")));
}

Build::Ninja Build::run_ninja(const std::vector<std::string>& targets) const {
  const BuildLock lock(workspace_.build, &terminal_);
  if (!fs::exists(workspace_.build / "build.ninja")) {
    terminal_.progress("configuring the build");
    Command configure;
    configure.argv = {"cmake", "-S",   workspace_.root.string(), "-B", workspace_.build.string(),
                      "-G",    "Ninja"};
    const ToolRun run = run_tool(configure);
    if (run.status != 0) kits_own_failure(run.output);
  }
  Command ninja;
  ninja.argv = {"ninja", "-C", workspace_.build.string()};
  ninja.argv.insert(ninja.argv.end(), targets.begin(), targets.end());
  Progress progress{terminal_};
  ToolRun run = run_tool(ninja, &Progress::on_line, &progress);
  if (run.output.find("unknown target") != std::string::npos) {
    // The build files are older than the list of directories: two files of one tick of the clock. Made anew, once.
    Command configure;
    configure.argv = {"cmake", "-S", workspace_.root.string(), "-B", workspace_.build.string()};
    if (run_tool(configure).status == 0) run = run_tool(ninja, &Progress::on_line, &progress);
  }
  terminal_.progress("");
  return {run.status, run.output};
}

void Build::kits_own_failure(const std::string& output) const {
  const auto has = [&](const char* words) { return output.find(words) != std::string::npos; };
  std::error_code ignored;
  const bool full = fs::space(workspace_.build, ignored).available < (1U << 20) && !ignored;
  if (full || has("No space left on device")) {
    throw KitError("The disk is full: nothing could be built.",
                   fmt::format("Make room:   df -h {}", workspace_.build.string()));
  }
  const bool no_tool = has("/bin/sh: 1: ") && (has("not found") || has("Permission denied"));
  if (no_tool || has("ninja: No such file") || has("cmake: No such file") ||
      has("No CMAKE_CXX_COMPILER")) {
    throw KitError("A tool that builds is missing here (compiler, cmake or ninja).",
                   "What is missing, and the mend:   ./kit doctor");
  }
  if (has("Permission denied") || has("Read-only file system")) {
    throw KitError(fmt::format("{} can't be written.", workspace_.build.string()),
                   fmt::format("Mend its owner:   ls -ld {}", workspace_.build.string()));
  }
  std::string tail = output.size() > 3000 ? "...\n" + output.substr(output.size() - 3000) : output;
  throw KitError("The kit's own part does not build; your file is not at fault.\n\n" + tail,
                 "If you changed nothing outside work/, build anew:   rm -rf build && ./kit");
}

void Build::make_own(const std::string& target) const {
  const Ninja ninja = run_ninja({target});
  if (ninja.status != 0) kits_own_failure(ninja.output);
}

Built Build::make(const Submission& submission, const std::vector<std::string>& targets) const {
  const std::string& slot = submission.slot;
  if (slot != "yours" && slot != "solution" && !slot.starts_with("adhoc."))
    open_shelves({submission.exercise->id});
  const Ninja ninja = run_ninja(targets);
  keep_newest_preambles(ninja.output);
  Built built;
  const std::string stage_path = stage(submission).string() + "/";
  const auto with_own_paths = [&](std::string text) {
    for (const auto& [name, file] : submission.files) {
      fs::path shown = file.lexically_relative(workspace_.root);
      if (shown.empty() || *shown.begin() == "..") shown = file;
      replace_all(text, stage_path + name, shown.string());
      replace_all(text,
                  fmt::format("stage/{}/{}/{}", submission.exercise->id, submission.slot, name),
                  shown.string());
    }
    return text;
  };
  const std::string own_objects = "CMakeFiles/" + submission.target() + ".";
  if (ninja.status == 0) {
    built.ok = true;
    keep_warnings(submission, targets.front(), ninja.output);
    std::ifstream kept(kept_warnings(submission, targets.front()));
    for (std::string line; std::getline(kept, line);) built.warnings += with_own_paths(line) + "\n";
    return built;
  }
  const std::string own_programs =
      fmt::format("suites/{}/{}/", submission.exercise->id, submission.slot);
  for (const Failure& failure : failures(ninja.output)) {
    const bool own = failure.target.find(own_objects) != std::string::npos ||
                     failure.target.find(own_programs) != std::string::npos;
    const bool repeated = built.errors.find(with_own_paths(failure.text)) != std::string::npos;
    if (own && !repeated && failure.text.find("No space left") == std::string::npos &&
        !failure.text.starts_with("/bin/sh: "))
      built.errors += with_own_paths(failure.text);
  }
  if (built.errors.empty()) kits_own_failure(ninja.output);
  built.errors = linker_in_words(built.errors);
  return built;
}

std::optional<Build::Ahead> Build::begin(const std::string& target) const {
  if (isolation(workspace_) != Isolation::namespaces) return std::nullopt;
  const std::optional<BuildLock> lock = BuildLock::at_once(workspace_.build);
  if (!lock) return std::nullopt;
  Command ninja;
  ninja.argv = {"ninja", "-C", workspace_.build.string(), target};
  ninja.handed_down = lock->fd();
  return Ahead{Process::plain(ninja), target};
}

Built Build::finish(const Submission& submission, Ahead& ahead) const {
  const ToolRun run = end_of(ahead.ninja);
  if (run.status != 0) return make(submission, {ahead.target});
  keep_newest_preambles(run.output);
  keep_warnings(submission, ahead.target, run.output);
  Built built;
  built.ok = true;
  return built;
}

void Build::make(const std::vector<std::string>& targets) const {
  const Ninja ninja = run_ninja(targets);
  if (ninja.status != 0) kits_own_failure(ninja.output);
}

bool Build::make_ahead(const std::vector<Wanted>& all) const {
  std::vector<std::string> words = {"-k", "0"};
  for (const Wanted& one : all) {
    open_shelves({one.submission.exercise->id});
    words.push_back(one.target());
  }
  const Ninja ninja = run_ninja(words);
  for (const Wanted& one : all) keep_warnings(one.submission, one.target(), ninja.output);
  return ninja.status == 0;
}

// A precompiled preamble (tests/harness/stage.sh) takes 30 to 60 MB: those made last stay, two for each exercise.
void Build::keep_newest_preambles(const std::string& output) const {
  constexpr std::size_t kMost = 8;
  const std::string name = "cmake_pch.hxx.gch";
  if (output.find(name) == std::string::npos) return;
  std::vector<std::pair<fs::file_time_type, fs::path>> all;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(workspace_.build / "CMakeFiles", error)) {
    if (!entry.path().string().ends_with(".objects.dir")) continue;
    const auto made = fs::last_write_time(entry.path() / name, error);
    if (!error) all.emplace_back(made, entry.path() / name);
  }
  std::sort(all.rbegin(), all.rend());
  for (std::size_t i = kMost; i < all.size(); ++i) fs::remove(all[i].second, error);
}

fs::path Build::kept_warnings(const Submission& submission, const std::string& target) const {
  return workspace_.build / "suites" / submission.exercise->id / submission.slot /
         (target + ".warnings");
}

// A file that has not changed is not compiled again, and says nothing: what it said last time still holds.
void Build::keep_warnings(const Submission& submission, const std::string& target,
                          const std::string& output) const {
  if (output.find("Building CXX object CMakeFiles/" + target + ".") == std::string::npos) return;
  const std::string own = stage(submission).string() + "/";
  std::vector<std::string> said;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(own) == std::string::npos || line.find(": warning: ") == std::string::npos)
      continue;
    if (std::find(said.begin(), said.end(), line) == said.end()) said.push_back(line);
  }
  std::ofstream kept(kept_warnings(submission, target));
  for (const std::string& line : said) kept << line << '\n';
}

std::string forbidden_symbols(const Workspace& workspace, const Submission& submission) {
  const fs::path objects = workspace.build / "CMakeFiles" / (submission.target() + ".objects.dir");
  Command nm;
  nm.argv = {"nm", "--undefined-only", "--format=just-symbols"};
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(objects, error)) {
    if (entry.path().extension() == ".o") nm.argv.push_back(entry.path().string());
  }
  if (nm.argv.size() == 3) return "";
  std::string found;
  std::istringstream lines(run_tool(nm).output);
  for (std::string name; std::getline(lines, name);) {
    if (name.starts_with("PMPI_") || name == "dlsym" || name == "dlopen" || name == "dlvsym") {
      found += (found.empty() ? "" : ", ") + name;
    }
  }
  return found;
}

}  // namespace kit
