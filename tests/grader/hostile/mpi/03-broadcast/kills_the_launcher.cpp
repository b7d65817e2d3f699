// gets: crashed; in: Correct.FourRanksFromRoot0; needs: sandbox
// SIGKILL to mpirun.
#include "broadcast.hpp"

#include <mpi.h>

#include <unistd.h>
#include <bit>
#include <csignal>
#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("root");
  if (rank == 1) {
    ::kill(::getppid(), SIGKILL);
    // The ranks outlive mpirun by a moment, in which a small test could still pass.
    for (;;) ::pause();
  }
  const int n = static_cast<int>(data.size());
  const int own = (rank - root + size) % size;
  int mask = own == 0 ? static_cast<int>(std::bit_ceil(static_cast<unsigned>(size))) : own & -own;
  if (own != 0)
    MPI_Recv(data.data(), n, MPI_BYTE, (own - mask + root) % size, 0, comm, MPI_STATUS_IGNORE);
  while (mask >>= 1) {
    if (own + mask < size) MPI_Send(data.data(), n, MPI_BYTE, (own + mask + root) % size, 0, comm);
  }
}

}  // namespace kit
