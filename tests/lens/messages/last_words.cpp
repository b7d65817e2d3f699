#include "lens/messages/last_words.hpp"

#include <execinfo.h>
#include <signal.h>
#include <unistd.h>

#include <cstring>

#include "lens/messages/recorder.hpp"

namespace kit::lens {
namespace {

void on_signal(int signal) {
  ::alarm(5);  // whatever happens here, the process ends
  leave_last_words(LastWords::Kind::Signal, "", signal);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

void leave_last_words(LastWords::Kind kind, const char* text, int signal) {
  if (!shared_is_open()) return;
  LastWords& words = shared().last_words;
  int nobody = 0;
  if (!words.state.compare_exchange_strong(nobody, 1)) {
    ::usleep(500'000);  // another rank speaks already; its story ends the run
    return;
  }
  const Recorder& recorder = Recorder::get();
  words.kind = kind;
  words.rank = recorder.rank();
  words.signal = signal;
  words.call = recorder.last_call();
  words.site = recorder.last_site();
  std::strncpy(words.text, text, sizeof words.text - 1);
  void* frames[32];
  words.frames = kind == LastWords::Kind::Signal ? ::backtrace(frames, 32) : 0;
  for (int i = 0; i < words.frames; ++i) words.frame[i] = site_of(frames[i]);
  words.state.store(2);
  for (int waited = 0; waited < 2000 && words.state.load() != 3; ++waited) ::usleep(1000);
}

void catch_fatal_signals() {
  void* warm[1];
  ::backtrace(warm, 1);  // loads libgcc now, not in the handler
  static char stack[1 << 16];
  stack_t alternate{};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  ::sigaltstack(&alternate, nullptr);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
  for (const int s : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) ::sigaction(s, &action, nullptr);
}

}  // namespace kit::lens
