// What the hooks note of each access of instrumented code, and the log they note it in. Shared by
// the hooks, which lie in the traced library, and by the lens, which lies in the suite.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kit::lens {

enum class AccessKind : std::uint32_t {
  read,
  write,
  atomic_read,
  atomic_write,
  read_modify_write,  // exchange, fetch_add, compare_exchange whether it succeeds or not
  lock,               // of a mutex or rwlock: a write to where it lies
  unlock,
};

struct Access {
  std::uintptr_t address;
  const void* code;  // the return address: take one off to ask for its source line
  std::uint32_t size;
  AccessKind kind;

  bool writes() const { return kind != AccessKind::read && kind != AccessKind::atomic_read; }
};

/// Room is made before the threads start: a hook asks nothing of the heap.
struct AccessLog {
  Access* at = nullptr;
  std::size_t capacity = 0;
  std::size_t size = 0;
  bool overflowed = false;
};

}  // namespace kit::lens

/// Where the calling thread's accesses go from now on; nowhere with a null pointer. Returns where
/// they went so far. Defined in each traced library.
extern "C" kit::lens::AccessLog* kit_trace_into(kit::lens::AccessLog* log);
