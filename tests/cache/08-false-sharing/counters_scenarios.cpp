// The submission as the suite calls it.
#include <type_traits>

#include "cache/08-false-sharing/counters_api.hpp"
#include "counters.hpp"

static_assert(std::is_constructible_v<kit::Counters, unsigned>);
static_assert(!std::is_convertible_v<unsigned, kit::Counters>, "the constructor is explicit");
static_assert(
    std::is_same_v<decltype(&kit::Counters::sum), std::int64_t (kit::Counters::*)() const> ||
    std::is_same_v<decltype(&kit::Counters::sum),
                   std::int64_t (kit::Counters::*)() const noexcept>);

kit::scenarios::CountersApi kit::scenarios::plain_counters() {
  return api_of<Counters>();
}
