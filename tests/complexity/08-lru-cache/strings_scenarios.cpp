// The cache as most people have it: strings, std::hash, std::equal_to.
#include <string>

#include "complexity/08-lru-cache/lru_cache_scenarios.hpp"
#include "lru_cache.hpp"

namespace kit::scenarios {
namespace {

using Cache = LruCache<std::string, int>;

static_assert(!std::is_copy_constructible_v<Cache> && !std::is_copy_assignable_v<Cache>,
              "an LruCache can't be copied");
static_assert(noexcept(std::declval<const Cache&>().size()) && noexcept(
                  std::declval<const Cache&>().capacity()),
              "size() and capacity() are noexcept");

// Long enough to lie on the heap: a key that was given back is overwritten there.
std::string name_of(int key) {
  return "the key with the number " + std::to_string(key);
}

Seen seen_at(const int* value) {
  Seen seen;
  seen.found = value != nullptr;
  if (value != nullptr) seen.value = *value;
  return seen;
}

}  // namespace

std::vector<Seen> run_on_strings(std::size_t capacity, const std::vector<Operation>& all) {
  Cache cache(capacity);
  std::vector<Seen> out;
  out.reserve(all.size());
  for (const Operation& each : all) {
    about_to(capacity, each);
    Seen seen;
    switch (each.kind) {
      case Operation::Kind::put:
        cache.put(name_of(each.key), each.value);
        break;
      case Operation::Kind::get:
        seen = seen_at(cache.get(name_of(each.key)));
        break;
      case Operation::Kind::peek:
        seen = seen_at(static_cast<const Cache&>(cache).peek(name_of(each.key)));
        break;
      case Operation::Kind::erase:
        seen.found = cache.erase(name_of(each.key));
        break;
    }
    seen.size = cache.size();
    out.push_back(seen);
  }
  return out;
}

}  // namespace kit::scenarios
