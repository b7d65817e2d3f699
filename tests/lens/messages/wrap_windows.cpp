// Windows and one-sided calls. Making one is a collective call, and forbidden where those are. Beyond
// that the lens keeps, for each window, which epoch this rank is in, and writes down each call that is
// outside of its own. Such a call is not carried out: what MPI does with it isn't defined.
#include "lens/messages/recorder.hpp"

using kit::lens::Call;
using kit::lens::EpochFault;
using kit::lens::Recorder;

#define KIT_SITE __builtin_return_address(0)

namespace {

using Window = Recorder::Window;

// What is wrong with reaching into `target`'s window now; nothing if all is well.
bool may_reach(Call call, MPI_Win w, int target, const void* site) {
  Recorder& recorder = Recorder::get();
  Window* state = recorder.window(w);
  if (state == nullptr || target == MPI_PROC_NULL) return true;
  if (state->locked.count(target) != 0 || state->locked_all || state->started) return true;
  if (!state->fenced) {
    recorder.misused(call, EpochFault::NoEpoch, w, site);
    return false;
  }
  state->fence_used = true;
  state->opened_by = call;
  state->opened_at = site;
  return true;
}

bool may_open(Call call, MPI_Win w, bool already, const void* site) {
  Recorder& recorder = Recorder::get();
  Window* state = recorder.window(w);
  if (state == nullptr) return true;
  if (already || state->fence_used) {
    recorder.misused(call, EpochFault::AlreadyOpen, w, site);
    return false;
  }
  state->opened_by = call;
  state->opened_at = site;
  return true;
}

bool may_close(Call call, MPI_Win w, bool open, const void* site) {
  if (!open) Recorder::get().misused(call, EpochFault::NotOpen, w, site);
  return open;
}

// The window's state; one that is thrown away for a window that the lens doesn't know.
Window& state_of(MPI_Win w) {
  static Window unknown;
  Window* known = Recorder::get().window(w);
  if (known == nullptr) unknown = Window{};
  return known == nullptr ? unknown : *known;
}

bool known(MPI_Win w) {
  return Recorder::get().window(w) != nullptr;
}

}  // namespace

#define KIT_WINDOW(Name, parameters, arguments)                            \
  int MPI_##Name parameters {                                              \
    Recorder& recorder = Recorder::get();                                  \
    if (!recorder.on()) return PMPI_##Name arguments;                      \
    recorder.forbidden(Call::Name, c, KIT_SITE, recorder.every(c));        \
    recorder.block_on_meeting(Call::Name, c, recorder.every(c), KIT_SITE); \
    const int result = PMPI_##Name arguments;                              \
    recorder.unblock();                                                    \
    recorder.made_window(Call::Name, c, *w, KIT_SITE);                     \
    return result;                                                         \
  }

#define KIT_REACHES(Name, parameters, arguments)                         \
  int MPI_##Name parameters {                                            \
    if (!may_reach(Call::Name, w, target, KIT_SITE)) return MPI_SUCCESS; \
    return PMPI_##Name arguments;                                        \
  }

// With a request, which stands for nothing if the call isn't carried out.
#define KIT_REACHES_LATER(Name, parameters, arguments) \
  int MPI_##Name parameters {                          \
    if (!may_reach(Call::Name, w, target, KIT_SITE)) { \
      *q = MPI_REQUEST_NULL;                           \
      return MPI_SUCCESS;                              \
    }                                                  \
    return PMPI_##Name arguments;                      \
  }

#define T MPI_Datatype
#define A MPI_Aint

