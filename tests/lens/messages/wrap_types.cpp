// Datatypes that the learner makes and frees. Predefined ones and those inside others are MPI's own
// business.
#include "lens/messages/recorder.hpp"

using kit::lens::Call;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

std::uint64_t object(MPI_Datatype type) {
  return reinterpret_cast<std::uintptr_t>(type);
}

}  // namespace

// KIT_TYPE(Name, (parameters), (arguments)): MPI_Type_Name, whose last argument is the new type.
#define KIT_TYPE(Name, parameters, arguments)                  \
  int MPI_##Name parameters {                                  \
    const int result = PMPI_##Name arguments;                  \
    Recorder::get().made(Call::Name, object(*made), KIT_SITE); \
    return result;                                             \
  }

extern "C" {

KIT_TYPE(Type_contiguous, (int n, MPI_Datatype old, MPI_Datatype* made), (n, old, made))
KIT_TYPE(Type_vector, (int n, int length, int stride, MPI_Datatype old, MPI_Datatype* made),
         (n, length, stride, old, made))
KIT_TYPE(Type_create_hvector,
         (int n, int length, MPI_Aint stride, MPI_Datatype old, MPI_Datatype* made),
         (n, length, stride, old, made))
KIT_TYPE(Type_indexed,
         (int n, const int* lengths, const int* places, MPI_Datatype old, MPI_Datatype* made),
         (n, lengths, places, old, made))
KIT_TYPE(Type_create_hindexed,
         (int n, const int* lengths, const MPI_Aint* places, MPI_Datatype old, MPI_Datatype* made),
         (n, lengths, places, old, made))
KIT_TYPE(Type_create_indexed_block,
         (int n, int length, const int* places, MPI_Datatype old, MPI_Datatype* made),
         (n, length, places, old, made))
KIT_TYPE(Type_create_hindexed_block,
         (int n, int length, const MPI_Aint* places, MPI_Datatype old, MPI_Datatype* made),
         (n, length, places, old, made))
KIT_TYPE(Type_create_struct,
         (int n, const int* lengths, const MPI_Aint* places, const MPI_Datatype* old,
          MPI_Datatype* made),
         (n, lengths, places, old, made))
KIT_TYPE(Type_create_subarray,
         (int n, const int* sizes, const int* parts, const int* starts, int order, MPI_Datatype old,
          MPI_Datatype* made),
         (n, sizes, parts, starts, order, old, made))
KIT_TYPE(Type_create_darray,
         (int size, int rank, int n, const int* sizes, const int* kinds, const int* args,
          const int* procs, int order, MPI_Datatype old, MPI_Datatype* made),
         (size, rank, n, sizes, kinds, args, procs, order, old, made))
KIT_TYPE(Type_create_resized, (MPI_Datatype old, MPI_Aint low, MPI_Aint extent, MPI_Datatype* made),
         (old, low, extent, made))
KIT_TYPE(Type_dup, (MPI_Datatype old, MPI_Datatype* made), (old, made))

int MPI_Type_free(MPI_Datatype* type) {
  Recorder::get().freed(Call::Type_free, object(*type), KIT_SITE);
  Recorder::get().forget_type(*type);
  return PMPI_Type_free(type);
}

}  // extern "C"
