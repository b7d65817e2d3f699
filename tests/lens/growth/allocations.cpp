// Replaces operator new and delete. Each form passes on to the one it hides (libstdc++'s, or the
// sanitizer's, which goes on checking that a block leaves by the door through which it came), found
// once by dlsym.
#include "lens/growth/allocations.hpp"

#include <dlfcn.h>
#include <malloc.h>

#include <algorithm>
#include <new>

namespace kit::lens {
namespace {

thread_local CountAllocations* innermost = nullptr;
thread_local bool inside = false;
thread_local std::int64_t until_failure = 0;  // 0: none asked for
thread_local std::int64_t failures_left = 0;
thread_local bool failed = false;
thread_local bool pretends = false;

}  // namespace

CountAllocations::CountAllocations() noexcept : outer_(innermost) {
  innermost = this;
}
CountAllocations::~CountAllocations() {
  innermost = outer_;
}
std::int64_t CountAllocations::calls() const noexcept {
  return calls_;
}
std::int64_t CountAllocations::frees() const noexcept {
  return frees_;
}
std::int64_t CountAllocations::bytes() const noexcept {
  return bytes_;
}
std::int64_t CountAllocations::live_bytes() const noexcept {
  return live_;
}
std::int64_t CountAllocations::peak_bytes() const noexcept {
  return peak_;
}

FailAllocation::FailAllocation(std::int64_t k, std::int64_t times) noexcept {
  until_failure = k;
  failures_left = times;
  failed = false;
}
FailAllocation::~FailAllocation() {
  until_failure = failures_left = 0;
}
bool FailAllocation::happened() const noexcept {
  return failed;
}

PretendAllocations::PretendAllocations() noexcept {
  pretends = true;
}
PretendAllocations::~PretendAllocations() {
  pretends = false;
}
// The first pages are never mapped: a touch is a fault at once.
void* PretendAllocations::address() noexcept {
  return reinterpret_cast<void*>(4096);
}
bool AllocationEvents::pretended(std::size_t size) noexcept {
  return pretends && size >= PretendAllocations::kLeast;
}

AllocationEvents::Outermost::Outermost() noexcept : outermost_(!inside) {
  inside = true;
}
AllocationEvents::Outermost::~Outermost() {
  if (outermost_) inside = false;
}

void AllocationEvents::got(std::size_t asked, std::size_t usable) noexcept {
  for (CountAllocations* each = innermost; each != nullptr; each = each->outer_) {
    ++each->calls_;
    each->bytes_ += static_cast<std::int64_t>(asked);
    each->live_ += static_cast<std::int64_t>(usable);
    each->peak_ = std::max(each->peak_, each->live_);
  }
}

void AllocationEvents::gave_back(std::size_t usable) noexcept {
  for (CountAllocations* each = innermost; each != nullptr; each = each->outer_) {
    ++each->frees_;
    each->live_ -= static_cast<std::int64_t>(usable);
  }
}

bool AllocationEvents::must_fail() noexcept {
  if (until_failure == 0 || failures_left == 0) return false;
  if (until_failure > 1) {
    --until_failure;
    return false;
  }
  --failures_left;
  failed = true;
  return true;
}

namespace {

bool counting() {
  return innermost != nullptr;
}

bool fails_now() {
  const AllocationEvents::Outermost outermost;
  return outermost && AllocationEvents::must_fail();
}

template <class Function>
Function* next(const char* mangled) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, mangled));
}

// One of the eight forms of operator new: `hidden` is what it replaces, `rest` its arguments behind
// the size.
template <class Function, class... Rest>
void* allocate(Function* hidden, std::size_t size, Rest... rest) {
  if (fails_now()) throw std::bad_alloc();  // outside of what follows: the exception is a block too
  const AllocationEvents::Outermost outermost;
  if (outermost && AllocationEvents::pretended(size)) return PretendAllocations::address();
  void* block = hidden(size, rest...);
  if (outermost && counting() && block != nullptr) {
    AllocationEvents::got(size, ::malloc_usable_size(block));
  }
  return block;
}

