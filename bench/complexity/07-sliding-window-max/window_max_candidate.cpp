// What a submission to complexity/07-sliding-window-max exports to the bench.
#include <span>

#include "bench/complexity/07-sliding-window-max/windows.hpp"
#include "window_max.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_window_max(const float* all,
                                                                    std::size_t count,
                                                                    std::size_t w,
                                                                    std::size_t* out);

void candidate_window_max(const float* all, std::size_t count, std::size_t w, std::size_t* out) {
  kit::window_max(std::span<const float>(all, count), w,
                  std::span<std::size_t>(out, count - w + 1));
}
