// Programs whose accesses are known, for the lens' own tests.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <mutex>

#define KIT_EXPORT extern "C" [[gnu::visibility("default")]]

namespace {

struct alignas(64) Line {
  volatile std::int64_t words[8];
};

struct alignas(128) Room {
  Line lines[64];
  std::atomic<std::int64_t> atomics[8];
  std::mutex mutex;
};

Room room;

}  // namespace

KIT_EXPORT void* sample_room() {
  return &room;
}

// Each thread its own word of one line.
KIT_EXPORT void sample_packed(unsigned thread) {
  auto& word = room.lines[0].words[thread];
  for (int i = 0; i < 100; ++i) word = word + i;
}

// Each thread a line, and one line that all of them only read.
KIT_EXPORT void sample_apart(unsigned thread) {
  for (int i = 0; i < 100; ++i) room.lines[thread].words[0] = room.lines[63].words[1] + i;
}

// Two words that lie in two lines, by one write of 8 bytes that straddles them.
KIT_EXPORT void sample_straddles(unsigned thread) {
  char* const at = reinterpret_cast<char*>(&room) + 60;
  if (thread == 0) {
    *reinterpret_cast<volatile std::uint64_t __attribute__((aligned(1), may_alias))*>(at) = 7;
  } else {
    room.lines[1].words[7] = 8;
  }
}

// By way of the library's functions; the sizes are unknown to the compiler.
KIT_EXPORT void sample_copies(unsigned thread, std::size_t n) {
  char* const room_begin = reinterpret_cast<char*>(&room);
  char* const half = room_begin + 32 * thread;
  const char* const from = room_begin + 1024;
  if (thread == 0) std::memcpy(half, from, n);
  if (thread == 1) std::memset(half, 1, n);
  if (thread == 2) std::memmove(room_begin + 64, from, n);
  if (thread == 3) std::memmove(room_begin + 64 + n, from, n);
}

KIT_EXPORT void sample_mutex(unsigned) {
  for (int i = 0; i < 10; ++i) {
    const std::lock_guard lock(room.mutex);
    room.lines[0].words[0] = 1;
  }
}

KIT_EXPORT void sample_adds(unsigned thread) {
  for (int i = 0; i < 100; ++i) room.atomics[thread].fetch_add(1, std::memory_order_relaxed);
}

KIT_EXPORT void sample_loads_and_stores(unsigned thread) {
  auto& mine = room.atomics[thread];
  for (int i = 0; i < 100; ++i) {
    mine.store(mine.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
}

// What atomic operations return and leave.
template <class T>
static bool atomics_work() {
  std::atomic<T> volatile a{5};
  bool right = a.exchange(9) == 5 && a.load() == 9;
  right = right && a.fetch_add(3) == 9 && a.fetch_sub(2) == 12 && a.load() == 10;
  right = right && a.fetch_and(6) == 10 && a.fetch_or(9) == 2 && a.fetch_xor(1) == 11;
  T expected = 3;
  right = right && !a.compare_exchange_strong(expected, 4) && expected == 10 && a.load() == 10;
  right = right && a.compare_exchange_strong(expected, 4) && a.load() == 4;
  expected = 4;
  while (!a.compare_exchange_weak(expected, 8)) {
  }
  std::atomic_thread_fence(std::memory_order_seq_cst);
  right = right && a.load() == 8;
  a.store(20);
  return right && a.load() == 20;
}

KIT_EXPORT bool sample_atomics_work() {
  return atomics_work<std::uint8_t>() && atomics_work<std::int16_t>() && atomics_work<int>() &&
         atomics_work<std::uint64_t>();
}

// Two loops: reads along the rows, writes down the columns.
KIT_EXPORT void sample_transpose(const float* in, float* out, std::size_t n) {
  for (std::size_t r = 0; r < n; ++r) {
    for (std::size_t c = 0; c < n; ++c) out[c * n + r] = in[r * n + c];
  }
}

// A line of each of `lines` neighbours, `rounds` times.
KIT_EXPORT void sample_rounds(const char* at, std::size_t lines, std::size_t stride, int rounds) {
  volatile char sink = 0;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < lines; ++i) sink = at[i * stride];
  }
  (void)sink;
}