template <class Function, class... Rest>
void* allocate_or_null(Function* hidden, std::size_t size, Rest... rest) noexcept {
  try {
    return allocate(hidden, size, rest...);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

template <class Function, class... Rest>
void give_back(Function* hidden, void* block, Rest... rest) noexcept {
  if (block == PretendAllocations::address()) return;
  const AllocationEvents::Outermost outermost;
  if (outermost && counting() && block != nullptr) {
    AllocationEvents::gave_back(::malloc_usable_size(block));
  }
  hidden(block, rest...);
}

using std::align_val_t;
using std::nothrow_t;
using std::size_t;

}  // namespace
}  // namespace kit::lens

// NOLINTBEGIN(misc-definitions-in-headers)
// The names are those of the Itanium C++ ABI, with size_t as unsigned long: every 64-bit Linux.
static_assert(sizeof(std::size_t) == sizeof(unsigned long));
using namespace kit::lens;

#define KIT_HIDDEN(type, mangled) static auto* const hidden = next<type>(mangled)

void* operator new(size_t n) {
  KIT_HIDDEN(void*(size_t), "_Znwm");
  return allocate(hidden, n);
}
void* operator new[](size_t n) {
  KIT_HIDDEN(void*(size_t), "_Znam");
  return allocate(hidden, n);
}
void* operator new(size_t n, align_val_t a) {
  KIT_HIDDEN(void*(size_t, align_val_t), "_ZnwmSt11align_val_t");
  return allocate(hidden, n, a);
}
void* operator new[](size_t n, align_val_t a) {
  KIT_HIDDEN(void*(size_t, align_val_t), "_ZnamSt11align_val_t");
  return allocate(hidden, n, a);
}
void* operator new(size_t n, const nothrow_t&) noexcept {
  KIT_HIDDEN(void*(size_t), "_Znwm");
  return allocate_or_null(hidden, n);
}
void* operator new[](size_t n, const nothrow_t&) noexcept {
  KIT_HIDDEN(void*(size_t), "_Znam");
  return allocate_or_null(hidden, n);
}
void* operator new(size_t n, align_val_t a, const nothrow_t&) noexcept {
  KIT_HIDDEN(void*(size_t, align_val_t), "_ZnwmSt11align_val_t");
  return allocate_or_null(hidden, n, a);
}
void* operator new[](size_t n, align_val_t a, const nothrow_t&) noexcept {
  KIT_HIDDEN(void*(size_t, align_val_t), "_ZnamSt11align_val_t");
  return allocate_or_null(hidden, n, a);
}

void operator delete(void* p) noexcept {
  KIT_HIDDEN(void(void*), "_ZdlPv");
  give_back(hidden, p);
}
void operator delete[](void* p) noexcept {
  KIT_HIDDEN(void(void*), "_ZdaPv");
  give_back(hidden, p);
}
void operator delete(void* p, size_t n) noexcept {
  KIT_HIDDEN(void(void*, size_t), "_ZdlPvm");
  give_back(hidden, p, n);
}
void operator delete[](void* p, size_t n) noexcept {
  KIT_HIDDEN(void(void*, size_t), "_ZdaPvm");
  give_back(hidden, p, n);
}
void operator delete(void* p, align_val_t a) noexcept {
  KIT_HIDDEN(void(void*, align_val_t), "_ZdlPvSt11align_val_t");
  give_back(hidden, p, a);
}
void operator delete[](void* p, align_val_t a) noexcept {
  KIT_HIDDEN(void(void*, align_val_t), "_ZdaPvSt11align_val_t");
  give_back(hidden, p, a);
}
void operator delete(void* p, size_t n, align_val_t a) noexcept {
  KIT_HIDDEN(void(void*, size_t, align_val_t), "_ZdlPvmSt11align_val_t");
  give_back(hidden, p, n, a);
}
void operator delete[](void* p, size_t n, align_val_t a) noexcept {
  KIT_HIDDEN(void(void*, size_t, align_val_t), "_ZdaPvmSt11align_val_t");
  give_back(hidden, p, n, a);
}
// The nothrow deletes run only when a constructor throws in a nothrow new; libstdc++'s call the
// plain ones above. NOLINTEND(misc-definitions-in-headers)
