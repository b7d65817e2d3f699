// What a traced region did: its calls, its end, and what it left behind. A plain value; suites
// judge it.
#pragma once

#include <sys/types.h>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "lens/syscalls/calls.hpp"
#include "lens/syscalls/origin.hpp"
#include "lens/syscalls/plan.hpp"

namespace kit::syscalls {

/// A file that a call works on, seen at the call: by descriptor or by path.
struct File {
  int descriptor = -1;                  // -1 if named by a path
  std::string path;                     // absolute; of a descriptor, what /proc says of it
  std::uint64_t device = 0, inode = 0;  // 0, 0 if there is no such file
  bool is_directory = false;
  bool is_regular = false;

  bool exists() const { return inode != 0; }
  bool same_file(const File& other) const {
    return exists() && device == other.device && inode == other.inode;
  }
};

struct Call {
  std::string_view name;
  Family family = Family::other;
  std::string_view shape;
  long number = -1;
  pid_t thread = 0;
  std::array<std::uint64_t, 6> arguments{};
  std::vector<File>
      files;  // in the order of the arguments; that of an open call's new descriptor comes last
  std::uint64_t asked = 0;  // bytes, where the call transfers some (as asked, before any fault)
  std::int64_t result = 0;  // negative: -errno
  bool finished = false;
  bool interrupted = false;  // by a signal: it failed with EINTR, or the kernel starts it again
  std::size_t ended = 0;     // how many calls of the region had begun when it ended
  Fault::Kind injected = Fault::Kind::none;
  std::shared_ptr<const Origin> origin;

  bool failed() const { return finished && result < 0; }
  bool transfers() const;            // read, write, copy_range, send_file
  const File* source() const;        // of a transfer or a rename: what is read or renamed
  const File* target() const;        // what is written to or renamed to
  std::uint64_t open_flags() const;  // of open calls
};

/// How the region came to its end.
struct Ending {
  enum class Kind {
    returned,
    threw_code,
    threw_other,
    exited,
    killed,
    hung,
    spins,
    ran_away,
    timed_out
  };
  Kind kind = Kind::timed_out;
  int code = 0;                          // errno of the exception, exit status or signal
  std::string what;                      // of the exception
  std::shared_ptr<const Origin> origin;  // of a fatal signal

  bool returned() const { return kind == Kind::returned; }
  bool threw(int error) const { return kind == Kind::threw_code && code == error; }
};

struct Trace {
  std::vector<Call> calls;
  Ending ending;
  std::map<int, std::string>
      leaked;  // descriptors open after the region and not before, and what they refer to
  std::map<int, std::string> lost;  // open before, and closed by the region
  int children_left = 0;            // processes made by the region and not reaped by it
  std::size_t asleep = 0;           // how often Plan::when_asleep was called

  std::size_t count(Family family) const;
  std::size_t faults_fired() const;
};

/// "ENOSPC"; the number if it has no name.
std::string error_name(int error);
/// "write(4, 131,072)", and its result: "= 126,976", "= ENOSPC".
std::string call_text(const Call& call);
std::string result_text(const Call& call);
/// "it returned", "it threw ENOSPC (No space left on device)", "it was killed by SIGSEGV" ...
std::string ending_text(const Ending& ending);
/// " (copy_file.cpp:31)", or nothing if no line of the learner's is known.
std::string line_note(const std::shared_ptr<const Origin>& origin);
/// Text as a story has it: wrapped at 76 columns, each line indented by two spaces and ended.
std::string paragraph(std::string_view text);
/// At most ten calls around `at`, with `note` and an arrow behind that one. Each line ends with a
/// newline.
std::string excerpt(const Trace& trace, std::size_t at, const std::string& note);

}  // namespace kit::syscalls
