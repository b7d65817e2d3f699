#include "suite.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "errors.hpp"
#include "interrupt.hpp"
#include "launch.hpp"
#include "sandbox.hpp"
#include "transcript_reader.hpp"

namespace kit {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

namespace {

constexpr std::size_t kOutputKept = 256U << 10;    // the last of it
constexpr std::size_t kOutputAllowed = 64U << 20;  // then the run is ended
constexpr int kCouldNotStart = 70;                 // the MPI harness, where mpirun can't be started
constexpr int kProcessesAllowed = 600;
constexpr int kThreadsAllowed = 2000;
constexpr int kHangsAllowed = 3;  // each costs its whole limit
constexpr int kLaunchesAllowed = 60;
constexpr const char* kEndedTwice =
    "The test ended twice: did a fork() return into it in both processes?";
constexpr double kStartSeconds = 20;  // until the first test: mpirun on a loaded machine takes some

std::map<std::string, std::string> suite_environment(const Exercise& exercise,
                                                     const fs::path& directory,
                                                     const SuiteOptions& options) {
  std::map<std::string, std::string> environment = {
      {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
      {"HOME", directory.string()},
      {"TMPDIR", directory.string()},
      {"LANG", "C.UTF-8"},
      {"TERM", "dumb"},
      {"KIT_RUN_DIRECTORY", directory.string()},
      {"KIT_SUBMISSION", options.stage.string()},
      // Reports go to standard error, where they are read; a leak is found at the end and gives the
      // exit code.
      {"ASAN_OPTIONS",
       "exitcode=66:detect_leaks=1:color=never:allocator_may_return_null=1:quarantine_size_mb=32"},
      {"UBSAN_OPTIONS", "print_stacktrace=1:color=never"},
      {"TSAN_OPTIONS", "exitcode=66:color=never:second_deadlock_stack=1"},
  };
  if (std::find(exercise.files.begin(), exercise.files.end(), "claims.txt") !=
      exercise.files.end()) {
    environment["KIT_CLAIMS"] = (options.stage / "claims.txt").string();
  }
  if (options.seed) environment["KIT_SEED"] = std::to_string(*options.seed);
  return environment;
}

// Under a launcher: the user's own environment for it, and the suite's by way of env, since not every
// launcher hands an environment on to other hosts.
std::vector<std::string> launched_words(const fs::path& program,
                                        std::map<std::string, std::string> settings) {
  std::vector<std::string> words = {"/usr/bin/env"};
  for (const char* own : {"PATH", "HOME", "TMPDIR", "KIT_RUN_DIRECTORY"}) settings.erase(own);
  for (const auto& [name, value] : settings) words.push_back(fmt::format("{}={}", name, value));
  words.push_back(program.string());
  return words;
}

std::map<std::string, std::string> launcher_environment() {
  std::map<std::string, std::string> environment;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string setting = *one;
    if (const auto equal = setting.find('='); equal != std::string::npos)
      environment[setting.substr(0, equal)] = setting.substr(equal + 1);
  }
  environment.merge(open_mpi_settings(environment_variable));
  return environment;
}

std::string signal_name(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

/// What a signal that ends a program usually means.
std::string signal_meaning(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "an address that the program may not use, or a misaligned access";
    case SIGBUS:
      return "memory that has no page behind it was used";
    case SIGFPE:
      return "an integer was divided by zero";
    case SIGILL:
      return "an instruction this machine doesn't have";
    case SIGABRT:
      return "the program gave up: abort(), a failed assert, or an exception nobody caught";
    case SIGKILL:
      return "it was killed";
    case SIGPIPE:
      return "it wrote to a pipe or socket that nobody reads any more";
    case SIGXFSZ:
      return "it wrote a file larger than 2 GiB";
    default:
      return "";
  }
}

/// One launch of the program, watched to its end.
class Launch {
 public:
  Launch(const Workspace& workspace, const Exercise& exercise, const fs::path& program,
         const SuiteOptions& options, const std::vector<std::string>& skip, SuiteRun& run)
      : exercise_(exercise),
        options_(options),
        run_(run),
        reader_(directory_.path(), options.only, skip, options.launcher != nullptr) {
    Command command;
    if (options.launcher != nullptr) {
      std::map<std::string, std::string> settings =
          suite_environment(exercise, directory_.path(), options);
      settings["KIT_TRANSCRIPT"] = reader_.path();
      settings["KIT_LAUNCHER"] = settings["KIT_MPI_LAUNCHED"] = "1";
      command.argv = options.launcher->command(exercise.ranks, launched_words(program, settings));
      command.directory = directory_.path();
      command.environment = launcher_environment();
      process_.emplace(Process::launched(command));
      allow(start_limit());
      return;
    }
    command.argv = {program.string()};
    command.directory = directory_.path();
    command.environment = suite_environment(exercise, directory_.path(), options);
    command.environment["KIT_TRANSCRIPT"] = reader_.path();
    // Without a /dev/shm of its own: ranks that are killed would leave their shared memory there.
    if (isolation(workspace) == Isolation::process_group)
      command.environment["OMPI_MCA_btl_vader_backing_directory"] = directory_.path().string();
    process_.emplace(Process::sandboxed(workspace, command));
    allow(start_limit());
  }

