// linux/02-copy-file: a copy that is whole, durable and never half,
// judged by its files and by its system calls.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "judge.hpp"
#include "lens/syscalls/expect.hpp"
#include "lens/syscalls/faults.hpp"
#include "lens/syscalls/replace.hpp"
#include "lens/syscalls/timeline.hpp"

namespace {

using namespace kit::syscalls;
using judge::calls_again;
using judge::copy_traced;
using judge::FaultWalk;
using judge::traced;
using judge::undisturbed;
using judge::walk_through_faults;
using judge::World;
using judge::worlds;
using kit::harness::fail;
using scene::bytes_text;
using scene::Scene;
using scene::SparseFile;
using scene::State;
using Target = Scene::Target;

constexpr std::size_t kSize = 100'000;

/// Copies in this process; fails the test unless `to` is the whole new file.
void expect_copied(Scene& scene, const std::string& input) {
  const Ending ending = scene::copy(scene.from(), scene.to());
  if (ending.returned() && scene.state() == State::new_file) return;
  const std::string story =
      paragraph("Expected: it returns, and `to` has the bytes and the mode of `from`. Seen: " +
                ending_text(ending) + ". " + scene.state_text());
  const bool mode_only =
      scene.state() == State::broken && scene::read_file(scene.to()) == scene.bytes();
  fail(input, story + calls_again([&] { scene.reset(); }, scene.from(), scene.to(), mode_only));
}

TEST(Correct, SmallFile) {
  Scene scene(kSize, Target::absent);
  expect_copied(scene, bytes_text(kSize) + ", no target yet");
}

TEST(Correct, ReplacesTheTarget) {
  Scene scene(10, Target::existing);
  expect_copied(scene, "10 bytes over a target of 40");
  // A link at `to` is replaced and not followed, wherever it leads.
  struct Link {
    const char *leads_to, *text;
  };
  for (const Link& link : {Link{"other", "to a third file"}, Link{"from", "to `from`"},
                           Link{"nowhere", "that leads nowhere"}, Link{"to", "to itself"}}) {
    if (HasFailure()) return;
    const std::string other = scene.directory() / "other";
    const auto set_up = [&] {
      scene::write_file(scene.from(), scene.bytes(), 0640);
      scene::write_file(other, "other", 0600);
      scene.link_target(link.leads_to);
    };
    set_up();
    const Ending ending = scene::copy(scene.from(), scene.to());
    const State state = scene.state();
    const bool kept = scene::read_file(other) == "other" &&
                      scene::read_file(scene.from()) == scene.bytes() &&
                      !std::filesystem::exists(scene.directory() / "nowhere");
    if (ending.returned() && state == State::new_file && kept) continue;
    const std::string story = paragraph(
        "Expected: the link is replaced by the copy, and what it leads to stays as it is. Seen: " +
        ending_text(ending) + ". " + scene.state_text() +
        (kept ? "" : " What the link led to was written to.") +
        " stat says what a link leads to, lstat what it is.");
    fail(std::string("10 bytes; `to` is a symbolic link ") + link.text,
         story + calls_again(set_up, scene.from(), scene.to()));
  }
}

TEST(Correct, Contents) {
  constexpr std::size_t kMiB = 1 << 20;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{4096}, kMiB - 1, kMiB, kMiB + 1}) {
    Scene scene(size, Target::absent);
    expect_copied(scene, bytes_text(size));
    if (HasFailure()) return;
  }
}

