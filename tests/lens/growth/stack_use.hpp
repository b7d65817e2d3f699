// How much stack a call takes: it runs on a fresh stack of its own, in a thread, and the lowest
// byte that it wrote tells how deep it went.
//
//   const std::size_t bytes = stack_use([&] { select(values, k, less); });
//
// Not exact to the byte: the first call through a library's jump table goes some 3 KiB deep, so
// call once before you measure small amounts. What is counted by thread (CountAllocations) must be
// counted inside.
#pragma once

#include <cstddef>
#include <type_traits>

namespace kit::lens {

/// Bytes below the caller of `code`, on a stack of `room` bytes; memory is taken only as it is
/// used. A stack overflow crashes, as it does elsewhere. Rethrows what `code` throws.
std::size_t stack_use(void (*code)(void*), void* data, std::size_t room);

template <class Code>
std::size_t stack_use(Code&& code, std::size_t room = std::size_t{64} << 20) {
  using Plain = std::remove_reference_t<Code>;
  return stack_use([](void* it) { (*static_cast<Plain*>(it))(); }, &code, room);
}

}  // namespace kit::lens
