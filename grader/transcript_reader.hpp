// The grader's end of a suite's transcript: a listening socket in the run directory, one
// connection, one object a line.
//
// The first connection is the suite's own (its harness connects before any code of the submission);
// whatever connects later is closed unheard. A line that isn't what the format says is skipped and
// counted: output of a submission must not be able to end the grader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "descriptor.hpp"
#include "suite.hpp"

namespace kit {

/// One line, checked.
struct Record {
  enum Kind { hello, begin, evidence, end, crash, complete, hosts, picture, lost } kind = hello;
  std::string test;
  bool ok = false;
  std::vector<Message> messages;
  Evidence fact;
  int signal = 0;
  std::string at;                  // of a crash: "copy_file.cpp:22 in copy_file"
  std::string doing;               // of a crash: "a = std::move(a)"
  std::string nonce;               // of complete
  std::string token;               // of hello, over the network
  std::vector<std::string> names;  // of hosts: by rank of the world
  std::string name, text;          // of picture
  std::string host;                // of lost
};

/// Whether `line` is a record of the format; fills `record`.
bool parse_record(const std::string& line, Record& record);

class TranscriptReader {
 public:
  /// Listens at directory/transcript; `over_network` at a port that other hosts may reach, and only who
  /// says the token of path() is heard. THROWS: KitError.
  TranscriptReader(const std::filesystem::path& directory, std::vector<std::string> only,
                   std::vector<std::string> skip, bool over_network = false);

  std::string path() const { return path_; }
  const std::string& nonce() const { return nonce_; }
  int listener() const { return listener_.get(); }
  int connection() const { return connection_.get(); }
  bool connected() const { return seen_; }
  int refused_lines() const { return refused_lines_; }

  void accept();
  /// Reads what there is; empty at the end of the connection, which is then closed.
  std::vector<Record> read();

 private:
  void listen_here(const std::filesystem::path& directory);
  void listen_to_hosts();
  void answer_hello();

  std::string token_, path_, nonce_, buffer_;
  std::vector<std::string> only_, skip_;
  Descriptor listener_, connection_;
  bool seen_ = false, greeted_ = false;
  int refused_lines_ = 0;
};

}  // namespace kit
