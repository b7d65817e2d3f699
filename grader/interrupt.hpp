// Ctrl-C, and being told to end: whoever waits notices, unwinds, and takes its children and
// directories with it.
#pragma once

namespace kit {

/// Thrown by throw_if_interrupted(); main() turns it into 128 + the signal.
struct Interrupted {
  int signal;
};

/// From now on SIGINT, SIGTERM and SIGHUP only leave a note (and interrupt poll and waitpid with
/// EINTR).
void catch_interrupts();

void throw_if_interrupted();

/// The signal that was noted, or 0. A SIGINT is forgotten, so that whoever asked may go on.
int take_interrupt();

}  // namespace kit
