#include "lens/syscalls/replace.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

namespace kit::syscalls {
namespace {

namespace fs = std::filesystem;

std::string number_of(std::size_t call) {
  return std::to_string(call + 1);
}

bool reaches(const Call& sync, const File& file) {
  if (sync.family != Family::sync || !sync.finished || sync.result != 0) return false;
  if (sync.name == "sync") return true;
  if (sync.files.empty()) return false;
  if (sync.name == "syncfs") return sync.files[0].device == file.device;
  return sync.files[0].same_file(file);
}

bool changes_contents(const Call& call, const File& file) {
  if (call.result < 0) return false;
  if (call.family == Family::truncate) return !call.files.empty() && call.files[0].same_file(file);
  if (!call.transfers() && call.family != Family::clone_file) return false;
  if (call.transfers() && call.result == 0) return false;
  return call.target() != nullptr && call.target()->same_file(file);
}

// Whoever changes the owner changes the mode too: bits of it are cleared. An access list is set as
// an extended attribute, and its mask is the mode's group bits.
bool changes_mode(const Call& call, const File& file) {
  if (call.result < 0 || call.files.empty() || !call.files[0].same_file(file)) return false;
  return call.family == Family::chmod || call.name == "chown" || call.name == "fchown" ||
         call.name == "fchownat" || call.name == "setxattr" || call.name == "fsetxattr";
}

// " That of call 11 came too early.", or nothing if there was no such sync before `end`.
std::string too_early(const Trace& trace, std::size_t end, const File& file) {
  for (std::size_t i = end; i-- > 0;) {
    if (reaches(trace.calls[i], file)) return " That of call " + number_of(i) + " came too early.";
  }
  return "";
}

// Directories are compared as files, so that symbolic links on the way don't matter.
File as_file(const fs::path& path) {
  File file;
  file.path = path.string();
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return file;
  file.device = status.st_dev;
  file.inode = status.st_ino;
  file.is_directory = S_ISDIR(status.st_mode);
  return file;
}

bool names(const File& file, const fs::path& target) {
  const fs::path path = file.path;
  return path.filename() == target.filename() &&
         as_file(path.parent_path()).same_file(as_file(target.parent_path()));
}

std::optional<std::size_t> rename_onto(const Trace& trace, const fs::path& target) {
  for (std::size_t i = trace.calls.size(); i-- > 0;) {
    const Call& call = trace.calls[i];
    if (call.family == Family::rename && call.finished && call.result == 0 &&
        call.files.size() == 2 && names(call.files[1], target)) {
      return i;
    }
  }
  return std::nullopt;
}

std::string not_renamed(const Trace& trace, const fs::path& target) {
  std::string story = paragraph("No rename put a finished file in the place of the target.");
  for (std::size_t i = 0; i < trace.calls.size(); ++i) {
    const Call& call = trace.calls[i];
    if (call.family != Family::open || call.files.empty() || !names(call.files[0], target))
      continue;
    if ((call.open_flags() & O_ACCMODE) == O_RDONLY) continue;
    return story +
           paragraph("Call " + number_of(i) + " opens the target itself for writing" +
                     line_note(call.origin) +
                     ": whoever reads it meanwhile, or after a power cut, finds half a file.") +
           "\n" + excerpt(trace, i, "the target itself");
  }
  return story;
}

}  // namespace

std::optional<std::string> replace_flaw(const Trace& trace, const fs::path& target) {
  const auto renamed = rename_onto(trace, target);
  if (!renamed) return not_renamed(trace, target);
  const Call& rename = trace.calls[*renamed];
  const File temporary = rename.files[0];
  const File directory = as_file(target.parent_path());

  std::optional<std::size_t> created;
  std::size_t written = 0, mode_set = 0;
  for (std::size_t i = 0; i < *renamed; ++i) {
    const Call& call = trace.calls[i];
    const auto flags = call.open_flags();
    const bool makes_new =
        (flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL) || (flags & O_TMPFILE) == O_TMPFILE;
    if (call.family == Family::open && call.result >= 0 && makes_new &&
        call.files.back().same_file(temporary)) {
      created = i;
      written = mode_set = i;
    }
    if (changes_contents(call, temporary)) written = i;
    if (changes_mode(call, temporary)) mode_set = i;
  }
  if (!created) {
    return paragraph("The file that call " + number_of(*renamed) +
                     " renames onto the target was not made by an open with O_EXCL or O_TMPFILE: "
                     "two copies at once could share the temporary.") +
           "\n" + excerpt(trace, *renamed, "what is this file?");
  }
  const Call& creation = trace.calls[*created];
  const fs::path made = creation.files[0].path;
  const bool unnamed = (creation.open_flags() & O_TMPFILE) == O_TMPFILE;
  if (!as_file(unnamed ? made : made.parent_path()).same_file(directory)) {
    return paragraph("The temporary is made in another directory than the target's" +
                     line_note(creation.origin) +
                     ". That may be another file system, and rename can't cross over: EXDEV.") +
           "\n" + excerpt(trace, *created, "not in the target's directory");
  }

  const auto synced = [&](std::size_t from, std::size_t to, const File& file, bool with_mode) {
    return std::any_of(trace.calls.begin() + static_cast<std::ptrdiff_t>(from),
                       trace.calls.begin() + static_cast<std::ptrdiff_t>(to),
                       [&](const Call& call) {
                         return reaches(call, file) && !(with_mode && call.name == "fdatasync");
                       });
  };
  if (!synced(written + 1, *renamed, temporary, false)) {
    return paragraph("No fsync of the new file between the last write to it (call " +
                     number_of(written) + ") and the rename, call " + number_of(*renamed) +
                     line_note(rename.origin) + "." + too_early(trace, written, temporary) +
                     " The rename may reach the disk before the data does: after a power cut an "
                     "empty or half-written file stands under the good name.") +
           "\n" + excerpt(trace, *renamed, "the data isn't on disk yet");
  }
  if (!synced(mode_set + 1, *renamed, temporary, true)) {
    const Call& change = trace.calls[mode_set];
    const bool data_only = synced(mode_set + 1, *renamed, temporary, false);
    return paragraph("No fsync of the new file between the call that set its mode last (call " +
                     number_of(mode_set) + ", " + std::string(change.name) +
                     line_note(change.origin) + ") and the rename, call " + number_of(*renamed) +
                     "." +
                     (data_only ? " fdatasync promises the contents, and not the mode."
                                : too_early(trace, mode_set, temporary)) +
                     " After a power cut the new file may stand under the good name with the mode "
                     "it had before.") +
           "\n" + excerpt(trace, *renamed, "the mode isn't on disk yet");
  }
  if (!synced(*renamed + 1, trace.calls.size(), directory, false)) {
    return paragraph("No fsync of the directory after the rename, call " + number_of(*renamed) +
                     line_note(rename.origin) + "." + too_early(trace, *renamed, directory) +
                     " Names belong to the directory: until it is on disk too, a power cut can "
                     "bring the old file back after the function has returned.") +
           "\n" + excerpt(trace, *renamed, "only in memory so far");
  }
  return std::nullopt;
}

}  // namespace kit::syscalls
