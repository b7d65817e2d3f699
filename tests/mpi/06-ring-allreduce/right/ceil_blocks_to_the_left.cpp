// To the left, with blocks of ceil(n / p): the last ones may be short or empty, and what is empty is
// not sent. Sends and receives are posted together and waited for together; each step has a tag.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace kit {

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const std::size_t n = data.size();
  const std::size_t length =
      (n + static_cast<std::size_t>(size) - 1) / static_cast<std::size_t>(size);
  const auto block = [&](int b) {
    const auto number = static_cast<std::size_t>((b + 2 * size) % size);
    const std::size_t first = std::min(n, number * length);
    return data.subspan(first, std::min(length, n - first));
  };
  std::vector<float> came(length);
  for (int step = 0; step < 2 * (size - 1); ++step) {
    const bool adds = step < size - 1;
    const std::span<float> out = block(rank + step);
    const std::span<float> in = block(rank + step + 1);
    std::array<MPI_Request, 2> open = {MPI_REQUEST_NULL, MPI_REQUEST_NULL};
    if (!in.empty()) {
      MPI_Irecv(adds ? came.data() : in.data(), static_cast<int>(in.size()), MPI_FLOAT,
                (rank + 1) % size, step, comm, &open[0]);
    }
    if (!out.empty()) {
      MPI_Isend(out.data(), static_cast<int>(out.size()), MPI_FLOAT, (rank + size - 1) % size, step,
                comm, &open[1]);
    }
    MPI_Waitall(2, open.data(), MPI_STATUSES_IGNORE);
    if (adds) std::transform(in.begin(), in.end(), came.begin(), in.begin(), std::plus<>{});
  }
}

}  // namespace kit
