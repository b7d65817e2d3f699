#include "harness/transcript.hpp"

#include <arpa/inet.h>
#include <execinfo.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "harness/source_line.hpp"

namespace kit::harness {
namespace {

using nlohmann::json;

// Messages may hold any bytes that a submission produced: what isn't UTF-8 is replaced, never
// thrown.
std::string dump(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

std::string read_line(int socket) {
  std::string line;
  char c = 0;
  while (line.size() < 1 << 20) {
    const ssize_t got = ::read(socket, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || c == '\n') break;
    line += c;
  }
  return line;
}

constexpr std::array kFatal = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

void on_fatal_signal(int signal) {
  std::array<void*, 48> frames{};
  const int count = ::backtrace(frames.data(), static_cast<int>(frames.size()));
  // The default action stands again (SA_RESETHAND): a second fault in here ends the process.
  ::alarm(3);  // looking up lines allocates; if the heap's lock is held, die of SIGALRM and not of
               // waiting
  Transcript::get().crash(signal, frames.data(), count);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

}  // namespace

Transcript& Transcript::get() {
  static Transcript* const only = new Transcript;  // never destroyed: exit handlers may still write
  return *only;
}

// "tcp:TOKEN:PORT:ADDRESS,ADDRESS": the first address that answers.
bool Transcript::connect_over_network(const char* path) {
  const std::string text = path;
  const std::size_t first = text.find(':', 4), second = text.find(':', first + 1);
  if (first == std::string::npos || second == std::string::npos) return false;
  const std::string token = text.substr(4, first - 4);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::atoi(text.c_str() + first + 1)));
  for (std::size_t begin = second + 1; begin < text.size() && socket_ < 0;) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string address = text.substr(begin, end - begin);
    begin = end + 1;
    if (::inet_pton(AF_INET, address.c_str(), &to.sin_addr) != 1) continue;
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    ::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
    pollfd waiting{fd, POLLOUT, 0};
    int error = ECONNREFUSED;
    socklen_t length = sizeof error;
    if (::poll(&waiting, 1, 2000) == 1) ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error == 0) {
      ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
      socket_ = ::fcntl(fd, F_DUPFD_CLOEXEC, 900);
    }
    ::close(fd);
  }
  over_network_ = socket_ >= 0;
  if (over_network_) send(dump({{"e", "hello"}, {"pid", ::getpid()}, {"token", token}}));
  return over_network_;
}

void Transcript::connect(const char* path) {
  if (path == nullptr || socket_ >= 0) return;
  if (std::strncmp(path, "tcp:", 4) == 0) {
    if (connect_over_network(path)) hear_answer();
    return;
  }
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (std::strlen(path) >= sizeof address.sun_path) return;
  std::strcpy(address.sun_path, path);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  // Out of the way: a submission's first descriptor is 3, with the grader and without it.
  socket_ = ::fcntl(fd, F_DUPFD_CLOEXEC, 900);
  if (socket_ < 0)
    socket_ = fd;
  else
    ::close(fd);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    socket_ = -1;
    return;
  }
  send(dump({{"e", "hello"}, {"pid", ::getpid()}}));
  hear_answer();
}

void Transcript::hear_answer() {
  const json answer = json::parse(read_line(socket_), nullptr, false);
  if (answer.is_object()) {
    nonce_ = answer.value("nonce", "");
    only_ = answer.value("only", std::vector<std::string>{});
    skip_ = answer.value("skip", std::vector<std::string>{});
  }
}

void Transcript::send(const std::string& line) {
  std::size_t done = 0;
  while (socket_ >= 0 && done < line.size()) {
    const ssize_t n = ::send(socket_, line.data() + done, line.size() - done, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    done += static_cast<std::size_t>(n);
  }
}

void Transcript::hosts(const std::vector<std::string>& names) {
  if (over_network_) send(dump({{"e", "hosts"}, {"names", names}}));
}

void Transcript::lost(const std::string& host) {
  if (over_network_) send(dump({{"e", "lost"}, {"host", host}}));
}

bool Transcript::nobody_listens() const {
  pollfd ended{socket_, POLLRDHUP, 0};
  return over_network_ && ::poll(&ended, 1, 0) == 1 &&
         (ended.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

bool Transcript::picture(const std::string& name, const std::string& text) {
  if (over_network_) send(dump({{"e", "picture"}, {"name", name}, {"text", text}}));
  return over_network_;
}

void Transcript::start(const std::string& test) {
  running_ = test;
  doing_.clear();
  if (connected()) send(dump({{"e", "start"}, {"test", test}}));
}

void Transcript::evidence(const std::string& test, const Evidence& e) {
  if (!connected()) return;
  json line = {{"e", "evidence"},      {"test", test},           {"lens", e.lens},
               {"key", e.key},         {"measured", e.measured}, {"limit", e.limit},
               {"at_most", e.at_most}, {"unit", e.unit}};
  if (!e.file.empty()) line["file"] = e.file;
  if (e.line != 0) line["line"] = e.line;
  if (!e.picture.empty()) line["picture"] = e.picture;
  send(dump(line));
}

void Transcript::end(const std::string& test, bool ok, const std::vector<Message>& messages) {
  running_.clear();
  if (!connected()) return;
  json list = json::array();
  for (const Message& m : messages) {
    json one = {{"file", m.file}, {"line", m.line}, {"text", m.text}};
    if (m.rank >= 0) one["rank"] = m.rank;
    list.push_back(std::move(one));
  }
  send(dump({{"e", "end"}, {"test", test}, {"ok", ok}, {"messages", std::move(list)}}));
}

void Transcript::complete() {
  if (connected()) send(dump({{"e", "complete"}, {"nonce", nonce_}}));
}

void Transcript::crash(int signal, void* const* frames, int count) {
  if (!connected()) return;
  std::string at;
  for (int i = 0; i < count; ++i) {
    const void* call = static_cast<const char*>(frames[i]) - (i == 0 ? 0 : 1);
    if (at.empty() && is_submission(call)) {
      const SourceLine line = source_line(call);
      at = line.text() + (line.function.empty() ? "" : " in " + line.function);
    }
  }
  send(dump(
      {{"e", "crash"}, {"test", running_}, {"signal", signal}, {"at", at}, {"doing", doing_}}));
}

std::string gtest_filter(const std::vector<std::string>& only,
                         const std::vector<std::string>& skip) {
  const auto join = [](const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
      if (!out.empty()) out += ':';
      out += name.find('.') == std::string::npos ? name + ".*" : name;
    }
    return out;
  };
  std::string filter = only.empty() ? "*" : join(only);
  if (!skip.empty()) filter += "-" + join(skip);
  return filter;
}

void report_fatal_signals() {
  // backtrace() loads libgcc the first time: do that now, not in the handler.
  void* warm[1];
  ::backtrace(warm, 1);
  // A stack overflow needs a stack of its own for the handler. libdw, which looks up the line, needs
  // more than 64 KiB of it.
  static std::array<char, 1 << 20> stack;
  stack_t alternate{};
  alternate.ss_sp = stack.data();
  alternate.ss_size = stack.size();
  ::sigaltstack(&alternate, nullptr);
  struct sigaction action {};
  action.sa_handler = on_fatal_signal;
  action.sa_flags = static_cast<int>(SA_ONSTACK | SA_RESETHAND);
  for (const int signal : kFatal) ::sigaction(signal, &action, nullptr);
}

}  // namespace kit::harness
