#include "lens/messages/call.hpp"

#include <array>

namespace kit::lens {
namespace {

#define X(call) "MPI_" #call,
constexpr std::array kNames = {KIT_MPI_CALLS(X)};
#undef X

#define X(call) +1
constexpr int kMessages = 0 KIT_MPI_POINT_TO_POINT(X);
constexpr int kTypes = kMessages KIT_MPI_TYPES(X);
constexpr int kCollectives = kTypes KIT_MPI_COLLECTIVES(X);
constexpr int kCommunicators = kCollectives KIT_MPI_COMMUNICATORS(X);
#undef X

}  // namespace

std::string name(Call call) {
  return kNames[static_cast<std::size_t>(call)];
}

Family family(Call call) {
  const int place = static_cast<int>(call);
  if (place < kMessages) return Family::Messages;
  if (place < kTypes) return Family::Types;
  if (place < kCollectives) return Family::Collective;
  if (place < kCommunicators) return Family::Communicator;
  return Family::Other;
}

}  // namespace kit::lens
