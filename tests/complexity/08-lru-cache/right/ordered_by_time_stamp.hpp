// A clock that ticks with each use, and a std::map from its ticks to keys: the first is the
// oldest. New ticks are the largest, so that each insertion has the end as its hint and needs no
// search. Nodes are extracted and put back, not made anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <utility>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
  struct Held;
  using Values = std::unordered_map<K, Held, Hash, Eq>;
  using Ages = std::map<std::uint64_t, const K*>;
  struct Held {
    V value;
    typename Ages::iterator age;
  };

 public:
  explicit LruCache(std::size_t capacity, Hash hash = {}, Eq eq = {})
      : capacity_(capacity), values_(capacity + 1, hash, eq) {}

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  V* get(const K& k) {
    const auto found = values_.find(k);
    if (found == values_.end()) return nullptr;
    refresh(found->second);
    return &found->second.value;
  }

  const V* peek(const K& k) const {
    const auto found = values_.find(k);
    return found == values_.end() ? nullptr : &found->second.value;
  }

  void put(K k, V v) {
    if (capacity_ == 0) return;
    const auto found = values_.find(k);
    if (found != values_.end()) {
      found->second.value = std::move(v);
      refresh(found->second);
    } else if (values_.size() < capacity_) {
      const auto age = ages_.emplace_hint(ages_.end(), ++now_, nullptr);
      try {
        age->second = &values_.emplace(std::move(k), Held{std::move(v), age}).first->first;
      } catch (...) {
        ages_.erase(age);
        throw;
      }
    } else {
      const auto oldest = values_.find(*ages_.begin()->second);
      oldest->second.value = std::move(v);
      refresh(oldest->second);
      auto node = values_.extract(oldest);
      node.key() = std::move(k);
      values_.insert(std::move(node));
    }
  }

  bool erase(const K& k) {
    const auto found = values_.find(k);
    if (found == values_.end()) return false;
    ages_.erase(found->second.age);
    values_.erase(found);
    return true;
  }

  std::size_t size() const noexcept { return values_.size(); }
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  void refresh(Held& held) {
    auto node = ages_.extract(held.age);
    node.key() = ++now_;
    held.age = ages_.insert(ages_.end(), std::move(node));
  }

  std::size_t capacity_;
  std::uint64_t now_ = 0;
  Values values_;
  Ages ages_;
};

}  // namespace kit
