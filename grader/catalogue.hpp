// The exercises of the kit, read from exercises/AREA/NN-name/exercise.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "errors.hpp"
#include "workspace.hpp"

namespace kit {

enum class Kind { process, mpi, claims };
enum class Clean { address, thread, none };

struct Peer {
  std::string name;
  std::string package;
};

struct Exercise {
  std::string id;    // "mpi/03-broadcast"
  std::string area;  // "mpi"
  std::string name;  // "03-broadcast"
  std::string title;
  std::string summary;
  int level = 1;
  int minutes = 0;
  std::vector<std::string> files;  // what one edits; the first is opened
  std::string contract;            // empty where the first file is its own contract
  Kind kind = Kind::process;
  int ranks = 0;
  Clean clean = Clean::none;
  std::vector<std::string> variants, flags, mpi_allows, builds_on, trains, interview_allows;
  double test_seconds = 10;
  int memory_mb = 2048;
  std::vector<Peer> peers;

  std::string short_name() const;  // "broadcast"
  std::string target() const;      // "mpi.03-broadcast", the stem of its build targets
};

/// Whether the stage Clean belongs to it.
inline bool has_clean(const Exercise& exercise) {
  return exercise.clean != Clean::none && exercise.kind != Kind::claims;
}

/// Reads one description. THROWS: KitError that names file, key and mend; an unknown or missing key
/// is an error.
Exercise parse_exercise(const std::string& id, const std::filesystem::path& file,
                        const std::string& text);

class Catalogue {
 public:
  /// Reads all descriptions, in the order of the ladder. A broken one is kept as an error and hides
  /// no other.
  explicit Catalogue(const Workspace& workspace);

  const std::vector<Exercise>& exercises() const { return exercises_; }
  const std::vector<std::string>& areas() const { return areas_; }
  const std::vector<KitError>& errors() const { return errors_; }

  /// The one exercise that `word` means: its id, its number and name, or any part that only one id
  /// has. THROWS: KitError that lists the candidates, or the closest ids if there is none.
  const Exercise& find(const std::string& word) const;

  /// What `words` mean together: ids (or parts), areas, "all". No words: none. Order of the ladder,
  /// none twice.
  std::vector<const Exercise*> select(const std::vector<std::string>& words) const;

 private:
  std::vector<Exercise> exercises_;
  std::vector<std::string> areas_;
  std::vector<KitError> errors_;
  std::vector<std::string> broken_;  // the ids behind errors_, in the same order
};

/// Of `candidates` those closest to `word` (edit distance), at most `most`, nearest first; none
/// that is too far off.
std::vector<std::string> nearest(const std::string& word,
                                 const std::vector<std::string>& candidates, std::size_t most = 3);

}  // namespace kit