extern "C" {

KIT_WINDOW(Win_create, (void* b, A n, int unit, MPI_Info i, MPI_Comm c, MPI_Win* w),
           (b, n, unit, i, c, w))
KIT_WINDOW(Win_allocate, (A n, int unit, MPI_Info i, MPI_Comm c, void* b, MPI_Win* w),
           (n, unit, i, c, b, w))
KIT_WINDOW(Win_allocate_shared, (A n, int unit, MPI_Info i, MPI_Comm c, void* b, MPI_Win* w),
           (n, unit, i, c, b, w))
KIT_WINDOW(Win_create_dynamic, (MPI_Info i, MPI_Comm c, MPI_Win* w), (i, c, w))

int MPI_Win_free(MPI_Win* w) {
  Recorder& recorder = Recorder::get();
  if (!known(*w)) return PMPI_Win_free(w);
  Window& state = state_of(*w);
  if (state.is_open()) {
    recorder.misused(state.opened_by, EpochFault::LeftOpen, *w, state.opened_at);
  }
  for (const int target : state.locked) PMPI_Win_unlock(target, *w);
  if (state.locked_all) PMPI_Win_unlock_all(*w);
  recorder.forbidden_on_window(Call::Win_free, *w, KIT_SITE);
  recorder.block_on_window(Call::Win_free, *w, KIT_SITE);
  const MPI_Win gone = *w;
  const int result = PMPI_Win_free(w);
  recorder.unblock();
  recorder.freed_window(gone, KIT_SITE);
  return result;
}

int MPI_Win_fence(int assertion, MPI_Win w) {
  Recorder& recorder = Recorder::get();
  if (!known(w)) return PMPI_Win_fence(assertion, w);
  Window& state = state_of(w);
  if (!state.locked.empty() || state.locked_all || state.started || state.posted) {
    recorder.misused(Call::Win_fence, EpochFault::AlreadyOpen, w, KIT_SITE);
    // The others wait for it: what stands in the way is ended.
    for (const int target : state.locked) PMPI_Win_unlock(target, w);
    if (state.locked_all) PMPI_Win_unlock_all(w);
    state.locked.clear();
    state.locked_all = false;
  }
  recorder.forbidden_on_window(Call::Win_fence, w, KIT_SITE);
  recorder.block_on_window(Call::Win_fence, w, KIT_SITE);
  const int result = PMPI_Win_fence(assertion, w);
  recorder.unblock();
  state.fenced = (assertion & MPI_MODE_NOSUCCEED) == 0;
  state.fence_used = false;
  return result;
}

int MPI_Win_lock(int kind, int target, int assertion, MPI_Win w) {
  Window& state = state_of(w);
  const bool already = state.locked.count(target) != 0 || state.locked_all || state.started;
  if (!may_open(Call::Win_lock, w, already, KIT_SITE)) return MPI_SUCCESS;
  state.fenced = false;
  state.locked.insert(target);
  return PMPI_Win_lock(kind, target, assertion, w);
}

int MPI_Win_unlock(int target, MPI_Win w) {
  if (!known(w)) return PMPI_Win_unlock(target, w);
  const bool open = state_of(w).locked.erase(target) != 0;
  if (!may_close(Call::Win_unlock, w, open, KIT_SITE)) return MPI_SUCCESS;
  return PMPI_Win_unlock(target, w);
}

int MPI_Win_lock_all(int assertion, MPI_Win w) {
  Window& state = state_of(w);
  const bool already = !state.locked.empty() || state.locked_all || state.started;
  if (!may_open(Call::Win_lock_all, w, already, KIT_SITE)) return MPI_SUCCESS;
  state.fenced = false;
  state.locked_all = true;
  return PMPI_Win_lock_all(assertion, w);
}

int MPI_Win_unlock_all(MPI_Win w) {
  if (!known(w)) return PMPI_Win_unlock_all(w);
  if (!may_close(Call::Win_unlock_all, w, state_of(w).locked_all, KIT_SITE)) return MPI_SUCCESS;
  state_of(w).locked_all = false;
  return PMPI_Win_unlock_all(w);
}

int MPI_Win_start(MPI_Group group, int assertion, MPI_Win w) {
  Window& state = state_of(w);
  const bool already = !state.locked.empty() || state.locked_all || state.started;
  if (!may_open(Call::Win_start, w, already, KIT_SITE)) return MPI_SUCCESS;
  state.fenced = false;
  state.started = true;
  return PMPI_Win_start(group, assertion, w);
}

int MPI_Win_complete(MPI_Win w) {
  if (!known(w)) return PMPI_Win_complete(w);
  if (!may_close(Call::Win_complete, w, state_of(w).started, KIT_SITE)) return MPI_SUCCESS;
  state_of(w).started = false;
  return PMPI_Win_complete(w);
}

int MPI_Win_post(MPI_Group group, int assertion, MPI_Win w) {
  Window& state = state_of(w);
  if (!may_open(Call::Win_post, w, state.posted, KIT_SITE)) return MPI_SUCCESS;
  state.posted = true;
  return PMPI_Win_post(group, assertion, w);
}

int MPI_Win_wait(MPI_Win w) {
  if (!known(w)) return PMPI_Win_wait(w);
  if (!may_close(Call::Win_wait, w, state_of(w).posted, KIT_SITE)) return MPI_SUCCESS;
  const int result = PMPI_Win_wait(w);
  state_of(w).posted = false;
  return result;
}

int MPI_Win_test(MPI_Win w, int* flag) {
  if (!known(w)) return PMPI_Win_test(w, flag);
  *flag = 1;
  if (!may_close(Call::Win_test, w, state_of(w).posted, KIT_SITE)) return MPI_SUCCESS;
  const int result = PMPI_Win_test(w, flag);
  if (*flag != 0) state_of(w).posted = false;
  return result;
}

// Flushing is for locks alone.
#define KIT_FLUSHES(Name, parameters, arguments, open)                             \
  int MPI_##Name parameters {                                                      \
    if (known(w) && !may_close(Call::Name, w, open, KIT_SITE)) return MPI_SUCCESS; \
    return PMPI_##Name arguments;                                                  \
  }