TEST(Correct, Mode) {
  struct Case {
    mode_t mode, mask;
  };
  for (const Case& one : {Case{0664, 027}, Case{0400, 022}, Case{04755, 022}, Case{0777, 077}}) {
    Scene scene(10, Target::absent, one.mode);
    const mode_t before = ::umask(one.mask);
    const Ending ending = scene::copy(scene.from(), scene.to());
    const mode_t seen = scene::mode_of(scene.to());
    const bool right = ending.returned() && (seen & 0777) == (one.mode & 0777);
    const std::string calls =
        right ? "" : calls_again([&] { scene.reset(); }, scene.from(), scene.to(), true);
    ::umask(before);
    if (right) continue;
    const std::string seen_text = seen == 0 ? "no file" : scene::mode_text(seen);
    return fail(
        "mode " + scene::mode_text(one.mode) + " under umask " + scene::mode_text(one.mask),
        paragraph(
            "Expected mode " + scene::mode_text(one.mode & 0777) + "; seen: " + seen_text + ", " +
            ending_text(ending) +
            ". The umask takes bits from what open is asked for; the copy has the mode of the "
            "original all the same.") +
            calls);
  }
}

TEST(Correct, ProcFile) {
  const std::string proc = "/proc/version";
  Scene scene(0, Target::absent);
  const std::string wanted = scene::read_file(proc);
  const auto check = [&](const Ending& ending, const std::string& kernel, const auto& calls) {
    const std::string seen = scene::read_file(scene.to());
    if (ending.returned() && seen == wanted) return;
    const std::string story =
        paragraph(ending_text(ending) + ". " + scene::difference(seen, wanted) +
                  " The end of a file is where reading says so, not where stat says; and not every "
                  "file system can copy in the kernel.");
    fail(proc + ": stat says 0 bytes, reading it gives " + bytes_text(wanted.size()) + kernel,
         story + calls());
  };
  check(scene::copy(proc, scene.to()), "",
        [&] { return calls_again([&] { scene.reset(); }, proc, scene.to()); });
  // What copy_file_range says of such a file depends on the kernel: EXDEV, or (5.3 to 5.18) 0.
  for (const int answer : {EXDEV, 0}) {
    if (HasFailure()) return;
    scene.reset();
    Plan plan = worlds()[0].plan;
    plan.refuse = {{Family::copy_range, answer}};
    const Trace trace = traced(proc, scene.to(), plan);
    const std::string said = answer == 0 ? "0" : error_name(answer);
    check(trace.ending, "; copy_file_range says " + said, [&] {
      const auto at = std::find_if(trace.calls.begin(), trace.calls.end(), [](const Call& call) {
        return call.family == Family::copy_range;
      });
      if (at == trace.calls.end()) return std::string();
      return "\n" + excerpt(trace, static_cast<std::size_t>(at - trace.calls.begin()),
                            "as some kernels do" + line_note(at->origin));
    });
  }
}

TEST(Correct, SameFile) {
  Scene scene(kSize, Target::absent);
  const auto set_up = [&] {
    scene.reset();
    std::filesystem::remove(scene.to());
    scene::write_file(scene.from(), scene.bytes(), 0640);
    std::filesystem::create_hard_link(scene.from(), scene.to());
  };
  set_up();
  const auto check = [&](const std::string& to, const char* input) {
    const Ending ending = scene::copy(scene.from(), to);
    const bool kept = scene::read_file(scene.from()) == scene.bytes();
    struct stat from {
    }, other{};
    ::stat(scene.from().c_str(), &from);
    ::stat(to.c_str(), &other);
    if (ending.threw(EINVAL) && kept && from.st_ino == other.st_ino) return;
    fail(input,
         paragraph("Expected: it throws std::system_error with EINVAL and touches nothing. Seen: " +
                   ending_text(ending) + "; the contents are " + (kept ? "kept" : "LOST") +
                   ". Two names belong to one file when device and inode are the same.") +
             calls_again(set_up, scene.from(), to));
  };
  check(scene.to(), "`to` is a hard link to `from`");
  if (!HasFailure()) check(scene.from(), "`to` is `from`");
}

