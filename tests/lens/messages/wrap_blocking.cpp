// The learner's blocking calls on their way to MPI: written down, then done by the library's own
// PMPI_ functions. A standard send sends a copy and returns at once; whether the program needs that
// is what the replay finds out.
#include "lens/messages/recorder.hpp"

using kit::lens::Call;
using kit::lens::Mode;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

// A status of one's own where the caller wants none: the lens needs to know what a receive took.
struct Status {
  explicit Status(MPI_Status* theirs) : use(theirs == MPI_STATUS_IGNORE ? &own : theirs) {}
  MPI_Status own{};
  MPI_Status* use;
};

int send(Call call, const void* data, const Recorder::Envelope& to, const void* site) {
  Recorder& recorder = Recorder::get();
  const int op = recorder.post_send(call, Mode::Standard, to, site);
  if (op < 0) return PMPI_Send(data, to.count, to.type, to.peer, to.tag, to.comm);
  int result;
  if (recorder.conditions().synchronous) {
    recorder.block(call, {op}, false, site);
    result = PMPI_Ssend(data, to.count, to.type, to.peer, to.tag, to.comm);
    recorder.unblock();
  } else {
    result = recorder.send_copy(data, to);
  }
  recorder.done(op, nullptr);
  return result;
}

}  // namespace

extern "C" {

int MPI_Send(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  return send(Call::Send, data, {count, type, to, tag, comm, data}, KIT_SITE);
}

int MPI_Rsend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  return send(Call::Rsend, data, {count, type, to, tag, comm, data}, KIT_SITE);
}

int MPI_Bsend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  Recorder& recorder = Recorder::get();
  const int op =
      recorder.post_send(Call::Bsend, Mode::Buffered, {count, type, to, tag, comm, data}, KIT_SITE);
  const int result = PMPI_Bsend(data, count, type, to, tag, comm);
  recorder.done(op, nullptr);
  return result;
}

int MPI_Ssend(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm) {
  Recorder& recorder = Recorder::get();
  const int op = recorder.post_send(Call::Ssend, Mode::Synchronous,
                                    {count, type, to, tag, comm, data}, KIT_SITE);
  recorder.block(Call::Ssend, {op}, false, KIT_SITE);
  const int result = PMPI_Ssend(data, count, type, to, tag, comm);
  recorder.unblock();
  recorder.done(op, nullptr);
  return result;
}

int MPI_Recv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
             MPI_Status* status) {
  Recorder& recorder = Recorder::get();
  Status s(status);
  const int op = recorder.post_recv(Call::Recv, {count, type, from, tag, comm, data}, KIT_SITE);
  recorder.block(Call::Recv, {op}, false, KIT_SITE);
  const int result = PMPI_Recv(data, count, type, from, tag, comm, s.use);
  recorder.unblock();
  recorder.done(op, s.use);
  return result;
}

int MPI_Sendrecv(const void* data, int count, MPI_Datatype type, int to, int tag, void* room,
                 int room_count, MPI_Datatype room_type, int from, int room_tag, MPI_Comm comm,
                 MPI_Status* status) {
  Recorder& recorder = Recorder::get();
  if (!recorder.on()) {
    return PMPI_Sendrecv(data, count, type, to, tag, room, room_count, room_type, from, room_tag,
                         comm, status);
  }
  Status s(status);
  const Recorder::Envelope out{count, type, to, tag, comm, data},
      in{room_count, room_type, from, room_tag, comm, room};
  const int receive = recorder.post_recv(Call::Sendrecv, in, KIT_SITE);
  const int sent = recorder.post_send(Call::Sendrecv, Mode::Standard, out, KIT_SITE);
  recorder.block(Call::Sendrecv, {receive, sent}, false, KIT_SITE);
  const int result = PMPI_Sendrecv(data, count, type, to, tag, room, room_count, room_type, from,
                                   room_tag, comm, s.use);
  recorder.unblock();
  recorder.done(receive, s.use);
  recorder.done(sent, nullptr);
  return result;
}

int MPI_Sendrecv_replace(void* data, int count, MPI_Datatype type, int to, int tag, int from,
                         int room_tag, MPI_Comm comm, MPI_Status* status) {
  Recorder& recorder = Recorder::get();
  Status s(status);
  const int receive = recorder.post_recv(Call::Sendrecv_replace,
                                         {count, type, from, room_tag, comm, data}, KIT_SITE);
  const int sent = recorder.post_send(Call::Sendrecv_replace, Mode::Standard,
                                      {count, type, to, tag, comm, data}, KIT_SITE);
  recorder.block(Call::Sendrecv_replace, {receive, sent}, false, KIT_SITE);
  const int result = PMPI_Sendrecv_replace(data, count, type, to, tag, from, room_tag, comm, s.use);
  recorder.unblock();
  recorder.done(receive, s.use);
  recorder.done(sent, nullptr);
  return result;
}

int MPI_Probe(int from, int tag, MPI_Comm comm, MPI_Status* status) {
  Recorder& recorder = Recorder::get();
  const Recorder::Envelope wanted{0, MPI_BYTE, from, tag, comm};
  Status s(status);
  recorder.block_on_probe(Call::Probe, wanted, KIT_SITE);
  const int result = PMPI_Probe(from, tag, comm, s.use);
  recorder.unblock();
  recorder.probed(Call::Probe, wanted, *s.use, KIT_SITE);
  return result;
}

int MPI_Mprobe(int from, int tag, MPI_Comm comm, MPI_Message* message, MPI_Status* status) {
  Recorder& recorder = Recorder::get();
  const Recorder::Envelope wanted{0, MPI_BYTE, from, tag, comm};
  Status s(status);
  recorder.block_on_probe(Call::Mprobe, wanted, KIT_SITE);
  const int result = PMPI_Mprobe(from, tag, comm, message, s.use);
  recorder.unblock();
  recorder.probed(Call::Mprobe, wanted, *s.use, KIT_SITE);
  recorder.probed_messages[*message] = {0, MPI_BYTE, s.use->MPI_SOURCE, s.use->MPI_TAG, comm};
  return result;
}

int MPI_Mrecv(void* data, int count, MPI_Datatype type, MPI_Message* message, MPI_Status* status) {
  Recorder& recorder = Recorder::get();
  Status s(status);
  Recorder::Envelope from{count, type, MPI_PROC_NULL, 0, MPI_COMM_NULL, data};
  if (const auto found = recorder.probed_messages.find(*message);
      found != recorder.probed_messages.end()) {
    from = found->second;
    from.count = count;
    from.type = type;
    from.data = data;
    recorder.probed_messages.erase(found);
  }
  const int op = recorder.post_recv(Call::Mrecv, from, KIT_SITE);
  const int result = PMPI_Mrecv(data, count, type, message, s.use);
  recorder.done(op, s.use);
  return result;
}

}  // extern "C"