KIT_FLUSHES(Win_flush, (int target, MPI_Win w), (target, w),
            state_of(w).locked_all || state_of(w).locked.count(target) != 0)
KIT_FLUSHES(Win_flush_local, (int target, MPI_Win w), (target, w),
            state_of(w).locked_all || state_of(w).locked.count(target) != 0)
KIT_FLUSHES(Win_flush_all, (MPI_Win w), (w), state_of(w).locked_all || !state_of(w).locked.empty())
KIT_FLUSHES(Win_flush_local_all, (MPI_Win w), (w),
            state_of(w).locked_all || !state_of(w).locked.empty())

KIT_REACHES(Put, (const void* o, int n, T t, int target, A d, int m, T u, MPI_Win w),
            (o, n, t, target, d, m, u, w))
KIT_REACHES(Get, (void* o, int n, T t, int target, A d, int m, T u, MPI_Win w),
            (o, n, t, target, d, m, u, w))
KIT_REACHES(Accumulate,
            (const void* o, int n, T t, int target, A d, int m, T u, MPI_Op op, MPI_Win w),
            (o, n, t, target, d, m, u, op, w))
KIT_REACHES(Get_accumulate,
            (const void* o, int n, T t, void* r, int k, T v, int target, A d, int m, T u, MPI_Op op,
             MPI_Win w),
            (o, n, t, r, k, v, target, d, m, u, op, w))
KIT_REACHES(Fetch_and_op, (const void* o, void* r, T t, int target, A d, MPI_Op op, MPI_Win w),
            (o, r, t, target, d, op, w))
KIT_REACHES(Compare_and_swap,
            (const void* o, const void* x, void* r, T t, int target, A d, MPI_Win w),
            (o, x, r, t, target, d, w))
KIT_REACHES_LATER(Rput,
                  (const void* o, int n, T t, int target, A d, int m, T u, MPI_Win w,
                   MPI_Request* q),
                  (o, n, t, target, d, m, u, w, q))
KIT_REACHES_LATER(Rget,
                  (void* o, int n, T t, int target, A d, int m, T u, MPI_Win w, MPI_Request* q),
                  (o, n, t, target, d, m, u, w, q))
KIT_REACHES_LATER(Raccumulate,
                  (const void* o, int n, T t, int target, A d, int m, T u, MPI_Op op, MPI_Win w,
                   MPI_Request* q),
                  (o, n, t, target, d, m, u, op, w, q))
KIT_REACHES_LATER(Rget_accumulate,
                  (const void* o, int n, T t, void* r, int k, T v, int target, A d, int m, T u,
                   MPI_Op op, MPI_Win w, MPI_Request* q),
                  (o, n, t, r, k, v, target, d, m, u, op, w, q))

}  // extern "C"
