// Union by rank, the bound on a tree's height; find calls itself and compresses on the way back.
// It is at most log2 n deep, so that the recursion is harmless.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <utility>
#include <vector>

namespace kit {

template <class Index = std::uint32_t>
class UnionFind {
 public:
  explicit UnionFind(std::size_t n) : parents_(checked(n)), sizes_(n, 1), ranks_(n), islands_(n) {
    for (std::size_t i = 0; i < n; ++i) parents_[i] = static_cast<std::uint32_t>(i);
  }

  UnionFind(const UnionFind&) = delete;
  UnionFind& operator=(const UnionFind&) = delete;

  std::uint32_t find(std::uint32_t x) {
    check(x);
    return root_of(x);
  }

  bool unite(std::uint32_t x, std::uint32_t y) {
    check(x);
    check(y);
    std::uint32_t large = root_of(x), small = root_of(y);
    if (large == small) return false;
    if (ranks_[large] < ranks_[small]) std::swap(large, small);
    if (ranks_[large] == ranks_[small]) ++ranks_[large];
    parents_[small] = large;
    sizes_[large] += sizes_[small];
    --islands_;
    return true;
  }

  bool together(std::uint32_t x, std::uint32_t y) {
    check(x);
    check(y);
    return root_of(x) == root_of(y);
  }

  std::uint32_t size_of(std::uint32_t x) { return sizes_[find(x)]; }

  std::size_t islands() const noexcept { return islands_; }

 private:
  static std::size_t checked(std::size_t n) {
    if (n > UINT32_MAX) throw std::length_error("UnionFind");
    return n;
  }
  void check(std::uint32_t x) const {
    if (x >= sizes_.size()) [[unlikely]]
      throw std::out_of_range("UnionFind");
  }

  std::uint32_t root_of(std::uint32_t x) {
    const std::uint32_t parent = parents_[x];
    if (parent == x) return x;
    const std::uint32_t root = root_of(parent);
    if (root != parent) parents_[x] = root;
    return root;
  }

  std::vector<Index> parents_;
  std::vector<std::uint32_t> sizes_;  // right for roots only
  std::vector<std::uint8_t> ranks_;
  std::size_t islands_;
};

}  // namespace kit
