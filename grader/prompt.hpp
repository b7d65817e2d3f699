// One line of input at the bottom of a plain scrolling transcript, with a quiet word at its right end:
//
//   > ask does the root have to be rank 0                              41 min left
//
// No full-screen program: it survives a resize, a scroll-back and a screen reader. Without a terminal lines are read as
// they come and echoed, and nothing moves the cursor.
#pragma once

#include <termios.h>

#include <functional>
#include <string>

#include "terminal.hpp"

namespace kit {

class Prompt {
 public:
  enum class Came { line, tick, interrupt, ended, terminated };

  /// `plain`: as without a terminal.
  Prompt(const Terminal& terminal, bool plain);
  ~Prompt();
  Prompt(const Prompt&) = delete;
  Prompt& operator=(const Prompt&) = delete;

  bool plain() const { return plain_; }

  /// What stands before and behind the line. `typed` is what was typed before (a draft).
  void begin(const std::string& label, const std::string& right, const std::string& typed);

  /// Waits for Enter, but no longer than a second on a terminal (tick). `stored` is given the line at each key, before
  /// it is shown. Came::interrupt is Ctrl-C; Came::ended is Ctrl-D on an empty line or the end of the input;
  /// Came::terminated is a closed window, or being told to end.
  Came wait(std::string* line, const std::function<void(const std::string&)>& stored);

  /// What stands behind the line from its next drawing on.
  void set_right(const std::string& right) { right_ = right; }

  /// Prints `text` above the line.
  void say(const std::string& text);

  bool key_since_tick() const { return key_; }

  /// The terminal as it was, for an editor; and back.
  void release();
  void take_back();

 private:
  void draw();
  void wipe();
  bool take_bytes(std::string* line, const std::function<void(const std::string&)>& stored,
                  Came* came);

  const Terminal& terminal_;
  bool plain_, raw_ = false, drawn_ = false, key_ = false, input_ended_ = false;
  termios before_{};
  std::string label_, right_, typed_, pending_;
};

}  // namespace kit
