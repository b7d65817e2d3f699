// complexity/11-string-match: a phrase in words at random, where most letters are passed over, and a
// text that was made to hurt. The peers have the whole text in one range; yours gets it in pieces of
// 64 KiB. The roof reads the same bytes once.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "bench/complexity/11-string-match/searching.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

void every_start(const char* text, std::size_t n, const char* pattern, std::size_t m,
                 Found* found) {
  for (std::size_t at = 0; at + m <= n; ++at) {
    std::size_t i = 0;
    while (i < m && text[at + i] == pattern[i]) ++i;
    if (i == m) found->add(at);
  }
}

// The GNU C library's: two-way, with a hash of pairs for short patterns.
void library_memmem(const char* text, std::size_t n, const char* pattern, std::size_t m,
                    Found* found) {
  for (const char* at = text;;) {
    const void* hit = memmem(at, static_cast<std::size_t>(text + n - at), pattern, m);
    if (hit == nullptr) return;
    at = static_cast<const char*>(hit);
    found->add(static_cast<std::uint64_t>(at - text));
    ++at;
  }
}

void horspool(const char* text, std::size_t n, const char* pattern, std::size_t m, Found* found) {
  const std::boyer_moore_horspool_searcher searcher(pattern, pattern + m);
  for (const char* at = text; (at = std::search(at, text + n, searcher)) != text + n; ++at)
    found->add(static_cast<std::uint64_t>(at - text));
}

struct Input {
  std::string text, pattern;
};

Contestant searching(const std::string& name, Role role, Searching search,
                     const std::shared_ptr<const Input>& input) {
  const auto run = [=] {
    Found found;
    search(input->text.data(), input->text.size(), input->pattern.data(), input->pattern.size(),
           &found);
    return found;
  };
  Contestant made{name, role, {}, timed([run] {
                    const Found found = run();
                    benchmark::DoNotOptimize(found.sum);
                  })};
  made.check = [run, input] {
    Found right;
    library_memmem(input->text.data(), input->text.size(), input->pattern.data(),
                   input->pattern.size(), &right);
    return run() == right ? std::string() : std::string("these are not all places of the pattern");
  };
  return made;
}

Workload workload(const std::string& text, const std::shared_ptr<const Input>& input) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(input->text.size()) / 1e6;
  work.rate_unit = "MB/s";
  work.bytes = static_cast<double>(input->text.size());
  work.operations = static_cast<double>(input->text.size());
  work.operation = "comparison";
  work.work = Work::memory;
  work.contestants.push_back(searching("every start", Role::baseline, every_start, input));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return searching(
             "", c.role(),
             c.function<void(const char*, std::size_t, const char*, std::size_t, Found*)>(
                 "candidate_search"),
             input);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(searching("memmem", Role::peer, library_memmem, input));
  work.contestants.push_back(
      searching("bm_horspool", Role::peer, horspool, input));
  auto bytes = std::make_shared<kit::roofs::Buffer>(input->text.size());
  std::memset(bytes->data(), 1, bytes->size());
  work.contestants.push_back({"one read of the bytes", Role::roof, {}, timed([bytes] {
                                const std::uint64_t sum =
                                    kit::roofs::read(bytes->data(), bytes->size());
                                benchmark::DoNotOptimize(sum);
                              })});
  return work;
}

// Words of a made-up language, letters about as frequent as in English.
std::string words(std::size_t n) {
  const std::string letters =
      "eeeeeeeeeeeetttttttttaaaaaaaaoooooooiiiiiiinnnnnnnsssssshhhhhhrrrrrr"
      "ddddllllcccuuummmwwwffggyyppbbvk";
  std::mt19937 random(20260101);
  std::vector<std::string> vocabulary(2'000);
  for (std::string& word : vocabulary) {
    word.resize(2 + random() % 8);
    for (char& each : word) each = letters[random() % letters.size()];
  }
  std::string text;
  text.reserve(n + 16);
  while (text.size() < n) text += vocabulary[std::min(random(), random()) % 2'000] + ' ';
  text.resize(n);
  return text;
}

std::vector<Workload> workloads() {
  auto prose = std::make_shared<Input>();
  prose->text = words(std::size_t{32} << 20);
  prose->pattern = prose->text.substr(prose->text.size() / 2, 16);
  auto enemy = std::make_shared<Input>();
  enemy->text = std::string(std::size_t{2} << 20, 'a');
  enemy->text.back() = 'b';  // one match, so that an answer that finds nothing is told
  enemy->pattern = std::string(63, 'a') + 'b';
  return {workload("16 letters in 32 MiB of words", prose),
          workload("a^63 b in 2 MiB of a", enemy)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
