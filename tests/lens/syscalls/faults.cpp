#include "lens/syscalls/faults.hpp"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include <algorithm>

#include "harness/report.hpp"

namespace kit::syscalls {
namespace {

// Per family: the errors that must be survived, those that may be reported, and whether it may
// transfer less than asked. Not here, because the pages don't list it: EINTR of copy_file_range and
// sendfile, EINTR of open for regular files.
struct Row {
  Family family;
  std::vector<int> survive;
  std::vector<int> report;
  bool shortens = false;
};

const std::vector<Row>& table() {
  static const std::vector<Row> rows = {
      {Family::read, {EINTR}, {EIO, EISDIR}, true},
      {Family::write, {EINTR}, {EIO, ENOSPC, EDQUOT, EFBIG, EPIPE}, true},
      {Family::poll, {EINTR}, {ENOMEM}},
      {Family::open, {}, {EMFILE, ENFILE, ENOMEM, EACCES}},
      {Family::stat, {}, {ENOMEM}},
      {Family::copy_range,
       {EXDEV, EINVAL, EOPNOTSUPP, ENOSYS},
       {EIO, ENOSPC, ENOMEM, EFBIG, EPERM, ETXTBSY},
       true},
      {Family::send_file, {EINVAL, ENOSYS}, {EIO, ENOMEM}, true},
      {Family::clone_file, {EOPNOTSUPP, EXDEV, EINVAL, ENOTTY}, {EPERM, ETXTBSY}},
      {Family::sync, {EINTR}, {EIO, ENOSPC}},
      {Family::rename, {}, {ENOSPC, EACCES, EDQUOT, EROFS, EXDEV}},
      {Family::link, {}, {ENOSPC, EACCES, EDQUOT, EROFS, EXDEV, EIO, EEXIST}},
      {Family::chmod, {}, {EIO, EPERM, EROFS}},
      {Family::unlink, {}, {EIO, EPERM, EROFS}},
      {Family::close, {EINTR}, {EIO, ENOSPC, EDQUOT}},
      {Family::pipe, {}, {EMFILE, ENFILE, ENOMEM}},
      {Family::event, {}, {EMFILE, ENFILE, ENOMEM}},
      {Family::fork, {}, {EAGAIN, ENOMEM}},
      {Family::wait, {EINTR}, {}},
      {Family::futex, {EINTR, EAGAIN, 0}, {}},
      {Family::accept, {EINTR, ECONNABORTED}, {EMFILE, ENFILE, ENOBUFS, ENOMEM}},
      {Family::map, {}, {ENOMEM, EAGAIN}},
  };
  return rows;
}

bool may_fail_with(const Call& call, int error) {
  const auto flags = call.open_flags();
  const bool creates = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  if (call.family == Family::open && error == ENOSPC) return creates;
  if (call.name.starts_with("epoll") && error == ENOMEM) return false;
  if (call.name == "sendfile" || call.family != Family::send_file) return true;
  return error != ENOSYS;  // splice is older than any kernel we run on
}

std::string signal_name(long signal) {
  const char* name = ::sigabbrev_np(static_cast<int>(signal));
  return name == nullptr ? "signal " + std::to_string(signal) : std::string("SIG") + name;
}

// Where the fault was met. A handler's own calls come between the place that a signal was planned
// for and the call that it was put before.
std::size_t place_of(const FaultCase& what, const Trace& trace) {
  const auto met = std::find_if(trace.calls.begin(), trace.calls.end(),
                                [&](const Call& call) { return call.injected == what.fault.kind; });
  const bool moved = what.fault.kind == Fault::Kind::signal_before && met != trace.calls.end();
  return moved ? static_cast<std::size_t>(met - trace.calls.begin()) : what.fault.call;
}

std::string note_of(Fault::Kind kind) {
  switch (kind) {
    case Fault::Kind::kill:
      return "killed here";
    case Fault::Kind::shorten:
      return "cut short by the suite";
    case Fault::Kind::signal_in:
      return "the signal came in it";
    case Fault::Kind::signal_before:
      return "the signal was handled just before";
    case Fault::Kind::delay:
      return "all others went first";
    case Fault::Kind::none:
      return "its last call";
    case Fault::Kind::error:
      break;
  }
  return "by the suite";
}

}  // namespace

std::string FaultCase::text() const {
  const std::string where = " at call " + std::to_string(fault.call + 1);
  switch (fault.kind) {
    case Fault::Kind::error:
      return (fault.value == 0 ? "a wake-up without cause"
                               : error_name(static_cast<int>(fault.value))) +
             where;
    case Fault::Kind::shorten:
      return "a short transfer" + where;
    case Fault::Kind::kill:
      return "SIGKILL" + where;
    case Fault::Kind::signal_in:
      return signal_name(fault.value) + " in call " + std::to_string(fault.call + 1);
    case Fault::Kind::signal_before:
      return signal_name(fault.value) + " before call " + std::to_string(fault.call + 1);
    case Fault::Kind::delay:
      return "all others first" + where;
    case Fault::Kind::none:
      break;
  }
  return "no fault at all";
}

std::vector<FaultCase> faults_of(const Trace& undisturbed, const Plan& plan) {
  std::vector<FaultCase> cases;
  for (std::size_t i = 0; i < undisturbed.calls.size(); ++i) {
    const Call& call = undisturbed.calls[i];
    const bool refused = std::any_of(plan.refuse.begin(), plan.refuse.end(),
                                     [&](const Refusal& r) { return r.family == call.family; });
    const auto row = std::find_if(table().begin(), table().end(),
                                  [&](const Row& r) { return r.family == call.family; });
    if (refused || row == table().end()) continue;
    const auto add = [&](Fault::Kind kind, long value, bool must_survive) {
      cases.push_back({{i, kind, value}, must_survive, call.family});
    };
    // Half of what came the first time, so that it is short whatever was asked for.
    if (row->shortens && call.result > 1) add(Fault::Kind::shorten, call.result / 2, true);
    for (const int error : row->survive) {
      if (may_fail_with(call, error)) add(Fault::Kind::error, error, true);
    }
    for (const int error : row->report) {
      if (may_fail_with(call, error)) add(Fault::Kind::error, error, false);
    }
    if (call.family == Family::open && may_fail_with(call, ENOSPC)) {
      add(Fault::Kind::error, ENOSPC, false);
    }
  }
  return cases;
}

std::vector<FaultCase> kills_of(const Trace& undisturbed) {
  std::vector<FaultCase> cases;
  for (std::size_t i = 0; i < undisturbed.calls.size(); ++i) {
    cases.push_back({{i, Fault::Kind::kill, 0}, false, undisturbed.calls[i].family});
  }
  return cases;
}

std::vector<FaultCase> signals_of(const Trace& undisturbed, int signal, std::size_t first) {
  std::vector<FaultCase> cases;
  for (std::size_t i = first; i < undisturbed.calls.size(); ++i) {
    for (const auto kind : {Fault::Kind::signal_before, Fault::Kind::signal_in}) {
      cases.push_back({{i, kind, signal}, true, undisturbed.calls[i].family});
    }
  }
  return cases;
}

Sweep for_each_fault(const std::vector<FaultCase>& cases, const Plan& plan, const Attempt& attempt,
                     const Judge& judge) {
  Sweep sweep;
  for (const FaultCase& one : cases) {
    Plan with_fault = plan;
    with_fault.faults.push_back(one.fault);
    Trace trace = attempt(with_fault);
    ++sweep.runs;
    const std::optional<std::string> story = judge(one, trace);
    if (!story) continue;
    ++sweep.broken;
    if (!sweep.first) sweep.first = Break{sweep.runs, one, *story, std::move(trace)};
  }
  return sweep;
}

bool expect_unbroken(const Sweep& sweep, std::string_view key, std::string_view input) {
  harness::Evidence evidence{.lens = "syscalls", .key = std::string(key)};
  evidence.measured = static_cast<double>(sweep.broken);
  evidence.unit = "faults";
  if (!sweep.first) return harness::expect_within(evidence, input, "");

  const Break& first = *sweep.first;
  const bool undisturbed = first.what.fault.kind == Fault::Kind::none;
  const std::size_t last = first.trace.calls.empty() ? 0 : first.trace.calls.size() - 1;
  const std::size_t at = undisturbed ? last : place_of(first.what, first.trace);
  std::string story = first.what.text();
  if (!undisturbed && at < first.trace.calls.size()) {
    const Call& call = first.trace.calls[at];
    story += ", " + std::string(call.name);
    if (call.origin != nullptr) {
      if (const auto line = learner_line(*call.origin)) {
        evidence.file = line.file;
        evidence.line = line.line;
        story += " (" + line.text() + ")";
      }
    }
  }
  if (first.what.must_survive) story += ": it must be survived";
  story = paragraph(story + ".") + first.story;
  if (!story.ends_with('\n')) story += '\n';
  story += "\n" + excerpt(first.trace, at, note_of(first.what.fault.kind));
  if (sweep.broken > 1) {
    story += "\n" + paragraph("This is the first of " + std::to_string(sweep.broken) +
                              " that broke it, of " + std::to_string(sweep.runs) + " tried.");
  }
  const std::string where = std::string(input) + ", fault " + std::to_string(first.number) +
                            " of " + std::to_string(sweep.runs);
  return harness::expect_within(evidence, where, story);
}

}  // namespace kit::syscalls
