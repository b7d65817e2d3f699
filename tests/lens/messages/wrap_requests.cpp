// The learner's calls that begin an operation and those that end it: Isend to Start, Wait to
// Testsome.
#include <unistd.h>

#include "lens/messages/recorder.hpp"

using kit::lens::Call;
using kit::lens::Mode;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

// A loop of unsuccessful tests must give the core away: beside other load it takes a hundred times
// as long else.
void rest() {
  ::usleep(20);
}

std::uint64_t object(MPI_Request request) {
  return reinterpret_cast<std::uintptr_t>(request);
}

// Handles as they were before a call that may clear them, and statuses of one's own where the
// caller wants none.
struct Group {
  Group(int count, MPI_Request* requests, MPI_Status* theirs)
      : handles(requests, requests + count),
        own(static_cast<std::size_t>(theirs == MPI_STATUSES_IGNORE ? count : 0)),
        statuses(theirs == MPI_STATUSES_IGNORE ? own.data() : theirs) {}

  // What each handle stands for; handles that are the same one take their places in the queue.
  std::vector<int> operations() const {
    std::vector<int> ops;
    std::map<MPI_Request, std::size_t> nth;
    for (const MPI_Request r : handles)
      ops.push_back(r == MPI_REQUEST_NULL ? -1 : Recorder::get().peek(r, nth[r]++));
    return ops;
  }
  void done(int i, const MPI_Status* status) {
    const MPI_Request r = handles[static_cast<std::size_t>(i)];
    if (r != MPI_REQUEST_NULL) Recorder::get().done(Recorder::get().forget(r), status);
  }
  void all_done() {
    for (int i = 0; i < static_cast<int>(handles.size()); ++i) done(i, &statuses[i]);
  }
  void some_done(int count, const int* which) {
    for (int i = 0; count != MPI_UNDEFINED && i < count; ++i) done(which[i], &statuses[i]);
  }

  std::vector<MPI_Request> handles;
  std::vector<MPI_Status> own;
  MPI_Status* statuses;
};

int begin_send(int (*pmpi)(const void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Request*),
               Call call, Mode mode, const void* data, const Recorder::Envelope& to,
               MPI_Request* request, const void* site) {
  Recorder& recorder = Recorder::get();
  const int op = recorder.post_send(call, mode, to, site);
  recorder.watch(op, to);
  if (recorder.conditions().synchronous && recorder.on() && mode == Mode::Standard) {
    pmpi = PMPI_Issend;
  }
  const int result = pmpi(data, to.count, to.type, to.peer, to.tag, to.comm, request);
  if (recorder.on()) recorder.remember(*request, op);
  return result;
}

int init_send(int (*pmpi)(const void*, int, MPI_Datatype, int, int, MPI_Comm, MPI_Request*),
              Call call, Mode mode, const void* data, const Recorder::Envelope& to,
              MPI_Request* request, const void* site) {
  if (Recorder::get().on() && Recorder::get().conditions().synchronous && mode == Mode::Standard) {
    pmpi = PMPI_Ssend_init;
  }
  const int result = pmpi(data, to.count, to.type, to.peer, to.tag, to.comm, request);
  Recorder::get().made(call, object(*request), site);
  if (Recorder::get().on()) Recorder::get().persistent[*request] = {call, mode, true, to};
  return result;
}

void start(Call call, MPI_Request request, const void* site) {
  Recorder& recorder = Recorder::get();
  const auto found = recorder.persistent.find(request);
  if (found == recorder.persistent.end()) return;
  const auto& stored = found->second;
  const int op = stored.send ? recorder.post_send(call, stored.mode, stored.envelope, site)
                             : recorder.post_recv(call, stored.envelope, site);
  if (stored.send) recorder.watch(op, stored.envelope);
  recorder.remember(request, op);
}

}  // namespace

