#include "lens/messages/mirror.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <set>
#include <thread>

#include "lens/messages/last_words.hpp"
#include "lens/messages/shared.hpp"

namespace kit::lens {
namespace {

using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr auto kSilence = milliseconds(10'000);  // then the other side is lost
constexpr auto kGreeting = milliseconds(500);    // between two signs of life
constexpr auto kGrace = milliseconds(2'000);  // a rank that ends takes its connection with it: the
                                              // launcher is the one to say so

enum class Type : std::uint32_t { Alive, Rank, Words };

struct Header {
  Type type;
  std::uint32_t length;
};

struct RankHead {
  int rank;
  int case_number;
  std::uint64_t version;
  State state;
  int arrivals;
  std::uint32_t count;
  int overflow;
  int delays;
  int clock_reads;
  std::uint64_t asked_world;
  Blocked blocked;
  std::uint32_t first;    // the events from here to `count` follow,
  std::uint32_t changed;  // then so many older ones, each behind its number
};

struct Words {
  int kind, rank, signal, call, frames;
  std::uint64_t site;
  char text[256];
  std::uint64_t frame[32];
};

template <class T>
void put(std::string& out, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
bool take(const std::string& in, std::size_t& at, T& value) {
  if (in.size() - at < sizeof value) return false;
  std::memcpy(static_cast<void*>(&value), in.data() + at, sizeof value);
  at += sizeof value;
  return true;
}

// One end of a connection: whole frames in, whole frames out, never waiting.
struct Link {
  int socket = -1;
  std::string host;
  std::string in, out;
  Steady::time_point heard = Steady::now();
  Steady::time_point ended = {};  // when the other side closed it
  bool told = false;

  void send(Type type, const std::string& payload) {
    put(out, Header{type, static_cast<std::uint32_t>(payload.size())});
    out += payload;
    flush();
  }
  void flush() {
    while (socket >= 0 && !out.empty()) {
      const ssize_t n = ::send(socket, out.data(), out.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EAGAIN) return;
      if (n <= 0) return close();
      out.erase(0, static_cast<std::size_t>(n));
    }
  }
  void close() {
    if (socket >= 0) ::close(socket);
    socket = -1;
    ended = Steady::now();
    out.clear();
  }
  void receive() {
    char bytes[1 << 16];
    while (socket >= 0) {
      const ssize_t n = ::recv(socket, bytes, sizeof bytes, MSG_DONTWAIT);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0 && errno == EAGAIN) return;
      if (n <= 0) return close();
      heard = Steady::now();
      in.append(bytes, static_cast<std::size_t>(n));
    }
  }
  bool next(Header& header, std::string& payload) {
    std::size_t at = 0;
    if (!take(in, at, header) || in.size() - at < header.length) return false;
    payload = in.substr(at, header.length);
    in.erase(0, at + header.length);
    return true;
  }
};

struct Mirror {
  MPI_Comm world = MPI_COMM_NULL, leaders = MPI_COMM_NULL;
  int rank = 0, size = 1, hosts = 1;
  std::vector<std::string> names{""};
  MirrorEvents events;
  std::vector<Link> links;  // on rank 0 one a host, elsewhere the one to rank 0
  std::vector<std::uint32_t> sent;
  std::vector<int> sent_case;
  std::vector<std::uint64_t> sent_version;
  std::vector<int> pids;  // of this host's ranks
  std::thread thread;
  std::atomic<bool> stopping{false}, live{false};
  std::mutex lock;
};

Mirror& mirror() {
  static Mirror* const only = new Mirror;
  return *only;
}

// ---- what a rank has to tell
// -----------------------------------------------------------------------------------------

// Last words are the host's first rank's to carry over; rank 0's watcher tells them.
std::string pack_words() {
  const LastWords& from = shared().last_words;
  Words words{};
  words.kind = static_cast<int>(from.kind);
  words.rank = from.rank;
  words.signal = from.signal;
  words.call = static_cast<int>(from.call);
  words.frames = from.frames;
  words.site = from.site;
  std::memcpy(words.text, from.text, sizeof words.text);
  std::memcpy(words.frame, from.frame, sizeof words.frame);
  std::string out;
  put(out, words);
  return out;
}

void unpack_words(const std::string& in) {
  Words words{};
  std::size_t at = 0;
  LastWords& to = shared().last_words;
  int nobody = 0;
  if (!take(in, at, words) || !to.state.compare_exchange_strong(nobody, 1)) return;
  to.kind = static_cast<LastWords::Kind>(words.kind);
  to.rank = words.rank;
  to.signal = words.signal;
  to.call = static_cast<Call>(words.call);
  to.frames = std::clamp(words.frames, 0, 32);
  to.site = words.site;
  std::memcpy(to.text, words.text, sizeof to.text);
  std::memcpy(to.frame, words.frame, sizeof to.frame);
  to.text[sizeof to.text - 1] = 0;
  to.state.store(2);
}

// ---- connections
// -----------------------------------------------------------------------------------------------------

struct Door {
  std::uint16_t port = 0;  // 0: none
  std::uint32_t addresses = 0;
  std::uint32_t address[16] = {};  // in network order
  char token[32] = {};
};

// A listening socket on any free port, and where the other hosts may reach it.
int open_door(Door& door) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in any{};
  any.sin_family = AF_INET;
  socklen_t length = sizeof any;
  if (fd < 0 || ::bind(fd, reinterpret_cast<sockaddr*>(&any), sizeof any) != 0 ||
      ::listen(fd, kMaxRanks) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&any), &length) != 0 ||
      ::getrandom(door.token, sizeof door.token, 0) != sizeof door.token) {
    if (fd >= 0) ::close(fd);
    return -1;
  }
  door.port = any.sin_port;
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return fd;
  for (const ifaddrs* one = all; one != nullptr && door.addresses < 16; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET ||
        (one->ifa_flags & IFF_LOOPBACK) != 0 || (one->ifa_flags & IFF_UP) == 0)
      continue;
    sockaddr_in address{};
    std::memcpy(&address, one->ifa_addr, sizeof address);
    door.address[door.addresses++] = address.sin_addr.s_addr;
  }
  ::freeifaddrs(all);
  return fd;
}

