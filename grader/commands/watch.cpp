// kit watch: grades at every save, the plain verdict first. It never goes on to the next exercise
// by itself.
//
// Saves are seen by inotify on the directory (editors replace files rather than write them); where
// no event comes in (network folders, WSL) a look at the modification times once a second finds
// them too. A burst of events within 80 ms is one save.
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <termios.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "commands/desk.hpp"
#include "descriptor.hpp"
#include "difference.hpp"
#include "history.hpp"
#include "interrupt.hpp"
#include "keep.hpp"
#include "score_card.hpp"

namespace kit {

namespace {

namespace fs = std::filesystem;
constexpr int kSettleMs = 80;
constexpr int kLookMs = 1000;

/// Keys without Enter; the terminal is as before when this goes, however that happens.
class RawKeys {
 public:
  explicit RawKeys(bool wanted) {
    if (!wanted || ::tcgetattr(0, &before_) != 0) return;
    active_ = true;
    enter();
  }
  ~RawKeys() { leave(); }
  RawKeys(const RawKeys&) = delete;
  RawKeys& operator=(const RawKeys&) = delete;

  void enter() {
    if (!active_) return;
    termios raw = before_;
    raw.c_lflag &= static_cast<tcflag_t>(~(ICANON | ECHO));
    ::tcsetattr(0, TCSANOW, &raw);
  }
  void leave() {
    if (active_) ::tcsetattr(0, TCSANOW, &before_);
  }

