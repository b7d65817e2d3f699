// main() of the MPI suites: one launch of all ranks, a GoogleTest program that speaks on rank 0
// alone and keeps the transcript there. Started outside a launcher it starts itself under mpirun.
//
// A test that fails on one rank fails on all; its messages are gathered on rank 0, and one that
// many ranks have is shown once, with the ranks named as in the communicator of the case.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstring>

#include "harness/mpi.hpp"
#include "harness/transcript.hpp"
#include "lens/messages/last_words.hpp"
#include "lens/messages/mirror.hpp"

extern "C" {
extern const int kit_suite_ranks;  // harness/mpi.hpp, in the suite
void __asan_init() __attribute__((weak));
void __tsan_init() __attribute__((weak));
int __lsan_do_recoverable_leak_check() __attribute__((weak));
void __lsan_disable() __attribute__((weak));
void __lsan_enable() __attribute__((weak));
const char* __lsan_default_suppressions();
int __lsan_is_turned_off();
}

namespace {

using kit::harness::Message;
using kit::harness::Transcript;
namespace mpi = kit::harness::mpi;

bool leaks_were_checked = false;

int launched_rank() {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK"}) {
    if (const char* value = ::getenv(name)) return std::atoi(value);
  }
  return -1;
}

bool only_lists(int argc, char** argv) {
  return std::any_of(argv, argv + argc, [](const char* a) {
    return std::strncmp(a, "--gtest_list_tests", 18) == 0 || std::strcmp(a, "--help") == 0;
  });
}