bool wait_for(int fd, short what, milliseconds most) {
  pollfd waiting{fd, what, 0};
  return ::poll(&waiting, 1, static_cast<int>(most.count())) > 0;
}

void settle(int fd) {
  const int yes = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

int knock(const Door& door, int host) {
  for (std::uint32_t i = 0; i < door.addresses; ++i) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = door.port;
    to.sin_addr.s_addr = door.address[i];
    int error = 0;
    socklen_t length = sizeof error;
    std::string greeting(door.token, sizeof door.token);
    put(greeting, host);
    char yes = 0;
    const bool there =
        (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 || errno == EINPROGRESS) &&
        wait_for(fd, POLLOUT, milliseconds(2000)) &&
        ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0 &&
        ::send(fd, greeting.data(), greeting.size(), MSG_NOSIGNAL) ==
            static_cast<ssize_t>(greeting.size()) &&
        wait_for(fd, POLLIN, milliseconds(5000)) && ::recv(fd, &yes, 1, 0) == 1 && yes == 'y';
    if (there) {
      settle(fd);
      return fd;
    }
    ::close(fd);
  }
  return -1;
}

// All hosts but rank 0's come, or it takes too long.
bool let_in(int listener, const Door& door, std::vector<Link>& links) {
  const auto until = Steady::now() + milliseconds(15'000);
  std::size_t missing = links.size();
  while (missing > 0 && Steady::now() < until) {
    if (!wait_for(listener, POLLIN, milliseconds(200))) continue;
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) continue;
    std::string greeting(sizeof door.token + sizeof(int), 0);
    int host = 0;
    const bool ours =
        wait_for(fd, POLLIN, milliseconds(1000)) &&
        ::recv(fd, greeting.data(), greeting.size(), 0) == static_cast<ssize_t>(greeting.size()) &&
        std::memcmp(greeting.data(), door.token, sizeof door.token) == 0;
    if (ours) std::memcpy(&host, greeting.data() + sizeof door.token, sizeof host);
    const auto link = static_cast<std::size_t>(host) - 1;
    if (!ours || host < 1 || link >= links.size() || links[link].socket >= 0 ||
        ::send(fd, "y", 1, MSG_NOSIGNAL) != 1) {
      ::close(fd);
      continue;
    }
    settle(fd);
    links[link].socket = fd;
    --missing;
  }
  return missing == 0;
}

