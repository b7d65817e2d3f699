#include "interrupt.hpp"

#include <signal.h>

#include <atomic>

namespace kit {
namespace {

std::atomic<int> noted = 0;

void note(int signal) {
  noted = signal;
}

}  // namespace

void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = note;  // no SA_RESTART: a waiting poll must come back
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void throw_if_interrupted() {
  if (const int signal = noted) throw Interrupted{signal};
}

}  // namespace kit
