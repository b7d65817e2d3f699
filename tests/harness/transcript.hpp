// The suite's own record of a run, read by the grader: one JSON object a line over the Unix socket
// KIT_TRANSCRIPT.
//
//   suite:   {"e":"hello","pid":17}
//   grader:  {"nonce":"..","only":[..],"skip":[..]}
//   suite:   {"e":"start","test":"Cost.X"}
//            {"e":"evidence","test":"Cost.X","lens":..,"key":..,"measured":7,"limit":3,
//             "at_most":true,..}
//            {"e":"end","test":"Cost.X","ok":false,"messages":[{"file":..,"line":17,"text":..}]}
//            {"e":"crash","test":"Cost.X","signal":11,"at":"copy_file.cpp:22 in copy_file",
//             "doing":"an empty file"}
//            {"e":"complete","nonce":".."}
//
// Under a launcher that may start ranks on other hosts KIT_TRANSCRIPT is "tcp:TOKEN:PORT:ADDRESS,.."
// and hello has the token. Such a suite also says
//
//            {"e":"hosts","names":["node1","node1","node2"]}      by rank
//            {"e":"picture","name":"messages.json","text":".."}   before the evidence that names it
//            {"e":"lost","host":"node2"}                          it answers no more
//
// The socket is opened before any static initialiser of the submission runs, is close-on-exec, and
// its name leaves the environment at once. Without KIT_TRANSCRIPT everything here does nothing, and
// the suite is a plain GoogleTest program.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/report.hpp"

namespace kit::harness {

/// One message of a failed test. `rank` is -1 in one-process suites.
struct Message {
  int rank = -1;
  std::string file;
  int line = 0;
  std::string text;
};

class Transcript {
 public:
  /// The one transcript of this process; connected if the grader asked for one and this process may
  /// write it.
  static Transcript& get();

  bool connected() const { return socket_ >= 0; }
  const std::vector<std::string>& only() const { return only_; }
  const std::vector<std::string>& skip() const { return skip_; }

  void start(const std::string& test);
  void doing(std::string what) { doing_ = std::move(what); }
  void evidence(const std::string& test, const Evidence& evidence);
  void end(const std::string& test, bool ok, const std::vector<Message>& messages);
  void complete();
  void hosts(const std::vector<std::string>& names);
  void lost(const std::string& host);
  /// Sends the text of a picture, where the grader may be on another host than the run directory; else
  /// false.
  bool picture(const std::string& name, const std::string& text);
  /// The grader has gone; nothing that was sent to it is read any more.
  bool nobody_listens() const;
  /// Async-signal-safe but for the look-up of lines; called once, from the handler of a fatal
  /// signal.
  void crash(int signal, void* const* frames, int count);

  /// Connects; called once, before main, with what KIT_TRANSCRIPT held. `owner` false leaves it
  /// closed (MPI ranks > 0).
  void connect(const char* path);

 private:
  void send(const std::string& line);
  bool connect_over_network(const char* path);
  void hear_answer();

  bool over_network_ = false;
  int socket_ = -1;
  std::string nonce_;
  std::string running_;
  std::string doing_;
  std::vector<std::string> only_;
  std::vector<std::string> skip_;
};

/// Builds GoogleTest's filter from only and skip: "A.B:C.D-E.F". An entry without a dot is a whole
/// criterion.
std::string gtest_filter(const std::vector<std::string>& only,
                         const std::vector<std::string>& skip);

/// Installs the handlers that report SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT to the transcript
/// and then die of it.
void report_fatal_signals();

}  // namespace kit::harness
