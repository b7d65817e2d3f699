#include "lens/messages/recorder.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <limits>

#include "lens/messages/basic_type.hpp"
#include "lens/messages/match.hpp"
#include "lens/messages/mirror.hpp"
#include "lens/messages/report.hpp"

namespace kit::lens {
namespace {

// Tells whether memory was written to. Of a long piece both ends: the time stays bounded.
std::uint64_t checksum(const unsigned char* data, std::size_t bytes) {
  constexpr std::size_t kEnd = 128 << 10;
  std::uint64_t sum = bytes;
  const auto add = [&](std::size_t from, std::size_t to) {
    for (; from + 8 <= to; from += 8) {
      std::uint64_t word;
      std::memcpy(&word, data + from, 8);
      sum = (sum ^ word) * 0x9e3779b97f4a7c15ULL;
      sum ^= sum >> 29;
    }
    for (; from < to; ++from) sum = (sum ^ data[from]) * 0x100000001b3ULL;
  };
  add(0, std::min(bytes, kEnd));
  if (bytes > kEnd) add(std::max(kEnd, bytes - kEnd), bytes);
  return sum;
}

std::uint32_t mix(std::uint32_t a, std::uint32_t b) {
  a ^= b + 0x9e3779b9U + (a << 6) + (a >> 2);
  return a < 4 ? a + 4 : a;  // 1 is the case's communicator, 2 the world, 3 any other
}

}  // namespace

Recorder& Recorder::get() {
  static Recorder* const only = new Recorder;
  return *only;
}

void Recorder::begin(int rank, int ranks, int case_number, const Conditions& conditions) {
  rank_ = rank;
  ranks_ = ranks;
  conditions_ = conditions;
  clock_.reset();
  if (conditions.clock) clock_.emplace(*conditions.clock, rank);
  heard_.assign(at(ranks), 0);
  arrivals_.clear();
  receives_.clear();
  nth_of_.clear();
  last_site_ = 0;
  operations_.clear();
  contents_.clear();
  communicators_.clear();
  windows_.clear();
  basic_types_.clear();
  persistent.clear();
  probed_messages.clear();
  log_ = &shared().rank[rank];
  // Of no case while the old log is taken away: who packs it for another host must see neither the
  // new number beside the old events nor the old number beside new ones.
  log_->case_number.store(kBetweenCases);
  log_->count.store(0);
  log_->overflow.store(false);
  log_->asked_world.store(0);
  log_->delays.store(0);
  log_->clock_reads.store(0);
  log_->arrivals.store(0);
  log_->case_number.store(case_number);
  change(State::Running);
}

void Recorder::use(MPI_Comm comm) {
  Communicator& own = communicators_[comm];
  own.name = 1;
  for (int r = 0; r < ranks_; ++r) own.rank_of.push_back(r);
}

void Recorder::use_another(MPI_Comm comm, int number) {
  communicators_.erase(comm);
  communicator(comm).name = mix(1, static_cast<std::uint32_t>(number) + 1000);
}

void Recorder::end() {
  log_ = nullptr;
  rank_ = -1;
}

void Recorder::change(State state) {
  log_->state.store(state, std::memory_order_release);
  log_->version.fetch_add(1);
}

void Recorder::arrive() {
  if (!on()) return;
  log_->arrivals.fetch_add(1);
  change(State::Returned);
}

void Recorder::go_on() {
  if (on()) change(State::Running);
}

void Recorder::mark(Kind enter_or_leave) {
  if (!on()) return;
  Event e;
  e.kind = enter_or_leave;
  append(e, last_call_, nullptr);
}

void Recorder::asked_rank(MPI_Comm comm, const void* site) {
  if (on() && comm == MPI_COMM_WORLD) log_->asked_world.store(site_of(site));
}

void Recorder::field(const void* data, std::size_t bytes) {
  if (!on()) return;
  Event e;
  e.kind = Kind::Field;
  e.first = reinterpret_cast<std::uintptr_t>(data);
  e.past = e.first + bytes;
  append(e, last_call_, nullptr);
}

double Recorder::read_clock() {
  if (!on()) return PMPI_Wtime();
  log_->clock_reads.fetch_add(1);
  return clock_ ? clock_->read() : PMPI_Wtime();
}

// Seeded by the call's number, so that a run is disturbed in the same places again.
void Recorder::delay() {
  std::uint64_t x = conditions_.delays + static_cast<std::uint64_t>(rank_) * 1'000'003 +
                    log_->count.load(std::memory_order_relaxed) * 7919ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;  // splitmix64's mixing
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  x ^= x >> 31;
  if (x % 4 != 0) return;
  log_->delays.fetch_add(1);
  ::usleep(static_cast<unsigned>((x >> 8) % 300));
}

int Recorder::append(Event event, Call call, const void* site) {
  event.call = call;
  if (site != nullptr) {
    if (conditions_.delays != 0) delay();
    event.site = site_of(site);
    last_call_ = call;
    last_site_ = event.site;
  }
  const std::uint32_t n = log_->count.load(std::memory_order_relaxed);
  if (n == kMaxEvents) {
    log_->overflow.store(true);
    return -1;
  }
  log_->events[n] = event;
  log_->count.store(n + 1, std::memory_order_release);
  log_->version.fetch_add(1);
  return static_cast<int>(n);
}

Recorder::Communicator& Recorder::communicator(MPI_Comm comm) {
  Communicator& known = communicators_[comm];
  if (known.name != 0) return known;
  // The world, the rank alone, or one that was made before: ranks by way of the world's, of which
  // the case has the last ones in reverse order.
  known.name = comm == MPI_COMM_WORLD ? 2 : 3;
  MPI_Group world, group;
  int size = 0, world_size = 0;
  PMPI_Comm_group(MPI_COMM_WORLD, &world);
  PMPI_Comm_group(comm, &group);
  PMPI_Group_size(group, &size);
  PMPI_Group_size(world, &world_size);
  std::vector<int> own(at(size)), there(at(size));
  for (int i = 0; i < size; ++i) own[at(i)] = i;
  PMPI_Group_translate_ranks(group, size, own.data(), world, there.data());
  for (const int w : there) {
    const int r = world_size - 1 - w;
    known.rank_of.push_back(w >= 0 && r >= 0 && r < ranks_ ? r : kUnknown);
  }
  PMPI_Group_free(&group);
  PMPI_Group_free(&world);
  return known;
}

int Recorder::case_rank(MPI_Comm comm, int rank) {
  if (rank == MPI_ANY_SOURCE) return kAnySource;
  const Communicator& c = communicator(comm);
  return rank >= 0 && at(rank) < c.rank_of.size() ? c.rank_of[at(rank)] : kUnknown;
}

// From the first byte to the last: the type's true bounds, `count` times its extent apart.
void Recorder::place(Event& event, const Envelope& envelope) {
  int size = 0;
  PMPI_Type_size(envelope.type, &size);
  event.bytes = static_cast<std::int64_t>(envelope.count) * size;
  const auto [basic, unknown] = basic_types_.try_emplace(envelope.type);
  if (unknown) basic->second = basic_type(envelope.type);
  event.basic = basic->second;
  if (event.bytes <= 0) return;
  MPI_Aint low = 0, extent = 0, true_low = 0, true_extent = 0;
  PMPI_Type_get_extent(envelope.type, &low, &extent);
  PMPI_Type_get_true_extent(envelope.type, &true_low, &true_extent);
  const std::int64_t first = reinterpret_cast<std::intptr_t>(envelope.data) + true_low;
  const std::int64_t last = first + (envelope.count - 1) * extent;
  event.first = static_cast<std::uint64_t>(std::min(first, last));
  event.past = static_cast<std::uint64_t>(std::max(first, last) + true_extent);
}

int Recorder::post_send(Call call, Mode mode, const Envelope& to, const void* site) {
  if (!on() || to.peer == MPI_PROC_NULL) return -1;
  Event e;
  e.kind = Kind::Send;
  e.mode = mode;
  e.peer = case_rank(to.comm, to.peer);
  if (e.peer == kUnknown) last_unknown_ = to.peer;
  e.tag = to.tag;
  e.comm = communicator(to.comm).name;
  e.waits = conditions_.synchronous && mode == Mode::Standard;
  place(e, to);
  if (clock_) e.arrives = clock_->sent(e.peer, e.bytes);
  return append(e, call, site);
}

int Recorder::post_recv(Call call, const Envelope& from, const void* site) {
  if (!on() || from.peer == MPI_PROC_NULL) return -1;
  Event e;
  e.kind = Kind::Recv;
  e.peer = case_rank(from.comm, from.peer);
  if (e.peer == kUnknown) last_unknown_ = from.peer;
  e.tag = from.tag == MPI_ANY_TAG ? kAnyTag : from.tag;
  e.comm = communicator(from.comm).name;
  place(e, from);
  const int op = append(e, call, site);
  if (clock_ && e.peer >= 0 && e.tag >= 0) nth_of_[op] = receives_[{e.peer, e.comm, e.tag}]++;
  return op;
}

// The nth message of a channel was received: its time is in the sender's log, written before it was
// sent. A message of the caller's own is in no log, and takes no time.
void Recorder::hear(int from, std::uint32_t comm, int tag, std::size_t nth) {
  if (from < 0 || from >= ranks_) return;
  const SharedRank& sender = shared().rank[from];
  const auto& known = arrivals_[{from, comm, tag}];
  // From another host the log comes a little behind its message.
  const bool comes_later = mirror_is_live() && !is_here(from) && tag < kFirstCallersTag;
  for (int waited = 0; waited < 20'000; ++waited) {
    if (sender.case_number.load() == log_->case_number.load()) {
      for (const std::uint32_t end = sender.count.load(std::memory_order_acquire);
           heard_[at(from)] < end; ++heard_[at(from)]) {
        const Event& e = sender.events[heard_[at(from)]];
        if (e.kind == Kind::Send && e.peer == rank_)
          arrivals_[{from, e.comm, e.tag}].push_back(e.arrives);
      }
    }
    if (nth < known.size() || !comes_later) break;
    ::usleep(100);
  }
  if (nth < known.size()) clock_->received(known[nth]);
}

// The status speaks in ranks of the communicator of the receive.
void Recorder::take(Event& receive, const MPI_Status& status) {
  for (const auto& [comm, known] : communicators_) {
    if (known.name != receive.comm) continue;
    if (status.MPI_SOURCE >= 0 && at(status.MPI_SOURCE) < known.rank_of.size()) {
      receive.took_from = known.rank_of[at(status.MPI_SOURCE)];
    }
  }
  receive.took_tag = status.MPI_TAG;
}

void Recorder::done(int op, const MPI_Status* status) {
  if (!on() || op < 0) return;
  Event& post = log_->events[op];
  if (post.kind == Kind::Recv && status != nullptr && !post.cancelled) {
    take(post, *status);
    if (clock_) {
      // Which message of its channel a wildcard took is known only now.
      const auto named = nth_of_.find(op);
      const std::size_t nth = named != nth_of_.end()
                                  ? named->second
                                  : receives_[{post.took_from, post.comm, post.took_tag}]++;
      hear(post.took_from, post.comm, post.took_tag, nth);
    }
  }
  look_at_contents(op);
  Event e;
  e.kind = Kind::Done;
  e.op = op;
  append(e, post.call, nullptr);
}

void Recorder::watch(int op, const Envelope& sent) {
  if (!on() || op < 0) return;
  const Event& e = log_->events[op];
  const bool dense = e.bytes > 0 && e.past - e.first == static_cast<std::uint64_t>(e.bytes);
  if (e.mode == Mode::Buffered || !dense) return;
  const auto base = reinterpret_cast<std::uintptr_t>(sent.data);
  const auto* data =
      static_cast<const unsigned char*>(sent.data) + static_cast<std::ptrdiff_t>(e.first - base);
  const auto bytes = static_cast<std::size_t>(e.bytes);
  contents_[op] = {data, bytes, checksum(data, bytes)};
}

void Recorder::look_at_contents(int op) {
  const auto found = contents_.find(op);
  if (found == contents_.end()) return;
  const Contents sent = found->second;
  contents_.erase(found);
  if (checksum(sent.data, sent.bytes) == sent.sum) return;
  Event e;
  e.kind = Kind::Changed;
  e.op = op;
  e.site = last_site_;
  append(e, last_call_, nullptr);
}

void Recorder::probed(Call call, const Envelope& wanted, const MPI_Status& status,
                      const void* site) {
  if (!on() || wanted.peer == MPI_PROC_NULL) return;
  Event e;
  e.kind = Kind::Probe;
  e.peer = case_rank(wanted.comm, wanted.peer);
  e.tag = wanted.tag == MPI_ANY_TAG ? kAnyTag : wanted.tag;
  e.comm = communicator(wanted.comm).name;
  e.took_from = case_rank(wanted.comm, status.MPI_SOURCE);
  e.took_tag = status.MPI_TAG;
  append(e, call, site);
  if (clock_) {
    const auto before = receives_.find({e.took_from, e.comm, e.took_tag});
    hear(e.took_from, e.comm, e.took_tag, before == receives_.end() ? 0 : before->second);
  }
}

int Recorder::forbidden(Call call, MPI_Comm comm, const void* site, std::uint64_t needs) {
  if (!on()) return -1;
  Event e;
  e.kind = Kind::Forbidden;
  e.comm = comm == MPI_COMM_NULL ? 3 : communicator(comm).name;
  e.object = needs;
  return append(e, call, site);
}

void Recorder::started(Call call, MPI_Comm comm, std::uint64_t needs, MPI_Request request,
                       const void* site) {
  if (!on()) return;
  Event e;
  e.kind = Kind::Forbidden;
  e.comm = communicator(comm).name;
  e.object = needs;
  e.bytes = 1;
  const int op = append(e, call, site);
  remember(request, op);
}

int Recorder::forbidden_on_window(Call call, MPI_Win w, const void* site) {
  const Window* known = window(w);
  if (known == nullptr) return -1;
  Event e;
  e.kind = Kind::Forbidden;
  e.comm = known->name;
  e.object = known->ranks;
  return append(e, call, site);
}

void Recorder::misused(Call call, EpochFault fault, MPI_Win w, const void* site) {
  const Window* known = window(w);
  if (known == nullptr) return;
  Event e;
  e.kind = Kind::Misuse;
  e.tag = static_cast<std::int32_t>(fault);
  e.object = known->name;
  append(e, call, site);
}

std::uint64_t Recorder::one(MPI_Comm comm, int rank) {
  const int r = case_rank(comm, rank);
  return r < 0 ? 0 : std::uint64_t{1} << r;
}

std::uint64_t Recorder::every(MPI_Comm comm) {
  std::uint64_t ranks = 0;
  for (const int r : communicator(comm).rank_of) {
    if (r >= 0) ranks |= std::uint64_t{1} << r;
  }
  return ranks;
}

std::uint64_t Recorder::lower(MPI_Comm comm) {
  int rank = 0;
  PMPI_Comm_rank(comm, &rank);
  std::uint64_t ranks = 0;
  while (rank > 0) ranks |= one(comm, --rank);
  return ranks;
}

std::uint64_t Recorder::neighbours(MPI_Comm comm) {
  int kind = MPI_UNDEFINED, rank = 0;
  PMPI_Topo_test(comm, &kind);
  PMPI_Comm_rank(comm, &rank);
  std::vector<int> from;
  if (kind == MPI_CART) {
    int dimensions = 0;
    PMPI_Cartdim_get(comm, &dimensions);
    for (int d = 0; d < dimensions; ++d) {
      int before = 0, behind = 0;
      PMPI_Cart_shift(comm, d, 1, &before, &behind);
      from.insert(from.end(), {before, behind});
    }
  } else if (kind == MPI_GRAPH) {
    int count = 0;
    PMPI_Graph_neighbors_count(comm, rank, &count);
    from.resize(at(count));
    PMPI_Graph_neighbors(comm, rank, count, from.data());
  } else if (kind == MPI_DIST_GRAPH) {
    int in = 0, out = 0, weighted = 0;
    PMPI_Dist_graph_neighbors_count(comm, &in, &out, &weighted);
    from.resize(at(in));
    std::vector<int> to(at(out)), weights_in(at(in) + 1), weights_out(at(out) + 1);
    PMPI_Dist_graph_neighbors(comm, in, from.data(), weights_in.data(), out, to.data(),
                              weights_out.data());
  }
  std::uint64_t ranks = 0;
  for (const int r : from) {
    if (r >= 0) ranks |= one(comm, r);
  }
  return ranks;
}

void Recorder::made_window(Call call, MPI_Comm comm, MPI_Win w, const void* site) {
  if (!on()) return;
  Communicator& of = communicator(comm);
  Window fresh;
  fresh.name = mix(mix(of.name, ++of.children), 77);
  fresh.ranks = every(comm);
  windows_[w] = fresh;
  // A call that MPI refuses ends the program by default; what is wrong is the lens's to say.
  PMPI_Win_set_errhandler(w, MPI_ERRORS_RETURN);
  made(call, fresh.name, site);
}

bool Recorder::Window::is_open() const {
  return fence_used || !locked.empty() || locked_all || started || posted;
}

void Recorder::freed_window(MPI_Win w, const void* site) {
  if (const Window* known = window(w)) {
    freed(Call::Win_free, known->name, site);
    windows_.erase(w);
  }
}

Recorder::Window* Recorder::window(MPI_Win w) {
  const auto found = windows_.find(w);
  return !on() || found == windows_.end() ? nullptr : &found->second;
}

void Recorder::made(Call call, std::uint64_t object, const void* site) {
  if (!on()) return;
  Event e;
  e.kind = Kind::Made;
  e.object = object;
  append(e, call, site);
}

void Recorder::freed(Call call, std::uint64_t object, const void* site) {
  if (!on()) return;
  Event e;
  e.kind = Kind::Freed;
  e.object = object;
  append(e, call, site);
}

int Recorder::send_copy(const void* data, const Envelope& to) {
  auto copy = std::make_unique<Copy>();
  int size = 0, used = 0;
  int result = PMPI_Pack_size(to.count, to.type, to.comm, &size);
  copy->bytes.resize(at(std::max(size, 1)));
  if (result == MPI_SUCCESS && to.count > 0) {
    result = PMPI_Pack(data, to.count, to.type, copy->bytes.data(), size, &used, to.comm);
  }
  if (result != MPI_SUCCESS) return result;
  // Packed data matches any type on the other side.
  result =
      PMPI_Isend(copy->bytes.data(), used, MPI_PACKED, to.peer, to.tag, to.comm, &copy->request);
  copies_.push_back(std::move(copy));
  return result;
}

int Recorder::forget(MPI_Request request) {
  const auto found = operations_.find(request);
  if (found == operations_.end()) return -1;
  // Which of the sends of one handle is over can't be told: all are as they were until the first is,
  // and later ones aren't looked at.
  if (found->second.size() > 1) {
    for (const int op : found->second) look_at_contents(op);
  }
  const int op = found->second.front();
  found->second.pop_front();
  if (found->second.empty()) operations_.erase(found);
  return op;
}

int Recorder::peek(MPI_Request request, std::size_t nth) const {
  const auto found = operations_.find(request);
  return found == operations_.end() || nth >= found->second.size() ? -1 : found->second[nth];
}

void Recorder::cancelled(MPI_Request request) {
  const int op = peek(request);
  if (on() && op >= 0 && log_->events[op].kind == Kind::Recv) log_->events[op].cancelled = true;
}

void Recorder::block(Call call, const std::vector<int>& ops, bool any, const void* site) {
  if (!on()) return;
  last_call_ = call;
  last_site_ = site_of(site);
  Blocked b;
  b.call = call;
  b.any = any;
  b.site = last_site_;
  for (const int op : ops) {
    if (op < 0) continue;
    if (b.count == Blocked::kRoom)
      b.complete = false;
    else
      b.ops[b.count++] = op;
  }
  if (b.count == 0) return;  // nothing to wait for
  log_->blocked = b;
  change(State::Blocked);
}

void Recorder::block_on_probe(Call call, const Envelope& wanted, const void* site) {
  if (!on() || wanted.peer == MPI_PROC_NULL) return;
  last_call_ = call;
  last_site_ = site_of(site);
  Blocked b;
  b.call = call;
  b.site = last_site_;
  b.peer = case_rank(wanted.comm, wanted.peer);
  b.tag = wanted.tag == MPI_ANY_TAG ? kAnyTag : wanted.tag;
  b.comm = communicator(wanted.comm).name;
  log_->blocked = b;
  change(State::Blocked);
}

void Recorder::block_on_window(Call call, MPI_Win w, const void* site) {
  const Window* known = window(w);
  if (known == nullptr) return;
  Blocked b;
  b.call = call;
  b.site = site_of(site);
  b.comm = known->name;
  b.needs = known->ranks;
  log_->blocked = b;
  change(State::Blocked);
}

void Recorder::block_on_meeting(Call call, MPI_Comm comm, std::uint64_t needs, const void* site) {
  if (!on()) return;
  Blocked b;
  b.call = call;
  b.site = site_of(site);
  b.comm = communicator(comm).name;
  b.needs = needs;
  log_->blocked = b;
  change(State::Blocked);
}

void Recorder::unblock() {
  if (on()) change(State::Running);
}

void Recorder::made_communicator(Call call, MPI_Comm parent, int colour, MPI_Comm comm,
                                 const void* site) {
  if (!on()) return;
  Communicator& from = communicator(parent);
  const std::uint32_t name =
      mix(mix(from.name, ++from.children), static_cast<std::uint32_t>(colour));
  if (comm == MPI_COMM_NULL) return;
  communicators_.erase(comm);  // an old one of the same handle
  communicator(comm).name = name;
  made(call, name, site);
}

void Recorder::made_group_communicator(MPI_Comm comm, const void* site) {
  if (comm == MPI_COMM_NULL) return;
  communicators_.erase(comm);
  Communicator& fresh = communicator(comm);
  // The world's ranks that it has, in their order: members agree on that.
  std::uint32_t name = 5;
  for (const int r : fresh.rank_of) name = mix(name, static_cast<std::uint32_t>(r + 8));
  fresh.name = name;
  made(Call::Comm_create_group, name, site);
}

void Recorder::freed_communicator(MPI_Comm comm, const void* site) {
  if (!on()) return;
  freed(Call::Comm_free, communicator(comm).name, site);
  communicators_.erase(comm);
}

void Recorder::clean_up() {
  if (!on()) return;
  for (const auto& [w, state] : windows_) {
    if (state.is_open()) misused(state.opened_by, EpochFault::LeftOpen, w, state.opened_at);
  }
  for (auto& [request, stored] : persistent) {
    MPI_Request free_me = request;
    if (operations_.find(request) == operations_.end()) PMPI_Request_free(&free_me);
  }
  persistent.clear();
  end_open_receives();
  const Log log = read_log(ranks_);
  const Matches matches = match(log);
  // What was sent to this rank and never received. The log knows each for certain; a probe might
  // come too early.
  std::vector<char> waste;
  for (const Message& m : matches.messages) {
    if (m.to != rank_ || m.recv >= 0) continue;
    const Event& send = log[at(m.from)][at(m.send)];
    for (const auto& [comm, known] : communicators_) {
      if (known.name != send.comm) continue;
      const auto from = std::find(known.rank_of.begin(), known.rank_of.end(), m.from);
      if (from == known.rank_of.end()) continue;
      waste.resize(static_cast<std::size_t>(std::max<std::int64_t>(send.bytes, 1)));
      PMPI_Recv(waste.data(), static_cast<int>(waste.size()), MPI_BYTE,
                static_cast<int>(from - known.rank_of.begin()), send.tag, comm, MPI_STATUS_IGNORE);
    }
  }
  for (auto& [request, ops] : operations_) {
    MPI_Request open = request;  // a handle that many share is over already
    if (open != MPI_REQUEST_NULL) PMPI_Wait(&open, MPI_STATUS_IGNORE);
  }
  operations_.clear();
  for (const auto& copy : copies_) PMPI_Wait(&copy->request, MPI_STATUS_IGNORE);
  copies_.clear();
}

void Recorder::end_open_receives() {
  const Matches matches = match(read_log(ranks_));
  for (auto it = operations_.begin(); it != operations_.end();) {
    const int op = it->second.front();
    MPI_Request open = it->first;
    if (op < 0 || open == MPI_REQUEST_NULL || log_->events[op].kind != Kind::Recv) {
      ++it;
      continue;
    }
    Event& post = log_->events[op];
    const bool wildcard = post.peer == kAnySource || post.tag == kAnyTag;
    if (wildcard || matches.message_of[at(rank_)][at(op)] < 0) PMPI_Cancel(&open);
    MPI_Status status;
    PMPI_Wait(&open, &status);
    int nothing = 0;
    PMPI_Test_cancelled(&status, &nothing);
    if (nothing != 0) {
      post.cancelled = true;
    } else if (wildcard) {
      take(post, status);  // so that what it took isn't looked for again
    }
    it = operations_.erase(it);
  }
}

}  // namespace kit::lens
