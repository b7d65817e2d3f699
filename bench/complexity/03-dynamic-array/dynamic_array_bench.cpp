// complexity/03-dynamic-array: 2^20 pushes into an empty array, of numbers and of short strings,
// with all that the growing costs and the array's end. The roof writes as many elements once into
// memory that is already there.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <memory>
#include <vector>

#include "bench/complexity/03-dynamic-array/pushing.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

// The array of a first course: twice as large when full, by default construction and copies.
template <class T>
class PlainArray {
 public:
  void push_back(const T& value) {
    if (size_ == capacity_) {
      capacity_ = capacity_ == 0 ? 1 : 2 * capacity_;
      auto larger = std::make_unique<T[]>(capacity_);
      for (std::size_t i = 0; i < size_; ++i) larger[i] = items_[i];
      items_ = std::move(larger);
    }
    items_[size_++] = value;
  }
  T& operator[](std::size_t i) { return items_[i]; }
  std::size_t size() const { return size_; }

 private:
  std::unique_ptr<T[]> items_;
  std::size_t size_ = 0, capacity_ = 0;
};

template <class T>
using Vector = std::vector<T>;

std::vector<std::string> some_words() {
  std::vector<std::string> words;
  for (int i = 0; i < 64; ++i) words.push_back(fmt::format("word {:02}", i));
  return words;
}
const std::vector<std::string> kWords = some_words();

// The functions of one contestant, checked against std::vector's.
std::string compare(std::uint64_t sum, std::uint64_t expected) {
  return sum == expected ? "" : "its elements are not those pushed";
}

Contestant numbers(const std::string& name, Role role, Pushing array) {
  Contestant made{name, role, {}, timed([array] {
                    const Pushed pushed = array.numbers(kPushes);
                    benchmark::DoNotOptimize(pushed);
                  })};
  made.check = [array] {
    return compare(array.sum_of_numbers(kPushes), pushing<Vector>().sum_of_numbers(kPushes));
  };
  return made;
}

Contestant strings(const std::string& name, Role role, Pushing array) {
  Contestant made{name, role, {}, timed([array] {
                    const Pushed pushed = array.strings(kWords.data(), kWords.size(), kPushes);
                    benchmark::DoNotOptimize(pushed);
                  })};
  made.check = [array] {
    return compare(array.sum_of_strings(kWords.data(), kWords.size(), kPushes),
                   pushing<Vector>().sum_of_strings(kWords.data(), kWords.size(), kPushes));
  };
  return made;
}

// One write of each element. Strings are ended too, as the array's are.
Contestant fill_numbers() {
  auto memory = std::make_shared<kit::roofs::Buffer>(kPushes * sizeof(std::uint64_t));
  return {"each number written once", Role::roof, {}, timed([memory] {
            auto* items = reinterpret_cast<std::uint64_t*>(memory->data());
            for (std::size_t i = 0; i < kPushes; ++i) items[i] = number(i);
            benchmark::ClobberMemory();
          })};
}

Contestant fill_strings() {
  auto memory = std::make_shared<kit::roofs::Buffer>(kPushes * sizeof(std::string));
  return {"each string made once", Role::roof, {}, timed([memory] {
            auto* items = reinterpret_cast<std::string*>(memory->data());
            for (std::size_t i = 0; i < kPushes; ++i) {
              std::construct_at(items + i, kWords[i % kWords.size()]);
            }
            benchmark::ClobberMemory();
            std::destroy_n(items, kPushes);
          })};
}

template <class Make>
Workload workload(const std::string& text, Make make, Contestant roof) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(kPushes) / 1e6;
  work.rate_unit = "Mpush/s";
  work.work = Work::memory;
  work.contestants.push_back(make("copies, doubling", Role::baseline, pushing<PlainArray>()));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return make("", c.role(), *c.function<const Pushing*()>("candidate_pushing")());
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(make("std::vector", Role::peer, pushing<Vector>()));
  work.contestants.back().note = "never shrinks, so its pops promise less than the contract";
  work.contestants.push_back(std::move(roof));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  // Memory once had is kept: otherwise every growth beyond 128 KiB goes to the kernel, and its page
  // faults, which cost each of the contestants the same, are most of what is measured.
  ::mallopt(M_MMAP_MAX, 0);
  ::mallopt(M_TRIM_THRESHOLD, -1);
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] {
                    return std::vector<Workload>{
                        workload("2^20 pushes of uint64_t", numbers, fill_numbers()),
                        workload("2^20 pushes of short std::string", strings, fill_strings())};
                  }}};
  bench.notes = {
      "The heap keeps its memory between runs: page faults are not part of these figures."};
  return run(bench, argc, argv);
}
