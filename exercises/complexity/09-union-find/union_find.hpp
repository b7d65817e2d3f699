// UnionFind: islands that grow together. find() names the island of a machine.
//
// REQUIRES: Index is std::uint32_t or behaves like it: it is made from a std::uint32_t, assigned
//           one, and read as one. Parents are kept as Index, whose reads and writes the suite
//           counts; keep everything else (sizes, local variables) as std::uint32_t.
// THROWS:   std::out_of_range, from any call with an argument that is not below n; nothing has
//           changed then. Nothing else once it is constructed.
// COST:     a unite or together asks two finds, find and size_of one. Any m finds read at most
//           5 (m + n) parents and write at most 5 (m + n), from the constructor's end on, at every
//           moment; and both grow as m + n does (amortised alpha(n) a find). No allocation after
//           construction, at most 32 bytes of heap a machine. Stack: O(log n).
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace kit {

template <class Index = std::uint32_t>
class UnionFind {
 public:
  /// n islands of one machine each, n may be 0.
  /// THROWS: std::length_error when n > 2^32 - 1; std::bad_alloc.
  // Begin here: what does a machine have to remember to be found?
  explicit UnionFind(std::size_t) {}

  UnionFind(const UnionFind&) = delete;
  UnionFind& operator=(const UnionFind&) = delete;

  /// A machine of x's island, the same one for all of the island until a unite joins it with
  /// another.
  std::uint32_t find(std::uint32_t x) { return x; }

  /// Joins the islands of x and y. False when they were one already; also for x == y.
  bool unite(std::uint32_t, std::uint32_t) { return false; }

  bool together(std::uint32_t, std::uint32_t) { return false; }

  /// How many machines x's island has.
  std::uint32_t size_of(std::uint32_t) { return 0; }

  std::size_t islands() const noexcept { return 0; }

 private:
  std::vector<Index> parents_;
};

}  // namespace kit
