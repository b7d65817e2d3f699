// rejected by: Robust.CapacityOne, Robust.CapacityZero
// A list with a newest and an oldest wants two nodes, so it makes room for two. A cache of one
// entry holds two.
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
 public:
  explicit LruCache(std::size_t capacity, Hash hash = {}, Eq eq = {})
      : capacity_(capacity), room_(capacity < 2 ? 2 : capacity), places_(0, hash, eq) {
    places_.reserve(capacity);
  }

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  V* get(const K& k) {
    const auto found = places_.find(k);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->second;
  }

  const V* peek(const K& k) const {
    const auto found = places_.find(k);
    return found == places_.end() ? nullptr : &found->second->second;
  }

  void put(K k, V v) {
    if (const auto found = places_.find(k); found != places_.end()) {
      found->second->second = std::move(v);
      order_.splice(order_.begin(), order_, found->second);
      return;
    }
    if (order_.size() < room_) {
      order_.emplace_front(k, std::move(v));
      try {
        places_.emplace(std::move(k), order_.begin());
      } catch (...) {
        order_.pop_front();
        throw;
      }
      return;
    }
    const auto oldest = std::prev(order_.end());
    oldest->second = std::move(v);
    auto node = places_.extract(oldest->first);
    oldest->first = k;
    node.key() = std::move(k);
    places_.insert(std::move(node));
    order_.splice(order_.begin(), order_, oldest);
  }

  bool erase(const K& k) {
    const auto found = places_.find(k);
    if (found == places_.end()) return false;
    order_.erase(found->second);
    places_.erase(found);
    return true;
  }

  std::size_t size() const noexcept { return order_.size(); }
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  using Order = std::list<std::pair<K, V>>;
  std::size_t capacity_, room_;
  Order order_;  // the newest in front
  std::unordered_map<K, typename Order::iterator, Hash, Eq> places_;
};

}  // namespace kit
