// The MPI calls that the lens tells apart, and their names.
#pragma once

#include <cstdint>
#include <string>

namespace kit::lens {

// clang-format off
#define KIT_MPI_POINT_TO_POINT(X)                                                           \
  X(Send) X(Ssend) X(Rsend) X(Bsend) X(Isend) X(Issend) X(Irsend) X(Ibsend) X(Recv)         \
  X(Irecv) X(Sendrecv) X(Sendrecv_replace) X(Send_init) X(Ssend_init) X(Rsend_init)         \
  X(Bsend_init) X(Recv_init) X(Start) X(Startall) X(Wait) X(Waitall) X(Waitany) X(Waitsome) \
  X(Test) X(Testall) X(Testany) X(Testsome) X(Probe) X(Iprobe) X(Mprobe) X(Improbe)         \
  X(Mrecv) X(Imrecv) X(Cancel) X(Request_free)

#define KIT_MPI_TYPES(X)                                                             \
  X(Type_contiguous) X(Type_vector) X(Type_create_hvector) X(Type_indexed)           \
  X(Type_create_hindexed) X(Type_create_indexed_block) X(Type_create_hindexed_block) \
  X(Type_create_struct) X(Type_create_subarray) X(Type_create_darray)                \
  X(Type_create_resized) X(Type_dup) X(Type_free)

// Calls that wait for other ranks without a message of the learner's own.
#define KIT_MPI_COLLECTIVES(X)                                                            \
  X(Barrier) X(Bcast) X(Gather) X(Gatherv) X(Scatter) X(Scatterv) X(Allgather)            \
  X(Allgatherv) X(Alltoall) X(Alltoallv) X(Alltoallw) X(Reduce) X(Allreduce)              \
  X(Reduce_scatter) X(Reduce_scatter_block) X(Scan) X(Exscan) X(Neighbor_allgather)       \
  X(Neighbor_allgatherv) X(Neighbor_alltoall) X(Neighbor_alltoallv) X(Neighbor_alltoallw) \
  X(Ibarrier) X(Ibcast) X(Igather) X(Igatherv) X(Iscatter) X(Iscatterv) X(Iallgather)     \
  X(Iallgatherv) X(Ialltoall) X(Ialltoallv) X(Ialltoallw) X(Ireduce) X(Iallreduce)        \
  X(Ireduce_scatter) X(Ireduce_scatter_block) X(Iscan) X(Iexscan) X(Ineighbor_allgather)  \
  X(Ineighbor_allgatherv) X(Ineighbor_alltoall) X(Ineighbor_alltoallv)                    \
  X(Ineighbor_alltoallw)

#define KIT_MPI_COMMUNICATORS(X)                                                            \
  X(Comm_dup) X(Comm_idup) X(Comm_dup_with_info) X(Comm_split) X(Comm_split_type)           \
  X(Comm_create) X(Comm_create_group) X(Cart_create) X(Cart_sub) X(Graph_create)            \
  X(Dist_graph_create) X(Dist_graph_create_adjacent) X(Intercomm_create) X(Intercomm_merge) \
  X(Comm_free)

// Windows: made by all ranks together, and used by one.
#define KIT_MPI_WINDOWS(X)                                                                    \
  X(Win_create) X(Win_allocate) X(Win_allocate_shared) X(Win_create_dynamic) X(Win_free)      \
  X(Win_fence)
#define KIT_MPI_ONE_SIDED(X)                                                                  \
  X(Put) X(Get) X(Accumulate) X(Get_accumulate) X(Fetch_and_op) X(Compare_and_swap) X(Rput)   \
  X(Rget) X(Raccumulate) X(Rget_accumulate) X(Win_lock) X(Win_unlock) X(Win_lock_all)         \
  X(Win_unlock_all) X(Win_start) X(Win_complete) X(Win_post) X(Win_wait) X(Win_test)          \
  X(Win_flush) X(Win_flush_all) X(Win_flush_local) X(Win_flush_local_all)

// Local, but to be freed again.
#define KIT_MPI_GROUPS(X)                                                                     \
  X(Comm_group) X(Group_union) X(Group_intersection) X(Group_difference) X(Group_incl)        \
  X(Group_excl) X(Group_range_incl) X(Group_range_excl) X(Group_free)
#define KIT_MPI_OPERATORS(X) X(Op_create) X(Op_free)

#define KIT_MPI_OTHERS(X) \
  X(File_open) X(Comm_set_errhandler) X(Init) X(Init_thread) X(Finalize) X(Abort)

// clang-format on
#define KIT_MPI_CALLS(X)    \
  KIT_MPI_POINT_TO_POINT(X) \
  KIT_MPI_TYPES(X)          \
  KIT_MPI_COLLECTIVES(X)    \
  KIT_MPI_COMMUNICATORS(X)  \
  KIT_MPI_WINDOWS(X)        \
  KIT_MPI_ONE_SIDED(X)      \
  KIT_MPI_GROUPS(X)         \
  KIT_MPI_OPERATORS(X)      \
  KIT_MPI_OTHERS(X)

enum class Call : std::uint16_t {
#define X(call) call,
  KIT_MPI_CALLS(X)
#undef X
};

/// "MPI_Send"
std::string name(Call call);

/// What a call is. exercise.json says which that are not messages, types or local are allowed.
enum class Family : std::uint8_t {
  Messages,
  Types,
  Collective,
  Communicator,
  Window,
  OneSided,
  Group,
  Operator,
  Other
};
Family family(Call call);
/// True for calls that all ranks of a communicator (or window) make in the same order.
bool meets(Call call);

}  // namespace kit::lens
