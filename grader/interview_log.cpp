#include "interview_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cstdlib>
#include <ctime>

#include "errors.hpp"
#include "history.hpp"
#include "sqlite.hpp"

namespace kit {

namespace {

constexpr const char* kInterviewTables = R"sql(
  CREATE TABLE IF NOT EXISTS interview(
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK(kind IN('coding','design')),
    subject TEXT NOT NULL, minutes INTEGER NOT NULL, seed INTEGER NOT NULL, sheet_hash TEXT NOT NULL,
    desk TEXT NOT NULL, state TEXT NOT NULL, elapsed_ms INTEGER NOT NULL DEFAULT 0,
    started_at TEXT NOT NULL, ended_at TEXT, verdict INTEGER, low REAL, mid REAL, high REAL);
  CREATE TABLE IF NOT EXISTS interview_event(
    interview INTEGER NOT NULL REFERENCES interview(id), seq INTEGER NOT NULL, at_ms INTEGER NOT NULL,
    wall TEXT NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL DEFAULT '{}', PRIMARY KEY(interview, seq));
  CREATE TABLE IF NOT EXISTS interview_draft(
    interview INTEGER, slot TEXT, text TEXT NOT NULL, PRIMARY KEY(interview, slot));
  CREATE TABLE IF NOT EXISTS interview_answer(
    interview INTEGER, follow_up INTEGER, text TEXT, said TEXT, PRIMARY KEY(interview, follow_up));
  CREATE TABLE IF NOT EXISTS interview_mark(
    interview INTEGER, dimension TEXT, computed INTEGER, self INTEGER, reason TEXT,
    PRIMARY KEY(interview, dimension));
  CREATE TABLE IF NOT EXISTS interview_snapshot(
    interview INTEGER, seq INTEGER, path TEXT, content BLOB, PRIMARY KEY(interview, seq, path));
)sql";

constexpr const char* kInterviewColumns =
    "SELECT id, kind, subject, minutes, seed, sheet_hash, desk, state, elapsed_ms, started_at, "
    "ended_at, verdict, "
    "low, mid, high FROM interview ";

InterviewRow read_interview(const Statement& row) {
  InterviewRow one;
  one.id = row.integer(0);
  one.kind = row.text(1);
  one.subject = row.text(2);
  one.minutes = static_cast<int>(row.integer(3));
  one.seed = static_cast<std::uint64_t>(row.integer(4));
  one.sheet_hash = row.text(5);
  one.desk = row.text(6);
  one.state = row.text(7);
  one.elapsed_ms = row.integer(8);
  one.started_at = row.text(9);
  one.ended_at = row.text(10);
  if (!row.is_null(11)) one.verdict = row.integer(11);
  if (!row.is_null(12)) one.low = row.real(12);
  if (!row.is_null(13)) one.mid = row.real(13);
  if (!row.is_null(14)) one.high = row.real(14);
  return one;
}

}  // namespace

