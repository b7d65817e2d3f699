#include "lens/growth/stack_use.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <vector>

namespace kit::lens {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kHandlerStack = std::size_t{1} << 20;  // libdw needs it, where it crashes

// Pages that are there only once they are written; the first one never is: a guard.
class Mapping {
 public:
  explicit Mapping(std::size_t size) : size_(size) {
    void* at = ::mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (at == MAP_FAILED || ::mprotect(at, kPage, PROT_NONE) != 0)
      throw std::runtime_error("kit: no memory for a stack");
    data_ = static_cast<char*>(at);
  }
  ~Mapping() { ::munmap(data_, size_); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  char* data() const { return data_; }
  std::size_t size() const { return size_; }

  // The lowest byte that isn't zero any more. A sanitizer marks what is below the stack as not to
  // be read.
  __attribute__((no_sanitize("address"))) std::uintptr_t lowest_written() const {
    std::vector<unsigned char> present(size_ / kPage);
    ::mincore(data_, size_, present.data());
    for (std::size_t page = 1; page < present.size(); ++page) {
      if ((present[page] & 1) == 0) continue;
      for (std::size_t i = 0; i < kPage; ++i) {
        const char* byte = data_ + page * kPage + i;
        if (*byte != 0) return reinterpret_cast<std::uintptr_t>(byte);
      }
    }
    return reinterpret_cast<std::uintptr_t>(data_) + size_;
  }

 private:
  char* data_ = nullptr;
  std::size_t size_;
};

struct Call {
  void (*code)(void*);
  void* data;
  char* handler_stack;
  std::uintptr_t caller = 0;
  std::exception_ptr thrown = {};
};

void* run(void* argument) {
  Call& call = *static_cast<Call*>(argument);
  stack_t alternate{};
  alternate.ss_sp = call.handler_stack;
  alternate.ss_size = kHandlerStack;
  ::sigaltstack(&alternate, nullptr);
  call.caller = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  try {
    call.code(call.data);
  } catch (...) {
    call.thrown = std::current_exception();
  }
  return nullptr;
}

}  // namespace

std::size_t stack_use(void (*code)(void*), void* data, std::size_t room) {
  const Mapping stack((room / kPage + 16) * kPage), handler_stack(kHandlerStack + kPage);
  Call call{code, data, handler_stack.data() + kPage};
  pthread_attr_t attributes;
  pthread_t thread{};
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstack(&attributes, stack.data() + kPage, stack.size() - kPage);
  const int error = ::pthread_create(&thread, &attributes, run, &call);
  ::pthread_attr_destroy(&attributes);
  if (error != 0) throw std::runtime_error("kit: no thread for a stack");
  ::pthread_join(thread, nullptr);
  if (call.thrown) std::rethrow_exception(call.thrown);
  const std::uintptr_t lowest = stack.lowest_written();
  return lowest < call.caller ? call.caller - lowest : 0;
}

}  // namespace kit::lens
