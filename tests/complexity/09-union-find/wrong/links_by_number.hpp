// rejected by: Cost.DoesNotGrow
// The root with the lower number stays, whatever the sizes. On random links the numbers are as
// good as chance; whoever adds machines in the wrong order builds a long way again and again.
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
  explicit UnionFind(std::size_t n) : parents_(checked(n)), sizes_(n, 1), islands_(n) {
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
    if (large > small) std::swap(large, small);
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

  // Two reads and at most one write for two steps up.
  std::uint32_t root_of(std::uint32_t x) {
    std::uint32_t parent = parents_[x];
    while (parent != x) {
      const std::uint32_t grandparent = parents_[parent];
      if (grandparent == parent) return parent;
      parents_[x] = grandparent;
      x = grandparent;
      parent = parents_[x];
    }
    return x;
  }

  std::vector<Index> parents_;
  std::vector<std::uint32_t> sizes_;  // right for roots only
  std::size_t islands_;
};

}  // namespace kit
