// linux/02-copy-file: a file of 64 MiB in the page cache is copied to a name that isn't there. What
// is promised differs, and most of the time goes into it: the contract wants the copy on the disk,
// a plain cp leaves it in memory. So cp is there twice, once as it is and once with the syncs
// behind it that make it last. The roofs never wait for the disk.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <system_error>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"

namespace {

using namespace kit::bench;
namespace fs = std::filesystem;

constexpr std::size_t kBytes = std::size_t{64} << 20;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags, mode_t mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (number_ < 0) fail(path);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(number_); }
  int number() const { return number_; }

 private:
  int number_;
};

// A directory of its own with the original in it; gone at the end.
class Files {
 public:
  Files() {
    directory_ = scratch_directory() + "/copy-XXXXXX";
    if (::mkdtemp(directory_.data()) == nullptr) fail(directory_);
    std::mt19937_64 random(1);
    std::vector<std::uint64_t> block(kBytes / sizeof(std::uint64_t));
    for (std::uint64_t& word : block) word = random();
    std::ofstream file(from(), std::ios::binary);
    file.write(reinterpret_cast<const char*>(block.data()), kBytes);
    file.close();
    if (!file) fail(from());
    const Descriptor written(from(), O_RDONLY);
    ::fsync(written.number());  // or it would be written back while others are timed
  }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  ~Files() {
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }
  std::string from() const { return directory_ + "/from"; }
  std::string to() const { return directory_ + "/to"; }
  const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
};

std::string file_system(const std::string& path) {
  struct statfs info {};
  if (::statfs(path.c_str(), &info) != 0) return "an unknown file system";
  switch (static_cast<unsigned long>(info.f_type)) {
    case 0xef53:
      return "ext4";
    case 0x01021994:
      return "tmpfs";
    case 0x794c7630:
      return "overlay";
    case 0x58465342:
      return "xfs";
    case 0x9123683e:
      return "btrfs";
  }
  return fmt::format("a file system of type {:#x}", static_cast<unsigned long>(info.f_type));
}

void write_all(int to, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(to, data, size);
    if (written < 0) fail("write");
    data += written;
    size -= static_cast<std::size_t>(written);
  }
}

void copy_by_reading(const std::string& from, const std::string& to, std::size_t step) {
  const Descriptor in(from, O_RDONLY), out(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  static std::vector<char> buffer;
  buffer.resize(step);
  while (true) {
    const ssize_t got = ::read(in.number(), buffer.data(), step);
    if (got < 0) fail("read");
    if (got == 0) return;
    write_all(out.number(), buffer.data(), static_cast<std::size_t>(got));
  }
}

void copy_in_kernel(const std::string& from, const std::string& to) {
  const Descriptor in(from, O_RDONLY), out(to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  while (true) {
    const ssize_t copied =
        ::copy_file_range(in.number(), nullptr, out.number(), nullptr, kBytes, 0);
    if (copied < 0) fail("copy_file_range");
    if (copied == 0) return;
  }
}

void sync_path(const std::string& path, int flags) {
  const Descriptor file(path, flags);
  if (::fsync(file.number()) != 0) fail("fsync");
}

void run_cp(const std::string& from, const std::string& to) {
  const char* arguments[] = {"cp", from.c_str(), to.c_str(), nullptr};
  pid_t child = 0;
  errno = ::posix_spawnp(&child, "cp", nullptr, nullptr, const_cast<char**>(arguments), environ);
  if (errno != 0) fail("cp");
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error("cp failed");
}

std::string difference(const Files& files) {
  std::ifstream a(files.from(), std::ios::binary), b(files.to(), std::ios::binary);
  if (!b) return "there is no copy";
  std::vector<char> x(1 << 20), y(1 << 20);
  for (std::size_t at = 0; at < kBytes; at += x.size()) {
    a.read(x.data(), static_cast<std::streamsize>(x.size()));
    b.read(y.data(), static_cast<std::streamsize>(y.size()));
    if (a.gcount() != b.gcount()) {
      return fmt::format("it has {} bytes, not {}", fs::file_size(files.to()), kBytes);
    }
    if (x != y) return fmt::format("it differs in the MiB from byte {} on", at);
  }
  return b.peek() == std::ifstream::traits_type::eof() ? "" : "it is longer than the original";
}

// Removing the copy is not timed. It also takes its unwritten pages with it: else they would be
// written back in the time of whoever comes next.
Contestant contestant(const std::string& name, Role role, std::shared_ptr<Files> files,
                      std::function<void()> copy, const std::string& note = "") {
  Contestant made{name, role, {}, {}, note};
  made.check = [files, copy] {
    copy();
    const std::string wrong = difference(*files);
    fs::remove(files->to());
    return wrong;
  };
  made.seconds = [files, copy](long long runs) {
    std::chrono::duration<double> taken{0};
    for (long long i = 0; i < runs; ++i) {
      const auto start = std::chrono::steady_clock::now();
      copy();
      taken += std::chrono::steady_clock::now() - start;
      fs::remove(files->to());
    }
    return taken.count();
  };
  return made;
}

Workload workload() {
  const auto files = std::make_shared<Files>();
  const std::string from = files->from(), to = files->to();
  const auto make_it_last = [files, to] {
    sync_path(to, O_RDONLY);
    sync_path(files->directory(), O_RDONLY | O_DIRECTORY);
  };
  Workload work;
  work.text = fmt::format("64 MiB, in the page cache, on {}", file_system(files->directory()));
  work.amount = static_cast<double>(kBytes) / 1e9;
  work.rate_unit = "GB/s";
  work.work = Work::disk;

  work.contestants.push_back(contestant(
      "64 KiB at a time", Role::baseline, files,
      [=] {
        copy_by_reading(from, to, 64 << 10);
        make_it_last();
      },
      "read, write, then both syncs; not atomic"));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         auto* function = c.function<void(const char*, const char*)>("candidate_copy_file");
         return contestant("", c.role(), files, [=] { function(from.c_str(), to.c_str()); });
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant(
      "cp and syncs", Role::peer, files,
      [=] {
        run_cp(from, to);
        make_it_last();
      },
      "lasts as the contract wants it; not atomic"));
  work.contestants.push_back(contestant(
      "cp", Role::peer, files, [=] { run_cp(from, to); },
      "promises less: nothing is on the disk yet"));
  work.contestants.push_back(contestant(
      "std::filesystem", Role::peer, files, [=] { fs::copy_file(from, to); },
      "copy_file; promises less: nothing is on the disk yet"));
  work.contestants.push_back(contestant("copy_file_range without fsync", Role::roof, files,
                                        [=] { copy_in_kernel(from, to); }));
  work.contestants.push_back(contestant("read and write of 1 MiB without fsync", Role::roof, files,
                                        [=] { copy_by_reading(from, to, 1 << 20); }));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] { return std::vector<Workload>{workload()}; }}};
  bench.notes = {
      "Waiting for the disk (fsync) is most of the time of those that do it. Only rows that",
      "keep the same promise are to be compared; the roof is the copy without the waiting."};
  return run(bench, argc, argv);
}
