// Calls that most exercises don't allow, because they do the work or wait for everyone:
// collectives, whatever makes a communicator, files, the end of the program (windows are in
// wrap_windows.cpp). They are carried out, and written down as evidence.
#include "lens/messages/last_words.hpp"
#include "lens/messages/recorder.hpp"

using kit::lens::Call;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

// Who must have come before this rank can leave a call. That it may wait for more is left out: what
// is proven from this holds for every library.
constexpr std::uint64_t kNobody = 0;

std::uint64_t every(MPI_Comm comm) {
  return Recorder::get().every(comm);
}
std::uint64_t only_root(int root, MPI_Comm comm) {
  int rank = 0;
  PMPI_Comm_rank(comm, &rank);
  return rank == root ? kNobody : Recorder::get().one(comm, root);
}
std::uint64_t all_at_root(int root, MPI_Comm comm) {
  int rank = 0;
  PMPI_Comm_rank(comm, &rank);
  return rank == root ? every(comm) : kNobody;
}
std::uint64_t lower(MPI_Comm comm) {
  return Recorder::get().lower(comm);
}
std::uint64_t neighbours(MPI_Comm comm) {
  return Recorder::get().neighbours(comm);
}

}  // namespace

// KIT_MEETS(Name, needs, comm, (parameters), (arguments)): a blocking collective call.
#define KIT_MEETS(Name, needs, comm, parameters, arguments)        \
  int MPI_##Name parameters {                                      \
    Recorder& recorder = Recorder::get();                          \
    if (!recorder.on()) return PMPI_##Name arguments;              \
    const std::uint64_t needed = needs;                            \
    recorder.forbidden(Call::Name, comm, KIT_SITE, needed);        \
    recorder.block_on_meeting(Call::Name, comm, needed, KIT_SITE); \
    const int result = PMPI_##Name arguments;                      \
    recorder.unblock();                                            \
    return result;                                                 \
  }

// KIT_BEGINS: one that goes on by itself; its last parameter is the request q, and a wait ends it.
#define KIT_BEGINS(Name, needs, comm, parameters, arguments)                    \
  int MPI_##Name parameters {                                                   \
    Recorder& recorder = Recorder::get();                                       \
    const int result = PMPI_##Name arguments;                                   \
    if (recorder.on()) recorder.started(Call::Name, comm, needs, *q, KIT_SITE); \
    return result;                                                              \
  }

// KIT_STARTS: one that needs nobody.
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
    const std::uint64_t needed = every(comm);                              \
    recorder.forbidden(Call::Name, comm, KIT_SITE, needed);                \
    recorder.block_on_meeting(Call::Name, comm, needed, KIT_SITE);         \
    const int result = PMPI_##Name arguments;                              \
    recorder.unblock();                                                    \
    recorder.made_communicator(Call::Name, comm, colour, *made, KIT_SITE); \
    return result;                                                         \
  }

#define T MPI_Datatype
#define IN const void*
#define OUT void*
#define NS const int*
#define Q MPI_Request*

extern "C" {

KIT_MEETS(Barrier, every(c), c, (MPI_Comm c), (c))
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
KIT_MEETS(Allgather, every(c), c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Allgatherv, every(c), c, (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c),
          (s, n, t, r, m, d, u, c))
KIT_MEETS(Alltoall, every(c), c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Alltoallv, every(c), c, (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c),
          (s, n, e, t, r, m, d, u, c))
KIT_MEETS(Alltoallw, every(c), c,
          (IN s, NS n, NS e, const T* t, OUT r, NS m, NS d, const T* u, MPI_Comm c),
          (s, n, e, t, r, m, d, u, c))
KIT_MEETS(Reduce, all_at_root(root, c), c,
          (IN s, OUT r, int n, T t, MPI_Op o, int root, MPI_Comm c), (s, r, n, t, o, root, c))
KIT_MEETS(Allreduce, every(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c),
          (s, r, n, t, o, c))
KIT_MEETS(Reduce_scatter, every(c), c, (IN s, OUT r, NS n, T t, MPI_Op o, MPI_Comm c),
          (s, r, n, t, o, c))
KIT_MEETS(Reduce_scatter_block, every(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c),
          (s, r, n, t, o, c))
KIT_MEETS(Scan, lower(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c), (s, r, n, t, o, c))
KIT_MEETS(Exscan, lower(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c), (s, r, n, t, o, c))
KIT_MEETS(Neighbor_allgather, neighbours(c), c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Neighbor_allgatherv, neighbours(c), c,
          (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c), (s, n, t, r, m, d, u, c))
KIT_MEETS(Neighbor_alltoall, neighbours(c), c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c),
          (s, n, t, r, m, u, c))
KIT_MEETS(Neighbor_alltoallv, neighbours(c), c,
          (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c), (s, n, e, t, r, m, d, u, c))
KIT_MEETS(Neighbor_alltoallw, neighbours(c), c,
          (IN s, NS n, const MPI_Aint* e, const T* t, OUT r, NS m, const MPI_Aint* d, const T* u,
           MPI_Comm c),
          (s, n, e, t, r, m, d, u, c))

KIT_BEGINS(Ibarrier, every(c), c, (MPI_Comm c, Q q), (c, q))
KIT_BEGINS(Ibcast, only_root(root, c), c, (OUT b, int n, T t, int root, MPI_Comm c, Q q),
           (b, n, t, root, c, q))
KIT_BEGINS(Igather, all_at_root(root, c), c,
           (IN s, int n, T t, OUT r, int m, T u, int root, MPI_Comm c, Q q),
           (s, n, t, r, m, u, root, c, q))
KIT_BEGINS(Igatherv, all_at_root(root, c), c,
           (IN s, int n, T t, OUT r, NS m, NS d, T u, int root, MPI_Comm c, Q q),
           (s, n, t, r, m, d, u, root, c, q))
