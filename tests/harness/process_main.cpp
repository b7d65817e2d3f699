// main() of the one-process suites: an ordinary GoogleTest program that also keeps the transcript.
#include <gtest/gtest.h>
#include <stdlib.h>

#include "harness/transcript.hpp"

// Defined where a sanitizer is linked in: it reports fatal signals itself, and better.
extern "C" void __asan_init() __attribute__((weak));
extern "C" void __tsan_init() __attribute__((weak));

// A lens that starts this program once more for a run of its own (cache: under valgrind) takes over
// here: it returns in the ordinary run, and ends the process in the other.
extern "C" void kit_take_over() __attribute__((weak));

namespace {

using kit::harness::Message;
using kit::harness::Transcript;

// Before every static initialiser of the submission: one that calls exit() or reads the environment
// comes too late.
__attribute__((constructor(101))) void connect_first() {
  const char* path = ::getenv("KIT_TRANSCRIPT");
  if (path == nullptr) return;
  Transcript::get().connect(path);
  ::unsetenv("KIT_TRANSCRIPT");
}

class Recorder : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo& info) override {
    messages_.clear();
    Transcript::get().start(name(info));
  }
  void OnTestPartResult(const testing::TestPartResult& part) override {
    if (!part.failed()) return;
    const char* file = part.file_name();
    messages_.push_back({-1, file == nullptr ? "" : file, part.line_number(), part.message()});
  }
  void OnTestEnd(const testing::TestInfo& info) override {
    Transcript::get().end(name(info), info.result()->Passed(), messages_);
  }
  static std::string name(const testing::TestInfo& info) {
    return std::string(info.test_suite_name()) + "." + info.name();
  }
  std::vector<Message> messages_;
};

}  // namespace

int main(int argc, char** argv) {
  if (kit_take_over != nullptr) kit_take_over();
  testing::InitGoogleTest(&argc, argv);
  Transcript& transcript = Transcript::get();
  if (__asan_init == nullptr && __tsan_init == nullptr) kit::harness::report_fatal_signals();
  if (transcript.connected()) {
    testing::GTEST_FLAG(filter) = kit::harness::gtest_filter(transcript.only(), transcript.skip());
    testing::UnitTest::GetInstance()->listeners().Append(new Recorder);
  }
  const int result = RUN_ALL_TESTS();
  transcript.complete();
  return result;
}
