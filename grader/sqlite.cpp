#include "sqlite.hpp"

#include <fstream>

namespace kit {

KitError in_words(const SqlFailure& failure, const std::filesystem::path& database) {
  const std::string name = database.string();
  const std::string folder = database.parent_path().string();
  switch (failure.code & 0xff) {
    case SQLITE_FULL:
      return KitError("The disk is full: " + name + " can't grow.",
                      "Make room and run the command again. Nothing was lost.");
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return KitError("The history " + name + " can't be written (" + failure.text + ").",
                      "Make " + folder + " writable, for instance: chmod -R u+w " + folder);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return KitError("The history " + name + " is held by another program.",
                      "Run the command again when that program has ended.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      std::ofstream(suspect_mark(database)) << failure.text << '\n';
      return KitError("The history " + name + " is damaged (" + failure.text + ").",
                      "Run the command again: the file is then set aside and a new one begun.");
    default:
      return KitError("The history " + name + " can't be used: " + failure.text + ".",
                      "Check that the disk has room and works, then run the command again.");
  }
}

}  // namespace kit
