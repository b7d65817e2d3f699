// Probes for its parent, with no source named but a tag that is counted on the communicator itself,
// and serves all children by persistent requests that are started together.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>
#include <vector>

namespace kit {
namespace {

int free_count(MPI_Comm, int, void* count, void*) {
  delete static_cast<int*>(count);
  return MPI_SUCCESS;
}

// Every member of a communicator has made the same calls on it, so all count alike.
int next_tag(MPI_Comm comm) {
  static const int key = [] {
    int made = 0;
    MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, free_count, &made, nullptr);
    return made;
  }();
  int* count = nullptr;
  int there = 0;
  MPI_Comm_get_attr(comm, key, &count, &there);
  if (there == 0) {
    count = new int(0);
    MPI_Comm_set_attr(comm, key, count);
  }
  return (*count)++ % 30'000;
}

}  // namespace

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");
  const int n = static_cast<int>(data.size());
  const int me = (rank - root + size) % size;  // numbered from the root
  const auto rank_of = [&](int v) { return (v + root) % size; };
  const int tag = next_tag(comm);
  int reach = size;
  if (me != 0) {
    MPI_Status status;
    MPI_Probe(MPI_ANY_SOURCE, tag, comm, &status);
    MPI_Recv(data.data(), n, MPI_BYTE, status.MPI_SOURCE, tag, comm, MPI_STATUS_IGNORE);
    reach = me & -me;
  }
  std::vector<MPI_Request> sends;
  for (int mask = 1 << 30; mask > 0; mask >>= 1) {
    if (mask >= reach || me + mask >= size) continue;
    MPI_Send_init(data.data(), n, MPI_BYTE, rank_of(me + mask), tag, comm, &sends.emplace_back());
  }
  if (sends.empty()) return;
  MPI_Startall(static_cast<int>(sends.size()), sends.data());
  int done = 0;
  while (done == 0)
    MPI_Testall(static_cast<int>(sends.size()), sends.data(), &done, MPI_STATUSES_IGNORE);
  for (MPI_Request& send : sends) MPI_Request_free(&send);
}

}  // namespace kit
