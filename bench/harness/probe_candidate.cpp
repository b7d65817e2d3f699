// A candidate of launch_probe; KIT_PROBE says how it behaves.
#include <cstdlib>
#include <stdexcept>

extern "C" [[gnu::visibility("default")]] int candidate_answer();

int candidate_answer() {
  switch (KIT_PROBE) {
    case 'r':
      return 42;
    case 'w':
      return 41;
    case 'c':
      std::abort();
    case 'e':
      std::exit(0);
    case 'h':
      while (true) {
        const volatile int busy = 0;
        static_cast<void>(busy);
      }
    case 't':
      break;
  }
  throw std::runtime_error("no answer");
}
