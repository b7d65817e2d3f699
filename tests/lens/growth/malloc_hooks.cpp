// malloc and its kin, counted, over glibc's own entry points. An object of its own: it is linked
// into plain programs and never beside a sanitizer, to which malloc belongs.
#include <errno.h>
#include <malloc.h>

#include <cstddef>

#include "lens/growth/allocations.hpp"

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);
}

namespace {

using kit::lens::AllocationEvents;

void* counted(void* block, std::size_t asked) {
  if (block != nullptr) AllocationEvents::got(asked, malloc_usable_size(block));
  return block;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
  const AllocationEvents::Outermost outermost;
  void* block = __libc_malloc(size);
  return outermost ? counted(block, size) : block;
}

void* calloc(std::size_t count, std::size_t size) {
  const AllocationEvents::Outermost outermost;
  void* block = __libc_calloc(count, size);
  return outermost ? counted(block, count * size) : block;
}

void* realloc(void* block, std::size_t size) {
  const AllocationEvents::Outermost outermost;
  const std::size_t before = block == nullptr ? 0 : malloc_usable_size(block);
  void* moved = __libc_realloc(block, size);
  if (!outermost) return moved;
  // A null answer to a size that isn't 0 is a failure: the old block still stands.
  if (block != nullptr && (moved != nullptr || size == 0)) AllocationEvents::gave_back(before);
  return counted(moved, size);
}

void* memalign(std::size_t alignment, std::size_t size) {
  const AllocationEvents::Outermost outermost;
  void* block = __libc_memalign(alignment, size);
  return outermost ? counted(block, size) : block;
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return memalign(alignment, size);
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  if (alignment % sizeof(void*) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) {
    return EINVAL;
  }
  void* block = memalign(alignment, size);
  if (block == nullptr) return ENOMEM;
  *out = block;
  return 0;
}

void free(void* block) {
  const AllocationEvents::Outermost outermost;
  if (outermost && block != nullptr) AllocationEvents::gave_back(malloc_usable_size(block));
  __libc_free(block);
}
}