  void watch() {
    while (!ended_) {
      std::array<pollfd, 4> waiting = {{{reader_.listener(), POLLIN, 0},
                                        {reader_.connection(), POLLIN, 0},
                                        {process_->output(), POLLIN, 0},
                                        {process_->exit_notice(), POLLIN, 0}}};
      if (output_closed_) waiting[2].fd = -1;
      ::poll(waiting.data(), waiting.size(), 25);
      throw_if_interrupted();
      if (waiting[0].revents != 0) reader_.accept();
      if (waiting[1].revents != 0) take(reader_.read());
      if (waiting[2].revents != 0) read_output();
      if (waiting[3].revents != 0) {
        finish();
      } else {
        check_limits();
      }
    }
  }

  bool progressed() const { return progressed_; }
  int hangs() const { return hangs_; }
  bool stop() const { return stop_; }

 private:
  // Limits are in the time of a quiet machine: other work must not make a hang of what is only slow.
  void allow(double seconds) { seconds_left_ = seconds; }

  double limit() const {
    return test_seconds_ * (options_.sanitized ? 3 : 1) * (options_.launcher != nullptr ? 3 : 1);
  }

  double start_limit() const { return std::max(kStartSeconds, limit()); }

  TestResult* find(const std::string& name) {
    for (TestResult& test : run_.tests) {
      if (test.name == name) return &test;
    }
    return nullptr;
  }

