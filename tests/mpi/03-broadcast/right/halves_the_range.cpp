// Halving: who has the data for a range of ranks hands the upper half to its first rank, and both
// go on with their halves.
#include <mpi.h>

#include <stdexcept>

#include "broadcast.hpp"

namespace kit {
namespace {

struct Job {
  std::span<std::byte> data;
  int root, size, me;
  MPI_Comm comm;
};

// Ranks first .. first + count - 1, numbered from the root; the first of them has the data.
void serve(const Job& job, int first, int count) {
  if (count == 1) return;
  const int lower = (count + 1) / 2;
  const int middle = first + lower;
  const int n = static_cast<int>(job.data.size());
  if (job.me == first) {
    MPI_Ssend(job.data.data(), n, MPI_BYTE, (middle + job.root) % job.size, 17, job.comm);
  } else if (job.me == middle) {
    MPI_Request request;
    MPI_Irecv(job.data.data(), n, MPI_BYTE, (first + job.root) % job.size, 17, job.comm, &request);
    MPI_Wait(&request, MPI_STATUS_IGNORE);
  }
  if (job.me < middle) {
    serve(job, first, lower);
  } else {
    serve(job, middle, count - lower);
  }
}

}  // namespace

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  Job job{data, root, 0, 0, comm};
  int rank = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &job.size);
  if (root < 0 || root >= job.size) throw std::invalid_argument("no such root");
  job.me = (rank - root + job.size) % job.size;
  serve(job, 0, job.size);
}

}  // namespace kit