std::string wall_time(std::int64_t seconds) {
  const std::time_t time = static_cast<std::time_t>(seconds);
  std::tm utc{};
  ::gmtime_r(&time, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::int64_t seconds_of(const std::string& wall) {
  std::tm utc{};
  if (::strptime(wall.c_str(), "%Y-%m-%dT%H:%M:%SZ", &utc) == nullptr) return 0;
  return ::timegm(&utc);
}

struct InterviewLog::Database {
  explicit Database(const Workspace& workspace) : file(workspace.state / "history.db") {
    History first(workspace);  // makes the file, or sets a damaged one aside
    guarded([&] {
      const int code = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
      if (code != SQLITE_OK)
        throw SqlFailure{code, handle ? sqlite3_errmsg(handle) : "out of memory"};
      sqlite3_busy_timeout(handle, 20'000);
      // A commit at each key: it outlives this process at once, and a power cut by what WAL has flushed.
      execute(handle, "PRAGMA synchronous = NORMAL");
      execute(handle, kInterviewTables);
    });
  }
  ~Database() { sqlite3_close(handle); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  template <class Work>
  auto guarded(Work work) const -> decltype(work()) {
    try {
      return work();
    } catch (const SqlFailure& failure) {
      throw in_words(failure, file);
    }
  }

  void run(const char* sql, const std::function<void(Statement&)>& bind) const {
    guarded([&] {
      Statement statement(handle, sql);
      bind(statement);
      statement.step();
    });
  }

  std::filesystem::path file;
  sqlite3* handle = nullptr;
};

InterviewLog::InterviewLog(const Workspace& workspace)
    : database_(std::make_unique<Database>(workspace)) {}
InterviewLog::~InterviewLog() = default;
InterviewLog::InterviewLog(InterviewLog&&) noexcept = default;

std::int64_t InterviewLog::begin(const InterviewRow& row) {
  database_->run(
      "INSERT INTO interview(kind, subject, minutes, seed, sheet_hash, desk, state, started_at) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
      [&](Statement& s) {
        s.bind(row.kind)
            .bind(row.subject)
            .bind(row.minutes)
            .bind(static_cast<std::int64_t>(row.seed));
        s.bind(row.sheet_hash).bind(row.desk).bind(row.state).bind(row.started_at);
      });
  return sqlite3_last_insert_rowid(database_->handle);
}

void InterviewLog::erase(std::int64_t id) {
  together([&] {
    for (const char* sql : {"DELETE FROM interview_event WHERE interview = ?",
                            "DELETE FROM interview_draft WHERE interview = ?",
                            "DELETE FROM interview_answer WHERE interview = ?",
                            "DELETE FROM interview_mark WHERE interview = ?",
                            "DELETE FROM interview_snapshot WHERE interview = ?",
                            "DELETE FROM interview WHERE id = ?"}) {
      database_->run(sql, [&](Statement& s) { s.bind(id); });
    }
  });
}

std::optional<InterviewRow> InterviewLog::row(std::int64_t id) const {
  return database_->guarded([&]() -> std::optional<InterviewRow> {
    Statement rows(database_->handle, (std::string(kInterviewColumns) + "WHERE id = ?").c_str());
    if (!rows.bind(id).step()) return std::nullopt;
    return read_interview(rows);
  });
}

std::optional<InterviewRow> InterviewLog::open_one() const {
  std::optional<InterviewRow> found;
  for (const InterviewRow& one : all()) {
    if (one.is_open()) found = one;
  }
  return found;
}

std::vector<InterviewRow> InterviewLog::all() const {
  return database_->guarded([&] {
    Statement rows(database_->handle, (std::string(kInterviewColumns) + "ORDER BY id").c_str());
    std::vector<InterviewRow> found;
    while (rows.step()) found.push_back(read_interview(rows));
    return found;
  });
}

std::vector<InterviewEvent> InterviewLog::events(std::int64_t id) const {
  return database_->guarded([&] {
    Statement rows(database_->handle,
                   "SELECT seq, at_ms, wall, kind, data FROM interview_event WHERE interview = ? "
                   "ORDER BY seq");
    rows.bind(id);
    std::vector<InterviewEvent> found;
    while (rows.step())
      found.push_back({rows.integer(0), rows.integer(1), rows.text(2), rows.text(3), rows.text(4)});
    return found;
  });
}

std::vector<InterviewAnswer> InterviewLog::answers(std::int64_t id) const {
  return database_->guarded([&] {
    Statement rows(database_->handle,
                   "SELECT follow_up, text, said FROM interview_answer WHERE interview = ? ORDER "
                   "BY follow_up");
    rows.bind(id);
    std::vector<InterviewAnswer> found;
    while (rows.step()) {
      InterviewAnswer one{static_cast<int>(rows.integer(0)), rows.text(1), std::nullopt};
      if (!rows.is_null(2)) one.said = rows.text(2);
      found.push_back(one);
    }
    return found;
  });
}

std::vector<InterviewMark> InterviewLog::marks(std::int64_t id) const {
  return database_->guarded([&] {
    Statement rows(database_->handle,
                   "SELECT dimension, computed, self, reason FROM interview_mark WHERE interview = "
                   "? ORDER BY rowid");
    rows.bind(id);
    std::vector<InterviewMark> found;
    while (rows.step()) {
      InterviewMark one{rows.text(0), std::nullopt, std::nullopt, rows.text(3)};
      if (!rows.is_null(1)) one.computed = static_cast<int>(rows.integer(1));
      if (!rows.is_null(2)) one.self = static_cast<int>(rows.integer(2));
      found.push_back(one);
    }
    return found;
  });
}

std::string InterviewLog::draft(std::int64_t id, const std::string& slot) const {
  return database_->guarded([&]() -> std::string {
    Statement rows(database_->handle,
                   "SELECT text FROM interview_draft WHERE interview = ? AND slot = ?");
    return rows.bind(id).bind(slot).step() ? rows.text(0) : "";
  });
}

std::map<std::string, std::string> InterviewLog::snapshot(std::int64_t id, std::int64_t seq) const {
  return database_->guarded([&] {
    Statement rows(database_->handle,
                   "SELECT path, content FROM interview_snapshot WHERE interview = ? AND seq = ?");
    rows.bind(id).bind(seq);
    std::map<std::string, std::string> found;
    while (rows.step()) found.emplace(rows.text(0), rows.text(1));
    return found;
  });
}

void InterviewLog::together(const std::function<void()>& work) {
  database_->guarded([&] {
    Transaction transaction(database_->handle);
    work();
    transaction.commit();
  });
}

std::int64_t InterviewLog::add_event(std::int64_t id, std::int64_t at_ms, const std::string& kind,
                                     const std::string& data, const std::string& wall) {
  database_->run(
      "INSERT INTO interview_event(interview, seq, at_ms, wall, kind, data) VALUES(?1, "
      "(SELECT COALESCE(MAX(seq), 0) + 1 FROM interview_event WHERE interview = ?1), ?2, ?3, ?4, "
      "?5)",
      [&](Statement& s) {
        s.bind(id).bind(at_ms).bind(wall.empty() ? wall_time(now()) : wall).bind(kind).bind(data);
      });
  return database_->guarded([&] {
    Statement last(database_->handle, "SELECT MAX(seq) FROM interview_event WHERE interview = ?");
    last.bind(id).step();
    return last.integer(0);
  });
}

void InterviewLog::set_state(std::int64_t id, const std::string& state) {
  database_->run("UPDATE interview SET state = ? WHERE id = ?",
                 [&](Statement& s) { s.bind(state).bind(id); });
}

void InterviewLog::set_elapsed(std::int64_t id, std::int64_t ms) {
  database_->run("UPDATE interview SET elapsed_ms = ? WHERE id = ?",
                 [&](Statement& s) { s.bind(ms).bind(id); });
}

void InterviewLog::set_draft(std::int64_t id, const std::string& slot, const std::string& text) {
  database_->run(
      "INSERT INTO interview_draft(interview, slot, text) VALUES(?, ?, ?) "
      "ON CONFLICT(interview, slot) DO UPDATE SET text = excluded.text",
      [&](Statement& s) { s.bind(id).bind(slot).bind(text); });
}

void InterviewLog::set_answer(std::int64_t id, const InterviewAnswer& answer) {
  database_->run(
      answer.said
          ? "INSERT OR REPLACE INTO interview_answer(interview, follow_up, text, said) "
            "VALUES(?, ?, ?, ?)"
          : "INSERT OR REPLACE INTO interview_answer(interview, follow_up, text) VALUES(?, ?, ?)",
      [&](Statement& s) {
        s.bind(id).bind(answer.follow_up).bind(answer.text);
        if (answer.said) s.bind(*answer.said);
      });
}

void InterviewLog::set_mark(std::int64_t id, const InterviewMark& mark) {
  database_->run(
      "INSERT OR REPLACE INTO interview_mark(interview, dimension, computed, self, reason) "
      "VALUES(?, ?, NULLIF(?, -1), NULLIF(?, -1), ?)",
      [&](Statement& s) {
        s.bind(id).bind(mark.dimension).bind(mark.computed.value_or(-1));
        s.bind(mark.self.value_or(-1)).bind(mark.reason);
      });
}

void InterviewLog::add_snapshot(std::int64_t id, std::int64_t seq,
                                const std::map<std::string, std::string>& files) {
  for (const auto& [path, content] : files) {
    database_->run(
        "INSERT OR REPLACE INTO interview_snapshot(interview, seq, path, content) VALUES(?, ?, ?, "
        "?)",
        [&, &name = path, &bytes = content](Statement& s) {
          s.bind(id).bind(seq).bind(name).bind_blob(bytes);
        });
  }
}

void InterviewLog::set_verdict(std::int64_t id, std::int64_t attempt) {
  database_->run("UPDATE interview SET verdict = ? WHERE id = ?",
                 [&](Statement& s) { s.bind(attempt).bind(id); });
}

void InterviewLog::end(std::int64_t id, const std::string& state, std::optional<double> low,
                       std::optional<double> mid, std::optional<double> high) {
  set_state(id, state);
  database_->run("UPDATE interview SET ended_at = ? WHERE id = ?",
                 [&](Statement& s) { s.bind(wall_time(now())).bind(id); });
  if (!low || !mid || !high) return;
  database_->run("UPDATE interview SET low = ?, mid = ?, high = ? WHERE id = ?", [&](Statement& s) {
    s.bind_real(*low).bind_real(*mid).bind_real(*high).bind(id);
  });
}

InterviewLock::InterviewLock(const Workspace& workspace) {
  std::error_code ignored;
  std::filesystem::create_directories(workspace.state, ignored);
  const auto path = workspace.state / "interview.lock";
  file_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!file_)
    throw KitError(path.string() + " can't be written.", "Make it yours:   ls -l " + path.string());
  if (::flock(file_.get(), LOCK_EX | LOCK_NB) == 0) {
    held_ = true;
    const std::string pid = fmt::format("{}\n", ::getpid());
    if (::ftruncate(file_.get(), 0) != 0 || ::write(file_.get(), pid.data(), pid.size()) < 0)
      return;
  } else {
    char text[32] = {};
    if (::read(file_.get(), text, sizeof text - 1) > 0) other_ = std::atol(text);
  }
}

void refuse_during_interview(const Workspace& workspace, const std::string& exercise) {
  if (!std::filesystem::exists(workspace.state / "history.db")) return;
  const auto open = InterviewLog(workspace).open_one();
  if (open && open->kind == "coding" && open->subject == exercise) {
    throw KitError(fmt::format("An interview on {} is on.", exercise),
                   "It ends with:   ./kit interview --resume, then finish");
  }
}

}  // namespace kit
