// Colour, width, bars, wrapping and questions: everything that depends on where the screen is
// shown.
#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iostream>

#include "interrupt.hpp"

namespace kit {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

// The locale's variables in the order in which the C library reads them.
bool utf8_locale() {
  std::string value;
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    value = environment(name);
    if (!value.empty()) break;
  }
  std::transform(value.begin(), value.end(), value.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
}

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp<int>(size.ws_col, 40, 80);
}

// The length of the escape sequence that begins at `at` ("\033[1m"), 0 if none does.
std::size_t escape_length(std::string_view text, std::size_t at) {
  if (text[at] != '\033') return 0;
  if (at + 1 >= text.size() || text[at + 1] != '[') return 1;
  std::size_t end = at + 2;
  while (end < text.size() && !(text[end] >= '@' && text[end] <= '~')) ++end;
  return std::min(end + 1, text.size()) - at;
}

}  // namespace

Terminal::Terminal(ColourWish wish)
    : interactive_(isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)),
      error_terminal_(isatty(STDERR_FILENO)),
      utf8_(utf8_locale()),
      width_(terminal_width()) {
  const bool wanted = environment("NO_COLOR").empty() && environment("TERM") != "dumb";
  colour_ = wish == ColourWish::always ||
            (wish == ColourWish::automatic && isatty(STDOUT_FILENO) && wanted);
}

// Line by line, so that a pager or a cut line never loses the end of a colour.
std::string Terminal::paint(const char* code, std::string_view text) const {
  if (!colour_) return std::string(text);
  std::string painted;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (!line.empty())
      painted.append("\033[").append(code).append("m").append(line).append("\033[0m");
    if (end < text.size()) painted += '\n';
    begin = end + 1;
  }
  return painted;
}

std::string Terminal::good(std::string_view text) const {
  return paint("32", text);
}
std::string Terminal::bad(std::string_view text) const {
  return paint("31", text);
}
std::string Terminal::attention(std::string_view text) const {
  return paint("33", text);
}
std::string Terminal::quiet(std::string_view text) const {
  return paint("2", text);
}
std::string Terminal::strong(std::string_view text) const {
  return paint("1", text);
}

// A bar is full only when all is done, and empty only when nothing is.
std::string Terminal::bar(double share, int cells) const {
  share = std::clamp(std::isnan(share) ? 0.0 : share, 0.0, 1.0);
  int filled = static_cast<int>(std::lround(share * cells));
  if (share > 0) filled = std::max(filled, 1);
  if (share < 1) filled = std::min(filled, cells - 1);
  filled = std::max(filled, 0);
  std::string done;
  std::string left;
  for (int i = 0; i < filled; ++i) done += utf8_ ? "█" : "#";
  for (int i = filled; i < cells; ++i) left += utf8_ ? "░" : ".";
  return good(done) + quiet(left);
}

void Terminal::print(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void Terminal::progress(std::string_view text) const {
  if (!error_terminal_) return;
  // One column less than there are: a full line would wrap, and the next one couldn't wipe it.
  std::string line;
  int used = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins && ++used > width_ - 1) break;
    line += c;
  }
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

int columns(std::string_view text) {
  int count = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t escape = escape_length(text, i); escape > 0) {
      i += escape;
      continue;
    }
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) ++count;
    ++i;
  }
  return count;
}

std::string pad(std::string_view text, int width) {
  std::string padded(text);
  padded.append(static_cast<std::size_t>(std::max(0, width - columns(text))), ' ');
  return padded;
}

std::string wrap(std::string_view text, int width, int indent) {
  const std::string margin(static_cast<std::size_t>(std::max(0, indent)), ' ');
  std::string out;
  int used = 0;       // columns of the line so far
  bool fresh = true;  // no word on this line yet
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '\n') {
      out += '\n';
      ++i;
      if (i < text.size() && text[i] != '\n') out += margin;
      used = indent;
      fresh = true;
      continue;
    }
    const std::size_t word = std::min(text.find_first_not_of(' ', i), text.size());
    const std::size_t end = std::min(text.find_first_of(" \n", word), text.size());
    if (word == end) {  // only spaces were left on this line
      i = end;
      continue;
    }
    const int gap = static_cast<int>(word - i);
    const std::string_view letters = text.substr(word, end - word);
    const int length = columns(letters);
    if (!fresh && used + gap + length > width) {
      out += '\n' + margin;
      used = indent;
    } else {
      out.append(static_cast<std::size_t>(gap), ' ');
      used += gap;
    }
    out += letters;
    used += length;
    fresh = false;
    i = end;
  }
  return out;
}

bool ask(const Terminal& terminal, const std::string& question, bool yes_by_default) {
  if (!terminal.interactive()) return yes_by_default;
  for (int tries = 0; tries < 3; ++tries) {
    terminal.print(question + (yes_by_default ? " [Y/n] " : " [y/N] "));
    std::string answer;
    if (!std::getline(std::cin, answer)) {
      terminal.print("\n");
      throw_if_interrupted();  // Ctrl-C is no answer
      return yes_by_default;
    }
    if (answer.empty()) return yes_by_default;
    const int letter = std::tolower(static_cast<unsigned char>(answer.front()));
    if (letter == 'y') return true;
    if (letter == 'n') return false;
  }
  return yes_by_default;
}

}  // namespace kit
