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
  // Without namespaces a submission may signal its parent: what would end this process and means nothing to it is
  // taken and dropped. A handler, not SIG_IGN, which the suite would inherit.
  action.sa_handler = [](int) {};
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO})
    ::sigaction(signal, &action, nullptr);
}

void throw_if_interrupted() {
  if (const int signal = noted) throw Interrupted{signal};
}

int take_interrupt() {
  const int signal = noted;
  if (signal == SIGINT) noted = 0;
  return signal;
}

}  // namespace kit
