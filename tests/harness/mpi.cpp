#include "harness/mpi.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>

#include "harness/report.hpp"
#include "harness/transcript.hpp"
#include "lens/messages/last_words.hpp"
#include "lens/messages/mirror.hpp"
#include "lens/messages/recorder.hpp"
#include "lens/messages/watcher.hpp"

namespace kit::harness {
namespace {

using lens::Recorder;

// What a rank comes to agree on with all others.
enum Step { kCase = 1, kTestEnd = 2, kMeeting = 3, kCaseEnd = 4 };

// Thrown by meet() on a rank whose case is over because another rank has left it.
struct CaseOver {};

struct World {
  MPI_Comm comm = MPI_COMM_NULL;  // the harness's own
  int rank = 0;
  int size = 1;
  bool test_over = false;  // a rank has failed or left the test: its other cases are skipped
  std::map<int, MPI_Comm>
      of;  // for p ranks, the harness's communicator of the last p, in reverse order
  MPI_Errhandler on_error = MPI_ERRHANDLER_NULL;
  MPI_Comm meeting = MPI_COMM_NULL;
  std::vector<MPI_Comm> made;  // for this case, by cartesian()
  int case_rank = -1;
  int case_size = 0;
  int cases = 0;  // begun so far, the running one with it; on all ranks alike
  std::string input;
};

World& world() {
  static World* const only = new World;
  return *only;
}

}  // namespace

std::string world_note(int ranks) {
  for (int r = 0; r < ranks; ++r) {
    const std::uint64_t site = lens::shared().rank[r].asked_world.load();
    if (site == 0) continue;
    std::string own, there;
    for (int i = 0; i < ranks; ++i) {
      own += (i == 0 ? "" : ", ") + std::to_string(i);
      there += (i == 0 ? "" : ", ") + std::to_string(world().size - 1 - i);
    }
    return "\nThe rank was asked for in MPI_COMM_WORLD (" + lens::where(site) +
           ").\nThe ranks of `comm` are others: " + own + " of `comm`\nare " + there +
           " of the world.";
  }
  return "";
}

namespace {

// The watcher's thread reads the input while the main thread may write it.
std::mutex input_lock;

void set_input(std::string text) {
  const std::lock_guard lock(input_lock);
  world().input = std::move(text);
}

void mpi_error(MPI_Comm* comm, int* code, ...) {
  char text[MPI_MAX_ERROR_STRING] = "";
  int length = 0;
  PMPI_Error_string(*code, text, &length);
  int of = MPI_SUCCESS, size = 0;
  PMPI_Error_class(*code, &of);
  if (of == MPI_ERR_RANK && PMPI_Comm_size(*comm, &size) == MPI_SUCCESS) {
    std::snprintf(text, sizeof text, "There is no rank %d: the communicator has %d, 0 to %d.",
                  Recorder::get().last_unknown(), size, size - 1);
  }
  lens::leave_last_words(lens::LastWords::Kind::Error, text);
  PMPI_Abort(MPI_COMM_WORLD, 1);
}

struct Agreement {
  bool same_step;
  bool any_failed;
};

Agreement agree(MPI_Comm comm, Step step, bool failed) {
  int mine[3] = {step, -step, failed ? 1 : 0};
  int most[3];
  PMPI_Allreduce(mine, most, 3, MPI_INT, MPI_MAX, comm);
  return {most[0] == -most[1], most[2] != 0};
}

MPI_Comm harness_communicator_of(int p) {
  World& w = world();
  const auto known = w.of.find(p);
  if (known != w.of.end()) return known->second;
  MPI_Comm made;
  PMPI_Comm_split(w.comm, w.rank >= w.size - p ? 0 : MPI_UNDEFINED, -w.rank, &made);
  return w.of[p] = made;
}

void run_body(const std::function<void(MPI_Comm)>& body, MPI_Comm comm) {
  try {
    body(comm);
  } catch (const CaseOver&) {
  } catch (const std::exception& e) {
    fail(case_input(), std::string("An exception left the function: ") + e.what());
  } catch (...) {
    fail(case_input(), "An exception that isn't a std::exception left the function.");
  }
}

std::string hang_text(const lens::Hang& hang, const lens::Log& log) {
  const auto matches = lens::match(log);
  const auto found = lens::races(log, matches, lens::vector_clocks(log, matches));
  std::string text;
  if (!found.empty()) text = lens::race_story(log, found.front()) + "\nHere it did, and then ";
  text += found.empty() ? "No rank can go on" : "no rank could go on";
  if (hang.circle.size() > 1) {
    static const char* const words[] = {"two", "three", "four",  "five",
                                        "six", "seven", "eight", "nine"};
    const std::size_t n = hang.circle.size();
    text +=
        std::string(": ") + (n <= 9 ? words[n - 2] : std::to_string(n)) + " wait for each other";
  }
  text += ".\n\n" + lens::hang_story(hang);
  if (const auto tags = lens::wrong_tag_story(hang, log); !tags.empty()) text += "\n" + tags;
  return text + world_note(static_cast<int>(log.size()));
}

// If the rank's receive was too short for its message: whose and where, which MPI doesn't say.
std::string shorter_receive(int rank) {
  const lens::Log log = lens::read_log(lens::shared().ranks.load());
  for (const auto& mismatch : lens::find_mismatches(log, lens::match(log))) {
    if (mismatch.shorter && mismatch.to == rank) return lens::mismatch_story(log, mismatch);
  }
  return "";
}

std::string last_words_text(const lens::LastWords& words) {
  const std::string who = "Rank " + std::to_string(words.rank);
  const std::string call = lens::name(words.call) + " (" + lens::where(words.site) + ")";
  switch (words.kind) {
    case lens::LastWords::Kind::Abort:
      if (words.call != lens::Call::Abort)
        return who + " called " + call +
               ".\nThe program that calls you has begun MPI, and ends it.";
      return who + " called " + call + ".\nIt ends the whole job. Errors are to be thrown.";
    case lens::LastWords::Kind::Error:
      if (const auto shorter = shorter_receive(words.rank); !shorter.empty()) return shorter;
      return who + ": MPI refused " + call + ".\n" + words.text +
             world_note(lens::shared().ranks.load());
    case lens::LastWords::Kind::Signal:
      return who + " crashed: " + ::strsignal(words.signal) + ".\nIt was " +
             lens::crash_note(words, case_input()) + ".";
  }
  return who;
}

}  // namespace

const Case& Case::judge(const std::function<void(const lens::MessageReport&)>& f) const {
  if (!judged_ || world().rank != 0) return *this;
  lens::MessageReport report = lens::make_report(lens::read_log(ranks_));
  for (int r = 0; r < ranks_; ++r) {
    if (lens::shared().rank[r].overflow.load()) {
      fail(case_input(), "Rank " + std::to_string(r) + " made more than " +
                             number(std::int64_t{lens::kMaxEvents}) +
                             " sends and receives; nothing like that is needed.");
      return *this;
    }
  }
  for (int r = 0; r < ranks_; ++r)
    report.clock_reads.push_back(lens::shared().rank[r].clock_reads.load());
  f(report);
  return *this;
}

Case on_ranks(int p, const std::string& what, const std::function<void(MPI_Comm)>& body,
              const lens::Conditions& conditions) {
  World& w = world();
  if (w.test_over) return {p, false};
  const Agreement begin = agree(w.comm, kCase, testing::Test::HasFailure());
  if (!begin.same_step || begin.any_failed) {
    w.test_over = true;
    return {p, false};
  }
  set_input(std::to_string(p) + (p == 1 ? " rank, " : " ranks, ") + what);
  if (p > w.size) {
    fail(case_input(), "This suite was started on " + std::to_string(w.size) + " ranks only.");
    return {p, false};
  }
  ++w.cases;
  if (w.rank == 0) {
    lens::shared().changes.fetch_add(1);
    lens::shared().case_number.store(w.cases);
    lens::shared().ranks.store(p);
  }
  const MPI_Comm own = harness_communicator_of(p);
  MPI_Comm comm = MPI_COMM_NULL;
  if (own != MPI_COMM_NULL) {
    PMPI_Comm_rank(own, &w.case_rank);
    w.case_size = p;
    w.meeting = own;
    // Every member has begun before any leaves the dup: it waits for all.
    Recorder::get().begin(w.case_rank, p, w.cases, conditions);
    PMPI_Comm_dup(own, &comm);
    PMPI_Comm_set_errhandler(comm, w.on_error);
    Recorder::get().use(comm);
    run_body(body, comm);
    // Ranks that are still at a meeting learn here that the case is over, and come to its end too.
    do Recorder::get().arrive();
    while (!agree(own, kCaseEnd, false).same_step);
    Recorder::get()
        .arrive();  // all others are back as well: nobody moves until the harness says so
  }
  const Agreement end = agree(w.comm, kCase, testing::Test::HasFailure());
  if (w.rank == 0) {
    lens::shared().ranks.store(0);
    lens::shared().changes.fetch_add(1);
  }
  lens::exchange_logs();
  if (own != MPI_COMM_NULL) {
    Recorder::get().clean_up();
    Recorder::get().end();
    for (MPI_Comm& made : w.made) PMPI_Comm_free(&made);
    w.made.clear();
    PMPI_Comm_free(&comm);
    w.case_rank = -1;
    w.meeting = MPI_COMM_NULL;
  }
  lens::exchange_logs();
  // The log is judged as it was before the clean-up, which changes nothing that counts; but only
  // when all are done.
  PMPI_Barrier(w.comm);
  return {p, !end.any_failed};
}

void under_test(const std::function<void()>& f) {
  Recorder& recorder = Recorder::get();
  const auto& late = recorder.conditions().late;
  if (std::find(late.begin(), late.end(), recorder.rank()) != late.end()) ::usleep(3000);
  recorder.mark(lens::Kind::Enter);
  f();
  recorder.mark(lens::Kind::Leave);
}

void meet() {
  Recorder::get().arrive();
  const bool all_here = agree(world().meeting, kMeeting, false).same_step;
  Recorder::get().go_on();
  if (!all_here) throw CaseOver{};
}

void field(const void* data, std::size_t bytes) {
  Recorder::get().field(data, bytes);
}

MPI_Comm cartesian(MPI_Comm comm, const std::vector<int>& dims, const std::vector<int>& periodic) {
  World& w = world();
  MPI_Comm made = MPI_COMM_NULL;
  PMPI_Cart_create(comm, static_cast<int>(dims.size()), dims.data(), periodic.data(), 0, &made);
  Recorder::get().use_another(made, static_cast<int>(w.made.size()));
  w.made.push_back(made);
  return made;
}

std::string draw(const lens::MessageReport& seen, const std::string& key) {
  std::string name = "messages-";
  for (const char c : key) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
  name += ".json";
  if (Transcript::get().picture(name, lens::picture(seen, case_input()))) return name;
  const char* directory = ::getenv("KIT_RUN_DIRECTORY");
  if (directory == nullptr) return "";
  std::ofstream(std::string(directory) + "/" + name) << lens::picture(seen, case_input());
  return name;
}

std::string case_input() {
  const std::lock_guard lock(input_lock);
  return world().input;
}

void wrong_result(const std::string& wrong) {
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  const bool about_it = info != nullptr && std::strcmp(info->test_suite_name(), "Correct") == 0;
  fail(case_input(), (about_it ? "" : "Not judged: the result is wrong.\n") + wrong);
}

CallersMessages::CallersMessages(MPI_Comm comm) : comm_(comm) {
  PMPI_Comm_rank(comm, &rank_);
  PMPI_Comm_size(comm, &size_);
  const char byte = 'k';
  for (int to = 0; to < size_; ++to) {
    if (to != rank_) PMPI_Send(&byte, 1, MPI_CHAR, to, lens::kFirstCallersTag, comm);
  }
  meet();
}

std::vector<int> CallersMessages::missing() {
  meet();
  std::vector<int> gone;
  for (int from = 0; from < size_; ++from) {
    if (from == rank_) continue;
    // They were sent before a meeting of all, two meetings ago; a probe that finds nothing is asked
    // again for the case that the message is on its way still.
    int there = 0;
    const int patience = lens::hosts() == 1 ? 200 : 2000;
    for (int tries = 0; there == 0 && tries < patience; ++tries) {
      PMPI_Iprobe(from, lens::kFirstCallersTag, comm_, &there, MPI_STATUS_IGNORE);
      if (there == 0) ::usleep(100);
    }
    char byte = 0;
    if (there != 0)
      PMPI_Recv(&byte, 1, MPI_CHAR, from, lens::kFirstCallersTag, comm_, MPI_STATUS_IGNORE);
    else
      gone.push_back(from);
  }
  return gone;
}

namespace mpi {

void start() {
  World& w = world();
  PMPI_Comm_dup(MPI_COMM_WORLD, &w.comm);
  PMPI_Comm_rank(w.comm, &w.rank);
  PMPI_Comm_size(w.comm, &w.size);
  PMPI_Comm_create_errhandler(mpi_error, &w.on_error);
  PMPI_Comm_set_errhandler(MPI_COMM_WORLD, w.on_error);
  lens::open_shared(w.rank, w.size);
}

void connect_hosts(std::function<void(const std::string&)> lost,
                   std::function<bool()> nobody_listens) {
  lens::start_mirror(world().comm, {std::move(lost), std::move(nobody_listens)});
}

bool agree_on_test_end(bool failed) {
  World& w = world();
  w.test_over = true;
  // Ranks that are still at a case learn here that it is over, and come to the end of the test too.
  while (true) {
    const Agreement end = agree(w.comm, kTestEnd, failed);
    if (end.same_step) return end.any_failed;
  }
}

void forget_test() {
  world().test_over = false;
}

void finish() {
  World& w = world();
  if (w.rank == 0) lens::stop_watcher();
  lens::stop_mirror();
  for (auto& [p, comm] : w.of) {
    if (comm != MPI_COMM_NULL) PMPI_Comm_free(&comm);
  }
  PMPI_Comm_free(&w.comm);
  PMPI_Errhandler_free(&w.on_error);
}

int world_rank() {
  return world().rank;
}
int case_rank() {
  return world().case_rank;
}
int case_size() {
  return world().case_size;
}
MPI_Comm harness_communicator() {
  return world().comm;
}

void on_end(std::function<void(const std::string&, const std::string&)> told) {
  lens::start_watcher(
      {[told](const lens::Hang& hang, const lens::Log& log) {
         told(case_input(), hang_text(hang, log));
       },
       [told](const lens::LastWords& words) { told(case_input(), last_words_text(words)); }});
}

}  // namespace mpi

}  // namespace kit::harness
