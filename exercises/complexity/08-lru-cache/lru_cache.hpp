// LruCache<K, V>: at most `capacity` entries; when another key comes, the one that was used longest
// ago leaves.
//
// REQUIRES: K default constructible and copyable; V default constructible and movable, and never
//           copied. Keys are the same where Eq says so, and then Hash gives the same number.
//           Nothing else is asked of K: no ==, no <. Hash may throw at its first call in an
//           operation, not later in it; Eq never throws.
// THROWS:   std::bad_alloc, in the constructor or in a put before `capacity` distinct keys have
//           been put; and what Hash, K or V throw.
// COST:     expected O(1) for each operation, whatever the capacity; at most 3 calls of Hash an
//           operation. Once `capacity` distinct keys have been put nothing asks the heap any
//           more. At most 256 bytes an entry beside K and V, counted by the capacity.
#pragma once

#include <cstddef>
#include <functional>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
 public:
  /// May allocate all that it will ever need. With capacity 0 it holds nothing, and a put does
  /// nothing. Asks the Hash and the Eq that it was given.
  // Begin here: how do you find k, and how do you find the oldest entry?
  explicit LruCache(std::size_t capacity, Hash = {}, Eq = {}) : capacity_(capacity) {}

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  /// The value of k, which is then the most recently used; null if k is not held. The pointer is
  /// valid until the next put or erase.
  V* get(const K&) { return nullptr; }

  /// As get(), and leaves the order as it is.
  const V* peek(const K&) const { return nullptr; }

  /// Inserts k, or replaces its value; either way it is the most recently used afterwards. If k
  /// is new and the cache full, the least recently used entry leaves.
  /// ENSURES: if Hash or V throws, or memory is missing, nothing has left, nothing has come, and
  ///          the order is as it was.
  void put(K, V) {}

  /// Takes k out; false if it was not held. The value is destroyed, or assigned over, at once.
  bool erase(const K&) { return false; }

  std::size_t size() const noexcept { return 0; }
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  std::size_t capacity_;
};

}  // namespace kit
