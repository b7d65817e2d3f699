// What every MPI suite asks of a log, whatever the exercise. Each is called in Case::judge(), fails
// the running test with the learner's line and the reason, and returns whether all was well.
//
//   harness::on_ranks(8, "...", body).judge([](const lens::MessageReport& seen) {
//     harness::expect_nothing_left(seen);
//   });
#pragma once

#include <string>

#include "lens/messages/report.hpp"

namespace kit::harness {

/// No receive from any source that could have taken another message.
bool expect_no_race(const lens::MessageReport& seen);

/// No message unread, no request open, no datatype or communicator kept.
bool expect_nothing_left(const lens::MessageReport& seen);

/// No rank waits for ever when each standard send waits for its receive. A race is told first:
/// after a wrong match a circle is only what follows.
bool expect_no_buffering(const lens::MessageReport& seen);

/// Types and sizes of messages fit their receives, no memory is used by two operations at once of
/// which one writes, and none is written to while a send from it is under way.
bool expect_types_and_buffers_fit(const lens::MessageReport& seen);

/// No message taken whose tag is the caller's, and none sent with such a tag.
bool expect_callers_messages_stay(const lens::MessageReport& seen);

/// No collective call, no new communicator. `instead`: what does without them, in whole sentences.
bool expect_own_messages(const lens::MessageReport& seen, const std::string& instead);

/// At most `bound` rounds in the replay. `key` names the case in the evidence; `enough`: where the
/// bound comes from ("ceil(log2 8)"); `lesson`: why fewer are possible, in whole sentences.
bool expect_rounds(const lens::MessageReport& seen, const std::string& key, int bound,
                   const std::string& enough, const std::string& lesson);

/// The rounds if no standard send had to wait for its receive; -1 if it can't end even so.
int rounds_if_buffered(const lens::MessageReport& seen);

/// For a wrong result: a race, types and buffers that don't fit, or what is left behind, which are
/// told before what came of them.
///
///   std::string wrong;  // what is wrong on this rank
///   const Case done = on_ranks(8, "...", [&](MPI_Comm comm) { ... wrong = ...; });
///   if (on_any_rank(!wrong.empty())) done.judge(tell_the_cause);
///   if (!wrong.empty()) fail("8 ranks, ...", wrong);
void tell_the_cause(const lens::MessageReport& seen);

/// True if it is on any rank of the world; all come here.
bool on_any_rank(bool value);

/// "1 message", "7 messages"
std::string count_of(std::int64_t n, const std::string& noun);

}  // namespace kit::harness
