#include "lens/trace/trace.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

namespace kit::lens {

Traced::Traced(const std::string& file) {
  library_ = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library_ == nullptr) {
    problem_ = ::dlerror();
    return;
  }
  into_ = function<AccessLog*(AccessLog*)>("kit_trace_into");
  if (into_ == nullptr) problem_ = file + " has no hooks in it";
}

Traced& Traced::get(harness::Where where) {
  static Traced beside(
      (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "traced.so").string());
  if (!beside) {
    harness::fail("kit: the traced build of the submission can't be loaded",
                  "  " + beside.problem(), where);
  }
  return beside;
}

void* Traced::symbol(const char* name) const {
  return ::dlsym(library_, name);
}

std::size_t Recording::count(AccessKind kind) const {
  std::size_t n = 0;
  for (const auto& accesses : threads) {
    n += static_cast<std::size_t>(
        std::ranges::count_if(accesses, [kind](const Access& a) { return a.kind == kind; }));
  }
  return n;
}

Recording record(const Traced& traced, unsigned threads, std::size_t most,
                 const std::function<void(unsigned)>& body) {
  Recording recording;
  recording.threads.resize(threads);
  std::vector<AccessLog> logs(threads);
  for (unsigned t = 0; t < threads; ++t) {
    recording.threads[t].resize(most);
    logs[t] = {recording.threads[t].data(), most};
  }
  std::atomic<unsigned> ready{0};
  const auto run = [&](unsigned t) {
    ready.fetch_add(1);
    while (ready.load() < threads) std::this_thread::yield();
    traced.into(&logs[t]);
    body(t);
    traced.into(nullptr);
  };
  if (threads == 1) {
    run(0);
  } else {
    std::vector<std::jthread> running;
    for (unsigned t = 0; t < threads; ++t) running.emplace_back(run, t);
  }
  for (unsigned t = 0; t < threads; ++t) {
    recording.threads[t].resize(logs[t].size);
    recording.whole = recording.whole && !logs[t].overflowed;
  }
  return recording;
}

}  // namespace kit::lens