KIT_BEGINS(Iscatter, only_root(root, c), c,
           (IN s, int n, T t, OUT r, int m, T u, int root, MPI_Comm c, Q q),
           (s, n, t, r, m, u, root, c, q))
KIT_BEGINS(Iscatterv, only_root(root, c), c,
           (IN s, NS n, NS d, T t, OUT r, int m, T u, int root, MPI_Comm c, Q q),
           (s, n, d, t, r, m, u, root, c, q))
KIT_BEGINS(Iallgather, every(c), c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c, Q q),
           (s, n, t, r, m, u, c, q))
KIT_BEGINS(Iallgatherv, every(c), c, (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c, Q q),
           (s, n, t, r, m, d, u, c, q))
KIT_BEGINS(Ialltoall, every(c), c, (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c, Q q),
           (s, n, t, r, m, u, c, q))
KIT_BEGINS(Ialltoallv, every(c), c,
           (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c, Q q),
           (s, n, e, t, r, m, d, u, c, q))
KIT_BEGINS(Ialltoallw, every(c), c,
           (IN s, NS n, NS e, const T* t, OUT r, NS m, NS d, const T* u, MPI_Comm c, Q q),
           (s, n, e, t, r, m, d, u, c, q))
KIT_BEGINS(Ireduce, all_at_root(root, c), c,
           (IN s, OUT r, int n, T t, MPI_Op o, int root, MPI_Comm c, Q q),
           (s, r, n, t, o, root, c, q))
KIT_BEGINS(Iallreduce, every(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, Q q),
           (s, r, n, t, o, c, q))
KIT_BEGINS(Ireduce_scatter, every(c), c, (IN s, OUT r, NS n, T t, MPI_Op o, MPI_Comm c, Q q),
           (s, r, n, t, o, c, q))
KIT_BEGINS(Ireduce_scatter_block, every(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, Q q),
           (s, r, n, t, o, c, q))
KIT_BEGINS(Iscan, lower(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, Q q),
           (s, r, n, t, o, c, q))
KIT_BEGINS(Iexscan, lower(c), c, (IN s, OUT r, int n, T t, MPI_Op o, MPI_Comm c, Q q),
           (s, r, n, t, o, c, q))
KIT_BEGINS(Ineighbor_allgather, neighbours(c), c,
           (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c, Q q), (s, n, t, r, m, u, c, q))
KIT_BEGINS(Ineighbor_allgatherv, neighbours(c), c,
           (IN s, int n, T t, OUT r, NS m, NS d, T u, MPI_Comm c, Q q), (s, n, t, r, m, d, u, c, q))
KIT_BEGINS(Ineighbor_alltoall, neighbours(c), c,
           (IN s, int n, T t, OUT r, int m, T u, MPI_Comm c, Q q), (s, n, t, r, m, u, c, q))
KIT_BEGINS(Ineighbor_alltoallv, neighbours(c), c,
           (IN s, NS n, NS e, T t, OUT r, NS m, NS d, T u, MPI_Comm c, Q q),
           (s, n, e, t, r, m, d, u, c, q))
KIT_BEGINS(Ineighbor_alltoallw, neighbours(c), c,
           (IN s, NS n, const MPI_Aint* e, const T* t, OUT r, NS m, const MPI_Aint* d, const T* u,
            MPI_Comm c, Q q),
           (s, n, e, t, r, m, d, u, c, q))

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
KIT_BEGINS(Comm_idup, every(c), c, (MPI_Comm c, MPI_Comm* made, Q q), (c, made, q))
KIT_STARTS(Intercomm_create, c,
           (MPI_Comm c, int leader, MPI_Comm peer, int other, int tag, MPI_Comm* made),
           (c, leader, peer, other, tag, made))
KIT_STARTS(Intercomm_merge, c, (MPI_Comm c, int high, MPI_Comm* made), (c, high, made))

// Only the ranks of the group call it: no meeting of the whole communicator.
int MPI_Comm_create_group(MPI_Comm c, MPI_Group g, int tag, MPI_Comm* made) {
  Recorder& recorder = Recorder::get();
  recorder.forbidden(Call::Comm_create_group, c, KIT_SITE);
  const int result = PMPI_Comm_create_group(c, g, tag, made);
  if (recorder.on()) recorder.made_group_communicator(*made, KIT_SITE);
  return result;
}

int MPI_Comm_free(MPI_Comm* comm) {
  Recorder::get().freed_communicator(*comm, KIT_SITE);
  return PMPI_Comm_free(comm);
}

KIT_STARTS(File_open, c, (MPI_Comm c, const char* name, int mode, MPI_Info i, MPI_File* f),
           (c, name, mode, i, f))
KIT_STARTS(Comm_set_errhandler, c, (MPI_Comm c, MPI_Errhandler e), (c, e))

// Whoever calls the function under test has begun MPI and will end it; the ranks can't go on behind any of these.
#define KIT_ENDS_ALL(Name, parameters, comm, code)                      \
  int MPI_##Name parameters {                                           \
    Recorder::get().forbidden(Call::Name, comm, KIT_SITE);              \
    kit::lens::leave_last_words(kit::lens::LastWords::Kind::Abort, ""); \
    return PMPI_Abort(MPI_COMM_WORLD, code);                            \
  }
KIT_ENDS_ALL(Init, (int*, char***), MPI_COMM_NULL, 1)
KIT_ENDS_ALL(Init_thread, (int*, char***, int, int*), MPI_COMM_NULL, 1)
KIT_ENDS_ALL(Finalize, (), MPI_COMM_NULL, 1)
KIT_ENDS_ALL(Abort, (MPI_Comm comm, int code), comm, code)

}  // extern "C"
