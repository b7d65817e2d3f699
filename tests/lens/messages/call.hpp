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
  X(Ibarrier) X(Ibcast) X(Igather) X(Iscatter) X(Iallgather) X(Iallgatherv) X(Ialltoall)  \
  X(Ialltoallv) X(Ireduce) X(Iallreduce) X(Iscan) X(Iexscan)

#define KIT_MPI_COMMUNICATORS(X)                                                            \
  X(Comm_dup) X(Comm_idup) X(Comm_dup_with_info) X(Comm_split) X(Comm_split_type)           \
  X(Comm_create) X(Comm_create_group) X(Cart_create) X(Cart_sub) X(Graph_create)            \
  X(Dist_graph_create) X(Dist_graph_create_adjacent) X(Intercomm_create) X(Intercomm_merge) \
  X(Comm_free)

#define KIT_MPI_OTHERS(X)                                                                 \
  X(Win_create) X(Win_allocate) X(Win_allocate_shared) X(Win_create_dynamic) X(File_open) \
  X(Comm_set_errhandler) X(Init) X(Init_thread) X(Finalize) X(Abort)

// clang-format on
#define KIT_MPI_CALLS(X)    \
  KIT_MPI_POINT_TO_POINT(X) \
  KIT_MPI_TYPES(X) KIT_MPI_COLLECTIVES(X) KIT_MPI_COMMUNICATORS(X) KIT_MPI_OTHERS(X)

enum class Call : std::uint16_t {
#define X(call) call,
  KIT_MPI_CALLS(X)
#undef X
};

/// "MPI_Send"
std::string name(Call call);

/// What a call is. exercise.json says which that are not messages, types or local are allowed.
enum class Family : std::uint8_t { Messages, Types, Collective, Communicator, Other };
Family family(Call call);

}  // namespace kit::lens
