// One rank's clock where the lens makes the time (a logical clock, Lamport 1978: it depends on the
// order of messages alone, and reads the same on any machine, loaded or not).
//
//   MPI_Wtime    1000 s + the rank's skew + now; each reading takes 100 ns, so that a loop which
//                waits for a moment ends
//   a send       leaves when the message before it has left the rank, which takes n * seconds_per_byte,
//                and comes latency + n * seconds_per_byte after it left
//   a receive    ends when its message has come
//   all else     takes no time
#pragma once

#include <map>

#include "lens/messages/conditions.hpp"

namespace kit::lens {

class VirtualClock {
 public:
  VirtualClock(const Clock& planted, int rank) : planted_(planted), rank_(rank) {}

  static constexpr double kReading = 100e-9;

  double read();
  /// A message of `bytes` to rank `to` is posted. Returns when it comes.
  double sent(int to, std::int64_t bytes);
  /// A message that came at `arrival` is received, or seen by a probe.
  void received(double arrival) { now_ = arrival > now_ ? arrival : now_; }
  double now() const { return now_; }

 private:
  Clock planted_;
  int rank_;
  double now_ = 0;
  double port_free_ = 0;
  std::map<int, int> sent_to_;
};

}  // namespace kit::lens