TEST(Correct, MissingSource) {
  Scene scene(10, Target::existing);
  const Ending ending = scene::copy(scene.from() + "-not-here", scene.to());
  if (ending.threw(ENOENT) && scene.state() == State::old_file && scene.litter().empty()) return;
  fail("`from` doesn't exist",
       paragraph("Expected: it throws std::system_error with ENOENT, and `to` stays. Seen: " +
                 ending_text(ending) + ". " + scene.state_text() +
                 (scene.litter().empty() ? "" : " Left behind: " + scene.litter() + ".")) +
           calls_again([&] { scene.reset(); }, scene.from() + "-not-here", scene.to()));
}

TEST(Correct, Names) {
  Scene scene(kSize, Target::absent);
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(scene.directory());
  for (const std::string& name : {std::string("plain"), std::string(255, 'n')}) {
    const Ending ending = scene::copy("from", name);
    if (ending.returned() && scene::read_file(name) == scene.bytes()) continue;
    const std::string seen = ending.returned() ? "the copy is not there" : ending_text(ending);
    fail("`to` is " + (name.size() < 20 ? "\"" + name + "\"" : "a name of 255 bytes") +
             ", in the current directory",
         paragraph("Expected: it is copied. Seen: " + seen +
                   ". A name needs no '/'. It may be as long as the file system allows: then there "
                   "is no room for anything behind it.") +
             calls_again([&] { scene.reset(); }, "from", name));
    break;
  }
  std::filesystem::current_path(before);
}

TEST(Robust, EveryFault) {
  Scene scene(kSize, Target::existing);
  for (const World& world : worlds()) {
    const std::string input = bytes_text(kSize) + " over an old target";
    const auto trace = undisturbed(scene, world, input);
    if (!trace) return;
    const FaultWalk& walk = walk_through_faults(scene, world, *trace);
    if (!expect_unbroken(walk.not_survived, std::string("faults not survived") + world.name,
                         input + world.name)) {
      return;
    }
  }
}

TEST(Robust, ShortCopies) {
  Scene scene(kSize, Target::existing);
  const std::string input = bytes_text(kSize) + " over an old target";
  for (World world : worlds()) {
    if (!undisturbed(scene, world, input)) return;
    world.plan.longest_transfer = 30'000;
    const Trace trace = copy_traced(scene, world.plan);
    const bool whole = trace.ending.returned() && scene.state() == State::new_file;
    std::size_t last = 0;
    for (std::size_t i = 0; i < trace.calls.size(); ++i) {
      if (trace.calls[i].transfers() && trace.calls[i].result > 0) last = i;
    }
    std::string story;
    if (!whole) {
      story = paragraph(scene.state_text() + " Seen: " + ending_text(trace.ending) +
                        ". The rest was never copied" + line_note(trace.calls[last].origin) + ".") +
              "\n" + excerpt(trace, last, "cut short by the suite") + "\n" +
              paragraph(
                  "Any transfer may move less than asked: a full disk, a signal, or just the "
                  "kernel's own limit. Only 0 is the end.");
    }
    if (!kit::harness::expect_within(
            {.lens = "syscalls",
             .key = std::string("copies broken by short transfers") + world.name,
             .measured = whole ? 0.0 : 1.0,
             .unit = "copies"},
            input + ", no call moves more than 30,000" + world.name, story)) {
      return;
    }
  }
}

TEST(Robust, KilledAnywhere) {
  for (const Target target : {Target::existing, Target::absent}) {
    Scene scene(kSize, target);
    for (const World& world : worlds()) {
      const std::string input =
          bytes_text(kSize) +
          (target == Target::existing ? " over an old target" : ", no target yet");
      const auto trace = undisturbed(scene, world, input);
      if (!trace) return;
      const Sweep sweep = for_each_fault(
          judge::places_to_be_killed_at(*trace), world.plan,
          [&](const Plan& plan) { return copy_traced(scene, plan); },
          [&](const FaultCase&, const Trace&) -> std::optional<std::string> {
            const State state = scene.state();
            if (state != State::old_file && state != State::new_file) {
              return paragraph(
                  "Expected: under the name `to` stands the old file or the whole new one. Seen: " +
                  scene.state_text() + " That is what the next reader gets, for good.");
            }
            // Then once more, over what the killed one left.
            const std::string left = scene.litter();
            if (left.empty()) return std::nullopt;
            const Trace again = traced(scene.from(), scene.to(), world.plan);
            if (again.ending.returned() && scene.state() == State::new_file) return std::nullopt;
            return paragraph("`to` was in order, but the next copy fails" +
                             judge::failed_call_text(again) +
                             ". Seen: " + ending_text(again.ending) + ". " + scene.state_text() +
                             " The killed one left: " + left +
                             ". Nobody takes that away, so no copy may stumble over it.");
          });
      if (!expect_unbroken(sweep, std::string("kills that broke `to`") + world.name,
                           input + world.name))
        return;
    }
  }
}

