// The history, three tables in one SQLite file:
//
//   attempt       a grading: exercise, when, what was graded, verdict, score, seed, the whole
//   verdict as JSON attempt_file  the content of each file of an attempt event         what else
//   the learner did: start, save, grade, hint, solution, reset, restore
//
// `PRAGMA user_version` is the version of these tables. Opening checks nothing but that the file
// answers; a full check runs only if it doesn't, or if a statement met damage earlier and left the
// mark history.db.suspect.
#include "history.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <system_error>
#include <thread>

#include "errors.hpp"
#include "sqlite.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

constexpr int kSchema = 1;
constexpr int kBusyMilliseconds = 20'000;

constexpr const char* kTables = R"sql(
  CREATE TABLE attempt(id INTEGER PRIMARY KEY AUTOINCREMENT, exercise TEXT NOT NULL, at INTEGER NOT NULL,
                       source TEXT NOT NULL, verdict TEXT NOT NULL, score INTEGER NOT NULL,
                       seed INTEGER NOT NULL, json TEXT NOT NULL);
  CREATE TABLE attempt_file(attempt INTEGER NOT NULL REFERENCES attempt(id), path TEXT NOT NULL,
                            content BLOB NOT NULL, PRIMARY KEY(attempt, path));
  CREATE TABLE event(at INTEGER NOT NULL, exercise TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL);
  CREATE INDEX attempt_of ON attempt(exercise, id);
  CREATE INDEX event_of ON event(exercise, kind);
)sql";

