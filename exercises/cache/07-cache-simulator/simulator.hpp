// The contract of cache/07-cache-simulator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace kit {

struct Geometry {
  std::size_t sets;  // at least 1; any number, not only powers of two
  std::size_t ways;  // lines in a set, at least 1
  std::size_t line;  // bytes in a line, at least 1; any number
};

struct Access {
  char op;                // 'L' loads, 'S' stores
  std::uint64_t address;  // of its first byte
  std::uint32_t size;     // bytes; may be 0
};

struct CacheStats {
  std::uint64_t hits = 0, misses = 0, evictions = 0, write_backs = 0;
  friend bool operator==(const CacheStats&, const CacheStats&) = default;
};

/// What a cache that is empty at first does with the accesses, one after the other.
///
/// An access touches each line from address / line to (address + size - 1) / line, in ascending order,
/// and each touch counts by itself. Size 0 touches none. Line number k belongs to set k mod sets.
///
///   hit        the line is in its set. It becomes the most recently used one there.
///   miss       it is not. It comes in, for a store too, as the most recently used one. If the set
///              was full, the least recently used line of that set leaves: an eviction.
///   store      makes the line dirty, on a hit and on a miss. A line comes in clean for a load.
///   write-back a dirty line that leaves. What is still dirty at the end is not counted.
///
/// REQUIRES: address + size is at most 2^64; sets * ways at most 2^20.
/// THROWS: std::bad_alloc.
/// COST: with 64 sets of 8 ways and lines of 64 bytes, 50,000 accesses of which three quarters go to
///   600 lines: at most 600 instructions an access. Memory: at most 128 bytes for each line that the
///   cache can hold, and 4 KiB.
CacheStats simulate(Geometry geometry, std::span<const Access> accesses);

}  // namespace kit
