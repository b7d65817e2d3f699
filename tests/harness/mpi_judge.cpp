#include "harness/mpi_judge.hpp"

#include "harness/mpi.hpp"
#include "harness/report.hpp"
#include "lens/messages/shared.hpp"

namespace kit::harness {
namespace {

using lens::Event;
using lens::Kind;
using lens::MessageReport;

// "Rank 3, MPI_Send (ring_shift.cpp:14):" and a new line.
std::string who(int rank, lens::Call call, std::uint64_t site) {
  return "Rank " + std::to_string(rank) + ", " + lens::name(call) + " (" + lens::where(site) +
         "):\n";
}

std::string send_with_callers_tag(const lens::Log& log) {
  for (std::size_t r = 0; r < log.size(); ++r) {
    for (const Event& e : log[r]) {
      if (e.kind != Kind::Send || e.tag < lens::kFirstCallersTag) continue;
      return who(static_cast<int>(r), e.call, e.site) + "sent tag " + number(std::int64_t{e.tag}) +
             ". Tags from 30,000 up are the caller's: your message could\nbe taken for one of the "
             "caller's, and the caller's for yours. Use a tag\nbelow 30,000.";
    }
  }
  return "";
}

// Rounds 1, 2, 3 ... of the longest chain: who passes it on to whom.
std::string chain(const MessageReport& seen) {
  if (seen.critical_path.empty()) return "";
  constexpr std::size_t kShown = 10;
  // A link may be the same rank's next message, or what comes from the one that was served: then the
  // chain doesn't walk from rank to rank.
  bool walks = true;
  for (std::size_t i = 1; i < seen.critical_path.size() && i < kShown; ++i)
    walks = walks && seen.critical_path[i].from == seen.critical_path[i - 1].to;
  std::string text = walks ? "The longest chain: " + std::to_string(seen.critical_path[0].from)
                           : "Each of these waits for the one before:\n";
  for (std::size_t i = 0; i < seen.critical_path.size() && i < kShown; ++i) {
    const lens::Step& step = seen.critical_path[i];
    text += walks ? " > " : (i == 0 ? "" : ", ") + std::to_string(step.from) + " to ";
    text += std::to_string(step.to);
  }
  if (seen.critical_path.size() > kShown) text += " ...";
  const std::string first = lens::where(seen.critical_path.front().site);
  return text + "\n(" + first + ").\n";
}

}  // namespace

std::string count_of(std::int64_t n, const std::string& noun) {
  return number(n) + " " + noun + (n == 1 ? "" : "s");
}

bool expect_no_race(const MessageReport& seen) {
  if (seen.races.empty()) return true;
  fail(case_input(), lens::race_story(seen.log, seen.races.front()));
  return false;
}

bool expect_nothing_left(const MessageReport& seen) {
  if (seen.leftovers.empty()) return true;
  fail(case_input(), lens::leftovers_story(seen.leftovers));
  return false;
}

bool expect_no_buffering(const MessageReport& seen) {
  if (!seen.stuck) return true;
  if (!expect_no_race(seen)) return false;
  std::size_t waiting = 0;
  for (const lens::Waiting& w : seen.stuck->ranks) waiting += w.returned ? 0 : 1;
  record({.lens = "messages",
          .key = "ranks that wait for ever",
          .measured = static_cast<double>(waiting),
          .limit = 0,
          .unit = "ranks",
          .picture = draw(seen, "stuck")});
  const std::size_t circle = seen.stuck->circle.size();
  fail(case_input(),
       (circle > 1 ? count_of(static_cast<std::int64_t>(circle), "rank") + " wait for each other"
                   : std::string("No rank can go on")) +
           " if sends wait for their receives:\n\n" + lens::hang_story(*seen.stuck) +
           "\n\nMPI_Send and the wait for an MPI_Isend may last until the message is\n"
           "received. Here all went well only because the library had room to keep\n"
           "the messages; with longer ones, or more of them, the program hangs.");
  return false;
}

bool expect_types_and_buffers_fit(const MessageReport& seen) {
  if (!seen.mismatches.empty()) {
    fail(case_input(), lens::mismatch_story(seen.log, seen.mismatches.front()));
    return false;
  }
  if (!seen.overlaps.empty()) {
    fail(case_input(), lens::overlap_story(seen.log, seen.overlaps.front()));
    return false;
  }
  if (seen.overwrites.empty()) return true;
  fail(case_input(), lens::overwrite_story(seen.log, seen.overwrites.front()));
  return false;
}

void tell_the_cause(const MessageReport& seen) {
  if (expect_no_race(seen) && expect_types_and_buffers_fit(seen)) expect_nothing_left(seen);
}

bool on_any_rank(bool value) {
  int mine = value ? 1 : 0, any = 0;
  PMPI_Allreduce(&mine, &any, 1, MPI_INT, MPI_MAX, mpi::harness_communicator());
  return any != 0;
}

bool expect_callers_messages_stay(const MessageReport& seen) {
  if (const auto own = send_with_callers_tag(seen.log); !own.empty()) {
    fail(case_input(), own);
    return false;
  }
  if (seen.thefts.empty()) return true;
  const lens::Theft& t = seen.thefts.front();
  fail(case_input(), who(t.rank, t.call, t.site) + "took the message with tag " +
                         number(std::int64_t{t.tag}) + " that the caller had sent from rank " +
                         std::to_string(t.from) +
                         ".\nThe caller then waits for ever, and your bytes are the caller's. "
                         "Name the\ntag that you receive.");
  return false;
}

bool expect_own_messages(const MessageReport& seen, const std::string& instead) {
  if (seen.forbidden.empty()) return true;
  std::string story;
  for (const lens::ForbiddenCall& call : seen.forbidden) {
    const bool all = static_cast<int>(call.ranks.size()) == seen.ranks;
    story += "  " + lens::name(call.call) + "   " + lens::where(call.site) + ", on " +
             (all ? "all " + std::to_string(seen.ranks) + " ranks"
                  : (call.ranks.size() == 1 ? "rank " : "ranks ") + lens::rank_list(call.ranks)) +
             "\n";
  }
  fail(case_input(), "Calls that aren't messages between two ranks:\n\n" + story + "\n" + instead);
  return false;
}

int rounds_if_buffered(const MessageReport& seen) {
  lens::Log log = seen.log;
  for (auto& events : log) {
    for (Event& e : events) {
      if (e.kind == Kind::Send && e.mode == lens::Mode::Standard) e.mode = lens::Mode::Buffered;
    }
  }
  const lens::Replay run = lens::replay(log, lens::match(log), {1, 0});
  return run.stuck() ? -1 : static_cast<int>(run.end);
}

bool expect_rounds(const MessageReport& seen, const std::string& key, int bound,
                   const std::string& enough, const std::string& lesson) {
  // A replay that can't go on has no number of rounds.
  if (!expect_no_buffering(seen)) return false;
  lens::SourcePlace place;
  if (!seen.critical_path.empty()) place = lens::place(seen.critical_path.front().site);
  std::string story = count_of(seen.rounds, "round") + " on the longest chain of messages; " +
                      std::to_string(bound) + (bound == 1 ? " is" : " are") + " enough: " + enough +
                      ".\n" + chain(seen);
  const int buffered = seen.rounds > bound ? rounds_if_buffered(seen) : -1;
  if (buffered >= 0 && buffered <= bound) {
    story +=
        "Sends wait here for their receives, and those for other sends. With messages\n"
        "small enough for the library to keep them it would take " +
        count_of(buffered, "round") + ".\n";
  } else {
    story += lesson + "\n";
  }
  return expect_within({.lens = "messages",
                        .key = "rounds " + key,
                        .measured = static_cast<double>(seen.rounds),
                        .limit = static_cast<double>(bound),
                        .unit = "rounds",
                        .file = place.file,
                        .line = place.line,
                        .picture = draw(seen, key)},
                       case_input(), story + "\n" + lens::round_table(seen));
}

}  // namespace kit::harness