TEST(Robust, TwoAtOnce) {
  Scene scene(kSize, Target::existing);
  const std::string input = "two copies in one directory";
  const World world = worlds()[0];
  const auto trace = undisturbed(scene, world, input);
  if (!trace) return;
  const std::string other = scene.directory() / "other", other_to = scene.directory() / "other-to";
  const std::string bytes = "another file that is copied at the same time";
  Trace second;
  std::size_t collisions = 0;
  std::string story;
  // The first stands before each of its calls in turn, while the second is made from end to end.
  for (std::size_t i = 0; i < trace->calls.size(); i += judge::kPlaceStep) {
    scene.reset();
    scene::write_file(other, bytes, 0600);
    Plan plan = world.plan;
    plan.meanwhile = {i, [&] { second = traced(other, other_to, world.plan); }};
    const Trace first = traced(scene.from(), scene.to(), plan);
    const bool other_whole = scene::read_file(other_to) == bytes;
    const bool whole = scene.state() == State::new_file;
    if (first.ending.returned() && second.ending.returned() && whole && other_whole) continue;
    if (++collisions > 1) continue;
    story = paragraph(
                "One copy stood before its call " + std::to_string(i + 1) +
                " while another process copied another file in the same directory. Expected: both "
                "copies are whole. Seen of the one: " +
                ending_text(first.ending) + judge::failed_call_text(first) + ". " +
                scene.state_text() + " Seen of the other: " + ending_text(second.ending) +
                judge::failed_call_text(second) + (other_whole ? "." : "; its copy is not whole.") +
                " Each copy needs a temporary that is its own.") +
            "\n" + excerpt(first, i, "it stood here" + line_note(first.calls[i].origin));
  }
  kit::harness::expect_within({.lens = "syscalls",
                               .key = "places where two copies collide",
                               .measured = static_cast<double>(collisions),
                               .unit = "places"},
                              input, story);
}

TEST(Robust, NothingLeft) {
  Scene scene(kSize, Target::existing);
  for (const World& world : worlds()) {
    const std::string input = bytes_text(kSize) + " over an old target";
    const auto trace = undisturbed(scene, world, input);
    if (!trace) return;
    const FaultWalk& walk = walk_through_faults(scene, world, *trace);
    if (!expect_unbroken(walk.left_something, std::string("runs that left something") + world.name,
                         input + world.name)) {
      return;
    }
  }
}

TEST(Robust, SyncErrorIsFinal) {
  Scene scene(kSize, Target::existing);
  const World world = worlds()[0];
  const std::string input = bytes_text(kSize) + " over an old target";
  const auto trace = undisturbed(scene, world, input);
  if (!trace) return;
  std::vector<FaultCase> cases;
  for (const FaultCase& one : faults_of(*trace, world.plan)) {
    if (one.family == Family::sync && one.fault.value == EIO) cases.push_back(one);
  }
  if (cases.empty()) {
    return fail(
        input,
        paragraph("No fsync at all: when the function has returned, the copy is only in memory."));
  }
  const Sweep sweep = for_each_fault(
      cases, world.plan, [&](const Plan& plan) { return copy_traced(scene, plan); },
      [&](const FaultCase& one, const Trace& run) -> std::optional<std::string> {
        if (run.ending.threw(EIO)) return std::nullopt;
        const Call& sync = run.calls[one.fault.call];
        const bool directory = !sync.files.empty() && sync.files[0].is_directory;
        return paragraph(
            "Expected: it throws std::system_error with EIO. Seen: " + ending_text(run.ending) +
            (directory ? ". What failed is to bring the directory to disk, and the new name lies "
                         "there: a power cut may bring the old file back, and the caller must hear "
                         "of it."
                       : ". After a failed fsync Linux may forget the pages that it could not "
                         "write: a second fsync then succeeds, and the data is lost."));
      });
  expect_unbroken(sweep, "sync errors not reported", input);
}

