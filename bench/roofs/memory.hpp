// The plainest things a core can do with memory: what nothing that touches as many bytes can be
// faster than.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::roofs {

// Memory aligned to 4 KiB and already touched, so that no page fault falls into a measurement.
class Buffer {
 public:
  explicit Buffer(std::size_t bytes);
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer();
  std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

// The C library's memcpy.
void copy(const std::byte* from, std::byte* to, std::size_t bytes);

// Copies past the caches: each line of `to` is written without being read first. Where the machine
// has no such store this is copy(). REQUIRES: both aligned to 64, bytes a multiple of 64.
void copy_past_caches(const std::byte* from, std::byte* to, std::size_t bytes);
bool has_copy_past_caches();

// The C library's memset.
void write(std::byte* to, std::size_t bytes);

// Writes past the caches; where the machine has no such store this is write(). REQUIRES: as above.
void write_past_caches(std::byte* to, std::size_t bytes);

// Reads all, in the widest steps that the compiler knows; gives a sum that depends on each byte.
std::uint64_t read(const std::byte* from, std::size_t bytes);

// Reads one word of 8 bytes in every `stride` bytes. REQUIRES: stride a multiple of 8.
std::uint64_t read_strided(const std::byte* from, std::size_t bytes, std::size_t stride);

// A random cycle through every line of `size` bytes; `follow` takes `steps` loads, each waiting for
// the one before.
class Chase {
 public:
  explicit Chase(std::size_t bytes);
  std::uint32_t follow(std::size_t steps);

 private:
  static constexpr std::size_t kStride = 64 / sizeof(std::uint32_t);
  std::vector<std::uint32_t> next_;
  std::uint32_t place_ = 0;
};

}  // namespace kit::roofs