 private:
  termios before_{};
  bool active_ = false;
};

class Watch {
 public:
  Watch(const Context& context, const Exercise& exercise, const LaunchWish& launch,
        const Launcher* launcher)
      : context_(context),
        exercise_(exercise),
        launch_(launch),
        launcher_(launcher),
        keys_(context.terminal.interactive()) {
    notice_ = Descriptor(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const fs::path desk = context.workspace.root / "work" / exercise.id;
    if (notice_)
      ::inotify_add_watch(notice_.get(), desk.c_str(),
                          IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE);
    seen_ = stamp();
    last_ = read_files(your_submission(context.workspace, exercise));
  }

  int run() {
    grade_now("opened");
    for (;;) {
      switch (wait()) {
        case 'q':
          return last_code_;
        case 's':
          grade_now("saved");
          break;
        case 'r':
          grade_now("again");
          break;
        case 'h':
          keep_screen([&] { hint(context_, exercise_.id); });
          break;
        case 'p':
          keep_screen([&] { show(context_, exercise_.id); });
          break;
        case 'l':
          keep_screen([&] { list(context_, ListOptions{exercise_.area, "", 0}); });
          break;
        case 'b':
          keep_screen([&] { bench(context_, exercise_.id, launch_); });
          break;
        case 'd':
          keep_screen([&] { difference(); });
          break;
        case 'n':
          keep_screen([&] {
            NextOptions only_look;
            only_look.look = true;
            next(context_, only_look);
          });
          break;
        default:
          break;
      }
    }
  }

 private:
  // The modification times of the learner's files; 0 for one that isn't there at the moment.
  std::vector<std::int64_t> stamp() const {
    std::vector<std::int64_t> times;
    for (const std::string& file : exercise_.files) {
      std::error_code error;
      const auto time =
          fs::last_write_time(context_.workspace.root / "work" / exercise_.id / file, error);
      times.push_back(error ? 0 : time.time_since_epoch().count());
    }
    return times;
  }

  bool drain() {
    alignas(inotify_event) std::array<char, 4096> events{};
    bool any = false;
    while (::read(notice_.get(), events.data(), events.size()) > 0) any = true;
    return any;
  }

  /// The next key, or 's' for a save.
  int wait() {
    for (;;) {
      std::array<pollfd, 2> waiting = {
          {{notice_.get(), POLLIN, 0}, {input_closed_ ? -1 : 0, POLLIN, 0}}};
      ::poll(waiting.data(), waiting.size(), kLookMs);
      throw_if_interrupted();
      if (waiting[1].revents != 0) {
        char key = 0;
        const ssize_t n = ::read(0, &key, 1);
        if (n == 1) return key;
        input_closed_ = n == 0;
      }
      if (waiting[0].revents != 0) {
        drain();
        // Wait until the burst of an editor's save is over.
        pollfd more{notice_.get(), POLLIN, 0};
        while (::poll(&more, 1, kSettleMs) > 0) {
          throw_if_interrupted();
          drain();
        }
      }
      if (auto now_stamp = stamp(); now_stamp != seen_) {
        if (std::find(now_stamp.begin(), now_stamp.end(), 0) != now_stamp.end())
          continue;  // between delete and rename
        seen_ = std::move(now_stamp);
        return 's';
      }
    }
  }

  void keep_screen(const std::function<void()>& verb) {
    keys_.leave();
    try {
      context_.terminal.print("\n");
      verb();
    } catch (const KitError& error) {
      context_.terminal.print(fmt::format("{}\n{}\n", error.what(), error.mend()));
    }
    keys_.enter();
    context_.terminal.print("\n" + key_line());
  }

  std::string key_line() const {
    if (!context_.terminal.interactive()) return "";
    return context_.terminal.quiet(
               "h hint   p problem   l list   b bench   d diff   r again   n next   q quit") +
           "\n";
  }

  void difference();

  void grade_now(const char* why) {
    const Terminal& terminal = context_.terminal;
    Submission submission{};
    Kept kept;
    try {
      submission = your_submission(context_.workspace, exercise_);
      kept = keep_before(submission);
    } catch (const KitError& error) {
      terminal.print(fmt::format("{}\n{}\n", error.what(), error.mend()));
      return;
    }
    const std::time_t seconds = now();
    std::array<char, 16> clock{};
    std::tm local{};
    std::strftime(clock.data(), clock.size(), "%H:%M:%S", ::localtime_r(&seconds, &local));
    terminal.print(fmt::format("\n{}   {} {}\n", terminal.strong(exercise_.id), why, clock.data()));
    GradePlan plan;
    plan.launcher = launcher_;
    bool shown = false;
    plan.on_plain = [&](const Verdict& plain) {
      terminal.progress("");
      terminal.print(card_body(terminal, submission, plain, nullptr, CardOptions{}));
      terminal.progress("the plain suite passed; now under the sanitizers");
      shown = true;
    };
    const Verdict verdict = grade_submission(context_.workspace, terminal, submission, plan);
    terminal.progress("");
    std::string notice;
    keep_after(context_.workspace, submission, kept, verdict, std::nullopt, &notice);
    if (shown && verdict.clean_passed) {
      terminal.print(fmt::format("  Clean     {}\n", terminal.good("1 of 1")));
    } else {
      terminal.print(card_body(terminal, submission, verdict, nullptr, CardOptions{}));
    }
    if (verdict.outcome == Outcome::passed) {
      const auto sheet = context_.workspace.root / "exercises" / exercise_.id / "interview.md";
      terminal.print("\n" + follow_up_card(terminal, exercise_, read_follow_ups(sheet)));
    }
    if (!notice.empty()) terminal.print(terminal.attention(notice) + "\n");
    terminal.print("\n" + verdict_line(terminal, submission, verdict));
    terminal.print(key_line());
    before_ = std::exchange(last_, kept.files);
    last_code_ = exit_code(verdict.outcome);
  }

  const Context& context_;
  const Exercise& exercise_;
  const LaunchWish launch_;
  const Launcher* launcher_;
  RawKeys keys_;
  Descriptor notice_;
  std::vector<std::int64_t> seen_;
  std::map<std::string, std::string> last_, before_;
  bool input_closed_ = false;
  int last_code_ = kNotPassed;
};

// What changed between the last two gradings of this session.
void Watch::difference() {
  if (before_.empty() || before_ == last_) {
    context_.terminal.print("Nothing has changed since the try before.\n");
    return;
  }
  for (const auto& [name, content] : last_) {
    const auto old = before_.find(name);
    if (old != before_.end())
      context_.terminal.print(
          unified_diff(context_.terminal, "the try before", old->second, name, content));
  }
}

}  // namespace

int watch(const Context& context, const std::string& word, const LaunchWish& launch) {
  History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const Exercise& exercise = chosen_exercise(context, ladder, word);
  begin_exercise(context, history, exercise);
  const std::optional<Launcher> launcher =
      exercise.kind == Kind::mpi ? find_launcher(context.workspace, launch) : std::nullopt;
  if (launcher) context.terminal.print(fmt::format("launched by   {}\n", launcher->text()));
  return Watch(context, exercise, launch, launcher ? &*launcher : nullptr).run();
}

}  // namespace kit