extern "C" {

#define KIT_SENDS(Begin, Init, mode)                                                              \
  int MPI_##Begin(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm, \
                  MPI_Request* request) {                                                         \
    return begin_send(PMPI_##Begin, Call::Begin, mode, data, {count, type, to, tag, comm, data},  \
                      request, KIT_SITE);                                                         \
  }                                                                                               \
  int MPI_##Init(const void* data, int count, MPI_Datatype type, int to, int tag, MPI_Comm comm,  \
                 MPI_Request* request) {                                                          \
    return init_send(PMPI_##Init, Call::Init, mode, data, {count, type, to, tag, comm, data},     \
                     request, KIT_SITE);                                                          \
  }
KIT_SENDS(Isend, Send_init, Mode::Standard)
KIT_SENDS(Irsend, Rsend_init, Mode::Standard)
KIT_SENDS(Issend, Ssend_init, Mode::Synchronous)
KIT_SENDS(Ibsend, Bsend_init, Mode::Buffered)

int MPI_Irecv(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
              MPI_Request* request) {
  Recorder& recorder = Recorder::get();
  const int op = recorder.post_recv(Call::Irecv, {count, type, from, tag, comm, data}, KIT_SITE);
  const int result = PMPI_Irecv(data, count, type, from, tag, comm, request);
  if (recorder.on()) recorder.remember(*request, op);
  return result;
}

int MPI_Recv_init(void* data, int count, MPI_Datatype type, int from, int tag, MPI_Comm comm,
                  MPI_Request* request) {
  const int result = PMPI_Recv_init(data, count, type, from, tag, comm, request);
  Recorder::get().made(Call::Recv_init, object(*request), KIT_SITE);
  if (Recorder::get().on()) {
    Recorder::get().persistent[*request] = {
        Call::Recv_init, Mode::Standard, false, {count, type, from, tag, comm, data}};
  }
  return result;
}

int MPI_Start(MPI_Request* request) {
  Recorder::get().note(Call::Start, KIT_SITE);
  start(Call::Start, *request, KIT_SITE);
  return PMPI_Start(request);
}

int MPI_Startall(int count, MPI_Request* requests) {
  Recorder::get().note(Call::Startall, KIT_SITE);
  // No requests, nothing to do (MPI 3.1, 3.9). Open MPI 4.1 refuses a null pointer even then.
  if (count == 0) return MPI_SUCCESS;
  for (int i = 0; i < count; ++i) start(Call::Startall, requests[i], KIT_SITE);
  return PMPI_Startall(count, requests);
}

int MPI_Wait(MPI_Request* request, MPI_Status* status) {
  Group group(1, request, status);
  Recorder::get().block(Call::Wait, group.operations(), false, KIT_SITE);
  const int result = PMPI_Wait(request, group.statuses);
  Recorder::get().unblock();
  group.all_done();
  return result;
}

int MPI_Waitall(int count, MPI_Request* requests, MPI_Status* statuses) {
  Group group(count, requests, statuses);
  Recorder::get().block(Call::Waitall, group.operations(), false, KIT_SITE);
  const int result = PMPI_Waitall(count, requests, group.statuses);
  Recorder::get().unblock();
  group.all_done();
  return result;
}

int MPI_Waitany(int count, MPI_Request* requests, int* which, MPI_Status* status) {
  Group group(count, requests, status);
  MPI_Status own;
  MPI_Status* use = status == MPI_STATUS_IGNORE ? &own : status;
  Recorder::get().block(Call::Waitany, group.operations(), true, KIT_SITE);
  const int result = PMPI_Waitany(count, requests, which, use);
  Recorder::get().unblock();
  if (*which != MPI_UNDEFINED) group.done(*which, use);
  return result;
}

int MPI_Waitsome(int count, MPI_Request* requests, int* done, int* which, MPI_Status* statuses) {
  Group group(count, requests, statuses);
  Recorder::get().block(Call::Waitsome, group.operations(), true, KIT_SITE);
  const int result = PMPI_Waitsome(count, requests, done, which, group.statuses);
  Recorder::get().unblock();
  group.some_done(*done, which);
  return result;
}

