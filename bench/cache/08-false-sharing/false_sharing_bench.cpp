// cache/08-false-sharing: two threads add 1 to a counter, 200,000 times each, and both start when
// both are there. The roof adds to a number of the thread's own, in memory that nobody else sees.
#include <sched.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "bench/cache/08-false-sharing/counting.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"

namespace {

using namespace kit::bench;

constexpr long long kAdds = 200'000;  // of each thread, in one run
constexpr unsigned kThreads = 2;

class OneMutex {
 public:
  explicit OneMutex(unsigned) {}
  void add(unsigned, std::int64_t d) {
    const std::lock_guard lock(mutex_);
    count_ += d;
  }
  std::int64_t sum() const { return count_; }

 private:
  std::mutex mutex_;
  std::int64_t count_ = 0;
};

class OneAtomic {
 public:
  explicit OneAtomic(unsigned) {}
  void add(unsigned, std::int64_t d) { count_.fetch_add(d, std::memory_order_relaxed); }
  std::int64_t sum() const { return count_.load(); }

 private:
  std::atomic<std::int64_t> count_{0};
};

// The second thread waits between runs, so that making it is not timed.
class Two {
 public:
  Two()
      : other_([this] {
          go_to(1);
          work();
        }) {}
  ~Two() {
    stop_ = true;
    round_.fetch_add(1);
    round_.notify_all();
  }
  void run(const std::function<void(unsigned)>& body) {
    go_to(0);
    body_ = &body;
    done_.store(0);
    round_.fetch_add(1);
    round_.notify_all();
    body(0);
    while (done_.load() == 0) {
    }
  }

 private:
  // A core for each thread: a process of a bench stays on one, and then both would take turns there.
  static void go_to(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(core), &cores);
    ::sched_setaffinity(0, sizeof cores, &cores);
  }
  void work() {
    for (unsigned seen = 0;;) {
      round_.wait(seen);
      seen = round_.load();
      if (stop_) return;
      (*body_)(1);
      done_.store(1);
    }
  }
  std::atomic<unsigned> round_{0}, done_{0};
  std::atomic<bool> stop_{false};
  const std::function<void(unsigned)>* body_ = nullptr;
  std::jthread other_;
};

Contestant adding(const std::string& name, Role role, Counting how, std::shared_ptr<Two> two) {
  const std::shared_ptr<void> counters(how.make(kThreads), how.end);
  const std::function<void(unsigned)> body = [how, counters](unsigned thread) {
    how.add(counters.get(), thread, kAdds);
  };
  Contestant made{name, role, {}, timed([two, body] { two->run(body); })};
  made.check = [=] {
    const std::int64_t before = how.sum(counters.get());
    two->run(body);
    return how.sum(counters.get()) - before == kThreads * kAdds
               ? std::string()
               : std::string("its sum is wrong after two threads have added");
  };
  return made;
}

Contestant own_memory(std::shared_ptr<Two> two) {
  const std::function<void(unsigned)> body = [](unsigned) {
    volatile std::int64_t count = 0;
    for (long long i = 0; i < kAdds; ++i) count = count + 1;
  };
  return {"a number of its own", Role::roof, {}, timed([two, body] { two->run(body); })};
}

Workload workload() {
  const auto two = std::make_shared<Two>();
  Workload work;
  work.text = "2 threads, 200,000 adds each";
  work.amount = static_cast<double>(kThreads * kAdds) / 1e6;
  work.rate_unit = "Madd/s";
  work.work = Work::two_cores;
  work.contestants.push_back(adding("one mutex", Role::baseline, counting<OneMutex>(), two));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return adding("", c.role(), *c.function<const Counting*()>("candidate_counting")(), two);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(adding("one std::atomic", Role::peer, counting<OneAtomic>(), two));
  work.contestants.push_back(own_memory(two));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] { return std::vector<Workload>{workload()}; }}};
  bench.notes = {
      "Two threads on two cores; where the cores are far apart, the shared line costs more."};
  return run(bench, argc, argv);
}