// ---- the thread
// ------------------------------------------------------------------------------------------------------

// What this host's ranks wrote since the last look. True if there was any.
bool send_news() {
  Mirror& m = mirror();
  bool any = false;
  for (int r = 0; r < m.size; ++r) {
    if (!is_here(r)) continue;
    const SharedRank& one = shared().rank[r];
    const std::uint64_t version = one.version.load();
    const int number = one.case_number.load();
    if (version == m.sent_version[at(r)] && number == m.sent_case[at(r)]) continue;
    if (number != m.sent_case[at(r)]) m.sent[at(r)] = 0;
    const std::string news = pack_rank(r, m.sent[at(r)]);
    if (news.empty()) continue;  // a new case has just begun there
    RankHead head{};
    std::size_t from = 0;
    take(news, from, head);
    for (Link& link : m.links) link.send(Type::Rank, news);
    m.sent[at(r)] = head.count;
    m.sent_case[at(r)] = head.case_number;
    m.sent_version[at(r)] = head.version;
    any = true;
  }
  return any;
}

bool take_news() {
  Mirror& m = mirror();
  bool any = false;
  for (Link& link : m.links) {
    if (link.socket < 0) continue;
    link.receive();
    Header header{};
    for (std::string payload; link.next(header, payload);) {
      if (header.type == Type::Words && m.rank == 0) unpack_words(payload);
      if (header.type != Type::Rank) continue;
      any = true;
      unpack_rank(payload);
      for (Link& other : m.links) {
        if (&other != &link) other.send(Type::Rank, payload);
      }
    }
    link.flush();
  }
  return any;
}

// This host's ranks can't be told anything any more, and nobody waits for them.
[[noreturn]] void end_this_host() {
  for (const int pid : mirror().pids) {
    if (pid != ::getpid()) ::kill(pid, SIGKILL);
  }
  ::_exit(1);
}

void look_after_links() {
  Mirror& m = mirror();
  const auto now = Steady::now();
  for (Link& link : m.links) {
    if (link.told) continue;
    const bool gone = link.socket < 0 && now - link.ended > kGrace;
    const bool silent = link.socket >= 0 && now - link.heard > kSilence;
    if ((!gone && !silent) || m.stopping.load()) continue;
    link.told = true;
    if (m.rank != 0) end_this_host();
    if (m.events.lost) m.events.lost(link.host);
  }
  if (m.rank == 0 && m.events.nobody_listens && m.events.nobody_listens()) ::_exit(1);
}

void run() {
  Mirror& m = mirror();
  auto greeted = Steady::now();
  auto busy = Steady::now();
  bool words_sent = false;
  while (!m.stopping.load()) {
    const bool sent = send_news();
    const bool took = take_news();
    const auto now = Steady::now();
    if (sent || took) busy = now;
    if (m.rank != 0 && !words_sent && shared().last_words.state.load() == 2) {
      words_sent = true;
      for (Link& link : m.links) link.send(Type::Words, pack_words());
    }
    if (now - greeted > kGreeting) {
      greeted = now;
      for (Link& link : m.links) link.send(Type::Alive, "");
    }
    look_after_links();
    // While messages go to and fro they shall not wait for their times.
    std::vector<pollfd> waiting;
    for (const Link& link : m.links) {
      if (link.socket >= 0) waiting.push_back({link.socket, POLLIN, 0});
    }
    const timespec pause = {0, now - busy < milliseconds(20) ? 200'000 : 2'000'000};
    ::ppoll(waiting.data(), waiting.size(), &pause, nullptr);
  }
}

}  // namespace

