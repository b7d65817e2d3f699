// A rank that can't go on says why, in memory that rank 0 reads: it crashed, called MPI_Abort, or
// MPI refused a call.
#pragma once

#include "lens/messages/shared.hpp"

namespace kit::lens {

/// Writes them and waits, at most two seconds, until rank 0 has told them. The first rank to speak
/// is heard.
void leave_last_words(LastWords::Kind kind, const char* text, int signal = 0);

/// SIGSEGV and its like end in last words on this rank, and then in the signal's own end. Where an
/// exception that nobody catches or the C library ends it, its words are `text`.
void catch_fatal_signals();

/// What is known of a crash, in one line: "rank 1 of 3 ranks, 3 floats; it said \"double free or
/// corruption (out)\"; its last MPI call was MPI_Sendrecv (ring_allreduce.cpp:28)".
std::string crash_note(const LastWords& words, const std::string& input);

}  // namespace kit::lens
