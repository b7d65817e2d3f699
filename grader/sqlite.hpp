// SQLite as the kit uses it: statements that are closed by themselves, transactions that are rolled back unless
// committed, and failures that become a sentence with its mend.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "errors.hpp"

namespace kit {

/// What SQLite said when something failed, before it becomes a sentence.
struct SqlFailure {
  int code;
  std::string text;
};

inline bool means_damage(int code) {
  return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

/// Called before each statement that writes. Tests kill the process there, between any two.
inline void (*before_writing)() = nullptr;

/// One prepared statement; the arguments are bound in order.
class Statement {
 public:
  Statement(sqlite3* handle, const char* sql) : handle_(handle) {
    check(sqlite3_prepare_v2(handle, sql, -1, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
    return *this;
  }
  Statement& bind_real(double value) {
    check(sqlite3_bind_double(statement_, ++bound_, value));
    return *this;
  }
  Statement& bind(const std::string& value) {
    check(sqlite3_bind_text64(statement_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
    return *this;
  }
  Statement& bind_blob(const std::string& value) {
    check(sqlite3_bind_blob64(statement_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT));
    return *this;
  }

  bool step() {
    if (before_writing && sqlite3_stmt_readonly(statement_) == 0) before_writing();
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) check(code);
    return code == SQLITE_ROW;
  }
  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::string text(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    return data ? std::string(static_cast<const char*>(data), static_cast<std::size_t>(size)) : "";
  }

 private:
  void check(int code) const {
    if (code != SQLITE_OK) throw SqlFailure{code, sqlite3_errmsg(handle_)};
  }
  sqlite3* handle_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

inline void execute(sqlite3* handle, const char* sql) {
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw SqlFailure{code, sqlite3_errmsg(handle)};
}

/// Rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(sqlite3* handle) : handle_(handle) { execute(handle, "BEGIN IMMEDIATE"); }
  ~Transaction() {
    if (!done_) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    if (before_writing) before_writing();
    execute(handle_, "COMMIT");
    done_ = true;
  }

 private:
  sqlite3* handle_;
  bool done_ = false;
};

/// A file of this name beside the database asks the next start for a full check.
inline std::filesystem::path suspect_mark(const std::filesystem::path& database) {
  return database.string() + ".suspect";
}

/// What a failure means for the one who runs the kit. Leaves the mark if it was damage.
KitError in_words(const SqlFailure& failure, const std::filesystem::path& database);

}  // namespace kit