// The settings of the launch, all through the environment, so that a foreign launcher is not
// troubled by them. One that is set already stays.
void prepare_launch() {
  const auto set = [](const char* name, const char* value) { ::setenv(name, value, 0); };
  // More ranks than cores, and they give their core away while they wait.
  set("OMPI_MCA_rmaps_base_oversubscribe", "1");
  set("OMPI_MCA_mpi_yield_when_idle", "1");
  set("OMPI_MCA_hwloc_base_binding_policy", "none");
  if (::geteuid() == 0) {
    set("OMPI_ALLOW_RUN_AS_ROOT", "1");
    set("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
  }
  // One machine: shared memory and the loopback. Looking for other networks costs half of the
  // start.
  set("OMPI_MCA_pml", "ob1");
  set("OMPI_MCA_btl", "self,vader");
  set("OMPI_MCA_oob_tcp_if_include", "lo");
  set("OMPI_MCA_plm", "isolated");
  // Reading another process's memory is refused in a sandbox; messages above 4 KiB wait for their
  // receive.
  set("OMPI_MCA_btl_vader_single_copy_mechanism", "none");
  set("OMPI_MCA_btl_vader_eager_limit", "4096");
  set("PMIX_MCA_gds", "hash");
}

void launch(int argc, char** argv) {
  if (::getenv("KIT_MPI_LAUNCHED") != nullptr) {
    std::fputs(
        "kit: the launcher doesn't say which rank this is. Under Slurm it needs --mpi=pmix; "
        "mpirun\n"
        "must be Open MPI's.\n",
        stderr);
    ::_exit(70);
  }
  ::setenv("KIT_MPI_LAUNCHED", "1", 1);
  prepare_launch();
  static char self[PATH_MAX] = "";
  if (::readlink("/proc/self/exe", self, sizeof self - 1) < 0)
    std::strncpy(self, argv[0], sizeof self - 1);
  static char ranks[16];
  std::snprintf(ranks, sizeof ranks, "%d", kit_suite_ranks);
  std::vector<const char*> words = {"mpirun", "-q", "-np", ranks, self};
  words.insert(words.end(), argv + 1, argv + argc);
  words.push_back(nullptr);
  ::execvp(words[0], const_cast<char**>(words.data()));
  std::perror("mpirun");
  ::_exit(70);
}

bool main_has_begun = false;

// A rank that leaves with success before MPI_Init is taken by mpirun for one that wanted no MPI if no other rank was as far
// yet, and the others wait for it for ever. With an error it ends them all.
void leaving_before_main() {
  if (!main_has_begun) ::_exit(71);
}

// Before every static initialiser of the submission: one that calls exit() or reads the environment
// comes too late.
__attribute__((constructor(101))) void connect_first(int argc, char** argv, char**) {
  if (only_lists(argc, argv)) return;
  const int rank = launched_rank();
  if (rank < 0) launch(argc, argv);
  std::atexit(leaving_before_main);
  // On other hosts nobody but the launcher's daemon there can end a rank: where it goes, they go.
  if (::getenv("KIT_LAUNCHER") != nullptr) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const char* path = ::getenv("KIT_TRANSCRIPT");
  if (path != nullptr && rank == 0) {
    Transcript::get().connect(path);
    if (std::strncmp(path, "tcp:", 4) == 0 && !Transcript::get().connected()) {
      char host[256] = "";
      ::gethostname(host, sizeof host - 1);
      std::fprintf(stderr,
                   "kit: rank 0 runs on %s, and the grader can't be reached from there over TCP "
                   "(a firewall?).\n",
                   host);
      ::_exit(70);
    }
  }
  ::unsetenv("KIT_TRANSCRIPT");
}

std::string name(const testing::TestInfo& info) {
  return std::string(info.test_suite_name()) + "." + info.name();
}

struct Failure {
  int rank;   // of the case, -1 outside one
  int ranks;  // of the case
  std::string file;
  int line;
  std::string text;
};

void put(std::string& out, const std::string& text) {
  out += std::to_string(text.size()) + ":" + text;
}

struct Reader {
  const std::string& in;
  std::size_t at = 0;
  std::string text() {
    const std::size_t colon = in.find(':', at);
    const auto size = static_cast<std::size_t>(std::atol(in.c_str() + at));
    at = colon + 1 + size;
    return in.substr(colon + 1, size);
  }
  int number() { return std::atoi(text().c_str()); }
};

// All ranks' failures on rank 0, rank 0's first; elsewhere nothing.
std::vector<Failure> gather(const std::vector<Failure>& own) {
  std::string out;
  for (const Failure& f : own) {
    for (const std::string& part : {std::to_string(f.rank), std::to_string(f.ranks), f.file,
                                    std::to_string(f.line), f.text}) {
      put(out, part);
    }
  }
  const MPI_Comm comm = mpi::harness_communicator();
  int ranks = 0;
  PMPI_Comm_size(comm, &ranks);
  const int size = static_cast<int>(out.size());
  std::vector<int> sizes(static_cast<std::size_t>(ranks)), places;
  PMPI_Gather(&size, 1, MPI_INT, sizes.data(), 1, MPI_INT, 0, comm);
  int total = 0;
  for (const int s : sizes) {
    places.push_back(total);
    total += s;
  }
  std::string all(static_cast<std::size_t>(mpi::world_rank() == 0 ? total : 0), ' ');
  PMPI_Gatherv(out.data(), size, MPI_CHAR, all.data(), sizes.data(), places.data(), MPI_CHAR, 0,
               comm);
  std::vector<Failure> failures;
  for (Reader reader{all}; reader.at < all.size();) {
    const int rank = reader.number();
    const int of = reader.number();
    std::string file = reader.text();
    const int line = reader.number();
    failures.push_back({rank, of, std::move(file), line, reader.text()});
  }
  return failures;
}

// The lines below the first are indented by two, so that a story stands below its input.
std::string indented(const std::string& text) {
  const std::size_t first_end = text.find('\n');
  if (first_end == std::string::npos || text.compare(first_end, 3, "\n  ") == 0) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] != '\n') out += "  ";
  }
  return out;
}

// The same words of many ranks once: "8 ranks, 5 bytes from rank 0, seen on ranks 1, 3, 5 to 7".
std::vector<Message> merge(const std::vector<Failure>& failures) {
  struct Many {
    Failure first;
    std::vector<int> ranks;
  };
  std::vector<Many> merged;
  for (const Failure& f : failures) {
    auto same = std::find_if(merged.begin(), merged.end(), [&](const Many& m) {
      return m.first.file == f.file && m.first.line == f.line && m.first.text == f.text;
    });
    if (same == merged.end()) same = merged.insert(merged.end(), {f, {}});
    if (f.rank >= 0) same->ranks.push_back(f.rank);
  }
  std::vector<Message> messages;
  for (Many& m : merged) {
    std::sort(m.ranks.begin(), m.ranks.end());
    std::string text = m.first.text;
    if (!m.ranks.empty()) {
      const bool all = static_cast<int>(m.ranks.size()) == m.first.ranks && m.first.ranks > 1;
      const std::string where = all                  ? "on every rank"
                                : m.ranks.size() > 1 ? "on ranks " + kit::lens::rank_list(m.ranks)
                                                     : "on rank " + std::to_string(m.ranks.front());
      text.insert(std::min(text.find('\n'), text.size()), "; seen " + where);
    }
    messages.push_back(
        {m.ranks.size() == 1 ? m.ranks.front() : -1, m.first.file, m.first.line, indented(text)});
  }
  // The ranks' order in the communicator, not in the world.
  std::stable_sort(messages.begin(), messages.end(),
                   [](const Message& a, const Message& b) { return a.rank < b.rank; });
  constexpr std::size_t kMost = 8;
  if (messages.size() > kMost) messages.resize(kMost);
  return messages;
}

