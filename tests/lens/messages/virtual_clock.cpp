#include "lens/messages/virtual_clock.hpp"

#include <algorithm>
#include <array>

namespace kit::lens {

double VirtualClock::read() {
  constexpr std::array kSkews = {0.0, -3.25, 11.5, 0.75, -20.0, 5.0, 100.0, -7.0};
  now_ += kReading;
  const double skew = planted_.skewed ? kSkews[static_cast<std::size_t>(rank_) % kSkews.size()] : 0;
  return 1000 + skew + now_;
}

double VirtualClock::sent(int to, std::int64_t bytes) {
  if (to == rank_) return now_ + planted_.latency_up;  // to itself: through no port
  const int number = ++sent_to_[to];
  const double on_the_wire = static_cast<double>(bytes) * planted_.seconds_per_byte;
  const double leaves = std::max(now_, port_free_);
  port_free_ = leaves + on_the_wire;
  double latency = to > rank_ ? planted_.latency_up : planted_.latency_down;
  if (number == 1) latency += planted_.first_late;
  // Each direction at a place of its own, so that two round trips of a few in a row can be late.
  if (number % 16 == (to > rank_ ? 8 : 13)) latency += planted_.some_late;
  return leaves + on_the_wire + latency;
}

}  // namespace kit::lens
