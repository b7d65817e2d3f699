#include "lens/messages/last_words.hpp"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>

#include "lens/messages/recorder.hpp"

namespace kit::lens {
namespace {

// Where glibc keeps what it says when it aborts: a failed assert, or a heap that is damaged.
struct AbortMessage {
  unsigned int size;
  char text[4];
};
AbortMessage** abort_message = nullptr;

void on_signal(int signal) {
  ::alarm(5);  // whatever happens here, the process ends
  const bool said = signal == SIGABRT && abort_message != nullptr && *abort_message != nullptr;
  leave_last_words(LastWords::Kind::Signal, said ? (*abort_message)->text : "", signal);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

// The stack is still that of the throw where the exception may not leave a function.
[[noreturn]] void on_terminate() {
  ::alarm(5);
  char text[256] = "std::terminate";
  if (const std::exception_ptr thrown = std::current_exception()) {
    try {
      std::rethrow_exception(thrown);
    } catch (const std::exception& e) {
      std::snprintf(text, sizeof text, "an exception that nobody catches: %s", e.what());
    } catch (...) {
      std::snprintf(text, sizeof text, "an exception that nobody catches");
    }
  }
  leave_last_words(LastWords::Kind::Signal, text, SIGABRT);
  ::signal(SIGABRT, SIG_DFL);
  std::abort();
}

// "double free or corruption (out)" and its like.
bool is_of_the_heap(const std::string& said) {
  for (const char* word : {"free", "corrupt", "malloc", "realloc", "munmap_chunk", "size vs."}) {
    if (said.find(word) != std::string::npos) return said.find("Assert") == std::string::npos;
  }
  return false;
}

}  // namespace

std::string crash_note(const LastWords& words, const std::string& input) {
  std::string text = words.rank < 0 ? "a rank, outside of any case"
                                    : "rank " + std::to_string(words.rank) + " of " + input;
  std::string said = words.text;
  while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.pop_back();
  if (!said.empty()) text += "; it said: " + said;
  if (is_of_the_heap(said)) {
    text += " (memory beside a block or vector had been written to before)";
  }
  if (words.site != 0) {
    text += "; its last MPI call was " + name(words.call) + " (" + where(words.site) + ")";
  }
  return text;
}

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
  abort_message = static_cast<AbortMessage**>(::dlsym(RTLD_DEFAULT, "__abort_msg"));
  std::set_terminate(on_terminate);
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