int MPI_Test(MPI_Request* request, int* flag, MPI_Status* status) {
  Recorder::get().note(Call::Test, KIT_SITE);
  Group group(1, request, status);
  const int result = PMPI_Test(request, flag, group.statuses);
  if (*flag != 0)
    group.all_done();
  else
    rest();
  return result;
}

int MPI_Testall(int count, MPI_Request* requests, int* flag, MPI_Status* statuses) {
  Recorder::get().note(Call::Testall, KIT_SITE);
  Group group(count, requests, statuses);
  const int result = PMPI_Testall(count, requests, flag, group.statuses);
  if (*flag != 0)
    group.all_done();
  else
    rest();
  return result;
}

int MPI_Testany(int count, MPI_Request* requests, int* which, int* flag, MPI_Status* status) {
  Recorder::get().note(Call::Testany, KIT_SITE);
  Group group(count, requests, status);
  MPI_Status own;
  MPI_Status* use = status == MPI_STATUS_IGNORE ? &own : status;
  const int result = PMPI_Testany(count, requests, which, flag, use);
  if (*flag != 0 && *which != MPI_UNDEFINED) group.done(*which, use);
  if (*flag == 0) rest();
  return result;
}

int MPI_Testsome(int count, MPI_Request* requests, int* done, int* which, MPI_Status* statuses) {
  Recorder::get().note(Call::Testsome, KIT_SITE);
  Group group(count, requests, statuses);
  const int result = PMPI_Testsome(count, requests, done, which, group.statuses);
  group.some_done(*done, which);
  if (*done == 0) rest();
  return result;
}

int MPI_Iprobe(int from, int tag, MPI_Comm comm, int* flag, MPI_Status* status) {
  MPI_Status own;
  MPI_Status* use = status == MPI_STATUS_IGNORE ? &own : status;
  const int result = PMPI_Iprobe(from, tag, comm, flag, use);
  if (*flag == 0)
    rest();
  else
    Recorder::get().probed(Call::Iprobe, {0, MPI_BYTE, from, tag, comm}, *use, KIT_SITE);
  return result;
}

int MPI_Improbe(int from, int tag, MPI_Comm comm, int* flag, MPI_Message* message,
                MPI_Status* status) {
  MPI_Status own;
  MPI_Status* use = status == MPI_STATUS_IGNORE ? &own : status;
  const int result = PMPI_Improbe(from, tag, comm, flag, message, use);
  if (*flag == 0) {
    rest();
    return result;
  }
  Recorder& recorder = Recorder::get();
  recorder.probed(Call::Improbe, {0, MPI_BYTE, from, tag, comm}, *use, KIT_SITE);
  recorder.probed_messages[*message] = {0, MPI_BYTE, use->MPI_SOURCE, use->MPI_TAG, comm};
  return result;
}

int MPI_Imrecv(void* data, int count, MPI_Datatype type, MPI_Message* message,
               MPI_Request* request) {
  Recorder& recorder = Recorder::get();
  Recorder::Envelope from{count, type, MPI_PROC_NULL, 0, MPI_COMM_NULL, data};
  if (const auto found = recorder.probed_messages.find(*message);
      found != recorder.probed_messages.end()) {
    from = found->second;
    from.count = count;
    from.type = type;
    from.data = data;
    recorder.probed_messages.erase(found);
  }
  const int op = recorder.post_recv(Call::Imrecv, from, KIT_SITE);
  const int result = PMPI_Imrecv(data, count, type, message, request);
  if (recorder.on()) recorder.remember(*request, op);
  return result;
}

int MPI_Cancel(MPI_Request* request) {
  Recorder::get().cancelled(*request);
  return PMPI_Cancel(request);
}

// An operation whose request is freed is never known to have ended: it stays open in the log.
int MPI_Request_free(MPI_Request* request) {
  Recorder& recorder = Recorder::get();
  if (recorder.persistent.erase(*request) == 0) {
    recorder.forget(*request);
  } else {
    recorder.freed(Call::Request_free, object(*request), KIT_SITE);
  }
  return PMPI_Request_free(request);
}

}  // extern "C"
