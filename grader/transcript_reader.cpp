#include "transcript_reader.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "errors.hpp"

namespace kit {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestLine = 4U << 20;

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

double number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number() ? found->get<double>() : 0;
}

int int_of(const json& object, const char* key, int otherwise) {
  const double value = number_of(object, key);
  return object.contains(key) && value > -1e9 && value < 1e9 ? static_cast<int>(value) : otherwise;
}

std::string make_nonce() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw KitError("The kernel gave no random bytes.");
  }
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

}  // namespace

bool parse_record(const std::string& line, Record& record) {
  const json object = json::parse(line, nullptr, false);
  if (!object.is_object()) return false;
  static const std::array<std::pair<const char*, Record::Kind>, 9> kKinds = {
      {{"hello", Record::hello},
       {"start", Record::begin},
       {"evidence", Record::evidence},
       {"end", Record::end},
       {"crash", Record::crash},
       {"complete", Record::complete},
       {"hosts", Record::hosts},
       {"picture", Record::picture},
       {"lost", Record::lost}}};
  const std::string name = text_of(object, "e");
  bool known = false;
  for (const auto& [word, kind] : kKinds) {
    if (name == word) {
      record.kind = kind;
      known = true;
    }
  }
  if (!known) return false;
  record.test = text_of(object, "test");
  record.nonce = text_of(object, "nonce");
  record.at = text_of(object, "at");
  record.doing = text_of(object, "doing");
  record.signal = int_of(object, "signal", 0);
  record.token = text_of(object, "token");
  record.name = text_of(object, "name");
  record.text = text_of(object, "text");
  record.host = text_of(object, "host");
  if (const auto names = object.find("names"); names != object.end() && names->is_array()) {
    for (const json& one : *names)
      record.names.push_back(one.is_string() ? one.get<std::string>() : "");
  }
  const auto ok = object.find("ok");
  record.ok = ok != object.end() && ok->is_boolean() && ok->get<bool>();
  const auto messages = object.find("messages");
  if (messages != object.end() && messages->is_array()) {
    for (const json& message : *messages) {
      if (!message.is_object()) return false;
      record.messages.push_back({int_of(message, "rank", -1), text_of(message, "file"),
                                 int_of(message, "line", 0), text_of(message, "text")});
    }
  }
  if (record.kind == Record::evidence) {
    Evidence& fact = record.fact;
    fact.test = record.test;
    fact.lens = text_of(object, "lens");
    fact.key = text_of(object, "key");
    fact.unit = text_of(object, "unit");
    fact.file = text_of(object, "file");
    fact.picture = text_of(object, "picture");
    fact.line = int_of(object, "line", 0);
    fact.measured = number_of(object, "measured");
    fact.limit = number_of(object, "limit");
    const auto at_most = object.find("at_most");
    fact.at_most = at_most == object.end() || !at_most->is_boolean() || at_most->get<bool>();
  }
  return true;
}

TranscriptReader::TranscriptReader(const std::filesystem::path& directory,
                                   std::vector<std::string> only, std::vector<std::string> skip,
                                   bool over_network)
    : nonce_(make_nonce()), only_(std::move(only)), skip_(std::move(skip)) {
  if (over_network)
    listen_to_hosts();
  else
    listen_here(directory);
}

void TranscriptReader::listen_here(const std::filesystem::path& directory) {
  path_ = (directory / "transcript").string();
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path_.size() >= sizeof address.sun_path)
    throw KitError("The run directory's path is too long: " + path_);
  std::strcpy(address.sun_path, path_.c_str());
  listener_ = Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  ::unlink(path_.c_str());
  if (!listener_ ||
      ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_.get(), 4) != 0) {
    throw KitError(fmt::format("No socket can be made at {}: {}.", path_, std::strerror(errno)));
  }
}

// path() is "tcp:TOKEN:PORT:ADDRESS,ADDRESS": every address this machine has, the loopback last.
void TranscriptReader::listen_to_hosts() {
  token_ = make_nonce();
  listener_ = Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_in any{};
  any.sin_family = AF_INET;
  socklen_t length = sizeof any;
  if (!listener_ || ::bind(listener_.get(), reinterpret_cast<sockaddr*>(&any), sizeof any) != 0 ||
      ::listen(listener_.get(), 4) != 0 ||
      ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&any), &length) != 0) {
    throw KitError(
        fmt::format("No socket can be made for the other hosts: {}.", std::strerror(errno)));
  }
  std::string addresses;
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) == 0) {
    for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
      if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET ||
          (one->ifa_flags & IFF_LOOPBACK) != 0 || (one->ifa_flags & IFF_UP) == 0)
        continue;
      sockaddr_in address{};
      std::memcpy(&address, one->ifa_addr, sizeof address);
      std::array<char, INET_ADDRSTRLEN> text{};
      ::inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size());
      addresses += std::string(text.data()) + ",";
    }
    ::freeifaddrs(all);
  }
  path_ = fmt::format("tcp:{}:{}:{}127.0.0.1", token_, ntohs(any.sin_port), addresses);
}

void TranscriptReader::accept() {
  Descriptor one(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!one || seen_) return;
  seen_ = true;
  connection_ = std::move(one);
}

void TranscriptReader::answer_hello() {
  if (greeted_) return;
  greeted_ = true;
  const std::string line = json{{"nonce", nonce_}, {"only", only_}, {"skip", skip_}}.dump() + "\n";
  // A few hundred bytes into an empty socket: they fit.
  (void)!::send(connection_.get(), line.data(), line.size(), MSG_NOSIGNAL);
}

std::vector<Record> TranscriptReader::read() {
  std::array<char, 65536> bytes{};
  const ssize_t n = ::read(connection_.get(), bytes.data(), bytes.size());
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return {};
  if (n <= 0) {
    connection_.reset();
    return {};
  }
  buffer_.append(bytes.data(), static_cast<std::size_t>(n));
  std::vector<Record> records;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = buffer_.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    Record record;
    if (!parse_record(buffer_.substr(begin, end - begin), record)) {
      ++refused_lines_;
    } else if (record.kind == Record::hello && record.token != token_) {
      // Somebody else on the network: the suite may still come.
      connection_.reset();
      buffer_.clear();
      seen_ = false;
      return {};
    } else if (record.kind == Record::hello) {
      answer_hello();
    } else if (!greeted_ && !token_.empty()) {
      ++refused_lines_;
    } else {
      records.push_back(std::move(record));
    }
  }
  buffer_.erase(0, begin);
  if (buffer_.size() > kLongestLine) {
    buffer_.clear();
    ++refused_lines_;
  }
  return records;
}

}  // namespace kit
