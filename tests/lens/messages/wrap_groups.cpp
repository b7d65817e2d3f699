// Groups and operators that the learner makes and has to free. Both are local: nobody waits.
#include "lens/messages/recorder.hpp"

using kit::lens::Call;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

std::uint64_t object(MPI_Group group) {
  return reinterpret_cast<std::uintptr_t>(group);
}

}  // namespace

// KIT_GROUP(Name, (parameters), (arguments)): MPI_Name, whose last argument is the new group.
#define KIT_GROUP(Name, parameters, arguments)                                               \
  int MPI_##Name parameters {                                                                \
    const int result = PMPI_##Name arguments;                                                \
    if (*made != MPI_GROUP_EMPTY) Recorder::get().made(Call::Name, object(*made), KIT_SITE); \
    return result;                                                                           \
  }

extern "C" {

KIT_GROUP(Comm_group, (MPI_Comm c, MPI_Group* made), (c, made))
KIT_GROUP(Group_union, (MPI_Group a, MPI_Group b, MPI_Group* made), (a, b, made))
KIT_GROUP(Group_intersection, (MPI_Group a, MPI_Group b, MPI_Group* made), (a, b, made))
KIT_GROUP(Group_difference, (MPI_Group a, MPI_Group b, MPI_Group* made), (a, b, made))
KIT_GROUP(Group_incl, (MPI_Group g, int n, const int* ranks, MPI_Group* made), (g, n, ranks, made))
KIT_GROUP(Group_excl, (MPI_Group g, int n, const int* ranks, MPI_Group* made), (g, n, ranks, made))
KIT_GROUP(Group_range_incl, (MPI_Group g, int n, int ranges[][3], MPI_Group* made),
          (g, n, ranges, made))
KIT_GROUP(Group_range_excl, (MPI_Group g, int n, int ranges[][3], MPI_Group* made),
          (g, n, ranges, made))

int MPI_Group_free(MPI_Group* group) {
  Recorder::get().freed(Call::Group_free, object(*group), KIT_SITE);
  return PMPI_Group_free(group);
}

int MPI_Op_create(MPI_User_function* function, int commutes, MPI_Op* made) {
  const int result = PMPI_Op_create(function, commutes, made);
  Recorder::get().made(Call::Op_create, reinterpret_cast<std::uintptr_t>(*made), KIT_SITE);
  return result;
}

int MPI_Op_free(MPI_Op* op) {
  Recorder::get().freed(Call::Op_free, reinterpret_cast<std::uintptr_t>(*op), KIT_SITE);
  return PMPI_Op_free(op);
}

}  // extern "C"
