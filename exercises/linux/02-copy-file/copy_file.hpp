// Copies a file: whole, durable, and never half.
//
//   before            copy_file("config.new", "config")            after
//   config: old  ──>  every reader finds the old file, then  ──>  config: new, on disk
//                     from one moment to the next the new one
#pragma once

namespace kit {

/// Makes `to` a copy of `from`: the same bytes, the same permission bits.
///
/// REQUIRES: `from` is a regular file, or one that reads like one, such as those in /proc. Its size
/// need not be what stat says: files in /proc say 0, others grow. `to` may be any valid name:
/// absent or existing, without a '/', its last part as long as the file system allows (255 bytes).
/// Local file systems; no signal handler is installed here.
///
/// ENSURES: whoever opens `to` at any moment finds the old file or the whole new one, with its
/// mode; that holds when the process is killed and when the power fails. When copy_file has
/// returned, the new file is on disk under its name. The mode of `to` is that of `from` (the 0777
/// bits; more may be kept), whatever the umask. Owner, times and extended attributes don't go
/// along. No descriptor and no other file stay behind, whether it returns or throws.
///
/// A symbolic link at `to` is replaced and not followed: it is not the file that it leads to, so a
/// link to `from`, or to itself, is replaced like any other. What is appended to `from` while it
/// copies may or may not be in the copy. If the process is killed, a temporary may stay; no later
/// copy stumbles over it. Copies of different files into one directory may run at the same time.
///
/// A call that is interrupted (EINTR) or transfers less than asked is no error. That holds for
/// fsync too: interrupted, it has not failed and is called again. The error of a close may be
/// ignored after a good fsync; close is never called again. An in-kernel copy that can't be done
/// here (EXDEV, EINVAL, EOPNOTSUPP, ENOSYS, of FICLONE also ENOTTY) is no error either: the data is
/// then read and written.
///
/// THROWS: std::system_error with the errno of the call that failed. `to` is then what it was
/// before. Only where a step after the rename failed (making the new name durable) is it the new
/// file. Any error of fsync but EINTR is final: it is not tried again. With EINVAL, and nothing
/// touched, if `from` and `to` are the same file, also under two names (hard links).
///
/// COST: where the kernel can copy, at most 24 system calls up to 1 GiB (memory, signal masks and
/// clocks don't count). Within one file system the data does not pass through this process while
/// the kernel can copy it: it is neither read, written nor mapped.
void copy_file(const char* from, const char* to);

}  // namespace kit
