// rejected by: Robust.ValuesThatLeftAreGone
// erase() unlinks the entry and leaves the value in it until the place is needed again: the file
// stays open, the gigabyte stays taken.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace kit {

template <class K, class V, class Hash = std::hash<K>, class Eq = std::equal_to<K>>
class LruCache {
 public:
  explicit LruCache(std::size_t capacity, Hash hash = {}, Eq eq = {})
      : hash_(std::move(hash)), eq_(std::move(eq)) {
    if (capacity >= kNone) throw std::length_error("LruCache");
    entries_ = std::vector<Entry>(capacity + 1);
    buckets_.assign(std::bit_ceil(capacity + 1), kNone);
    shift_ = 64 - static_cast<int>(std::bit_width(buckets_.size() - 1));
    head_ = static_cast<Index>(capacity);
    entries_[head_].newer = entries_[head_].older = head_;
    for (Index i = head_; i > 0; --i) give_back(i - 1);
  }

  LruCache(const LruCache&) = delete;
  LruCache& operator=(const LruCache&) = delete;

  V* get(const K& k) {
    const Index at = find(k, bucket_of(k));
    if (at == kNone) return nullptr;
    refresh(at);
    return &entries_[at].value;
  }

  const V* peek(const K& k) const {
    const Index at = find(k, bucket_of(k));
    return at == kNone ? nullptr : &entries_[at].value;
  }

  void put(K k, V v) {
    if (head_ == 0) return;
    const Index bucket = bucket_of(k);
    Index at = find(k, bucket);
    if (at != kNone) {
      entries_[at].value = std::move(v);
      refresh(at);
      return;
    }
    at = free_ == kNone ? entries_[head_].newer : free_;
    Entry& entry = entries_[at];
    entry.value = std::move(v);  // may throw: nothing else has changed
    if (free_ == kNone) {
      unchain(at);
      unlink(at);
    } else {
      free_ = entry.chain;
      ++size_;
    }
    entry.key = std::move(k);
    entry.bucket = bucket;
    entry.chain = std::exchange(buckets_[bucket], at);
    link_newest(at);
  }

  bool erase(const K& k) {
    const Index at = find(k, bucket_of(k));
    if (at == kNone) return false;
    unchain(at);
    unlink(at);
    give_back(at);
    --size_;
    return true;
  }

  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return head_; }

 private:
  using Index = std::uint32_t;
  static constexpr Index kNone = UINT32_MAX;

  struct Entry {
    K key{};
    V value{};
    Index newer = kNone, older = kNone;  // the ring
    Index chain = kNone;                 // the next in the same bucket, or the next free one
    Index bucket = 0;
  };

  // The upper bits of the product: numbers in a row, or multiples of a power of two, are spread
  // too.
  Index bucket_of(const K& k) const {
    const std::uint64_t mixed = static_cast<std::uint64_t>(hash_(k)) * 0x9e3779b97f4a7c15U;
    return shift_ == 64 ? 0 : static_cast<Index>(mixed >> shift_);
  }

  Index find(const K& k, Index bucket) const {
    Index at = buckets_[bucket];
    while (at != kNone && !eq_(entries_[at].key, k)) at = entries_[at].chain;
    return at;
  }

  void unchain(Index at) {
    Index* link = &buckets_[entries_[at].bucket];
    while (*link != at) link = &entries_[*link].chain;
    *link = entries_[at].chain;
  }

  void unlink(Index at) {
    entries_[entries_[at].newer].older = entries_[at].older;
    entries_[entries_[at].older].newer = entries_[at].newer;
  }
  void link_newest(Index at) {
    entries_[at].newer = head_;
    entries_[at].older = std::exchange(entries_[head_].older, at);
    entries_[entries_[at].older].newer = at;
  }
  void refresh(Index at) {
    if (entries_[head_].older == at) return;
    unlink(at);
    link_newest(at);
  }

  void give_back(Index at) { entries_[at].chain = std::exchange(free_, at); }

  [[no_unique_address]] Hash hash_;
  [[no_unique_address]] Eq eq_;
  std::vector<Entry> entries_;
  std::vector<Index> buckets_;
  int shift_ = 64;
  Index head_ = 0, free_ = kNone;
  std::size_t size_ = 0;
};

}  // namespace kit
