// Faults that a plan asks for: each arrives at its call, and only there.
#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "harness/report.hpp"
#include "lens/syscalls/tracer.hpp"

namespace {

using namespace kit::syscalls;

std::string scratch(const char* name) {
  return kit::harness::run_directory() / name;
}

std::string contents(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Seen {
  long results[8];
  int errors[8];
};

// open, write 1,000 bytes, write 1,000 bytes, close; what the code saw goes to `seen`.
Trace write_twice(const std::string& path, Shared<Seen>& seen, const Plan& plan) {
  return run_traced(
      [&] {
        const std::string bytes(1000, 'x');
        const int fd = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        for (int i = 0; i < 2; ++i) {
          errno = 0;
          seen->results[i] = ::write(fd, bytes.data(), bytes.size());
          seen->errors[i] = errno;
        }
        errno = 0;
        seen->results[2] = ::close(fd);
        seen->errors[2] = errno;
      },
      plan);
}

TEST(Injection, AnErrorAtOneCallOnly) {
  Shared<Seen> seen;
  const std::string path = scratch("error");
  Plan plan;
  plan.faults = {{2, Fault::Kind::error, ENOSPC}};
  const Trace trace = write_twice(path, seen, plan);
  EXPECT_EQ(seen->results[0], 1000);
  EXPECT_EQ(seen->results[1], -1);
  EXPECT_EQ(seen->errors[1], ENOSPC);
  EXPECT_EQ(std::filesystem::file_size(path), 1000U);
  EXPECT_EQ(trace.faults_fired(), 1U);
  EXPECT_EQ(trace.calls[2].injected, Fault::Kind::error);
  EXPECT_EQ(result_text(trace.calls[2]), "= ENOSPC");
}

TEST(Injection, AShortTransferIsReal) {
  Shared<Seen> seen;
  const std::string path = scratch("short");
  Plan plan;
  plan.faults = {{1, Fault::Kind::shorten, 300}};
  const Trace trace = write_twice(path, seen, plan);
  EXPECT_EQ(seen->results[0], 300);
  EXPECT_EQ(seen->results[1], 1000);
  EXPECT_EQ(std::filesystem::file_size(path), 1300U);
  EXPECT_EQ(trace.calls[1].asked, 1000U);
}

TEST(Injection, ACeilingForEveryTransfer) {
  Shared<Seen> seen;
  const std::string path = scratch("ceiling");
  Plan plan;
  plan.longest_transfer = 10;
  write_twice(path, seen, plan);
  EXPECT_EQ(std::filesystem::file_size(path), 20U);
}

TEST(Injection, CloseRunsAndOnlyItsResultIsReplaced) {
  Shared<Seen> seen;
  Plan plan;
  plan.faults = {{3, Fault::Kind::error, EINTR}};
  const Trace trace = write_twice(scratch("close"), seen, plan);
  EXPECT_EQ(seen->results[2], -1);
  EXPECT_EQ(seen->errors[2], EINTR);
  EXPECT_TRUE(trace.leaked.empty());
}

TEST(Injection, KillBeforeTheCall) {
  Shared<Seen> seen;
  const std::string path = scratch("kill");
  Plan plan;
  plan.faults = {{2, Fault::Kind::kill, 0}};
  const Trace trace = write_twice(path, seen, plan);
  EXPECT_EQ(trace.ending.kind, Ending::Kind::killed);
  EXPECT_EQ(trace.ending.code, SIGKILL);
  EXPECT_EQ(trace.calls.size(), 3U);
  EXPECT_EQ(std::filesystem::file_size(path), 1000U);
}

TEST(Injection, AFamilyIsMetWhateverTheName) {
  std::ofstream(scratch("family")) << std::string(100, 'x');
  const std::string path = scratch("family");
  Shared<Seen> seen;
  Plan plan;
  plan.refuse = {{Family::read, EIO}};
  run_traced(
      [&] {
        char buffer[100];
        iovec part{buffer, sizeof buffer};
        const int fd = ::open(path.c_str(), O_RDONLY);
        seen->results[0] = ::read(fd, buffer, sizeof buffer);
        seen->results[1] = ::readv(fd, &part, 1);
        seen->results[2] = ::pread(fd, buffer, sizeof buffer, 0);
        ::close(fd);
      },
      plan);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(seen->results[i], -1) << i;
}

TEST(Injection, AShortVectorLeavesTheCallersVectorAlone) {
  std::ofstream(scratch("vector")) << "abcdefghijklmnopqrstuvwxyz";
  const std::string path = scratch("vector");
  Shared<Seen> seen;
  Plan plan;
  plan.longest_transfer = 12;
  const Trace trace = run_traced(
      [&] {
        char one[10], two[10], three[10];
        iovec parts[3] = {{one, 10}, {two, 10}, {three, 10}};
        const int fd = ::open(path.c_str(), O_RDONLY);
        seen->results[0] = ::readv(fd, parts, 3);
        seen->results[1] =
            static_cast<long>(parts[0].iov_len + parts[1].iov_len + parts[2].iov_len);
        seen->results[2] = two[1] == 'l';
        ::close(fd);
      },
      plan);
  EXPECT_EQ(seen->results[0], 12);
  EXPECT_EQ(seen->results[1], 30);
  EXPECT_EQ(seen->results[2], 1);
  EXPECT_EQ(call_text(trace.calls[1]).substr(0, 6), "readv(");
}

TEST(Injection, InKernelCopiesAreShortenedAndRefused) {
  const std::string bytes(1000, 'x');
  std::ofstream(scratch("from")) << bytes;
  const std::string from = scratch("from"), to = scratch("to");
  Shared<Seen> seen;
  const auto copy = [&] {
    const int in = ::open(from.c_str(), O_RDONLY);
    const int out = ::open(to.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    seen->results[0] = ::sendfile(out, in, nullptr, 1000);
    errno = 0;
    seen->results[1] = ::copy_file_range(in, nullptr, out, nullptr, 1000, 0);
    seen->errors[1] = errno;
    errno = 0;
    seen->results[2] = ::ioctl(out, FICLONE, in);
    seen->errors[2] = errno;
    ::close(in);
    ::close(out);
  };
  Plan plan;
  plan.longest_transfer = 30;
  plan.refuse = {{Family::copy_range, ENOSYS}, {Family::clone_file, ETXTBSY}};
  const Trace trace = run_traced(copy, plan);
  EXPECT_EQ(seen->results[0], 30);
  EXPECT_EQ(seen->errors[1], ENOSYS);
  EXPECT_EQ(seen->errors[2], ETXTBSY);
  EXPECT_EQ(contents(to), bytes.substr(0, 30));
  // Which file is read and which written, whatever the order of the arguments.
  for (const std::size_t call : {2U, 3U, 4U}) {
    EXPECT_EQ(trace.calls[call].source()->path, from) << trace.calls[call].name;
    EXPECT_EQ(trace.calls[call].target()->path, to) << trace.calls[call].name;
  }
}

TEST(Injection, ARefusalWithoutErrorMovesNothing) {
  Shared<Seen> seen;
  const std::string path = scratch("nothing");
  Plan plan;
  plan.refuse = {{Family::write, 0}};
  write_twice(path, seen, plan);
  EXPECT_EQ(seen->results[0], 0);
  EXPECT_EQ(std::filesystem::file_size(path), 0U);
}

TEST(Injection, TheSuiteWorksWhileTheRegionStands) {
  Shared<Seen> seen, other;
  const std::string path = scratch("first");
  std::uintmax_t size = 0;
  Plan plan;
  plan.meanwhile = {2, [&] {
                      size = std::filesystem::file_size(path);
                      write_twice(scratch("second"), other, {});
                    }};
  const Trace trace = write_twice(path, seen, plan);
  EXPECT_TRUE(trace.ending.returned());
  EXPECT_EQ(size, 1000U);
  EXPECT_EQ(other->results[1], 1000);
  EXPECT_EQ(std::filesystem::file_size(path), 2000U);
}

TEST(Injection, PretendedSyncsAreCountedAndInvalidOnesStillFail) {
  Shared<Seen> seen;
  const std::string path = scratch("sync");
  Plan plan;
  plan.sync_reaches_disk = false;
  const Trace trace = run_traced(
      [&] {
        const int fd = ::open(path.c_str(), O_CREAT | O_WRONLY, 0600);
        seen->results[0] = ::fsync(fd);
        ::close(fd);
        seen->results[1] = ::fsync(fd);
      },
      plan);
  EXPECT_EQ(seen->results[0], 0);
  EXPECT_EQ(seen->results[1], -1);
  EXPECT_EQ(trace.count(Family::sync), 2U);
}

}  // namespace
