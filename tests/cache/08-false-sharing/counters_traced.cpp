// What the traced build of the submission exports to the suite.
#include "cache/08-false-sharing/counters_api.hpp"
#include "counters.hpp"

extern "C" [[gnu::visibility("default")]] void traced_counters(kit::scenarios::CountersApi* api);

void traced_counters(kit::scenarios::CountersApi* api) {
  *api = kit::scenarios::api_of<kit::Counters>();
}