// Held while the file is made or set aside, so that two kits that start together don't do it twice.
class FileLock {
 public:
  explicit FileLock(const fs::path& file)
      : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

std::string stamp(std::int64_t at) {
  const std::time_t time = static_cast<std::time_t>(at);
  std::tm local{};
  localtime_r(&time, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y%m%d-%H%M%S", &local);
  return text;
}

}  // namespace

std::int64_t now() {
  if (const char* fixed = std::getenv("KIT_NOW"); fixed && *fixed) return std::atoll(fixed);
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

struct History::Database {
  explicit Database(fs::path path) : file(std::move(path)) {}
  ~Database() { close(); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  fs::path file;
  sqlite3* handle = nullptr;

  fs::path suspect() const { return suspect_mark(file); }
  fs::path lock() const { return file.parent_path() / "history.lock"; }

  void open_file() {
    const int code =
        sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    if (code != SQLITE_OK) {
      SqlFailure failure{code, handle ? sqlite3_errmsg(handle) : "out of memory"};
      close();
      throw failure;
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, kBusyMilliseconds);
    if (sqlite3_db_readonly(handle, "main") == 1) throw SqlFailure{SQLITE_READONLY, "read-only"};
    execute(handle, "PRAGMA synchronous = FULL");
  }

  void close() {
    sqlite3_close(handle);
    handle = nullptr;
  }

  int version() {
    Statement statement(handle, "PRAGMA user_version");
    statement.step();
    return static_cast<int>(statement.integer(0));
  }

  // Reads the header and the tables' definitions, and writes them if the file is new.
  void prepare() {
    if (version() == 0) {
      FileLock held(lock());
      use_wal();
      Transaction transaction(handle);
      if (version() == 0) {
        execute(handle, kTables);
        execute(handle, ("PRAGMA user_version = " + std::to_string(kSchema)).c_str());
        transaction.commit();
      }
    }
    if (version() > kSchema) {
      throw KitError(file.string() + " was written by a newer kit (version " +
                         std::to_string(version()) + " of its tables; this kit knows " +
                         std::to_string(kSchema) + ").",
                     "Update this clone with git pull. The file was not touched.");
    }
    Statement(handle, "SELECT 1 FROM attempt, attempt_file, event LIMIT 0").step();
  }

  // The switch to WAL needs the file for itself and doesn't wait for it (the busy timeout isn't
  // asked), so it is tried again while another kit looks at the new file.
  void use_wal() {
    for (int tries = 0;; ++tries) {
      try {
        Statement(handle, "PRAGMA journal_mode = WAL").step();
        return;
      } catch (const SqlFailure& failure) {
        if ((failure.code & 0xff) != SQLITE_BUSY || tries == 500) throw;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
    }
  }

  bool is_damaged() {
    try {
      if (!handle) open_file();
      Statement check(handle, "PRAGMA quick_check(1)");
      return !check.step() || check.text(0) != "ok";
    } catch (const SqlFailure& failure) {
      if (means_damage(failure.code)) return true;
      throw;
    }
  }

  // Renames the file and its journal if it is damaged, and says so. Another kit may have done it a
  // moment ago: the check is made again on what stands there now.
  void set_aside_if_damaged(std::string* notice) {
    FileLock held(lock());
    close();
    if (is_damaged()) {
      close();
      const std::string name = file.string() + ".damaged-" + stamp(now());
      std::string kept = name;
      for (int n = 2; fs::exists(kept); ++n) kept = name + "-" + std::to_string(n);
      fs::rename(file, kept);
      std::error_code ignored;
      fs::rename(file.string() + "-wal", kept + "-wal", ignored);
      fs::remove(file.string() + "-shm", ignored);
      if (notice) {
        *notice = "The history was damaged: it lies in " + kept +
                  " now, and a new one was begun. Your files in work/ are not touched.";
      }
    }
    std::error_code ignored;
    fs::remove(suspect(), ignored);
    close();
  }

  // Runs `work` and turns what SQLite says into a sentence with its mend.
  template <class Work>
  auto guarded(Work work) -> decltype(work()) {
    try {
      return work();
    } catch (const SqlFailure& failure) {
      throw in_words(failure, file);
    }
  }
};

History::History(const Workspace& workspace, std::string* notice) {
  std::error_code error;
  fs::create_directories(workspace.state, error);
  if (error || !fs::is_directory(workspace.state)) {
    throw KitError("The directory " + workspace.state.string() + " can't be made" +
                       (error ? " (" + error.message() + ")." : "."),
                   "Make " + workspace.state.parent_path().string() +
                       " writable, or remove what is in its place.");
  }
  database_ = std::make_unique<Database>(workspace.state / "history.db");
  Database& database = *database_;
  database.guarded([&] {
    if (fs::exists(database.suspect())) database.set_aside_if_damaged(notice);
    try {
      database.open_file();
      database.prepare();
    } catch (const SqlFailure& failure) {
      if (!means_damage(failure.code)) throw;
      database.set_aside_if_damaged(notice);
      database.open_file();
      database.prepare();
    }
  });
}

History::~History() = default;
History::History(History&&) noexcept = default;
History& History::operator=(History&&) noexcept = default;

std::int64_t History::add(const Attempt& attempt, const std::map<std::string, std::string>& files) {
  return database_->guarded([&] {
    sqlite3* handle = database_->handle;
    Transaction transaction(handle);
    Statement(handle,
              "INSERT INTO attempt(exercise, at, source, verdict, score, seed, json) "
              "VALUES(?, ?, ?, ?, ?, ?, ?)")
        .bind(attempt.exercise)
        .bind(attempt.at ? attempt.at : now())
        .bind(attempt.source)
        .bind(attempt.verdict)
        .bind(attempt.score)
        .bind(static_cast<std::int64_t>(attempt.seed))
        .bind(attempt.json)
        .step();
    const std::int64_t id = sqlite3_last_insert_rowid(handle);
    for (const auto& [path, content] : files) {
      Statement(handle, "INSERT INTO attempt_file(attempt, path, content) VALUES(?, ?, ?)")
          .bind(id)
          .bind(path)
          .bind_blob(content)
          .step();
    }
    transaction.commit();
    return id;
  });
}

void History::add_event(const std::string& exercise, const std::string& kind,
                        const std::string& data) {
  database_->guarded([&] {
    Statement(database_->handle, "INSERT INTO event(at, exercise, kind, data) VALUES(?, ?, ?, ?)")
        .bind(now())
        .bind(exercise)
        .bind(kind)
        .bind(data)
        .step();
  });
}

namespace {

Attempt read_attempt(const Statement& row) {
  Attempt attempt;
  attempt.id = row.integer(0);
  attempt.exercise = row.text(1);
  attempt.at = row.integer(2);
  attempt.source = row.text(3);
  attempt.verdict = row.text(4);
  attempt.score = static_cast<int>(row.integer(5));
  attempt.seed = static_cast<std::uint64_t>(row.integer(6));
  attempt.json = row.text(7);
  return attempt;
}

}  // namespace

std::vector<Attempt> History::attempts(const std::string& exercise, std::size_t most) const {
  return database_->guarded([&] {
    Statement rows(database_->handle,
                   "SELECT id, exercise, at, source, verdict, score, seed, json FROM attempt "
                   "WHERE exercise = ? ORDER BY id DESC LIMIT ?");
    rows.bind(exercise).bind(most ? static_cast<std::int64_t>(most) : -1);
    std::vector<Attempt> found;
    while (rows.step()) found.push_back(read_attempt(rows));
    return found;
  });
}

std::optional<Attempt> History::attempt(std::int64_t id) const {
  return database_->guarded([&]() -> std::optional<Attempt> {
    Statement row(
        database_->handle,
        "SELECT id, exercise, at, source, verdict, score, seed, json FROM attempt WHERE id = ?");
    if (!row.bind(id).step()) return std::nullopt;
    return read_attempt(row);
  });
}

std::map<std::string, std::string> History::files(std::int64_t attempt) const {
  return database_->guarded([&] {
    Statement rows(database_->handle, "SELECT path, content FROM attempt_file WHERE attempt = ?");
    rows.bind(attempt);
    std::map<std::string, std::string> found;
    while (rows.step()) found.emplace(rows.text(0), rows.text(1));
    return found;
  });
}

std::vector<Event> History::events(const std::string& exercise) const {
  return database_->guarded([&] {
    Statement rows(database_->handle,
                   "SELECT at, exercise, kind, data FROM event WHERE exercise = ? ORDER BY rowid");
    rows.bind(exercise);
    std::vector<Event> found;
    while (rows.step()) {
      found.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3)});
    }
    return found;
  });
}

// A try is a grading of the learner's own files: neither a copy that `reset` kept, nor one that the
// kit spoiled.
std::map<std::string, Standing> History::standings() const {
  return database_->guarded([&] {
    std::map<std::string, Standing> all;
    Statement tries(
        database_->handle,
        "SELECT exercise, COUNT(*), MAX(score), MIN(CASE WHEN verdict = 'passed' THEN at END) "
        "FROM attempt WHERE source = 'yours' AND verdict NOT IN ('kept', 'could not be graded') "
        "AND verdict NOT LIKE '%(a part)' "
        "GROUP BY exercise");
    while (tries.step()) {
      Standing& standing = all[tries.text(0)];
      standing.started = true;
      standing.tries = static_cast<int>(tries.integer(1));
      standing.best_score = static_cast<int>(tries.integer(2));
      standing.passed_at = tries.integer(3);
      standing.passed = standing.passed_at != 0;
    }
    Statement events(database_->handle,
                     "SELECT exercise, MAX(kind = 'start'), "
                     "MAX(CASE WHEN kind = 'hint' THEN CAST(data AS INTEGER) ELSE 0 END) "
                     "FROM event GROUP BY exercise");
    while (events.step()) {
      Standing& standing = all[events.text(0)];
      standing.started = standing.started || events.integer(1) != 0;
      standing.hints = static_cast<int>(events.integer(2));
    }
    return all;
  });
}

}  // namespace kit
