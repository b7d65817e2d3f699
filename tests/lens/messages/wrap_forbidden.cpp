// Calls that most exercises don't allow, because they do the work or wait for everyone:
// collectives, whatever makes a communicator, windows, files, the end of the program. They are
// carried out, and written down as evidence.
#include "lens/messages/last_words.hpp"
#include "lens/messages/recorder.hpp"

using kit::lens::Blocked;
using kit::lens::Call;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

constexpr int kEvery = Blocked::kEveryRank;
constexpr int kNobody = kit::lens::kUnknown;  // may return without anyone

// Who must have come before a rank can leave a collective with a root.
int only_root(int root, MPI_Comm comm) {
  int rank = 0;
  PMPI_Comm_rank(comm, &rank);
  return rank == root ? kNobody : root;
}
int all_at_root(int root, MPI_Comm comm) {
  int rank = 0;
  PMPI_Comm_rank(comm, &rank);
  return rank == root ? kEvery : kNobody;
}

}  // namespace

// KIT_MEETS(Name, needs, comm, (parameters), (arguments)): a blocking collective call.
#define KIT_MEETS(Name, needs, comm, parameters, arguments)       \
  int MPI_##Name parameters {                                     \
    Recorder& recorder = Recorder::get();                         \
    if (!recorder.on()) return PMPI_##Name arguments;             \
    recorder.forbidden(Call::Name, comm, KIT_SITE);               \
    recorder.block_on_meeting(Call::Name, comm, needs, KIT_SITE); \
    const int result = PMPI_##Name arguments;                     \
    recorder.unblock();                                           \
    return result;                                                \
  }

// KIT_STARTS: one that returns at once.
#define KIT_STARTS(Name, comm, parameters, arguments)      \
  int MPI_##Name parameters {                              \
    Recorder::get().forbidden(Call::Name, comm, KIT_SITE); \
    return PMPI_##Name arguments;                          \
  }

// KIT_MAKES: one that makes the communicator *made.
#define KIT_MAKES(Name, colour, comm, parameters, arguments)               \
  int MPI_##Name parameters {                                              \
    Recorder& recorder = Recorder::get();                                  \
    if (!recorder.on()) return PMPI_##Name arguments;                      \
    recorder.forbidden(Call::Name, comm, KIT_SITE);                        \
    recorder.block_on_meeting(Call::Name, comm, kEvery, KIT_SITE);         \
    const int result = PMPI_##Name arguments;                              \
    recorder.unblock();                                                    \
    recorder.made_communicator(Call::Name, comm, colour, *made, KIT_SITE); \
    return result;                                                         \
  }

#define T MPI_Datatype
#define IN const void*
#define OUT void*
#define NS const int*

extern "C" {

KIT_MEETS(Barrier, kEvery, c, (MPI_Comm c), (c))
KIT_MEETS(Bcast, only_root(root, c), c, (OUT b, int n, T t, int root, MPI_Comm c),
          (b, n, t, root, c))
KIT_MEETS(Gather, all_at_root(root, c), c,
          (IN s, int n, T t, OUT r, int m, T u, int root, MPI_Comm c), (s, n, t, r, m, u, root, c))
KIT_MEETS(Gatherv, all_at_root(root, c), c,
          (IN s, int n, T t, OUT r, NS m, NS d, T u, int root, MPI_Comm c),
          (s, n, t, r, m, d, u, root, c))
KIT_MEETS(Scatter, only_root(root, c), c,
          (IN s, int n, T t, OUT r, int m, T u, int root, MPI_Comm c), (s, n, t, r, m, u, root, c))
KIT_MEETS(Scatterv, only_root(root, c), c,
          (IN s, NS n, NS d, T t, OUT r, int m, T u, int root, MPI_Comm c),
          (s, n, d, t, r, m, u, root, c))
KIT_MEETS(Allgather, kEvery, c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Allgatherv, kEvery, c, (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c),
          (s, n, t, r, m, d, u, c))
KIT_MEETS(Alltoall, kEvery, c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Alltoallv, kEvery, c, (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c),
          (s, n, e, t, r, m, d, u, c))
KIT_MEETS(Alltoallw, kEvery, c,
          (IN s, NS n, NS e, const T* t, OUT r, NS m, NS d, const T* u, MPI_Comm c),
          (s, n, e, t, r, m, d, u, c))
KIT_MEETS(Reduce, all_at_root(root, c), c,
          (IN s, OUT r, int n, T t, MPI_Op o, int root, MPI_Comm c), (s, r, n, t, o, root, c))
KIT_MEETS(Allreduce, kEvery, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c), (s, r, n, t, o, c))
KIT_MEETS(Reduce_scatter, kEvery, c, (IN s, OUT r, NS n, T t, MPI_Op o, MPI_Comm c),
          (s, r, n, t, o, c))