std::string pack_rank(int r, std::uint32_t first) {
  const SharedRank& one = shared().rank[r];
  RankHead head{};
  head.rank = r;
  head.case_number = one.case_number.load();
  if (head.case_number == kBetweenCases) return "";
  head.version = one.version.load();
  head.state = one.state.load();
  head.arrivals = one.arrivals.load();
  head.blocked = one.blocked;
  head.overflow = one.overflow.load() ? 1 : 0;
  head.delays = one.delays.load();
  head.clock_reads = one.clock_reads.load();
  head.asked_world = one.asked_world.load();
  head.count = one.count.load(std::memory_order_acquire);
  head.first = std::min(first, head.count);
  const std::vector<Event> news(one.events + head.first, one.events + head.count);
  // What a wildcard took is written into its receive when that ends.
  std::set<int> ended;
  for (const Event& e : news) {
    if (e.kind == Kind::Done && e.op >= 0 && static_cast<std::uint32_t>(e.op) < head.first)
      ended.insert(e.op);
  }
  head.changed = static_cast<std::uint32_t>(ended.size());
  // A rank that went on meanwhile: the beginning of its log is one all the same, its state is not.
  if (one.version.load() != head.version) head.state = State::Running;
  if (one.case_number.load() != head.case_number) return "";
  std::string out;
  put(out, head);
  for (const Event& e : news) put(out, e);
  for (const int op : ended) {
    put(out, op);
    put(out, one.events[op]);
  }
  return out;
}

bool unpack_rank(const std::string& news) {
  RankHead head{};
  std::size_t from = 0;
  if (!take(news, from, head) || head.rank < 0 || head.rank >= mirror().size ||
      is_here(head.rank) || head.count > kMaxEvents || head.first > head.count)
    return false;
  const std::lock_guard lock(mirror().lock);
  SharedRank& one = shared().rank[head.rank];
  const int number = one.case_number.load();
  if (head.case_number < number ||
      (head.case_number == number && head.version < one.version.load()))
    return true;
  one.state.store(State::Running);
  if (head.case_number != number) {
    one.count.store(0);
    one.case_number.store(head.case_number);
  }
  one.version.store(head.version);
  if (head.first > one.count.load()) return false;  // something between is missing
  for (std::uint32_t i = head.first; i < head.count; ++i) {
    if (!take(news, from, one.events[i])) return false;
  }
  for (std::uint32_t i = 0; i < head.changed; ++i) {
    int op = 0;
    Event event;
    if (!take(news, from, op) || !take(news, from, event) || op < 0 ||
        static_cast<std::uint32_t>(op) >= head.count)
      return false;
    one.events[op] = event;
  }
  one.arrivals.store(head.arrivals);
  one.overflow.store(head.overflow != 0);
  one.delays.store(head.delays);
  one.clock_reads.store(head.clock_reads);
  one.asked_world.store(head.asked_world);
  one.blocked = head.blocked;
  one.count.store(std::max(head.count, one.count.load()), std::memory_order_release);
  one.state.store(head.state, std::memory_order_release);
  return true;
}