// On every rank: holds back what failed until the test's end, and agrees with the others. On rank 0
// also prints.
class Recorder : public testing::TestEventListener {
 public:
  explicit Recorder(testing::TestEventListener* printer) : printer_(printer) {}

  void OnTestStart(const testing::TestInfo& info) override {
    failures_.clear();
    mpi::forget_test();
    Transcript::get().start(name(info));
    if (printer_ != nullptr) printer_->OnTestStart(info);
  }
  void OnTestPartResult(const testing::TestPartResult& part) override {
    if (marking_) return;
    if (!part.failed()) {
      if (printer_ != nullptr) printer_->OnTestPartResult(part);
      return;
    }
    const char* file = part.file_name();
    failures_.push_back({mpi::case_rank(), mpi::case_size(), file == nullptr ? "" : file,
                         part.line_number(), part.message()});
  }
  void OnTestEnd(const testing::TestInfo& info) override {
    const bool failed = mpi::agree_on_test_end(info.result()->Failed());
    std::vector<Message> messages;
    if (failed) messages = merge(gather(failures_));
    if (failed && !info.result()->Failed()) {
      marking_ = true;  // another rank's failure is this rank's too
      GTEST_NONFATAL_FAILURE_("failed on another rank");
      marking_ = false;
    }
    if (printer_ != nullptr) {
      for (const Message& m : messages) {
        printer_->OnTestPartResult(testing::TestPartResult(
            testing::TestPartResult::kNonFatalFailure, m.file.c_str(), m.line, m.text.c_str()));
      }
      printer_->OnTestEnd(info);
    }
    Transcript::get().end(name(info), !failed, messages);
  }

  // All else is the printer's, on rank 0.
  void OnTestProgramStart(const testing::UnitTest& u) override {
    if (printer_) printer_->OnTestProgramStart(u);
  }
  void OnTestIterationStart(const testing::UnitTest& u, int n) override {
    if (printer_) printer_->OnTestIterationStart(u, n);
  }
  void OnEnvironmentsSetUpStart(const testing::UnitTest& u) override {
    if (printer_) printer_->OnEnvironmentsSetUpStart(u);
  }
  void OnEnvironmentsSetUpEnd(const testing::UnitTest& u) override {
    if (printer_) printer_->OnEnvironmentsSetUpEnd(u);
  }
  void OnTestSuiteStart(const testing::TestSuite& s) override {
    if (printer_) printer_->OnTestSuiteStart(s);
  }
  void OnTestSuiteEnd(const testing::TestSuite& s) override {
    if (printer_) printer_->OnTestSuiteEnd(s);
  }
  void OnEnvironmentsTearDownStart(const testing::UnitTest& u) override {
    if (printer_) printer_->OnEnvironmentsTearDownStart(u);
  }
  void OnEnvironmentsTearDownEnd(const testing::UnitTest& u) override {
    if (printer_) printer_->OnEnvironmentsTearDownEnd(u);
  }
  void OnTestIterationEnd(const testing::UnitTest& u, int n) override {
    if (printer_) printer_->OnTestIterationEnd(u, n);
  }
  void OnTestProgramEnd(const testing::UnitTest& u) override {
    if (printer_) printer_->OnTestProgramEnd(u);
  }

 private:
  testing::TestEventListener* printer_;
  std::vector<Failure> failures_;
  bool marking_ = false;
};

