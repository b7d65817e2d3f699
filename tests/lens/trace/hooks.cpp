// The functions that a compiler calls before each access of code built with -fsanitize=thread, here
// written anew: they note the access in the calling thread's log, and do atomic operations
// themselves. Linked into each traced library in place of libtsan. Calls of memcpy, memmove, memset
// and of the locks of pthreads are led here too, by the linker's --wrap.
#include <pthread.h>

#include <cstring>

#include "lens/trace/access.hpp"

namespace {

using kit::lens::Access;
using kit::lens::AccessKind;
using kit::lens::AccessLog;

thread_local AccessLog* log = nullptr;

void note(const volatile void* address, std::size_t size, AccessKind kind, const void* code) {
  if (log == nullptr || size == 0) return;
  if (log->size == log->capacity) {
    log->overflowed = true;
    return;
  }
  log->at[log->size++] = {reinterpret_cast<std::uintptr_t>(address), code,
                          static_cast<std::uint32_t>(size), kind};
}

}  // namespace

#define KIT_HERE __builtin_return_address(0)

extern "C" {

AccessLog* kit_trace_into(AccessLog* into) {
  AccessLog* const before = log;
  log = into;
  return before;
}

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}

// Plain accesses. The compiler names the size, and those not aligned to it, and volatile ones.
#define KIT_PLAIN(name, kind)                \
  void __tsan_##name##1(void* a) {           \
    note(a, 1, AccessKind::kind, KIT_HERE);  \
  }                                          \
  void __tsan_##name##2(void* a) {           \
    note(a, 2, AccessKind::kind, KIT_HERE);  \
  }                                          \
  void __tsan_##name##4(void* a) {           \
    note(a, 4, AccessKind::kind, KIT_HERE);  \
  }                                          \
  void __tsan_##name##8(void* a) {           \
    note(a, 8, AccessKind::kind, KIT_HERE);  \
  }                                          \
  void __tsan_##name##16(void* a) {          \
    note(a, 16, AccessKind::kind, KIT_HERE); \
  }
KIT_PLAIN(read, read)
KIT_PLAIN(write, write)
KIT_PLAIN(unaligned_read, read)
KIT_PLAIN(unaligned_write, write)
KIT_PLAIN(volatile_read, read)
KIT_PLAIN(volatile_write, write)
void __tsan_read_range(void* a, std::size_t n) {
  note(a, n, AccessKind::read, KIT_HERE);
}
void __tsan_write_range(void* a, std::size_t n) {
  note(a, n, AccessKind::write, KIT_HERE);
}
void __tsan_vptr_read(void* a) {
  note(a, sizeof(void*), AccessKind::read, KIT_HERE);
}
void __tsan_vptr_update(void* a, void*) {
  note(a, sizeof(void*), AccessKind::write, KIT_HERE);
}

// Atomic ones, in the strongest order: this lens asks where, not in which order.
#define KIT_UPDATE(bits, type, name, builtin)                        \
  type __tsan_atomic##bits##_##name(volatile type* a, type v, int) { \
    note(a, sizeof(type), AccessKind::read_modify_write, KIT_HERE);  \
    return builtin(a, v, __ATOMIC_SEQ_CST);                          \
  }
#define KIT_COMPARE(bits, type, name)                                                              \
  int __tsan_atomic##bits##_##name(volatile type* a, type* expected, type v, int, int) {           \
    note(a, sizeof(type), AccessKind::read_modify_write, KIT_HERE);                                \
    return __atomic_compare_exchange_n(a, expected, v, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
  }
#define KIT_ATOMIC(bits, type)                                      \
  type __tsan_atomic##bits##_load(const volatile type* a, int) {    \
    note(a, sizeof(type), AccessKind::atomic_read, KIT_HERE);       \
    return __atomic_load_n(a, __ATOMIC_SEQ_CST);                    \
  }                                                                 \
  void __tsan_atomic##bits##_store(volatile type* a, type v, int) { \
    note(a, sizeof(type), AccessKind::atomic_write, KIT_HERE);      \
    __atomic_store_n(a, v, __ATOMIC_SEQ_CST);                       \
  }                                                                 \
  KIT_UPDATE(bits, type, exchange, __atomic_exchange_n)             \
  KIT_UPDATE(bits, type, fetch_add, __atomic_fetch_add)             \
  KIT_UPDATE(bits, type, fetch_sub, __atomic_fetch_sub)             \
  KIT_UPDATE(bits, type, fetch_and, __atomic_fetch_and)             \
  KIT_UPDATE(bits, type, fetch_or, __atomic_fetch_or)               \
  KIT_UPDATE(bits, type, fetch_xor, __atomic_fetch_xor)             \
  KIT_UPDATE(bits, type, fetch_nand, __atomic_fetch_nand)           \
  KIT_COMPARE(bits, type, compare_exchange_strong)                  \
  KIT_COMPARE(bits, type, compare_exchange_weak)
KIT_ATOMIC(8, std::uint8_t)
KIT_ATOMIC(16, std::uint16_t)
KIT_ATOMIC(32, std::uint32_t)
KIT_ATOMIC(64, std::uint64_t)
void __tsan_atomic_thread_fence(int) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
void __tsan_atomic_signal_fence(int) {}

// What compilers leave as calls, and make out of loops.
void* __real_memcpy(void* to, const void* from, std::size_t n);
void* __real_memmove(void* to, const void* from, std::size_t n);
void* __real_memset(void* to, int value, std::size_t n);
#define KIT_COPY(name, real)                              \
  void* name(void* to, const void* from, std::size_t n) { \
    note(from, n, AccessKind::read, KIT_HERE);            \
    note(to, n, AccessKind::write, KIT_HERE);             \
    return real(to, from, n);                             \
  }
#define KIT_SET(name)                              \
  void* name(void* to, int value, std::size_t n) { \
    note(to, n, AccessKind::write, KIT_HERE);      \
    return __real_memset(to, value, n);            \
  }
KIT_COPY(__wrap_memcpy, __real_memcpy)
KIT_COPY(__wrap_memmove, __real_memmove)
KIT_SET(__wrap_memset)
// The names that clang has for them since version 15.
KIT_COPY(__tsan_memcpy, __real_memcpy)
KIT_COPY(__tsan_memmove, __real_memmove)
KIT_SET(__tsan_memset)

// The locks below std::mutex and std::shared_mutex.
#define KIT_LOCK(name, type, kind)                    \
  int __real_##name(type* m);                         \
  int __wrap_##name(type* m) {                        \
    note(m, sizeof(int), AccessKind::kind, KIT_HERE); \
    return __real_##name(m);                          \
  }
KIT_LOCK(pthread_mutex_lock, pthread_mutex_t, lock)
KIT_LOCK(pthread_mutex_trylock, pthread_mutex_t, lock)
KIT_LOCK(pthread_mutex_unlock, pthread_mutex_t, unlock)
KIT_LOCK(pthread_rwlock_rdlock, pthread_rwlock_t, lock)
KIT_LOCK(pthread_rwlock_wrlock, pthread_rwlock_t, lock)
KIT_LOCK(pthread_rwlock_tryrdlock, pthread_rwlock_t, lock)
KIT_LOCK(pthread_rwlock_trywrlock, pthread_rwlock_t, lock)
KIT_LOCK(pthread_rwlock_unlock, pthread_rwlock_t, unlock)

}  // extern "C"
