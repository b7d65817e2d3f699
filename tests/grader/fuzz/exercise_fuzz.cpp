// An exercise.json, any bytes: an exercise within its limits, or an error that says what to mend; nothing else.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "catalogue.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const kit::Exercise exercise =
        kit::parse_exercise("cache/02-transpose", "exercises/cache/02-transpose/exercise.json",
                            std::string(reinterpret_cast<const char*>(data), size));
    const bool good = exercise.level >= 1 && exercise.level <= 5 && exercise.minutes >= 1 &&
                      !exercise.files.empty() && exercise.test_seconds > 0 &&
                      exercise.memory_mb > 0 && exercise.ranks <= 64;
    if (!good) std::abort();
  } catch (const kit::KitError& error) {
    if (std::string(error.what()).empty() || error.mend().empty()) std::abort();
  }
  return 0;
}
