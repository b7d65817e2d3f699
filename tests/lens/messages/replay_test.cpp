// The pure parts of the lens on logs written by hand: what is counted, which message goes first,
// what is a race, a circle or a hang, and what only looks like one.
#include <gtest/gtest.h>

#include "lens/messages/report.hpp"

namespace {

using namespace kit::lens;

// Writes one rank's log.
struct Rank {
  std::vector<Event> events;

  int send(int to, std::int64_t bytes = 8, int tag = 0, Mode mode = Mode::Standard) {
    Event e;
    e.kind = Kind::Send;
    e.mode = mode;
    e.peer = to;
    e.tag = tag;
    e.bytes = bytes;
    e.call = mode == Mode::Synchronous ? Call::Ssend : Call::Isend;
    return put(e);
  }
  int recv(int from, int took_from = kUnknown, int tag = 0) {
    Event e;
    e.kind = Kind::Recv;
    e.call = Call::Irecv;
    e.peer = from;
    e.tag = tag;
    if (took_from != kUnknown) {
      e.took_from = took_from;
      e.took_tag = tag;
    }
    return put(e);
  }
  void done(int op) {
    Event e;
    e.kind = Kind::Done;
    e.op = op;
    put(e);
  }
  void mark(Kind kind) {
    Event e;
    e.kind = kind;
    put(e);
  }
  void blocking_send(int to, std::int64_t bytes = 8) { done(send(to, bytes)); }
  void blocking_recv(int from, int took_from = kUnknown) { done(recv(from, took_from)); }

