#include "lens/messages/shared.hpp"

#include <fcntl.h>
#include <mpi.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include "harness/source_line.hpp"

extern "C" const char __ehdr_start;  // the linker's: where this program is loaded

namespace kit::lens {
namespace {

Shared* memory = nullptr;
std::array<bool, kMaxRanks> here{};

// A new, empty file that this process has open, and its name.
int new_file(char (&name)[64]) {
  for (const char* directory : {"/dev/shm", "/tmp"}) {
    std::snprintf(name, sizeof name, "%s/kit-messages-XXXXXX", directory);
    const int fd = ::mkstemp(name);
    if (fd >= 0) return fd;
  }
  return -1;
}

[[noreturn]] void give_up(const char* what) {
  std::perror(what);
  PMPI_Abort(MPI_COMM_WORLD, 70);
  std::abort();
}

}  // namespace

void open_shared(int world_rank, int world_size) {
  if (world_size > kMaxRanks) give_up("the messages lens has room for 64 ranks");
  char name[64] = "";
  int fd = -1;
  const std::size_t size =
      sizeof(Shared) - static_cast<std::size_t>(kMaxRanks - world_size) * sizeof(SharedRank);
  MPI_Comm host = MPI_COMM_NULL;
  int rank_here = 0, ranks_here = 0;
  PMPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, world_rank, MPI_INFO_NULL, &host);
  PMPI_Comm_rank(host, &rank_here);
  PMPI_Comm_size(host, &ranks_here);
  if (rank_here == 0) {
    fd = new_file(name);
    // Sparse: only what is written takes room.
    if (fd < 0 || ::ftruncate(fd, static_cast<off_t>(size)) != 0)
      give_up("shared memory for the logs");
  }
  PMPI_Bcast(name, sizeof name, MPI_CHAR, 0, host);
  if (rank_here != 0) fd = ::open(name, O_RDWR | O_CLOEXEC);
  void* at = fd < 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) give_up(name);
  ::close(fd);
  // A case's rank r is the world's last but r.
  const int own = world_size - 1 - world_rank;
  std::vector<int> ranks(static_cast<std::size_t>(ranks_here));
  PMPI_Allgather(&own, 1, MPI_INT, ranks.data(), 1, MPI_INT, host);
  here.fill(false);
  for (const int r : ranks) here[static_cast<std::size_t>(r)] = true;
  if (rank_here == 0) ::unlink(name);
  PMPI_Comm_free(&host);
  memory = static_cast<Shared*>(at);  // all zero, which is the empty state of everything in it
}

bool is_here(int case_rank) {
  return case_rank >= 0 && case_rank < kMaxRanks && here[static_cast<std::size_t>(case_rank)];
}

Shared& shared() {
  return *memory;
}
bool shared_is_open() {
  return memory != nullptr;
}

Log read_log(int ranks) {
  Log log;
  for (int r = 0; r < ranks; ++r) {
    const SharedRank& one = memory->rank[r];
    log.emplace_back(one.events, one.events + one.count.load(std::memory_order_acquire));
  }
  return log;
}

std::vector<RankState> read_states(int ranks) {
  std::vector<RankState> states;
  for (int r = 0; r < ranks; ++r) {
    const SharedRank& one = memory->rank[r];
    states.push_back({one.state.load(std::memory_order_acquire), one.arrivals.load(), one.blocked});
  }
  return states;
}

std::vector<std::uint64_t> versions(int ranks) {
  std::vector<std::uint64_t> out;
  for (int r = 0; r < ranks; ++r) out.push_back(memory->rank[r].version.load());
  return out;
}

std::uint64_t site_of(const void* return_address) {
  return static_cast<std::uint64_t>(static_cast<const char*>(return_address) - &__ehdr_start);
}

const void* address_of(std::uint64_t site) {
  return &__ehdr_start + site;
}

SourcePlace place(std::uint64_t site) {
  static std::map<std::uint64_t, SourcePlace> known;  // a look-up costs milliseconds
  if (site == 0) return {};
  auto [at, fresh] = known.try_emplace(site);
  if (fresh) {
    // The call itself stands before the address to which it returns.
    const auto line = harness::source_line(static_cast<const char*>(address_of(site)) - 1);
    at->second = {line.file, line.line};
  }
  return at->second;
}

std::string where(std::uint64_t site) {
  const SourcePlace at = place(site);
  return at.file.empty() ? "an unknown line" : at.file + ":" + std::to_string(at.line);
}

}  // namespace kit::lens
