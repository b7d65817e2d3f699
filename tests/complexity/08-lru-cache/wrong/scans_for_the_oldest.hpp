// rejected by: Cost.StepsDoNotFollowTheCapacity
// Each entry has the time of its last use, and to evict all are looked through for the smallest.
// Right, and each miss costs as much as the cache is large.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <utility>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
  struct Held {
    V value;
    std::uint64_t used;
  };

 public:
  explicit LruCache(std::size_t capacity, Hash hash = {}, Eq eq = {})
      : capacity_(capacity), held_(capacity + 1, hash, eq) {}

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  V* get(const K& k) {
    const auto found = held_.find(k);
    if (found == held_.end()) return nullptr;
    found->second.used = ++now_;
    return &found->second.value;
  }

  const V* peek(const K& k) const {
    const auto found = held_.find(k);
    return found == held_.end() ? nullptr : &found->second.value;
  }

  void put(K k, V v) {
    if (capacity_ == 0) return;
    if (const auto found = held_.find(k); found != held_.end()) {
      found->second.value = std::move(v);
      found->second.used = ++now_;
    } else if (held_.size() < capacity_) {
      held_.emplace(std::move(k), Held{std::move(v), ++now_});
    } else {
      const auto oldest = std::min_element(held_.begin(), held_.end(), [](auto& x, auto& y) {
        return x.second.used < y.second.used;
      });
      oldest->second.value = std::move(v);
      oldest->second.used = ++now_;
      auto node = held_.extract(oldest);
      node.key() = std::move(k);
      held_.insert(std::move(node));
    }
  }

  bool erase(const K& k) { return held_.erase(k) > 0; }

  std::size_t size() const noexcept { return held_.size(); }
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  std::size_t capacity_;
  std::uint64_t now_ = 0;
  std::unordered_map<K, Held, Hash, Eq> held_;
};

}  // namespace kit
