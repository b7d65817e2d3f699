// What the screens have in common: colour only where it is wanted, 80 columns, progress that leaves no trace.
//
// Colours say good, bad, attention and quiet, and nothing else; each is also said by a word.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace kit {

enum class ColourWish { automatic, always, never };

class Terminal {
 public:
  /// automatic: colour on a terminal, unless NO_COLOR is set or TERM is dumb. Bars use block characters in UTF-8.
  explicit Terminal(ColourWish wish = ColourWish::automatic);

  bool interactive() const { return interactive_; }  // standard input and output are a terminal
  bool colour() const { return colour_; }
  int width() const { return width_; }  // at most 80 where text is wrapped

  std::string good(std::string_view text) const;       // green
  std::string bad(std::string_view text) const;        // red
  std::string attention(std::string_view text) const;  // yellow
  std::string quiet(std::string_view text) const;      // dim
  std::string strong(std::string_view text) const;     // bold

  /// "############................": `share` from 0 to 1 of `cells` characters.
  std::string bar(double share, int cells) const;

  /// Writes to standard output.
  void print(std::string_view text) const;

  /// One line on standard error that the next one replaces; nothing unless it is a terminal. Empty: wipes it.
  void progress(std::string_view text) const;

 private:
  std::string paint(const char* code, std::string_view text) const;
  bool interactive_ = false;
  bool error_terminal_ = false;
  bool colour_ = false;
  bool utf8_ = false;
  int width_ = 80;
};

/// Breaks at spaces so that no line is wider than `width`; lines after the first begin with `indent` spaces. A single
/// word that is wider (a path, an address) stays whole.
std::string wrap(std::string_view text, int width, int indent = 0);

/// Columns a text takes on a terminal: UTF-8 code points, escape sequences not counted.
int columns(std::string_view text);

/// `text` and spaces up to `width` columns.
std::string pad(std::string_view text, int width);

/// Markdown for the terminal: headings bold, code indented and quiet, lists, tables as columns, wrapped at 80.
std::string render_markdown(std::string_view markdown, const Terminal& terminal);

/// A question with a default answer; without a terminal the default.
bool ask(const Terminal& terminal, const std::string& question, bool yes_by_default);

}  // namespace kit
