// A rank that can't go on says why, in memory that rank 0 reads: it crashed, called MPI_Abort, or
// MPI refused a call.
#pragma once

#include "lens/messages/shared.hpp"

namespace kit::lens {

/// Writes them and waits, at most two seconds, until rank 0 has told them. The first rank to speak
/// is heard.
void leave_last_words(LastWords::Kind kind, const char* text, int signal = 0);

/// SIGSEGV and its like end in last words on this rank, and then in the signal's own end.
void catch_fatal_signals();

}  // namespace kit::lens
