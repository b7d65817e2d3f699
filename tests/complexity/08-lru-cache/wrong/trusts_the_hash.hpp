// rejected by: Robust.CollidingKeys
// Two keys with the same hash are taken for the same key. With 64 good bits that is rare enough
// to pass every test by hand, and then one user sees the data of another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
  struct Node {
    K key{};
    V value{};
    std::size_t hash = 0;
    Node* before = nullptr;
    Node* after = nullptr;
  };

 public:
  explicit LruCache(std::size_t capacity, Hash hash = {}, Eq eq = {})
      : capacity_(capacity), hash_(hash), eq_(eq) {
    while (mask_ < 2 * capacity) mask_ = 2 * mask_ + 1;
    nodes_ = std::make_unique<Node[]>(capacity + 1);
    table_ = std::make_unique<Node*[]>(mask_ + 1);
    ends_ = &nodes_[capacity];
    ends_->before = ends_->after = ends_;
    for (std::size_t i = 0; i < capacity; ++i) {
      nodes_[i].after = free_;
      free_ = &nodes_[i];
    }
  }

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  V* get(const K& k) {
    Node* node = table_[slot_of(k, home(k))];
    if (node == nullptr) return nullptr;
    take_out(node);
    put_in_front(node);
    return &node->value;
  }

  const V* peek(const K& k) const {
    const Node* node = table_[slot_of(k, home(k))];
    return node == nullptr ? nullptr : &node->value;
  }

  void put(K k, V v) {
    if (capacity_ == 0) return;
    const std::size_t hash = home(k);
    Node* node = table_[slot_of(k, hash)];
    if (node != nullptr) {
      node->value = std::move(v);
      take_out(node);
    } else if (free_ != nullptr) {
      free_->value = std::move(v);
      node = std::exchange(free_, free_->after);
      ++size_;
      name(node, std::move(k), hash);
    } else {
      node = ends_->before;
      node->value = std::move(v);
      empty(slot_of(node->key, node->hash));
      take_out(node);
      name(node, std::move(k), hash);
    }
    put_in_front(node);
  }

  bool erase(const K& k) {
    const std::size_t slot = slot_of(k, home(k));
    Node* node = table_[slot];
    if (node == nullptr) return false;
    node->value = V();
    empty(slot);
    take_out(node);
    node->after = free_;
    free_ = node;
    --size_;
    return true;
  }

  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }

 private:
  std::size_t home(const K& k) const {
    const std::size_t hash = hash_(k) * 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 32);
  }
  std::size_t slot_of(const K& k, std::size_t hash) const {
    std::size_t slot = hash & mask_;
    while (table_[slot] != nullptr && table_[slot]->hash != hash) slot = (slot + 1) & mask_;
    return slot;
  }
  void name(Node* node, K k, std::size_t hash) {
    std::size_t slot = hash & mask_;
    while (table_[slot] != nullptr) slot = (slot + 1) & mask_;
    table_[slot] = node;
    node->hash = hash;
    node->key = std::move(k);
  }
  void empty(std::size_t hole) {
    for (std::size_t next = (hole + 1) & mask_; table_[next] != nullptr;
         next = (next + 1) & mask_) {
      const std::size_t distance = (next - table_[next]->hash) & mask_;
      if (distance < ((next - hole) & mask_)) continue;
      table_[hole] = table_[next];
      hole = next;
    }
    table_[hole] = nullptr;
  }
  static void take_out(Node* node) {
    node->before->after = node->after;
    node->after->before = node->before;
  }
  void put_in_front(Node* node) {
    node->after = ends_->after;
    node->before = ends_;
    node->after->before = node;
    ends_->after = node;
  }

  std::size_t capacity_, mask_ = 1, size_ = 0;
  Hash hash_;
  Eq eq_;
  std::unique_ptr<Node[]> nodes_;
  std::unique_ptr<Node*[]> table_;
  Node* ends_ = nullptr;
  Node* free_ = nullptr;
};

}  // namespace kit
