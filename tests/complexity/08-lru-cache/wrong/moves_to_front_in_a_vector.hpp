// rejected by: Cost.StepsDoNotFollowTheCapacity
// The newest stands in front of a vector, and the others move up by one. Short and right, and
// good for ten entries; with ten thousand each get walks through half of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
 public:
  explicit LruCache(std::size_t capacity, Hash hash = {}, Eq eq = {})
      : capacity_(capacity), hash_(hash), eq_(eq) {
    entries_.reserve(capacity);
  }

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  V* get(const K& k) {
    const auto found = place_of(k, hash_(k));
    if (found == entries_.end()) return nullptr;
    std::rotate(entries_.begin(), found, found + 1);
    return &entries_.front().value;
  }

  const V* peek(const K& k) const {
    const auto found = const_cast<LruCache*>(this)->place_of(k, hash_(k));
    return found == entries_.end() ? nullptr : &found->value;
  }

  void put(K k, V v) {
    if (capacity_ == 0) return;
    const std::size_t hash = hash_(k);
    auto found = place_of(k, hash);
    if (found == entries_.end() && entries_.size() < capacity_) {
      entries_.push_back({hash, std::move(k), std::move(v)});
      found = entries_.end() - 1;
    } else {
      if (found == entries_.end()) --found;
      found->value = std::move(v);
      found->key = std::move(k);
      found->hash = hash;
    }
    std::rotate(entries_.begin(), found, found + 1);
  }

  bool erase(const K& k) {
    const auto found = place_of(k, hash_(k));
    if (found == entries_.end()) return false;
    entries_.erase(found);
    return true;
  }

  std::size_t size() const noexcept { return entries_.size(); }
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  struct Entry {
    std::size_t hash;
    K key;
    V value;
  };
  typename std::vector<Entry>::iterator place_of(const K& k, std::size_t hash) {
    return std::find_if(entries_.begin(), entries_.end(),
                        [&](const Entry& each) { return each.hash == hash && eq_(each.key, k); });
  }

  std::size_t capacity_;
  Hash hash_;
  Eq eq_;
  std::vector<Entry> entries_;
};

}  // namespace kit
