// This rank's side of the lens: it turns calls into events in the shared log, and knows which
// operation a request handle stands for. Used by the wrappers (wrap_*.cpp) and, to begin and end a
// case, by the harness.
#pragma once

#include <mpi.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "lens/messages/shared.hpp"
#include "lens/messages/virtual_clock.hpp"

namespace kit::lens {

class Recorder {
 public:
  static Recorder& get();

  /// A case begins: `rank` is this rank's in it, and its log is empty again. It runs on the
  /// communicator `comm`.
  void begin(int rank, int ranks, int case_number, const Conditions& conditions);
  void use(MPI_Comm comm);
  /// `comm` is one that the suite made of the case's, and frees after clean_up(); `number` tells
  /// several apart, and is the same on all ranks.
  void use_another(MPI_Comm comm, int number);
  /// What the case left behind is received, cancelled and completed, so that `comm` can be freed.
  /// When all are back.
  void clean_up();
  void end();
  bool on() const { return log_ != nullptr; }
  const Conditions& conditions() const { return conditions_; }

  /// The rank comes to a meeting with all others, and goes on from it.
  void arrive();
  void go_on();
  void mark(Kind enter_or_leave);

  // What the wrappers say. An operation is the number of the event that posted it; -1 stands for
  // none (MPI_PROC_NULL).
  struct Envelope {
    int count;
    MPI_Datatype type;
    int peer;
    int tag;
    MPI_Comm comm;
    const void* data = nullptr;
  };
  int post_send(Call call, Mode mode, const Envelope& to, const void* site);
  int post_recv(Call call, const Envelope& from, const void* site);
  void done(int op, const MPI_Status* status);
  /// A send that has begun and isn't over when its call returns: what it sends is to stay as it is.
  void watch(int op, const Envelope& sent);
  void probed(Call call, const Envelope& wanted, const MPI_Status& status, const void* site);
  /// `needs`: who must have come before this rank can leave it. Returns its event.
  int forbidden(Call call, MPI_Comm comm, const void* site, std::uint64_t needs = 0);
  int forbidden_on_window(Call call, MPI_Win window, const void* site);
  void misused(Call call, EpochFault fault, MPI_Win window, const void* site);
  /// A collective that goes on by itself: an operation, ended by a wait.
  void started(Call call, MPI_Comm comm, std::uint64_t needs, MPI_Request request,
               const void* site);
  void made(Call call, std::uint64_t object, const void* site);
  void forget_type(MPI_Datatype type) { basic_types_.erase(type); }
  void freed(Call call, std::uint64_t object, const void* site);
  void asked_rank(MPI_Comm comm, const void* site);
  void field(const void* data, std::size_t bytes);
  double read_clock();

  /// Sends a copy and returns: the caller's buffer is free at once, as with a library that always
  /// buffers.
  int send_copy(const void* data, const Envelope& to);

  // Handles are not names: Open MPI gives all small sends that end at once the same one. So each
  // has a queue.
  void remember(MPI_Request request, int op) { operations_[request].push_back(op); }
  int forget(MPI_Request request);
  int peek(MPI_Request request, std::size_t nth = 0) const;
  void cancelled(MPI_Request request);

  struct Persistent {
    Call call;
    Mode mode;
    bool send;
    Envelope envelope;
  };
  std::map<MPI_Request, Persistent> persistent;
  std::map<MPI_Message, Envelope> probed_messages;

  // A call that may wait: what for is written down before it, and taken back after it.
  void block(Call call, const std::vector<int>& ops, bool any, const void* site);
  void block_on_probe(Call call, const Envelope& wanted, const void* site);
  void block_on_meeting(Call call, MPI_Comm comm, std::uint64_t needs, const void* site);
  void block_on_window(Call call, MPI_Win window, const void* site);

  // Ranks of the case as bits: of a communicator all, one, those before this rank, those whose
  // messages a neighbourhood collective waits for.
  std::uint64_t every(MPI_Comm comm);
  std::uint64_t one(MPI_Comm comm, int rank);
  std::uint64_t lower(MPI_Comm comm);
  std::uint64_t neighbours(MPI_Comm comm);
  void unblock();

  /// A communicator made from `parent`: a name that all its members find without talking.
  void made_communicator(Call call, MPI_Comm parent, int colour, MPI_Comm made, const void* site);
  /// One that only its own members know of: named by them.
  void made_group_communicator(MPI_Comm made, const void* site);
  void freed_communicator(MPI_Comm comm, const void* site);

  struct Window {
    std::uint32_t name = 0;
    std::uint64_t ranks = 0;
    bool fenced = false;      // a fence stands before what follows ...
    bool fence_used = false;  // ... and something was put or got since
    std::set<int> locked;     // targets
    bool locked_all = false, started = false, posted = false;
    const void* opened_at = nullptr;
    Call opened_by{};  // the last call that began an epoch, or put something into one

    bool is_open() const;
  };
  void made_window(Call call, MPI_Comm comm, MPI_Win window, const void* site);
  void freed_window(MPI_Win window, const void* site);
  /// nullptr if it wasn't made in this case.
  Window* window(MPI_Win w);

  /// The call that this rank is in or was in last, for messages about errors and crashes.
  void note(Call call, const void* site) {
    last_call_ = call;
    last_site_ = site_of(site);
  }
  Call last_call() const { return last_call_; }
  std::uint64_t last_site() const { return last_site_; }
  /// The last rank that was sent to or received from and isn't one of the case's.
  int last_unknown() const { return last_unknown_; }
  int rank() const { return rank_; }

 private:
  struct Communicator {
    std::uint32_t name = 0;
    std::uint32_t children = 0;
    std::vector<int> rank_of;  // rank in it -> rank of the case, or kUnknown
  };
  struct Copy {
    std::vector<char> bytes;
    MPI_Request request;
  };

  using Channel = std::tuple<int, std::uint32_t, int>;  // sender, communicator, tag

  void place(Event& event, const Envelope& envelope);
  void hear(int from, std::uint32_t comm, int tag, std::size_t nth);
  void delay();
  Communicator& communicator(MPI_Comm comm);
  int case_rank(MPI_Comm comm, int rank);
  void take(Event& receive, const MPI_Status& status);
  void end_open_receives();
  void look_at_contents(int op);
  int append(Event event, Call call, const void* site);
  void change(State state);

  SharedRank* log_ = nullptr;
  Conditions conditions_;
  std::optional<VirtualClock> clock_;
  std::vector<std::uint32_t> heard_;  // of each rank's log, how far its sends are in arrivals_
  std::map<Channel, std::vector<double>> arrivals_;
  std::map<Channel, std::size_t> receives_;  // named ones posted, wildcards ended
  std::map<int, std::size_t> nth_of_;        // of a named receive: which message of its channel
  int rank_ = -1;
  int ranks_ = 0;
  Call last_call_ = Call::Send;
  std::uint64_t last_site_ = 0;
  int last_unknown_ = 0;
  std::map<MPI_Request, std::deque<int>> operations_;
  struct Contents {
    const unsigned char* data;
    std::size_t bytes;
    std::uint64_t sum;
  };
  std::map<int, Contents> contents_;  // of sends that aren't over
  std::map<MPI_Comm, Communicator> communicators_;
  std::map<MPI_Win, Window> windows_;
  std::map<MPI_Datatype, std::uint8_t> basic_types_;
  std::vector<std::unique_ptr<Copy>> copies_;
};

}  // namespace kit::lens
