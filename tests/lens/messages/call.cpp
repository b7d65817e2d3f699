#include "lens/messages/call.hpp"

#include <array>

namespace kit::lens {
namespace {

#define X(call) "MPI_" #call,
constexpr std::array kNames = {KIT_MPI_CALLS(X)};
#undef X

// How many calls each family has, in the order of the list.
#define X(call) +1
constexpr int kSizes[] = {
    0 KIT_MPI_POINT_TO_POINT(X), 0 KIT_MPI_TYPES(X),     0 KIT_MPI_COLLECTIVES(X),
    0 KIT_MPI_COMMUNICATORS(X),  0 KIT_MPI_WINDOWS(X),   0 KIT_MPI_ONE_SIDED(X),
    0 KIT_MPI_GROUPS(X),         0 KIT_MPI_OPERATORS(X),
};
#undef X

}  // namespace

std::string name(Call call) {
  return kNames[static_cast<std::size_t>(call)];
}

Family family(Call call) {
  int left = static_cast<int>(call);
  int which = 0;
  for (const int size : kSizes) {
    if (left < size) break;
    left -= size;
    ++which;
  }
  return static_cast<Family>(which);
}

bool meets(Call call) {
  const Family f = family(call);
  return f == Family::Collective || f == Family::Communicator || f == Family::Window;
}

}  // namespace kit::lens
