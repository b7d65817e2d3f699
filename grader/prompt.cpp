#include "prompt.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "interrupt.hpp"

namespace kit {

namespace {

constexpr int kTickMs = 1000;
constexpr int kLeastRoom = 10;  // columns for an answer

// Of this moment: the window may have been resized since the last line.
int columns_now() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp<int>(size.ws_col, 20, 80);
}

bool continues_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

void remove_last_character(std::string& text) {
  while (!text.empty() && continues_a_character(text.back())) text.pop_back();
  if (!text.empty()) text.pop_back();
}

// The end of `text` that fits in `width` columns.
std::string last_columns(const std::string& text, int width) {
  std::string end = text;
  while (!end.empty() && columns(end) > width) {
    end.erase(0, 1);
    while (!end.empty() && continues_a_character(end.front())) end.erase(0, 1);
  }
  return end;
}

}  // namespace

Prompt::Prompt(const Terminal& terminal, bool plain)
    : terminal_(terminal), plain_(plain || !terminal.interactive()) {
  if (!plain_ && ::tcgetattr(0, &before_) == 0) {
    struct sigaction resized {};
    resized.sa_handler = [](int) {};  // only so that a waiting poll comes back
    ::sigaction(SIGWINCH, &resized, nullptr);
    take_back();
  }
}

Prompt::~Prompt() {
  release();
}

void Prompt::take_back() {
  if (plain_ || raw_) return;
  termios raw = before_;
  raw.c_lflag &= static_cast<tcflag_t>(~(ICANON | ECHO));
  raw_ = ::tcsetattr(0, TCSANOW, &raw) == 0;
}

void Prompt::release() {
  if (!raw_) return;
  wipe();
  ::tcsetattr(0, TCSANOW, &before_);
  raw_ = false;
}

void Prompt::begin(const std::string& label, const std::string& right, const std::string& typed) {
  label_ = label;
  right_ = right;
  typed_ = typed;
  // A question that leaves no room to answer on its own row stands above the answer.
  if (!plain_ && columns(label) + kLeastRoom > columns_now()) {
    wipe();
    terminal_.print(wrap(label, columns_now(), 2) + "\n");
    label_ = "  > ";
  }
  if (!plain_) draw();
}

// One row, whatever was typed: of a long line the end is shown, and the word at the right gives way.
void Prompt::draw() {
  const int width = columns_now();
  const std::string text = last_columns(typed_, width - columns(label_) - 1);
  const int used = columns(label_) + columns(text);
  std::string row = "\r\033[J" + label_ + text;
  if (!right_.empty() && used + 3 + columns(right_) < width) {
    row += std::string(static_cast<std::size_t>(width - 1 - used - columns(right_)), ' ') +
           terminal_.quiet(right_);
    row += "\r" + label_ + text;
  }
  terminal_.print(row);
  drawn_ = true;
}

void Prompt::wipe() {
  if (drawn_) terminal_.print("\r\033[J");
  drawn_ = false;
}

void Prompt::say(const std::string& text) {
  const bool again = drawn_;
  wipe();
  terminal_.print(text);
  if (again) draw();
}

bool Prompt::take_bytes(std::string* line, const std::function<void(const std::string&)>& stored,
                        Came* came) {
  while (!pending_.empty()) {
    const char c = pending_.front();
    if (c == '\033') {
      // An arrow or a function key: a sequence that ends with a letter or a tilde. Nothing is bound to them.
      std::size_t end = 1;
      if (end < pending_.size() && (pending_[1] == '[' || pending_[1] == 'O')) ++end;
      while (end < pending_.size() && !(pending_[end] >= '@' && pending_[end] <= '~')) ++end;
      pending_.erase(0, std::min(end + 1, pending_.size()));
      continue;
    }
    pending_.erase(0, 1);
    key_ = true;
    if (c == '\n' || c == '\r') {
      *line = typed_;
      if (plain_) {
        terminal_.print(label_ + typed_ + "\n");
      } else {
        wipe();
        terminal_.print(wrap(label_ + typed_, columns_now(), columns(label_)) + "\n");
      }
      typed_.clear();
      *came = Came::line;
      return true;
    }
    if (c == 4 && !plain_) {  // Ctrl-D
      if (!typed_.empty()) continue;
      *came = Came::ended;
      return true;
    }
    if (c == 127 || c == 8) {
      remove_last_character(typed_);
    } else if (c == 21) {  // Ctrl-U
      typed_.clear();
    } else if (c == 23) {  // Ctrl-W
      while (!typed_.empty() && typed_.back() == ' ') typed_.pop_back();
      while (!typed_.empty() && typed_.back() != ' ') remove_last_character(typed_);
    } else if (c == '\t') {
      typed_ += ' ';
    } else if (static_cast<unsigned char>(c) >= 32) {
      typed_ += c;
    }
    // A pasted text is stored once, and before its last character is shown.
    if (pending_.empty()) {
      stored(typed_);
      if (!plain_) draw();
    }
  }
  return false;
}

Prompt::Came Prompt::wait(std::string* line,
                          const std::function<void(const std::string&)>& stored) {
  key_ = false;
  Came came = Came::tick;
  if (take_bytes(line, stored, &came)) return came;
  if (input_ended_) return Came::ended;
  pollfd waiting{0, POLLIN, 0};
  const int ready = ::poll(&waiting, 1, plain_ ? -1 : kTickMs);
  if (const int signal = take_interrupt(); signal != 0) {
    return signal == SIGINT ? Came::interrupt : Came::terminated;
  }
  if (ready < 0) {  // resized
    if (!plain_) draw();
    return Came::tick;
  }
  if (ready == 0) return Came::tick;
  std::array<char, 512> bytes{};
  const ssize_t n = ::read(0, bytes.data(), bytes.size());
  if (n < 0 && errno == EINTR) return Came::tick;
  if (n <= 0) {
    // A closed window; in a pipe the end of the commands, perhaps without a line break.
    if (!plain_) return Came::terminated;
    input_ended_ = true;
    if (!typed_.empty()) pending_ += '\n';
    return take_bytes(line, stored, &came) ? came : Came::ended;
  }
  pending_.append(bytes.data(), static_cast<std::size_t>(n));
  return take_bytes(line, stored, &came) ? came : Came::tick;
}

}  // namespace kit
