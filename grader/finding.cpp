#include "finding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kit {

namespace {

std::string indented(const std::string& text, int margin, int width) {
  std::string out;
  const std::string wrapped = wrap(text, width - margin);
  for (const char c : wrapped) {
    out += c;
    if (c == '\n') out.append(static_cast<std::size_t>(margin), ' ');
  }
  return out;
}

}  // namespace

std::string findings_text(const std::string& heading, const std::vector<Finding>& findings,
                          const Terminal& terminal) {
  constexpr int kStateWidth = 10;
  int name_width = 0;
  for (const Finding& finding : findings) name_width = std::max(name_width, columns(finding.what));
  const int margin = 2 + kStateWidth + 2 + name_width + 2;
  std::string text = terminal.strong(heading) + "\n";
  for (const Finding& finding : findings) {
    const std::string state = finding.state == Finding::State::ok ? terminal.good("ok")
                              : finding.state == Finding::State::missing
                                  ? terminal.bad("missing")
                                  : terminal.attention("falls back");
    text += fmt::format("  {}  {}  {}\n", pad(state, kStateWidth), pad(finding.what, name_width),
                        indented(finding.detail, margin, terminal.width()));
    // In one piece, to be copied.
    if (!finding.mend.empty())
      text += fmt::format("{}{}\n", std::string(2 + kStateWidth + 2, ' '), finding.mend);
  }
  return text;
}

}  // namespace kit