KIT_MEETS(Reduce_scatter_block, kEvery, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c),
          (s, r, n, t, o, c))
KIT_MEETS(Scan, kNobody, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c), (s, r, n, t, o, c))
KIT_MEETS(Exscan, kNobody, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c), (s, r, n, t, o, c))
KIT_MEETS(Neighbor_allgather, kNobody, c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Neighbor_allgatherv, kNobody, c, (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c),
          (s, n, t, r, m, d, u, c))
KIT_MEETS(Neighbor_alltoall, kNobody, c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Neighbor_alltoallv, kNobody, c,
          (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c), (s, n, e, t, r, m, d, u, c))
KIT_MEETS(Neighbor_alltoallw, kNobody, c,
          (IN s, NS n, const MPI_Aint* e, const T* t, OUT r, NS m, const MPI_Aint* d, const T* u,
           MPI_Comm c),
          (s, n, e, t, r, m, d, u, c))

KIT_STARTS(Ibarrier, c, (MPI_Comm c, MPI_Request* q), (c, q))
KIT_STARTS(Ibcast, c, (OUT b, int n, T t, int root, MPI_Comm c, MPI_Request* q),
           (b, n, t, root, c, q))
KIT_STARTS(Igather, c, (IN s, int n, T t, OUT r, int m, T u, int root, MPI_Comm c, MPI_Request* q),
           (s, n, t, r, m, u, root, c, q))
KIT_STARTS(Iscatter, c, (IN s, int n, T t, OUT r, int m, T u, int root, MPI_Comm c, MPI_Request* q),
           (s, n, t, r, m, u, root, c, q))
KIT_STARTS(Iallgather, c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c, MPI_Request* q),
           (s, n, t, r, m, u, c, q))
KIT_STARTS(Iallgatherv, c, (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c, MPI_Request* q),
           (s, n, t, r, m, d, u, c, q))
KIT_STARTS(Ialltoall, c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c, MPI_Request* q),
           (s, n, t, r, m, u, c, q))
KIT_STARTS(Ialltoallv, c,
           (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c, MPI_Request* q),
           (s, n, e, t, r, m, d, u, c, q))
KIT_STARTS(Ireduce, c, (IN s, OUT r, int n, T t, MPI_Op o, int root, MPI_Comm c, MPI_Request* q),
           (s, r, n, t, o, root, c, q))
KIT_STARTS(Iallreduce, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, MPI_Request* q),
           (s, r, n, t, o, c, q))
KIT_STARTS(Iscan, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, MPI_Request* q),
           (s, r, n, t, o, c, q))
KIT_STARTS(Iexscan, c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, MPI_Request* q),
           (s, r, n, t, o, c, q))

KIT_MAKES(Comm_dup, 0, c, (MPI_Comm c, MPI_Comm* made), (c, made))
KIT_MAKES(Comm_dup_with_info, 0, c, (MPI_Comm c, MPI_Info i, MPI_Comm* made), (c, i, made))
KIT_MAKES(Comm_split, colour, c, (MPI_Comm c, int colour, int key, MPI_Comm* made),
          (c, colour, key, made))
