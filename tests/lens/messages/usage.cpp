#include "lens/messages/usage.hpp"

#include "lens/messages/basic_type.hpp"
#include "lens/messages/shared.hpp"

namespace kit::lens {
namespace {

bool is_message(const Event& e) {
  return e.kind == Kind::Send || e.kind == Kind::Recv;
}

// Sendrecv_replace uses one buffer for both, and keeps them apart by itself. A buffered send has its
// copy.
bool may_share(const Event& a, const Event& b) {
  return a.call == Call::Sendrecv_replace || a.mode == Mode::Buffered || b.mode == Mode::Buffered;
}

}  // namespace

std::vector<Mismatch> find_mismatches(const Log& log, const Matches& matches) {
  std::vector<Mismatch> found;
  for (const Message& m : matches.messages) {
    if (m.recv < 0 || m.to < 0) continue;
    const Event& send = log[at(m.from)][at(m.send)];
    const Event& recv = log[at(m.to)][at(m.recv)];
    const bool shorter = recv.bytes < send.bytes;
    const bool other =
        send.basic != 0 && recv.basic != 0 && send.basic != recv.basic && send.bytes > 0;
    if (shorter || other) found.push_back({m.from, m.send, m.to, m.recv, shorter});
  }
  return found;
}

std::vector<Overlap> find_overlaps(const Log& log) {
  std::vector<Overlap> found;
  for (std::size_t r = 0; r < log.size(); ++r) {
    std::vector<int> open;  // messages without gaps that aren't over
    for (std::size_t i = 0; i < log[r].size(); ++i) {
      const Event& e = log[r][i];
      if (e.kind == Kind::Done) std::erase(open, e.op);
      const bool dense = e.bytes > 0 && e.past - e.first == static_cast<std::uint64_t>(e.bytes);
      if (!is_message(e) || e.cancelled || !dense) continue;
      for (const int other : open) {
        const Event& o = log[r][at(other)];
        const bool writes = e.kind == Kind::Recv || o.kind == Kind::Recv;
        if (writes && !may_share(o, e) && o.first < e.past && e.first < o.past)
          found.push_back({static_cast<int>(r), other, static_cast<int>(i)});
      }
      open.push_back(static_cast<int>(i));
    }
  }
  return found;
}

std::vector<Overwrite> find_overwrites(const Log& log) {
  std::vector<Overwrite> found;
  for (std::size_t r = 0; r < log.size(); ++r) {
    for (const Event& e : log[r]) {
      if (e.kind == Kind::Changed) found.push_back({static_cast<int>(r), e.op, e.call, e.site});
    }
  }
  return found;
}

std::vector<Misuse> find_misuses(const Log& log) {
  std::vector<Misuse> found;
  for (std::size_t r = 0; r < log.size(); ++r) {
    for (const Event& e : log[r]) {
      if (e.kind != Kind::Misuse) continue;
      found.push_back({static_cast<int>(r), static_cast<EpochFault>(e.tag), e.call, e.site});
    }
  }
  return found;
}

std::string mismatch_story(const Log& log, const Mismatch& m) {
  const Event& send = log[at(m.from)][at(m.send)];
  const Event& recv = log[at(m.to)][at(m.recv)];
  const std::string receiver = "Rank " + std::to_string(m.to) + ", " + name(recv.call) + " from " +
                               std::to_string(m.from) + " (" + where(recv.site) + "):\n";
  const std::string sender = "rank " + std::to_string(m.from) + "'s message (" + name(send.call) +
                             ", " + where(send.site) + ")";
  if (m.shorter) {
    return receiver + "has room for " + std::to_string(recv.bytes) + " bytes, and " + sender +
           "\nhas " + std::to_string(send.bytes) + ". A longer message may not be received.";
  }
  return receiver + "receives " + basic_type_name(recv.basic) + ", and " + sender + "\nis of " +
         basic_type_name(send.basic) + ". Both sides have to name the same type" +
         (basic_type_name(send.basic) == "MPI_BYTE" || basic_type_name(recv.basic) == "MPI_BYTE"
              ? ":\nMPI_BYTE fits MPI_BYTE only."
              : ".");
}

std::string overlap_story(const Log& log, const Overlap& o) {
  const Event& a = log[at(o.rank)][at(o.first)];
  const Event& b = log[at(o.rank)][at(o.second)];
  const auto doing = [](const Event& e) {
    return name(e.call) + " (" + where(e.site) + ") " +
           (e.kind == Kind::Send ? "sends from" : "receives into");
  };
  return "Rank " + std::to_string(o.rank) + " uses the same memory twice at once:\n" + doing(a) +
         " it, and before that is over\n" + doing(b) + " it. What is there then is undefined.";
}

std::string overwrite_story(const Log& log, const Overwrite& o) {
  const Event& send = log[at(o.rank)][at(o.send)];
  return "Rank " + std::to_string(o.rank) + " writes to memory that is still being sent:\n" +
         name(send.call) + " (" + where(send.site) +
         ") sends from it, and it was changed before\n" + name(o.found_by) + " (" +
         where(o.found_at) +
         ") said that the send is over. Until then it may\nbe read, not written: what leaves late "
         "leaves as it is then.";
}

std::string misuse_story(const Misuse& m) {
  const std::string who =
      "Rank " + std::to_string(m.rank) + ", " + name(m.call) + " (" + where(m.site) + "):\n";
  switch (m.fault) {
    case EpochFault::NoEpoch:
      return who + "no epoch is open. A fence, a lock or a start has to come before it.";
    case EpochFault::NotOpen:
      return who + "it ends an epoch that was never begun.";
    case EpochFault::AlreadyOpen:
      return who + "it begins an epoch while another is open.";
    case EpochFault::LeftOpen:
      return who + "its epoch was never ended: what it put or got need not have happened.";
  }
  return who;
}

}  // namespace kit::lens
