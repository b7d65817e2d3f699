// What the learner's verbs share: the history with its notice, the desk in work/ID, the words of a
// command.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "commands/commands.hpp"
#include "history.hpp"
#include "ladder.hpp"

namespace kit {

/// Opens the history; says so on standard error if a damaged one was set aside.
History open_history(const Context& context);

/// The exercise that `word` means; without a word the one that `next` would propose.
/// THROWS: KitError if there is none.
const Exercise& chosen_exercise(const Context& context, const Ladder& ladder,
                                const std::string& word);

/// The shortest word that means this exercise in a command.
std::string command_word(const Context& context, const Exercise& exercise);

/// "work/mpi/03-broadcast/broadcast.cpp": the first of the files that one edits, as the learner
/// sees it.
std::string desk_file(const Exercise& exercise);

/// The same with the other files that are edited: "work/ID/min_max.hpp, claims.txt".
std::string desk_files(const Exercise& exercise);

/// Copies the stub to work/ID unless something is there, and notes the event if it did. Returns
/// whether it did.
bool begin_exercise(const Context& context, History& history, const Exercise& exercise);

/// Of the files that one edits those that are in work/ID now.
std::map<std::string, std::string> files_on_desk(const Context& context, const Exercise& exercise);

/// Keeps what is in work/ID in the history, unless it is the stub or the newest attempt holds just
/// that. Returns the number of the attempt that holds it; none if there was nothing to keep.
std::optional<std::int64_t> keep_desk(const Context& context, History& history,
                                      const Exercise& exercise);

/// Keeps what is in work/ID, puts the stub in its place and notes the event. Returns the number of
/// the attempt that holds what was there; none if that was the stub, and then nothing is done.
std::optional<std::int64_t> put_stub_back(const Context& context, History& history,
                                          const Exercise& exercise);

/// Begins it from the stub, whatever is in work/ID; that is kept first.
void begin_again(const Context& context, History& history, const Exercise& exercise);

/// The whole file. THROWS: KitError if it can't be read.
std::string read_text(const std::filesystem::path& file);

/// "  ./kit watch scan   solve it; graded at every save", the commands in one column.
std::string command_lines(const Context& context,
                          const std::vector<std::pair<std::string, std::string>>& commands);

}  // namespace kit