KIT_MAKES(Comm_split_type, type, c, (MPI_Comm c, int type, int key, MPI_Info i, MPI_Comm* made),
          (c, type, key, i, made))
KIT_MAKES(Comm_create, 0, c, (MPI_Comm c, MPI_Group g, MPI_Comm* made), (c, g, made))
KIT_MAKES(Cart_create, 0, c, (MPI_Comm c, int n, NS dims, NS periods, int reorder, MPI_Comm* made),
          (c, n, dims, periods, reorder, made))
KIT_MAKES(Cart_sub, 0, c, (MPI_Comm c, NS remain, MPI_Comm* made), (c, remain, made))
KIT_MAKES(Graph_create, 0, c, (MPI_Comm c, int n, NS index, NS edges, int reorder, MPI_Comm* made),
          (c, n, index, edges, reorder, made))
KIT_MAKES(Dist_graph_create_adjacent, 0, c,
          (MPI_Comm c, int n, NS from, NS w, int m, NS to, NS v, MPI_Info i, int reorder,
           MPI_Comm* made),
          (c, n, from, w, m, to, v, i, reorder, made))
KIT_MAKES(Dist_graph_create, 0, c,
          (MPI_Comm c, int n, NS from, NS degrees, NS to, NS w, MPI_Info i, int reorder,
           MPI_Comm* made),
          (c, n, from, degrees, to, w, i, reorder, made))
KIT_STARTS(Comm_idup, c, (MPI_Comm c, MPI_Comm* made, MPI_Request* q), (c, made, q))
KIT_STARTS(Comm_create_group, c, (MPI_Comm c, MPI_Group g, int tag, MPI_Comm* made),
           (c, g, tag, made))
KIT_STARTS(Intercomm_create, c,
           (MPI_Comm c, int leader, MPI_Comm peer, int other, int tag, MPI_Comm* made),
           (c, leader, peer, other, tag, made))
KIT_STARTS(Intercomm_merge, c, (MPI_Comm c, int high, MPI_Comm* made), (c, high, made))

int MPI_Comm_free(MPI_Comm* comm) {
  Recorder::get().freed_communicator(*comm, KIT_SITE);
  return PMPI_Comm_free(comm);
}

KIT_STARTS(Win_create, c, (OUT b, MPI_Aint n, int unit, MPI_Info i, MPI_Comm c, MPI_Win* w),
           (b, n, unit, i, c, w))
KIT_STARTS(Win_allocate, c, (MPI_Aint n, int unit, MPI_Info i, MPI_Comm c, OUT b, MPI_Win* w),
           (n, unit, i, c, b, w))
KIT_STARTS(Win_allocate_shared, c,
           (MPI_Aint n, int unit, MPI_Info i, MPI_Comm c, OUT b, MPI_Win* w), (n, unit, i, c, b, w))
KIT_STARTS(Win_create_dynamic, c, (MPI_Info i, MPI_Comm c, MPI_Win* w), (i, c, w))
KIT_STARTS(File_open, c, (MPI_Comm c, const char* name, int mode, MPI_Info i, MPI_File* f),
           (c, name, mode, i, f))
KIT_STARTS(Comm_set_errhandler, c, (MPI_Comm c, MPI_Errhandler e), (c, e))
KIT_STARTS(Init, MPI_COMM_NULL, (int* n, char*** a), (n, a))
KIT_STARTS(Init_thread, MPI_COMM_NULL, (int* n, char*** a, int want, int* have), (n, a, want, have))
KIT_STARTS(Finalize, MPI_COMM_NULL, (void), ())

int MPI_Abort(MPI_Comm comm, int code) {
  Recorder::get().forbidden(Call::Abort, comm, KIT_SITE);
  kit::lens::leave_last_words(kit::lens::LastWords::Kind::Abort, "");
  return PMPI_Abort(comm, code);
}

}  // extern "C"