// Blocked ranks can't be brought back: the test ends here, and the grader starts the suite again
// behind it.
void end_here(const std::string& input, const std::string& story) {
  std::string test;
  const char* file = "";
  int line = 0;
  if (const auto* info = testing::UnitTest::GetInstance()->current_test_info()) {
    test = name(*info);
    file = info->file();
    line = info->line();
  }
  const std::string text = indented(input + "\n" + story);
  Transcript& transcript = Transcript::get();
  const auto& words = kit::lens::shared().last_words;
  if (words.state.load() == 2 && words.kind == kit::lens::LastWords::Kind::Signal) {
    std::vector<void*> frames;
    for (int i = 0; i < words.frames; ++i)
      frames.push_back(const_cast<void*>(kit::lens::address_of(words.frame[i])));
    transcript.doing(kit::lens::crash_note(words, input));
    transcript.crash(words.signal, frames.data(), static_cast<int>(frames.size()));
  } else {
    transcript.end(test, false, {{-1, file, line, text}});
  }
  std::printf("%s:%d: Failure\n%s\n\n[  FAILED  ] %s\n", file, line, text.c_str(), test.c_str());
  std::fflush(stdout);
  ::_exit(1);
}

// Which tests run is rank 0's to say.
void share_filter() {
  std::string filter = testing::GTEST_FLAG(filter);
  if (Transcript::get().connected()) {
    filter = kit::harness::gtest_filter(Transcript::get().only(), Transcript::get().skip());
  }
  int size = static_cast<int>(filter.size());
  PMPI_Bcast(&size, 1, MPI_INT, 0, mpi::harness_communicator());
  filter.resize(static_cast<std::size_t>(size));
  PMPI_Bcast(filter.data(), size, MPI_CHAR, 0, mpi::harness_communicator());
  testing::GTEST_FLAG(filter) = filter;
}

// Open MPI's own leaks are told apart while its parts are still loaded, so before MPI_Finalize.
bool any_rank_leaks() {
  int mine = 0, any = 0;
  if (__lsan_do_recoverable_leak_check != nullptr) mine = __lsan_do_recoverable_leak_check();
  leaks_were_checked = true;
  PMPI_Allreduce(&mine, &any, 1, MPI_INT, MPI_MAX, mpi::harness_communicator());
  return any != 0;
}

}  // namespace

// What Open MPI and its libraries allocate once and never free. Blocks of the submission's own
// don't come from there.
const char* __lsan_default_suppressions() {
  return "leak:libopen-pal\n"  // the modules' parameters and names
         "leak:libopen-rte\n"  // the job's data
         "leak:libmpi.so\n"    // handles of communicators and types
         "leak:libpmix\n"      // what the launcher told
         "leak:libhwloc\n"     // the machine's topology
         "leak:libevent\n"     // event loops
         "leak:mca_\n";        // modules that Open MPI loads
}
int __lsan_is_turned_off() {
  return leaks_were_checked ? 1 : 0;
}

int main(int argc, char** argv) {
  main_has_begun = true;
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  int initialised = 0, level = 0;
  PMPI_Initialized(&initialised);
  // What Open MPI allocates here and loses is its own; its stacks can't always be followed (no
  // frame pointers).
  if (__lsan_disable != nullptr) __lsan_disable();
  if (initialised == 0) PMPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &level);
  mpi::start();
  // Also what isn't to be begun: a launch with another number of ranks.
  if (::getenv("KIT_LAUNCHER") != nullptr) {
    int ranks = 0;
    PMPI_Comm_size(mpi::harness_communicator(), &ranks);
    if (ranks != kit_suite_ranks) {
      if (mpi::world_rank() == 0)
        std::fprintf(stderr,
                     "kit: the launcher started %d ranks in one job, not the %d asked for.\n",
                     ranks, kit_suite_ranks);
      ::_exit(70);
    }
  }
  mpi::connect_hosts(
      [](const std::string& host) {
        Transcript::get().lost(host);
        std::fprintf(stderr, "kit: %s doesn't answer any more.\n", host.c_str());
        ::_exit(70);
      },
      [] { return Transcript::get().nobody_listens(); });
  if (mpi::world_rank() == 0) Transcript::get().hosts(kit::lens::hosts_of_world());
  if (__lsan_enable != nullptr) __lsan_enable();
  share_filter();
  if (__asan_init == nullptr && __tsan_init == nullptr) kit::lens::catch_fatal_signals();
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  testing::TestEventListener* printer = listeners.Release(listeners.default_result_printer());
  if (mpi::world_rank() == 0) {
    mpi::on_end(end_here);
  } else {
    delete printer;
    printer = nullptr;
    delete listeners.Release(listeners.default_xml_generator());
  }
  listeners.Append(new Recorder(printer));
  int result = RUN_ALL_TESTS();
  if (any_rank_leaks()) result = 23;
  PMPI_Barrier(mpi::harness_communicator());
  Transcript::get().complete();
  mpi::finish();
  PMPI_Finalize();
  return result;
}
