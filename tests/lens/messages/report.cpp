#include "lens/messages/report.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kit::lens {
namespace {

void add_totals(MessageReport& report, const Matches& matches) {
  report.totals.resize(at(report.ranks));
  std::vector<std::set<int>> partners(at(report.ranks));
  for (const Message& m : matches.messages) {
    const std::int64_t bytes = report.log[at(m.from)][at(m.send)].bytes;
    RankTotals& from = report.totals[at(m.from)];
    ++from.sent;
    from.bytes_sent += bytes;
    partners[at(m.from)].insert(m.to);
    if (m.recv < 0) continue;
    ++report.totals[at(m.to)].received;
    report.totals[at(m.to)].bytes_received += bytes;
  }
  for (int r = 0; r < report.ranks; ++r) {
    report.totals[at(r)].sent_to = static_cast<int>(partners[at(r)].size());
  }
  report.messages = static_cast<int>(matches.messages.size());
}

void add_replay(MessageReport& report, const Matches& matches) {
  const Replay run = replay(report.log, matches, {1, 0});
  report.rounds = static_cast<int>(run.end);
  std::vector<Step> steps;
  for (const Transfer& t : run.transfers) {
    const Message& m = matches.messages[at(t.message)];
    const Event& send = report.log[at(m.from)][at(m.send)];
    steps.push_back({static_cast<int>(t.end), m.from, m.to, send.tag, send.bytes, send.site});
  }
  int last = -1;
  for (int i = 0; at(i) < run.transfers.size(); ++i) {
    if (last < 0 || run.transfers[at(i)].end > run.transfers[at(last)].end) last = i;
  }
  for (int i = last; i >= 0; i = run.transfers[at(i)].because) {
    report.critical_path.push_back(steps[at(i)]);
  }
  std::reverse(report.critical_path.begin(), report.critical_path.end());
  std::stable_sort(steps.begin(), steps.end(),
                   [](const Step& a, const Step& b) { return a.round < b.round; });
  report.steps = std::move(steps);
  if (!run.stuck()) return;

  Hang hang;
  std::vector<int> next;
  for (int r = 0; r < report.ranks; ++r) {
    Waiting w{r, true, Call::Send, 0, {}, false};
    if (const int stop = run.waits_at[at(r)]; stop >= 0) {
      const Event& e = report.log[at(r)][at(stop)];
      const Event& waits_for = e.kind == Kind::Done ? report.log[at(r)][at(e.op)] : e;
      const int source = waits_for.took_from != kUnknown ? waits_for.took_from : waits_for.peer;
      w = {r, false, waits_for.call, waits_for.site, {}, waits_for.kind == Kind::Send};
      if (source >= 0) w.for_ranks.push_back(source);
    }
    next.push_back(w.for_ranks.empty() ? -1 : w.for_ranks.front());
    hang.ranks.push_back(std::move(w));
  }
  hang.circle = find_circle(next);
  report.stuck = std::move(hang);
}

Leftover::Kind kind_made_by(Call call) {
  switch (family(call)) {
    case Family::Messages:
      return Leftover::Kind::PersistentRequest;
    case Family::Types:
      return Leftover::Kind::Datatype;
    case Family::Group:
      return Leftover::Kind::Group;
    case Family::Operator:
      return Leftover::Kind::Operator;
    case Family::Window:
      return Leftover::Kind::Window;
    default:
      return Leftover::Kind::Communicator;
  }
}

void add_objects(MessageReport& report, int rank) {
  std::map<std::uint64_t, std::vector<const Event*>> made;
  for (const Event& e : report.log[at(rank)]) {
    if (e.kind == Kind::Made) made[e.object].push_back(&e);
    if (e.kind == Kind::Freed && !made[e.object].empty()) made[e.object].pop_back();
  }
  for (const auto& [object, events] : made) {
    for (const Event* e : events)
      report.leftovers.push_back({kind_made_by(e->call), rank, e->call, e->site, kUnknown, 0});
  }
}

void add_leftovers(MessageReport& report, const Matches& matches) {
  for (const Message& m : matches.messages) {
    const Event& e = report.log[at(m.from)][at(m.send)];
    if (m.recv < 0) {
      report.leftovers.push_back(
          {Leftover::Kind::UnreadMessage, m.from, e.call, e.site, m.to, e.tag});
    }
  }
  for (int r = 0; r < report.ranks; ++r) {
    const auto& events = report.log[at(r)];
    std::vector<bool> over(events.size(), false);
    for (const Event& e : events) {
      if (e.kind == Kind::Done) over[at(e.op)] = true;
    }
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Event& e = events[i];
      const bool collective = e.kind == Kind::Forbidden && e.bytes != 0;
      if (over[i] || (e.kind != Kind::Send && e.kind != Kind::Recv && !collective)) continue;
      const bool unmatched = e.kind == Kind::Recv && matches.message_of[at(r)][i] < 0;
      report.leftovers.push_back(
          {unmatched ? Leftover::Kind::UnmatchedReceive : Leftover::Kind::OpenRequest, r, e.call,
           e.site, e.peer, e.tag});
    }
    add_objects(report, r);
  }
}

void add_forbidden(MessageReport& report) {
  std::map<std::pair<std::uint64_t, Call>, std::set<int>> calls;
  for (int r = 0; r < report.ranks; ++r) {
    for (const Event& e : report.log[at(r)]) {
      if (e.kind == Kind::Forbidden) calls[{e.site, e.call}].insert(r);
    }
  }
  for (const auto& [which, ranks] : calls) {
    report.forbidden.push_back({which.second, which.first, {ranks.begin(), ranks.end()}});
  }
}

void add_thefts(MessageReport& report) {
  for (int r = 0; r < report.ranks; ++r) {
    for (const Event& e : report.log[at(r)]) {
      if (e.kind == Kind::Recv && e.took_tag >= kFirstCallersTag) {
        report.thefts.push_back({r, e.took_from, e.took_tag, e.call, e.site});
      }
    }
  }
}

void add_outside(MessageReport& report) {
  for (int r = 0; r < report.ranks; ++r) {
    const auto& events = report.log[at(r)];
    std::vector<const Event*> fields;
    for (std::size_t i = 0; i < events.size(); ++i) {
      const Event& e = events[i];
      if (e.kind == Kind::Field) fields.push_back(&e);
      if (fields.empty() || e.bytes == 0 || (e.kind != Kind::Send && e.kind != Kind::Recv))
        continue;
      if (std::any_of(fields.begin(), fields.end(), [&](const Event* field) {
            return field->first <= e.first && e.past <= field->past;
          }))
        continue;
      report.outside.push_back({r, static_cast<int>(i), e.call, e.site, e.kind == Kind::Send,
                                e.took_from != kUnknown ? e.took_from : e.peer, e.bytes});
    }
  }
}

}  // namespace

MessageReport make_report(Log log) {
  MessageReport report;
  report.ranks = static_cast<int>(log.size());
  report.log = std::move(log);
  const Matches matches = match(report.log);
  const Clocks clocks = vector_clocks(report.log, matches);
  add_totals(report, matches);
  add_replay(report, matches);
  report.races = races(report.log, matches, clocks);
  report.early_leaves = early_leaves(report.log, clocks);
  add_leftovers(report, matches);
  add_forbidden(report);
  add_thefts(report);
  add_outside(report);
  report.mismatches = find_mismatches(report.log, matches);
  report.overlaps = find_overlaps(report.log);
  report.overwrites = find_overwrites(report.log);
  report.misuses = find_misuses(report.log);
  return report;
}

}  // namespace kit::lens