void start_mirror(MPI_Comm world, MirrorEvents events) {
  Mirror& m = mirror();
  m.world = world;
  m.events = std::move(events);
  PMPI_Comm_rank(world, &m.rank);
  PMPI_Comm_size(world, &m.size);
  int first_here = 1;
  for (int r = m.size - m.rank; r < m.size; ++r) first_here = is_here(r) ? 0 : first_here;
  PMPI_Allreduce(&first_here, &m.hosts, 1, MPI_INT, MPI_SUM, world);
  char name[MPI_MAX_PROCESSOR_NAME] = "";
  int length = 0;
  PMPI_Get_processor_name(name, &length);
  std::string names(at(m.size) * sizeof name, 0);
  PMPI_Allgather(name, sizeof name, MPI_CHAR, names.data(), sizeof name, MPI_CHAR, world);
  m.names.clear();
  for (int r = 0; r < m.size; ++r) m.names.emplace_back(names.c_str() + at(r) * sizeof name);
  if (m.hosts == 1) return;

  const int own = ::getpid();
  std::vector<int> all(at(m.size));
  PMPI_Allgather(&own, 1, MPI_INT, all.data(), 1, MPI_INT, world);
  for (int r = 0; r < m.size; ++r) {
    if (is_here(m.size - 1 - r)) m.pids.push_back(all[at(r)]);
  }
  m.sent.assign(at(m.size), 0);
  m.sent_case.assign(at(m.size), 0);
  m.sent_version.assign(at(m.size), 0);
  PMPI_Comm_split(world, first_here == 1 ? 0 : MPI_UNDEFINED, m.rank, &m.leaders);
  int connected = 1;
  if (m.leaders != MPI_COMM_NULL) {
    int host = 0;
    PMPI_Comm_rank(m.leaders, &host);
    std::vector<int> leader(at(m.hosts));
    PMPI_Allgather(&m.rank, 1, MPI_INT, leader.data(), 1, MPI_INT, m.leaders);
    Door door;
    const int listener = m.rank == 0 ? open_door(door) : -1;
    PMPI_Bcast(&door, sizeof door, MPI_BYTE, 0, m.leaders);
    if (m.rank == 0) {
      m.links.resize(at(m.hosts) - 1);
      for (int h = 1; h < m.hosts; ++h) m.links[at(h) - 1].host = m.names[at(leader[at(h)])];
      connected = listener >= 0 && let_in(listener, door, m.links) ? 1 : 0;
      if (listener >= 0) ::close(listener);
    } else {
      m.links.resize(1);
      m.links[0].host = m.names[0];
      m.links[0].socket = door.port == 0 ? -1 : knock(door, host);
      connected = m.links[0].socket >= 0 ? 1 : 0;
    }
  }
  int live = 0;
  PMPI_Allreduce(&connected, &live, 1, MPI_INT, MPI_MIN, world);
  m.live.store(live != 0);
  if (live == 0) {
    for (Link& link : m.links) link.close();
    if (m.rank == 0)
      std::fprintf(stderr,
                   "kit: the hosts can't connect to %s over TCP (a firewall?); results hold, but a "
                   "hang is only seen by the time limit\n",
                   m.names[0].c_str());
  }
  if (m.leaders == MPI_COMM_NULL || live == 0) return;
  for (Link& link : m.links) link.heard = Steady::now();
  sigset_t every, old;
  sigfillset(&every);
  pthread_sigmask(SIG_SETMASK, &every, &old);
  m.thread = std::thread(run);
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
}

void exchange_logs() {
  Mirror& m = mirror();
  if (m.hosts == 1) return;
  const std::string own = pack_rank(m.size - 1 - m.rank, 0);
  const int size = static_cast<int>(own.size());
  std::vector<int> sizes(at(m.size)), places;
  PMPI_Allgather(&size, 1, MPI_INT, sizes.data(), 1, MPI_INT, m.world);
  int total = 0;
  for (const int s : sizes) {
    places.push_back(total);
    total += s;
  }
  std::string all(at(total), 0);
  PMPI_Allgatherv(own.data(), size, MPI_BYTE, all.data(), sizes.data(), places.data(), MPI_BYTE,
                  m.world);
  if (m.leaders != MPI_COMM_NULL) {
    for (int r = 0; r < m.size; ++r) unpack_rank(all.substr(at(places[at(r)]), at(sizes[at(r)])));
  }
  PMPI_Barrier(m.world);
}

void stop_mirror() {
  Mirror& m = mirror();
  if (m.hosts == 1) return;
  PMPI_Barrier(m.world);
  m.stopping.store(true);
  if (m.thread.joinable()) m.thread.join();
  PMPI_Barrier(m.world);  // nobody closes before everybody knows that it is over
  for (Link& link : m.links) link.close();
  if (m.leaders != MPI_COMM_NULL) PMPI_Comm_free(&m.leaders);
}

const std::vector<std::string>& hosts_of_world() {
  return mirror().names;
}
int hosts() {
  return mirror().hosts;
}
bool mirror_is_live() {
  return mirror().live.load();
}
std::mutex& mirror_lock() {
  return mirror().lock;
}

}  // namespace kit::lens
