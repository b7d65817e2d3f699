#include "lens/syscalls/trace.hpp"

#include <fcntl.h>
#include <string.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "harness/report.hpp"

namespace kit::syscalls {
namespace {

constexpr std::size_t kLongestName = 24;
constexpr std::size_t kResultColumn = 46;

std::string short_path(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  if (name.empty()) name = path;
  if (name.size() > kLongestName) name = name.substr(0, kLongestName - 3) + "...";
  return '"' + name + '"';
}

std::string open_flags_text(std::uint64_t flags) {
  static constexpr const char* kModes[] = {"O_RDONLY", "O_WRONLY", "O_RDWR", "3"};
  std::string text = kModes[flags & O_ACCMODE];
  const auto add = [&](std::uint64_t bits, const char* name) {
    if ((flags & bits) == bits) text += std::string("|") + name;
  };
  add(O_CREAT, "O_CREAT");
  add(O_EXCL, "O_EXCL");
  add(O_TRUNC, "O_TRUNC");
  add(O_APPEND, "O_APPEND");
  add(O_TMPFILE, "O_TMPFILE");
  return text;
}

std::string signed_number(std::uint64_t value) {
  return harness::number(static_cast<std::int64_t>(value));
}

std::string mode_text(std::uint64_t mode) {
  char text[16];
  std::snprintf(text, sizeof text, "%04o", static_cast<unsigned>(mode & 07777));
  return text;
}

}  // namespace

bool Call::transfers() const {
  return family == Family::read || family == Family::write || family == Family::copy_range ||
         family == Family::send_file;
}

const File* Call::source() const {
  if (family == Family::write || files.empty()) return nullptr;
  // Where two descriptors are given, F is the one written to.
  const auto written = shape.find('F');
  return written != std::string_view::npos && written < shape.find('f') && files.size() > 1
             ? &files[1]
             : &files[0];
}

const File* Call::target() const {
  if (family == Family::write) return files.empty() ? nullptr : &files[0];
  if (files.size() < 2) return family == Family::clone_file && !files.empty() ? &files[0] : nullptr;
  return source() == &files[0] ? &files[1] : &files[0];
}

std::uint64_t Call::open_flags() const {
  const auto at = shape.find('o');
  if (family != Family::open) return 0;
  if (at == std::string_view::npos) return name == "creat" ? O_CREAT | O_WRONLY | O_TRUNC : 0;
  return arguments[at];
}

std::size_t Trace::count(Family family) const {
  return static_cast<std::size_t>(std::count_if(
      calls.begin(), calls.end(), [&](const Call& call) { return call.family == family; }));
}

std::size_t Trace::faults_fired() const {
  return static_cast<std::size_t>(std::count_if(calls.begin(), calls.end(), [](const Call& call) {
    return call.injected != Fault::Kind::none;
  }));
}

std::string error_name(int error) {
  const char* name = ::strerrorname_np(error);
  return name == nullptr ? "error " + std::to_string(error) : name;
}

std::string call_text(const Call& call) {
  std::string name(call.name);
  // glibc makes fstat of it.
  if (name == "newfstatat" && !call.files.empty() && call.files[0].descriptor >= 0) {
    return "fstat(" + std::to_string(call.files[0].descriptor) + ")";
  }
  std::string arguments;
  if (const auto blank = name.find(' '); blank != std::string::npos) {  // "ioctl FICLONE"
    arguments = ", " + name.substr(blank + 1);
    name.resize(blank);
  }
  std::size_t file = 0;
  for (std::size_t i = 0; i < call.shape.size(); ++i) {
    const auto value = call.arguments[i];
    std::string text;
    switch (call.shape[i]) {
      case 'f':
      case 'F':
        text = std::to_string(static_cast<int>(value));
        ++file;
        break;
      case 'p':
      case 'q':
        text = file < call.files.size() ? short_path(call.files[file].path) : "?";
        ++file;
        break;
      case 'n':
      case 'i':
        text = signed_number(value);
        break;
      case 'c':
        text = signed_number(call.asked) + " bytes";
        break;
      case 'o':
        text = open_flags_text(value);
        break;
      case 'm':
        text = mode_text(value);
        break;
      default:
        break;
    }
    // The mode of an open that creates nothing is noise.
    if (call.shape[i] == 'm' && call.family == Family::open && (call.open_flags() & O_CREAT) == 0 &&
        (call.open_flags() & O_TMPFILE) != O_TMPFILE) {
      continue;
    }
    if (!text.empty()) arguments += ", " + text;
  }
  return name + "(" + (arguments.empty() ? "" : arguments.substr(2)) + ")";
}

std::string result_text(const Call& call) {
  if (!call.finished) return "never returned";
  if (call.interrupted) return "= interrupted";
  if (call.family == Family::map && call.result > 0) return "= a mapping";
  if (call.result >= 0) return "= " + harness::number(call.result);
  return "= " + error_name(static_cast<int>(-call.result));
}

std::string ending_text(const Ending& ending) {
  switch (ending.kind) {
    case Ending::Kind::returned:
      return "it returned";
    case Ending::Kind::threw_code:
      return "it threw " + error_name(ending.code) + " (" +
             std::generic_category().message(ending.code) + ")";
    case Ending::Kind::threw_other:
      return "it threw: " + ending.what;
    case Ending::Kind::exited:
      return "it ended the whole process with exit status " + std::to_string(ending.code);
    case Ending::Kind::killed: {
      const char* name = ::sigabbrev_np(ending.code);
      return std::string("it was killed by SIG") + (name == nullptr ? "?" : name) +
             line_note(ending.origin);
    }
    case Ending::Kind::hung:
      return "it hangs: it sleeps in a call that nothing will end";
    case Ending::Kind::spins:
      return "it spins: it made call after call and never slept, while what it waits for was still "
             "to come";
    case Ending::Kind::ran_away:
      return "it made call after call and was stopped";
    case Ending::Kind::timed_out:
      return "it did not end in time";
  }
  return "";
}

std::string line_note(const std::shared_ptr<const Origin>& origin) {
  if (origin == nullptr) return "";
  const auto line = learner_line(*origin);
  return line ? " (" + line.text() + ")" : "";
}

std::string paragraph(std::string_view text) {
  constexpr std::size_t kWidth = 76;
  std::string out, line = " ", word;
  const auto end_of_word = [&] {
    if (line.size() > 1 && line.size() + 1 + word.size() > kWidth) {
      out += line + "\n";
      line = " ";
    }
    if (!word.empty()) line += " " + word;
    word.clear();
  };
  for (const char c : text) {
    if (c == ' ' || c == '\n')
      end_of_word();
    else
      word += c;
  }
  end_of_word();
  return out + line + "\n";
}

std::string excerpt(const Trace& trace, std::size_t at, const std::string& note) {
  constexpr std::size_t kBefore = 5;
  constexpr std::size_t kMost = 10;
  const std::size_t size = trace.calls.size();
  std::size_t first = at > kBefore ? at - kBefore : 0;
  const std::size_t last = std::min(size, first + kMost);
  if (last - first < kMost) first = last > kMost ? last - kMost : 0;
  std::string out;
  for (std::size_t i = first; i < last; ++i) {
    const Call& call = trace.calls[i];
    char number[32];
    std::snprintf(number, sizeof number, "%6zu  ", i + 1);
    std::string line = number + call_text(call);
    line.resize(std::max(line.size() + 1, kResultColumn), ' ');
    line += result_text(call);
    if (i == at) {
      const std::string mark = "   <- " + note;
      if (line.size() + mark.size() <= 76)
        line += mark;
      else
        line += "\n" + std::string(10, ' ') + "^ " + note;
    }
    out += line + "\n";
  }
  return out;
}

}  // namespace kit::syscalls
