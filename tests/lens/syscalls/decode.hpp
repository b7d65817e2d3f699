// Reads a stopped child: strings and iovecs from its memory, and the files behind its descriptors
// and paths.
#pragma once

#include <sys/types.h>
#include <cstdint>
#include <string>

#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

std::string read_string(pid_t process, std::uint64_t address);

/// Fills in the files and the number of bytes asked for, from the arguments.
void decode(Call& call);

/// After an open, accept or the like: adds the file behind the new descriptor.
void decode_result(Call& call);

File file_behind(pid_t process, int descriptor);

/// Shrinks an iovec array in the child so that it covers `bytes`, and puts it back.
class ShortVector {
 public:
  /// Returns the count to pass instead.
  std::uint64_t shrink(pid_t process, std::uint64_t address, std::uint64_t count,
                       std::uint64_t bytes);
  void restore() const;

 private:
  pid_t process_ = 0;
  std::uint64_t address_ = 0;  // of the changed length; 0 if none was
  std::uint64_t length_ = 0;
};

}  // namespace kit::syscalls