bool copies_within_24_calls(Scene& scene, std::size_t size, const std::function<bool()>& is_whole) {
  Plan plan = worlds()[0].plan;
  plan.most_calls = 1'000;
  const Trace trace = copy_traced(scene, plan);
  const std::string input = bytes_text(size);
  if (!expect_calls_at_most(
          trace, 24, "calls to copy " + input, input,
          paragraph("The kernel copies up to 2 GiB in one call, so their number need not grow with "
                    "the file. The reference makes at most 15 at these sizes."))) {
    return false;
  }
  if (trace.ending.returned() && is_whole()) return true;
  fail(input, paragraph("The copy itself is wrong: " + ending_text(trace.ending) + ". " +
                        scene.state_text()));
  return false;
}

TEST(Cost, Calls) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1000}, std::size_t{1} << 20}) {
    Scene scene(size, Target::existing);
    const auto is_whole = [&] { return scene.state() == State::new_file; };
    if (!copies_within_24_calls(scene, size, is_whole)) return;
  }
  constexpr std::size_t kLarge = std::size_t{64} << 20;
  Scene scene(0, Target::existing);
  const SparseFile large(scene.from(), kLarge);
  copies_within_24_calls(scene, kLarge, [&] { return large.is_copied_to(scene.to()); });
}

TEST(Cost, InTheKernel) {
  constexpr std::size_t kMiB = 1 << 20;
  Scene scene(kMiB, Target::existing);
  const std::string input = bytes_text(kMiB) + " within one file system";
  const auto trace = undisturbed(scene, worlds()[0], input);
  if (!trace) return;
  const std::uint64_t bytes = bytes_through_the_process(*trace);
  std::string story;
  if (bytes > 0) {
    const auto moves = [](const Call& call) {
      return call.result > 0 && (call.family == Family::read || call.family == Family::write ||
                                 call.family == Family::map);
    };
    const auto& calls = trace->calls;
    const auto first = std::find_if(calls.begin(), calls.end(), moves);
    story = paragraph(bytes_text(bytes) +
                      " were read, written or mapped by the process itself; none need be. The CPU "
                      "copies each, and a file system that could share the blocks can't do so.") +
            "\n" +
            excerpt(*trace, static_cast<std::size_t>(first - calls.begin()),
                    "here" + line_note(first->origin));
  }
  kit::harness::expect_within(
      {.lens = "syscalls",
       .key = "bytes through the process",
       .measured = static_cast<double>(bytes),
       .unit = "bytes",
       .picture = kit::syscalls::keep_timeline(*trace, input, "in the kernel")},
      input, story);
}

TEST(Cost, Order) {
  Scene scene(kSize, Target::existing);
  const std::string input = bytes_text(kSize) + " over an old target";
  const auto trace = undisturbed(scene, worlds()[0], input);
  if (!trace) return;
  const auto flaw = replace_flaw(*trace, scene.to());
  kit::harness::expect_within({.lens = "syscalls",
                               .key = "flaws in the order of calls",
                               .measured = flaw ? 1.0 : 0.0,
                               .unit = "flaws",
                               .picture = kit::syscalls::keep_timeline(*trace, input, "in order")},
                              input, flaw.value_or(""));
}

}  // namespace