 private:
  int put(Event e) {
    events.push_back(e);
    return static_cast<int>(events.size()) - 1;
  }
};

MessageReport report(const std::vector<Rank>& ranks) {
  Log log;
  for (const Rank& r : ranks) log.push_back(r.events);
  return make_report(std::move(log));
}

TEST(Replay, CountsMessagesBytesAndRounds) {
  // 0 -> 1, then 0 -> 2 and 1 -> 3 at once: 3 messages of 8 bytes in 2 rounds.
  std::vector<Rank> r(4);
  r[0].blocking_send(1);
  r[0].blocking_send(2);
  r[1].blocking_recv(0);
  r[1].blocking_send(3);
  r[2].blocking_recv(0);
  r[3].blocking_recv(1);
  const auto seen = report(r);
  EXPECT_EQ(seen.messages, 3);
  EXPECT_EQ(seen.rounds, 2);
  EXPECT_EQ(seen.totals[0].sent, 2);
  EXPECT_EQ(seen.totals[0].bytes_sent, 16);
  EXPECT_EQ(seen.totals[0].sent_to, 2);
  EXPECT_EQ(seen.totals[3].received, 1);
  EXPECT_EQ(seen.totals[3].bytes_received, 8);
  EXPECT_EQ(seen.critical_path.size(), 2U);
  EXPECT_FALSE(seen.stuck);
  EXPECT_TRUE(seen.leftovers.empty());
  EXPECT_EQ(round_table(seen),
            "round    1    2\n"
            "rank 0   >1   >2\n"
            "rank 1   <0   >3\n"
            "rank 2   .    <0\n"
            "rank 3   .    <1");
}

TEST(Replay, OnePortForSendsAndOneForReceives) {
  std::vector<Rank> r(4);
  for (int to = 1; to < 4; ++to)
    r[0].send(to);  // all posted at once, and still one after the other
  for (int op = 0; op < 3; ++op) r[0].done(op);
  for (int v = 1; v < 4; ++v) r[static_cast<std::size_t>(v)].blocking_recv(0);
  EXPECT_EQ(report(r).rounds, 3);

  std::vector<Rank> both(2);  // an exchange: both ways at once
  for (int v = 0; v < 2; ++v) {
    Rank& x = both[static_cast<std::size_t>(v)];
    const int in = x.recv(1 - v), out = x.send(1 - v);
    x.done(in);
    x.done(out);
  }
  EXPECT_EQ(report(both).rounds, 1);
}

Rank sends_to_all(int ranks, std::int64_t bytes) {
  Rank root;
  for (int to = 1; to < ranks; ++to) root.blocking_send(to, bytes);
  return root;
}

TEST(Predicted, OneMessage) {
  // alpha and beta alone: the ports are taken for all of it.
  std::vector<Rank> r(2);
  r[0].blocking_send(1, 1000);
  r[1].blocking_recv(0);
  EXPECT_DOUBLE_EQ(predicted_time(report(r), {.alpha = 15, .beta = 0.01}), 25);
  // LogGP: two overheads, the way, the bytes.
  const Network small{.alpha = 0, .beta = 0.01, .latency = 15, .overhead = 1, .eager = 1000};
  EXPECT_DOUBLE_EQ(predicted_time(report(r), small), 1 + 15 + 10 + 1);
  // Too long to leave without being asked for: there and back before it.
  Network large = small;
  large.eager = 999;
  EXPECT_DOUBLE_EQ(predicted_time(report(r), large), 1 + 2 * 15 + 15 + 10 + 1);
}

TEST(Predicted, AnEagerSendDoesntWaitAndALongOneDoes) {
  // Both send first: only messages that leave by themselves get through.
  std::vector<Rank> r(2);
  for (int v = 0; v < 2; ++v) {
    r[static_cast<std::size_t>(v)].blocking_send(1 - v, 100);
    r[static_cast<std::size_t>(v)].blocking_recv(1 - v);
  }
  const auto seen = report(r);
  EXPECT_TRUE(seen.stuck);
  EXPECT_TRUE(replay(seen.log, match(seen.log), {.latency = 1, .eager = 99}).stuck());
  const Replay run = replay(seen.log, match(seen.log), {.alpha = 0, .latency = 1, .eager = 100});
  EXPECT_FALSE(run.stuck());
  EXPECT_DOUBLE_EQ(run.end, 1);
}

TEST(Predicted, SmallMessagesLeaveAGapApart) {
  // With 64 ranks a root that sends to all takes 62 gaps more than one message; in rounds it is 63.
  for (const int ranks : {2, 8, 64}) {
    std::vector<Rank> r(static_cast<std::size_t>(ranks));
    r[0] = sends_to_all(ranks, 8);
    for (std::size_t v = 1; v < r.size(); ++v) r[v].blocking_recv(0);
    const Network network{.alpha = 0, .latency = 15, .overhead = 0.5, .gap = 2, .eager = 4096};
    EXPECT_DOUBLE_EQ(predicted_time(report(r), network), 0.5 + (ranks - 2) * 2 + 15 + 0.5);
    EXPECT_EQ(report(r).rounds, ranks - 1);
  }
}

TEST(Predicted, AMessageThatIsThereEndsItsReceiveAtOnce) {
  // Rank 1 first waits for rank 2, whose message comes last; rank 0's has been there for long.
  std::vector<Rank> r(3);
  r[0].blocking_send(1);
  r[1].blocking_recv(2);
  r[1].blocking_recv(0);
  r[2].blocking_recv(0);
  r[2].blocking_send(1);
  r[0].blocking_send(2);
  const Network network{.alpha = 0, .latency = 10, .eager = 8};
  EXPECT_DOUBLE_EQ(predicted_time(report(r), network), 20);
}

TEST(Picture, HasLanesMessagesAndWaiting) {
  std::vector<Rank> r(3);
  r[0] = sends_to_all(3, 8);
  r[1].blocking_recv(0);
  r[2].blocking_recv(0);
  const std::string drawn = picture(report(r), "three \"ranks\"");
  for (const char* part :
       {"\"title\": \"three \\\"ranks\\\"\"", "\"ranks\": 3", "\"end\": 2",
        "{\"from\": 0, \"to\": 2, \"start\": 1, \"end\": 2, \"tag\": 0, \"bytes\": 8",
        "{\"rank\": 2, \"start\": 0, \"end\": 2}", "\"stuck\": []"}) {
    EXPECT_NE(drawn.find(part), std::string::npos) << part << drawn;
  }
}

TEST(Replay, TheSenderPostedFirstGoesFirst) {
  // A binomial tree for 8 whose sends are posted together, largest subtree first: 3 rounds. By
  // destination it would be 6.
  std::vector<Rank> r(8);
  for (int v = 0; v < 8; ++v) {
    Rank& x = r[static_cast<std::size_t>(v)];
    const int low = v == 0 ? 8 : v & -v;
    if (v != 0) x.blocking_recv(v - low);
    std::vector<int> ops;
    for (int mask = low / 2; mask > 0; mask /= 2) ops.push_back(x.send(v + mask));
    for (const int op : ops) x.done(op);
  }
  EXPECT_EQ(report(r).rounds, 3);
  for (Rank& x : r) {
    for (Event& e : x.events) e.mode = Mode::Standard;
  }
  // The same, smallest first.
  std::vector<Rank> s(8);
  for (int v = 0; v < 8; ++v) {
    Rank& x = s[static_cast<std::size_t>(v)];
    const int low = v == 0 ? 8 : v & -v;
    if (v != 0) x.blocking_recv(v - low);
    std::vector<int> ops;
    for (int mask = 1; mask < low; mask *= 2) ops.push_back(x.send(v + mask));
    for (const int op : ops) x.done(op);
  }
  EXPECT_EQ(report(s).rounds, 6);
}

TEST(Replay, VolumeAndTime) {
  std::vector<Rank> r(2);
  r[0].blocking_send(1, 1000);
  r[0].blocking_send(1, 500);
  r[1].blocking_recv(0);
  r[1].blocking_recv(0);
  const Log log = {r[0].events, r[1].events};
  EXPECT_DOUBLE_EQ(replay(log, match(log), {0, 1}).end, 1500);
  EXPECT_DOUBLE_EQ(replay(log, match(log), {10, 0.5}).end, 770);
}

TEST(Replay, SendsBeforeReceivesAreACircle) {
  std::vector<Rank> r(3);
  for (int v = 0; v < 3; ++v) {
    r[static_cast<std::size_t>(v)].blocking_send((v + 1) % 3);
    r[static_cast<std::size_t>(v)].blocking_recv((v + 2) % 3);
  }
  const auto seen = report(r);
  ASSERT_TRUE(seen.stuck);
  EXPECT_EQ(seen.stuck->circle, (std::vector<int>{0, 1, 2}));
  // With a buffer attached openly it is none.
  for (Rank& x : r) x.events[0].mode = Mode::Buffered;
  EXPECT_FALSE(report(r).stuck);
}

TEST(Replay, ALongLogTakesNoLongTime) {
  std::vector<Rank> r(8);
  for (int k = 0; k < 1000; ++k) {
    for (int v = 0; v < 8; ++v) {
      Rank& x = r[static_cast<std::size_t>(v)];
      const int in = x.recv((v + 7) % 8), out = x.send((v + 1) % 8);
      x.done(in);
      x.done(out);
    }
  }
  EXPECT_EQ(report(r).rounds, 1000);
}

TEST(Races, AnotherMessageCouldHaveComeFirst) {
  std::vector<Rank> r(3);
  r[0].blocking_send(2);
  r[1].blocking_send(2);
  r[2].blocking_recv(kAnySource, 0);
  r[2].blocking_recv(kAnySource, 1);
  const auto seen = report(r);
  ASSERT_EQ(seen.races.size(), 1U);  // the second could only take what was left
  EXPECT_EQ(seen.races[0].rank, 2);
  EXPECT_EQ(seen.races[0].took_from, 0);
  EXPECT_EQ(seen.races[0].other_from, 1);
}

TEST(Races, NotIfTheOtherFollowsFromTheReceive) {
  // Rank 1 sends only after rank 2 has told it that the first message is there.
  std::vector<Rank> r(3);
  r[0].blocking_send(2);
  r[2].blocking_recv(kAnySource, 0);
  r[2].blocking_send(1);
  r[1].blocking_recv(2);
  r[1].blocking_send(2);
  r[2].blocking_recv(kAnySource, 1);
  EXPECT_TRUE(report(r).races.empty());
}

TEST(Races, NotWithATagOfItsOwnNorFromOneSender) {
  std::vector<Rank> r(3);
  r[0].done(r[0].send(2, 8, 5));
  r[1].done(r[1].send(2, 8, 6));
  r[2].done(r[2].recv(kAnySource, 0, 5));
  r[2].done(r[2].recv(kAnySource, 1, 6));
  EXPECT_TRUE(report(r).races.empty());
  std::vector<Rank> one(2);
  one[0].blocking_send(1);
  one[0].blocking_send(1);
  one[1].blocking_recv(kAnySource, 0);
  one[1].blocking_recv(kAnySource, 0);
  EXPECT_TRUE(report(one).races.empty());
}

TEST(EarlyLeaves, NoChainOfMessagesLeadsFromTheEntry) {
  std::vector<Rank> r(2);
  for (Rank& x : r) x.mark(Kind::Enter);
  r[0].blocking_send(1);
  r[1].blocking_recv(0);
  for (Rank& x : r) x.mark(Kind::Leave);
  const auto seen = report(r);
  ASSERT_EQ(seen.early_leaves.size(), 1U);  // 1 knows of 0, 0 doesn't know of 1
  EXPECT_EQ(seen.early_leaves[0].rank, 0);
  EXPECT_EQ(seen.early_leaves[0].missing, 1);
}

TEST(Leftovers, AreNamed) {
  std::vector<Rank> r(2);
  r[0].blocking_send(1);  // never received
  r[0].send(1, 8, 1);     // received, never waited for
  r[1].done(r[1].recv(0, 0, 1));
  r[1].recv(0, kUnknown, 2);  // nothing came
  Event made;
  made.kind = Kind::Made;
  made.call = Call::Type_vector;
  made.object = 7;
  r[1].events.push_back(made);
  const auto seen = report(r);
  ASSERT_EQ(seen.leftovers.size(), 4U);
  EXPECT_EQ(seen.leftovers[0].kind, Leftover::Kind::UnreadMessage);
  EXPECT_EQ(seen.leftovers[1].kind, Leftover::Kind::OpenRequest);
  EXPECT_EQ(seen.leftovers[2].kind, Leftover::Kind::UnmatchedReceive);
  EXPECT_EQ(seen.leftovers[3].kind, Leftover::Kind::Datatype);
}

// A rank that waits for the operations it posted last.
RankState blocked_on(const Rank& r, int operations = 1) {
  RankState s;
  s.state = State::Blocked;
  s.blocked.call = operations == 1 ? Call::Wait : Call::Waitall;
  for (int i = operations; i > 0; --i)
    s.blocked.ops[s.blocked.count++] = static_cast<int>(r.events.size()) - i;
  return s;
}
RankState returned(int arrivals) {
  RankState s;
  s.state = State::Returned;
  s.arrivals = arrivals;
  return s;
}

TEST(Hangs, ACircleOfReceives) {
  std::vector<Rank> r(3);
  Log log;
  std::vector<RankState> states;
  for (int v = 0; v < 3; ++v) {
    r[static_cast<std::size_t>(v)].recv((v + 1) % 3);
    log.push_back(r[static_cast<std::size_t>(v)].events);
    states.push_back(blocked_on(r[static_cast<std::size_t>(v)]));
  }
  const auto hang = prove_hang(log, states);
  ASSERT_TRUE(hang);
  EXPECT_EQ(hang->circle, (std::vector<int>{0, 1, 2}));
  // One that computes may still send.
  states[1].state = State::Running;
  EXPECT_FALSE(prove_hang(log, states));
}

TEST(Hangs, AChainToOneThatHasReturned) {
  std::vector<Rank> r(2);
  r[0].recv(1);
  const auto hang = prove_hang({r[0].events, r[1].events}, {blocked_on(r[0]), returned(1)});
  ASSERT_TRUE(hang);
  EXPECT_TRUE(hang->circle.empty());
  EXPECT_EQ(hang_story(*hang),
            "  rank 0   MPI_Wait from 1   an unknown line\n"
            "  rank 1   has returned\n"
            "Rank 0 waits for rank 1, which has returned.");
}

TEST(Hangs, AMessageWithAnotherTagIsNamed) {
  std::vector<Rank> r(3);
  r[0].recv(1, kUnknown, 7);
  r[1].blocking_send(2);
  r[1].done(r[1].send(0, 8, 5));
  r[2].blocking_recv(1);
  const Log log = {r[0].events, r[1].events, r[2].events};
  const auto hang = prove_hang(log, {blocked_on(r[0]), returned(1), returned(1)});
  ASSERT_TRUE(hang);
  EXPECT_EQ(wrong_tag_story(*hang, log),
            "Rank 1 sent tag 5 (an unknown line); rank 0 waits for tag 7.");
  // One that came from another rank, or to another, is no answer.
  const Log other = {r[0].events, {}, r[1].events};
  const auto alone = prove_hang(other, {blocked_on(r[0]), returned(1), returned(1)});
  ASSERT_TRUE(alone);
  EXPECT_EQ(wrong_tag_story(*alone, other), "");
}

TEST(Hangs, NotIfTheMessageIsOnItsWay) {
  std::vector<Rank> r(2);
  r[0].recv(1);
  r[1].blocking_send(0);
  EXPECT_FALSE(prove_hang({r[0].events, r[1].events}, {blocked_on(r[0]), returned(1)}));
  std::vector<Rank> any(2);
  any[0].recv(kAnySource);
  any[1].blocking_send(0);
  EXPECT_FALSE(prove_hang({any[0].events, any[1].events}, {blocked_on(any[0]), returned(1)}));
}

TEST(Hangs, NotIfAMeetingIsAboutToEnd) {
  // Rank 1 has left the meeting already and waits for rank 0, which is still about to leave it.
  std::vector<Rank> r(2);
  r[1].recv(0);
  RankState one = blocked_on(r[1]);
  one.arrivals = 1;
  EXPECT_FALSE(prove_hang({r[0].events, r[1].events}, {returned(1), one}));
}

TEST(Hangs, SmallSendsEndByThemselves) {
  std::vector<Rank> r(2);
  r[0].send(1, 64);
  EXPECT_FALSE(prove_hang({r[0].events, r[1].events}, {blocked_on(r[0]), returned(1)}));
  r[0].send(1, 100'000, 1);
  EXPECT_TRUE(prove_hang({r[0].events, r[1].events}, {blocked_on(r[0]), returned(1)}));
  r[0].send(1, 8, 2, Mode::Synchronous);
  EXPECT_TRUE(prove_hang({r[0].events, r[1].events}, {blocked_on(r[0]), returned(1)}));
}

TEST(Stories, WhatIsLeftIsCalledByItsName) {
  const auto story = [](Leftover::Kind kind, std::size_t n) {
    return leftovers_story(std::vector<Leftover>(n, {kind, 1, Call::Isend, 0, 2, 3}));
  };
  EXPECT_EQ(story(Leftover::Kind::UnreadMessage, 1),
            "One thing is left behind when all ranks are back:\n"
            "  rank 1, MPI_Isend, an unknown line:\n"
            "    its message to rank 2 (tag 3) was never received\n"
            "The next call may take this message for its own.");
  EXPECT_EQ(story(Leftover::Kind::Datatype, 2),
            "2 things are left behind when all ranks are back; the first:\n"
            "  rank 1, MPI_Isend, an unknown line:\n"
            "    the datatype was never freed\n"
            "Each call loses a datatype.");
  for (const auto kind : {Leftover::Kind::OpenRequest, Leftover::Kind::Datatype,
                          Leftover::Kind::Communicator, Leftover::Kind::UnmatchedReceive}) {
    EXPECT_EQ(story(kind, 1).find("take this message"), std::string::npos);
  }
}

TEST(Stories, RankList) {
  EXPECT_EQ(rank_list({1, 3, 5, 6, 7}), "1, 3, 5 to 7");
  EXPECT_EQ(rank_list({0, 1}), "0, 1");
  EXPECT_EQ(rank_list({4}), "4");
}

}  // namespace
