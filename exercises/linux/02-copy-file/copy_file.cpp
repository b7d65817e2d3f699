#include "copy_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace kit {

void copy_file(const char* from, const char* to) {
  // Begin here: open `from`, ask for its mode, and think about where the new bytes go while they
  // aren't complete.
  (void)from;
  (void)to;
}

}  // namespace kit