  // A picture that the suite left in its directory. The submission may write there too, so only a
  // small file of its own is read.
  std::string drawing(const std::string& name) const {
    constexpr std::uintmax_t kMost = 1 << 20;
    if (const auto sent = pictures_.find(name); sent != pictures_.end()) return sent->second;
    if (name.empty() || name.find('/') != std::string::npos || !name.ends_with(".json")) return "";
    const fs::path file = directory_.path() / name;
    std::error_code error;
    if (!fs::is_regular_file(fs::symlink_status(file, error)) || fs::file_size(file, error) > kMost)
      return "";
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void take(const std::vector<Record>& records) {
    for (const Record& record : records) {
      switch (record.kind) {
        case Record::begin:
          running_ = record.test;
          crash_signal_ = 0;  // one that an earlier test has survived, in a child of its own
          allow(limit());
          break;
        case Record::evidence:
          if (TestResult* test = find(record.test)) {
            test->evidence.push_back(record.fact);
            test->evidence.back().drawing = drawing(record.fact.picture);
          }
          break;
        case Record::end:
          end(record);
          break;
        case Record::crash:
          crash_signal_ = record.signal;
          crash_at_ = record.at;
          crash_doing_ = record.doing;
          break;
        case Record::complete:
          completed_ = record.nonce == reader_.nonce();
          allow(limit());
          break;
        case Record::hosts:
          run_.hosts = record.names;
          break;
        case Record::picture:
          if (pictures_.size() < 64) pictures_[record.name] = record.text;
          break;
        case Record::lost:
          lost_host_ = record.host;
          break;
        case Record::hello:
          break;
      }
    }
  }

  void end(const Record& record) {
    TestResult* test = find(record.test);
    allow(limit());
    if (test == nullptr) {
      run_.unknown.push_back(record.test);
      return;
    }
    // A test that ends twice (a fork in which both return) keeps the worse of its two ends.
    const bool again = test->state != TestState::not_run;
    if (again && test->state != TestState::passed) return;
    test->state = record.ok && !again ? TestState::passed : TestState::failed;
    test->messages = record.messages;
    if (again) test->diagnosis = kEndedTwice;
    running_.clear();
    progressed_ = true;
    last_failed_ = test->state != TestState::passed;
    any_failed_ = any_failed_ || last_failed_;
    settle(*test);
  }

  void settle(const TestResult& test) {
    if (options_.on_end) options_.on_end(test);
    if (options_.stop_at_first && test.state != TestState::passed) stop_ = true;
    if (!options_.until.empty() &&
        std::all_of(options_.until.begin(), options_.until.end(), [&](const std::string& name) {
          const TestResult* asked = find(name);
          return asked != nullptr && asked->state != TestState::not_run;
        })) {
      stop_ = true;
    }
  }

  void read_output() {
    std::array<char, 65536> bytes{};
    const ssize_t n = ::read(process_->output(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) return;
    if (n <= 0) {
      output_closed_ = true;
      return;
    }
    output_bytes_ += static_cast<std::size_t>(n);
    run_.output.append(bytes.data(), static_cast<std::size_t>(n));
    if (run_.output.size() > 2 * kOutputKept)
      run_.output.erase(0, run_.output.size() - kOutputKept);
  }

  void check_limits() {
    if (stop_) {
      process_->kill();
      ended_ = true;
      return;
    }
    if (output_bytes_ > kOutputAllowed) {
      give_up(TestState::crashed,
              fmt::format("It printed more than {} MiB.", kOutputAllowed >> 20));
      return;
    }
    const auto now = Clock::now();
    if (now >= next_look_) {
      next_look_ = now + std::chrono::milliseconds(50);
      const Process::Usage usage = process_->usage();
      seconds_left_ -= Seconds(now - looked_).count() * share_of_the_machine(usage.running);
      looked_ = now;
      // A sanitizer's shadow and quarantine are memory too, and not the submission's.
      const long allowed = exercise_.memory_mb * (options_.sanitized ? 4L : 1L);
      if (usage.memory_mb > allowed) {
        give_up(TestState::crashed, fmt::format("It used more than {} MiB of memory.", allowed));
        return;
      }
      if (usage.processes > kProcessesAllowed) {
        give_up(TestState::crashed,
                fmt::format("It had more than {} processes.", kProcessesAllowed));
        return;
      }
      if (usage.threads > kThreadsAllowed) {
        give_up(TestState::crashed, fmt::format("It had more than {} threads.", kThreadsAllowed));
        return;
      }
    }
    if (seconds_left_ > 0) return;
    ++hangs_;
    give_up(TestState::timed_out,
            running_.empty() ? "" : fmt::format("Still running after {:g} s.", limit()));
  }

  // What the launcher or a host did isn't the submission's doing. Empty if neither did anything.
  std::string launchers_fault() const {
    if (options_.launcher == nullptr) return "";
    std::string why = launcher_trouble(run_.output);
    if (!lost_host_.empty())
      why = fmt::format("{} doesn't answer any more: the host or the way to it has gone.",
                        lost_host_);
    if (why.empty()) return "";
    return why + fmt::format("\nNothing was graded. The launcher:   {}", options_.launcher->text());
  }

  // Ends the tree; the blame goes to the test that runs, or else to the program.
  void give_up(TestState state, const std::string& why) {
    process_->kill();
    ended_ = true;
    if (options_.launcher != nullptr) {
      read_rest();
      run_.kits_fault = launchers_fault();
      if (!run_.kits_fault.empty()) return;
      if (!reader_.connected()) {
        run_.kits_fault = fmt::format(
            "The launcher started no rank within {:g} s.\nAre nodes free?   sinfo, squeue\nThe "
            "launcher:   {}{}",
            start_limit(), options_.launcher->text(),
            run_.output.empty() ? "" : "\n" + run_.output);
        return;
      }
    }
    if (TestResult* test = running_.empty() ? nullptr : find(running_)) {
      test->state = state;
      test->diagnosis = why;
      progressed_ = true;
      settle(*test);
      return;
    }
    run_.timed_out = run_.timed_out || state == TestState::timed_out;
    run_.crashed = run_.crashed || state == TestState::crashed;
    if (!why.empty()) {
      run_.incomplete = why;
    } else if (!reader_.connected()) {
      run_.incomplete =
          fmt::format("It was still starting after {:g} s: before main(), in a static initialiser?",
                      start_limit());
    } else if (completed_ || progressed_) {
      run_.incomplete = fmt::format(
          "All tests had ended, and {:g} s later it was still running: in a destructor or an "
          "exit handler, or a thread that nobody joins?",
          limit());
    } else {
      run_.incomplete =
          fmt::format("No test began within {:g} s: does a static initialiser end, before main()?",
                      start_limit());
    }
  }

  // What was written before the end is still in the pipes.
  void read_rest() {
    for (int round = 0; round < 1000 && reader_.connection() >= 0; ++round) {
      pollfd more{reader_.connection(), POLLIN, 0};
      if (::poll(&more, 1, 0) <= 0) break;
      take(reader_.read());
    }
    for (int round = 0; round < 2000 && !output_closed_; ++round) {
      pollfd more{process_->output(), POLLIN, 0};
      if (::poll(&more, 1, 0) <= 0) break;
      read_output();
    }
  }

  void finish() {
    read_rest();
    const int status = process_->wait();
    process_->kill();
    ended_ = true;
    const bool signalled = WIFSIGNALED(status);
    // Through bubblewrap and mpirun a signal comes as 128 + its number.
    int signal = signalled ? WTERMSIG(status) : 0;
    const int code = signalled ? 0 : WEXITSTATUS(status);
    if (!signalled && code > 128 && code < 128 + 65) signal = code - 128;
    // A crash that a rank has told of is the submission's, whatever the launcher says of it.
    if (crash_signal_ == 0 && !(completed_ && code <= 1) && !(last_failed_ && running_.empty()))
      run_.kits_fault = launchers_fault();
    if (!run_.kits_fault.empty()) return;
    if (TestResult* test = running_.empty() ? nullptr : find(running_)) {
      progressed_ = true;
      // Rank 0 tells of another rank's crash, and leaves by itself.
      if (signal == 0) signal = crash_signal_;
      if (signal != 0) {
        test->state = TestState::crashed;
        test->diagnosis = describe(signal);
      } else if (options_.sanitized && code != 0) {
        test->state = TestState::crashed;
        test->diagnosis = "A sanitizer ended it.";
      } else if (test->state != TestState::not_run) {
        // It has ended before, in another process: this one's turn was still under way.
        test->state = TestState::failed;
        test->diagnosis = kEndedTwice;
      } else {
        test->state = TestState::left;
        test->diagnosis = fmt::format("The program left with exit({}) inside this test.", code);
      }
      settle(*test);
      return;
    }
    if (completed_ && signal == 0 && code == 1 && !any_failed_) {
      run_.incomplete =
          "The program ended with 1, though it had said of every test that it passed.";
    } else if (completed_ && signal == 0 && (code == 0 || code == 1)) {
      run_.complete = true;
    } else if (completed_ && options_.sanitized && code == 66) {
      run_.complete = true;  // a leak, found at the end: the report says so
      run_.sanitizer_report = true;
    } else if (signal != 0) {
      run_.crashed = true;
      run_.incomplete = fmt::format("It {} {}.",
                                    completed_ || progressed_ ? "passed its last test, then died of"
                                                              : "died before its first test, of",
                                    describe(signal));
    } else if (progressed_ && last_failed_ && code == 1) {
      // The MPI harness leaves so behind a test that it proved to hang: its ranks can't be unwound. On with the next.
    } else if (!progressed_ && (code == kCouldNotStart || (!reader_.connected() && code == 127))) {
      run_.kits_fault = "The suite could not be started: " + run_.output;
    } else {
      run_.incomplete =
          fmt::format("The program left with exit({}) {}, before the suite had reached its end.",
                      code, progressed_ ? "between two tests" : "before its first test");
    }
  }

  std::string describe(int signal) const {
    std::string text = signal_name(signal);
    if (const std::string meaning = signal_meaning(signal); !meaning.empty())
      text += ", " + meaning;
    if (!crash_at_.empty()) text += fmt::format(" ({})", crash_at_);
    if (!crash_doing_.empty()) text += fmt::format(". The test was at: {}.", crash_doing_);
    return text;
  }

  // KIT_TEST_SECONDS: the grader's own tests of what hangs don't wait for an exercise's whole limit.
  double seconds_allowed() const {
    const char* wish = std::getenv("KIT_TEST_SECONDS");
    return wish != nullptr && std::atof(wish) > 0 ? std::atof(wish) : exercise_.test_seconds;
  }

  const Exercise& exercise_;
  const double test_seconds_ = seconds_allowed();
  const SuiteOptions& options_;
  SuiteRun& run_;
  RunDirectory directory_;
  TranscriptReader reader_;
  std::optional<Process> process_;
  std::string running_, crash_at_, crash_doing_, lost_host_;
  std::map<std::string, std::string> pictures_;  // that came over the transcript, by name
  double seconds_left_ = 0;
  Clock::time_point next_look_{}, looked_ = Clock::now();
  std::size_t output_bytes_ = 0;
  int hangs_ = 0, crash_signal_ = 0;
  bool output_closed_ = false, ended_ = false, progressed_ = false, completed_ = false,
       stop_ = false, last_failed_ = false, any_failed_ = false;
};

}  // namespace

bool is_asked_for(const std::string& name, const std::vector<std::string>& only) {
  return only.empty() || std::any_of(only.begin(), only.end(), [&](const std::string& one) {
           return one == name || name.starts_with(one + ".");
         });
}

SuiteRun run_suite(const Workspace& workspace, const Exercise& exercise, const fs::path& program,
                   const SuiteOptions& options) {
  const auto begin = Clock::now();
  SuiteRun run;
  for (const std::string& name : options.manifest) {
    if (is_asked_for(name, options.only))
      run.tests.push_back({name, TestState::not_run, {}, "", {}});
  }
  int hangs = 0;
  bool whole = true;  // every launch but the last ended inside a test that is to blame
  for (int launches = 0; launches < kLaunchesAllowed; ++launches) {
    std::vector<std::string> skip;
    for (const TestResult& test : run.tests) {
      if (test.state != TestState::not_run) skip.push_back(test.name);
    }
    if (launches > 0 && skip.size() == run.tests.size()) break;
    Launch launch(workspace, exercise, program, options, skip, run);
    launch.watch();
    hangs += launch.hangs();
    if (run.complete || launch.stop() || !launch.progressed() || !run.kits_fault.empty()) break;
    whole = false;
    if (hangs >= kHangsAllowed) {
      run.incomplete = fmt::format("{} tests hung; the others were not run.", hangs);
      break;
    }
    // A launch that ended outside any test, after tests of its own, has nothing more to tell.
    if (!run.incomplete.empty()) break;
  }
  // After a restart behind the last test nothing says "complete"; then the tests' own states say
  // what happened.
  run.complete = run.complete && whole;
  run.seconds = Seconds(Clock::now() - begin).count();
  return run;
}

std::vector<std::string> list_tests(const fs::path& program) {
  const RunDirectory directory;
  Command command;
  command.argv = {program.string(), "--gtest_list_tests"};
  command.directory = directory.path();
  command.environment = {{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
                         {"HOME", directory.path().string()},
                         {"TMPDIR", directory.path().string()}};
  const ToolRun listed = run_tool(command);
  std::vector<std::string> names;
  std::string criterion;
  std::istringstream lines(listed.output);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(".") && !line.starts_with(" ")) {
      criterion = line;
    } else if (line.starts_with("  ") && !criterion.empty()) {
      names.push_back(criterion + line.substr(2));
    }
  }
  if (listed.status != 0 || names.empty()) {
    throw KitError(fmt::format("{} does not list its tests:\n{}", program.string(), listed.output));
  }
  return names;
}

}  // namespace kit
