#include "diagram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "errors.hpp"

namespace kit {

namespace {

// All lengths in pixels.
constexpr double kLane = 40, kMargin = 24, kLabels = 64, kHead = 78, kFoot = 48, kBetween = 36;
constexpr double kWidest = 1160;  // then the diagrams stand one below the other
constexpr double kBand = 16;      // height of a shaded wait
constexpr int kMostLanes = 64;

const char* const kDiagramStyle = R"svg(<style>
  .paper { fill: #ffffff; } .word { fill: #1f2328; } .quiet { fill: #59636e; }
  .grid { stroke: #d1d9e0; } .lane { stroke: #818b98; } .wait { fill: url(#waiting); }
  .wait-paper { fill: #eff2f5; } .wait-line { stroke: #b7bfc8; }
  .message { stroke: #0969da; } .tip { fill: #0969da; }
  .critical { stroke: #d1242f; stroke-width: 2.6; } .critical-tip { fill: #d1242f; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; } .word { fill: #f0f6fc; } .quiet { fill: #9198a1; }
    .grid { stroke: #2f353d; } .lane { stroke: #656c76; }
    .wait-paper { fill: #1c2128; } .wait-line { stroke: #434a54; }
    .message { stroke: #4493f8; } .tip { fill: #4493f8; }
    .critical { stroke: #f85149; } .critical-tip { fill: #f85149; }
  }
  text { font-family: ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; font-size: 13px; }
  .number { font-variant-numeric: tabular-nums; }
  .title { font-size: 15px; font-weight: 600; }
  .message { fill: none; stroke-width: 1.6; }
</style>
<defs>
  <pattern id="waiting" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="wait-paper" width="7" height="7"/>
    <line class="wait-line" x1="0" y1="0" x2="0" y2="7" stroke-width="2.4"/>
  </pattern>
  <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9"
          markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 1 L10 5 L0 9 z"/></marker>
  <marker id="critical-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="12" markerHeight="12"
          markerUnits="userSpaceOnUse" orient="auto"><path class="critical-tip" d="M0 1 L10 5 L0 9 z"/></marker>
</defs>
)svg";

std::string svg_text(const std::string& words) {
  std::string out;
  for (const char c : words) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string count_with(std::size_t n, const char* noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

std::string diagram_summary(const Diagram& d) {
  const std::string messages = count_with(d.messages.size(), "message");
  if (!d.stuck.empty()) return "stuck after " + messages;
  const auto rounds = static_cast<std::size_t>(std::llround(d.end));
  return d.unit == "rounds" ? count_with(rounds, "round") + ", " + messages
                            : fmt::format("{} {}, {}", d.end, d.unit, messages);
}

// Where a rank is in a call that can't end, but neither sends nor receives.
std::vector<DrawnWait> idle_times(const Diagram& d) {
  std::vector<DrawnWait> idle;
  for (const DrawnWait& whole : d.waiting) {
    std::vector<DrawnWait> parts = {whole};
    for (const DrawnMessage& m : d.messages) {
      if (m.from != whole.rank && m.to != whole.rank) continue;
      std::vector<DrawnWait> left;
      for (const DrawnWait& part : parts) {
        if (m.end <= part.start || m.start >= part.end) {
          left.push_back(part);
          continue;
        }
        if (m.start > part.start) left.push_back({part.rank, part.start, m.start});
        if (m.end < part.end) left.push_back({part.rank, m.end, part.end});
      }
      parts = std::move(left);
    }
    idle.insert(idle.end(), parts.begin(), parts.end());
  }
  return idle;
}

double unit_width(double longest) {
  return std::clamp(620 / std::max(longest, 1.0), 26.0, 92.0);
}

// One diagram with its upper left corner at (0, 0).
struct Panel {
  const Diagram& d;
  double unit;

  double width() const {
    const double words = 8.6 * static_cast<double>(heading().size());
    std::size_t longest = 0;
    for (const DrawnEnd& e : d.stuck) longest = std::max(longest, e.in.size() + e.at.size());
    const double stuck = d.stuck.empty() ? 0 : 100 + 7.2 * static_cast<double>(longest);
    return std::max(kLabels + unit * d.end + 18 + stuck, words);
  }
  double height() const { return kHead + kLane * lanes(); }
  int lanes() const { return std::min(d.ranks, kMostLanes); }
  double x(double time) const { return kLabels + unit * time; }
  double y(int rank) const { return kHead + kLane * (rank + 0.5); }
  std::string heading() const { return d.whose + ": " + diagram_summary(d); }

  std::string draw() const {
    std::string out =
        fmt::format("<text class=\"word title\" x=\"0\" y=\"14\">{}</text>\n", svg_text(heading()));
    out += fmt::format("<text class=\"quiet\" x=\"0\" y=\"34\">{}</text>\n", svg_text(d.title));
    out += grid() + lane_lines() + waits();
    for (const bool critical : {false, true}) {
      for (const DrawnMessage& m : d.messages) {
        if (m.critical == critical && m.from < lanes() && m.to < lanes()) out += arrow(m);
      }
    }
    return out + ends();
  }

 private:
  std::string grid() const {
    std::string out;
    const int last = static_cast<int>(std::ceil(d.end - 1e-9));
    const int step = unit >= 26 ? 1 : 2;
    for (int t = 0; t <= last; ++t) {
      out += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1}\" y2=\"{2:.1f}\"/>\n", x(t),
          kHead - 6, height());
      if (t < last && t % step == 0) {
        out += fmt::format(
            "<text class=\"quiet number\" text-anchor=\"middle\" x=\"{:.1f}\" y=\"{}\">{}</text>\n",
            x(t + 0.5), kHead - 12, t + 1);
      }
    }
    if (last > 0) {
      out += fmt::format("<text class=\"quiet\" x=\"0\" y=\"{}\">{}</text>\n", kHead - 12,
                         d.unit == "rounds" ? "round" : svg_text(d.unit));
    }
    return out;
  }

  // A lane is drawn as long as its rank has something to do.
  std::string lane_lines() const {
    std::string out;
    for (int r = 0; r < lanes(); ++r) {
      double until = 0;
      for (const DrawnMessage& m : d.messages) {
        if (m.from == r || m.to == r) until = std::max(until, m.end);
      }
      for (const DrawnEnd& e : d.stuck) {
        if (e.rank == r) until = d.end;
      }
      out += fmt::format("<text class=\"word number\" x=\"0\" y=\"{:.1f}\">rank {}</text>\n",
                         y(r) + 4.5, r);
      out += fmt::format(
          "<line class=\"lane\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>\n",
          x(0), x(until), y(r));
    }
    return out;
  }

  std::string waits() const {
    std::string out;
    for (const DrawnWait& w : idle_times(d)) {
      if (w.rank >= lanes()) continue;
      out += fmt::format(
          "<rect class=\"wait\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" "
          "rx=\"3\"><title>rank {} waits</title></rect>\n",
          x(w.start) + 2, y(w.rank) - kBand / 2, std::max(unit * (w.end - w.start) - 4, 1.0), kBand,
          w.rank);
    }
    return out;
  }

  std::string arrow(const DrawnMessage& m) const {
    const std::string says =
        fmt::format("rank {} to {}, {} bytes, tag {}, {}", m.from, m.to, m.bytes, m.tag, m.at);
    const char* kind = m.critical ? "message critical" : "message";
    const char* tip = m.critical ? "critical-tip" : "tip";
    if (m.from == m.to) {
      return fmt::format(
          "<path class=\"{}\" marker-end=\"url(#{})\" d=\"M{:.1f} {:.1f} C {:.1f} {:.1f}, {:.1f} "
          "{:.1f}, {:.1f} {:.1f}\"><title>{}</title></path>\n",
          kind, tip, x(m.start) + 3, y(m.from), x(m.start) + unit * 0.3, y(m.from) - kLane * 0.7,
          x(m.end) - unit * 0.3, y(m.from) - kLane * 0.7, x(m.end) - 3, y(m.from) - 2,
          svg_text(says));
    }
    return fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\"/>\n", tip,
                       x(m.start) + 3, y(m.from), m.critical ? 3.6 : 2.8) +
           fmt::format(
               "<path class=\"{}\" marker-end=\"url(#{})\" d=\"M{:.1f} {:.1f} L{:.1f} "
               "{:.1f}\"><title>{}</title></path>\n",
               kind, tip, x(m.start) + 3, y(m.from), x(m.end) - 2, y(m.to), svg_text(says));
  }

  std::string ends() const {
    std::string out;
    for (const DrawnEnd& e : d.stuck) {
      if (e.rank >= lanes()) continue;
      out += fmt::format(
          "<rect class=\"wait\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"14\" height=\"{}\" rx=\"3\"/>\n"
          "<text class=\"critical-tip\" x=\"{:.1f}\" y=\"{:.1f}\">for ever in {}, {}</text>\n",
          x(d.end) + 2, y(e.rank) - kBand / 2, kBand, x(d.end) + 22, y(e.rank) + 4.5,
          svg_text(e.in), svg_text(e.at));
    }
    return out;
  }
};

std::string svg_legend(double y) {
  return fmt::format(
      "<g transform=\"translate({0}, {1:.1f})\">\n"
      "<path class=\"message\" marker-end=\"url(#tip)\" d=\"M0 -4 L34 -4\"/>"
      "<text class=\"quiet\" x=\"42\" y=\"0\">message</text>\n"
      "<path class=\"message critical\" marker-end=\"url(#critical-tip)\" d=\"M124 -4 L158 -4\"/>"
      "<text class=\"quiet\" x=\"166\" y=\"0\">on the longest chain</text>\n"
      "<rect class=\"wait\" x=\"320\" y=\"-12\" width=\"34\" height=\"{2}\" rx=\"3\"/>"
      "<text class=\"quiet\" x=\"362\" y=\"0\">waits</text>\n</g>\n",
      kMargin, y, kBand);
}

}  // namespace

Diagram read_diagram(const std::string& written, const std::string& whose) {
  Diagram d;
  d.whose = whose;
  try {
    const auto j = nlohmann::json::parse(written);
    d.title = j.at("title");
    d.unit = j.at("unit");
    d.ranks = j.at("ranks");
    d.end = j.at("end");
    for (const auto& m : j.at("messages")) {
      d.messages.push_back({m.at("from"), m.at("to"), m.at("tag"), m.at("start"), m.at("end"),
                            m.at("bytes"), m.at("at"), m.at("critical")});
    }
    for (const auto& w : j.at("waiting"))
      d.waiting.push_back({w.at("rank"), w.at("start"), w.at("end")});
    for (const auto& s : j.at("stuck")) d.stuck.push_back({s.at("rank"), s.at("in"), s.at("at")});
  } catch (const nlohmann::json::exception& error) {
    throw KitError(fmt::format("The picture of {} can't be read: {}", whose, error.what()),
                   "Grade once more; it is drawn anew each time.");
  }
  return d;
}

std::string to_svg(const std::vector<Diagram>& diagrams) {
  double longest = 1;
  for (const Diagram& d : diagrams) longest = std::max(longest, d.end);
  std::vector<Panel> panels;
  double side_by_side = 2 * kMargin - kBetween, widest = 0;
  for (const Diagram& d : diagrams) {
    panels.push_back({d, unit_width(longest)});
    side_by_side += panels.back().width() + kBetween;
    widest = std::max(widest, panels.back().width());
  }
  const bool below = side_by_side > kWidest;
  std::string body;
  double x = kMargin, y = kMargin, bottom = 0;
  for (const Panel& panel : panels) {
    body +=
        fmt::format("<g transform=\"translate({:.1f}, {:.1f})\">\n{}</g>\n", x, y, panel.draw());
    bottom = std::max(bottom, y + panel.height());
    if (below) {
      y = bottom + kBetween;
    } else {
      x += panel.width() + kBetween;
    }
  }
  const double width = std::max(below ? widest + 2 * kMargin : side_by_side, 460.0);
  const double height = bottom + kFoot;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
             "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\">\n",
             width, height) +
         kDiagramStyle + "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n" +
         body + svg_legend(bottom + 30) + "</svg>\n";
}

std::string to_text(const Diagram& d, const Terminal& terminal) {
  constexpr int kColumns = 68;
  std::map<std::pair<int, int>, std::string> cells;
  for (const DrawnWait& w : idle_times(d)) {
    for (int t = static_cast<int>(std::lround(w.start)); t < std::lround(w.end); ++t)
      cells[{w.rank, t}] = ".";
  }
  int widest = 3;
  for (const DrawnMessage& m : d.messages) {
    const int t = static_cast<int>(std::lround(m.start));
    const char* mark = m.critical ? "*" : "";
    for (const auto& [rank, says] : {std::pair(m.from, fmt::format(">{}{}", m.to, mark)),
                                     std::pair(m.to, fmt::format("<{}{}", m.from, mark))}) {
      std::string& cell = cells[{rank, t}];
      if (cell == ".") cell.clear();
      cell += says;
      widest = std::max(widest, static_cast<int>(cell.size()));
    }
  }
  const int rounds = static_cast<int>(std::lround(d.end));
  const int shown = std::min(rounds, kColumns / (widest + 1));
  std::string out = "  " + terminal.strong(d.whose) + "   " + diagram_summary(d) + "\n";
  std::string head = "    round  ";
  for (int t = 0; t < shown; ++t) head += " " + pad(std::to_string(t + 1), widest);
  out += head.substr(0, head.find_last_not_of(' ') + 1) + (shown < rounds ? " ..." : "") + "\n";
  for (int r = 0; r < std::min(d.ranks, 16); ++r) {
    std::string line = "    " + pad("rank " + std::to_string(r), 7);
    for (int t = 0; t < shown; ++t) line += " " + pad(cells[{r, t}], widest);
    for (const DrawnEnd& e : d.stuck) {
      if (e.rank == r) line += fmt::format(" for ever in {}, {}", e.in, e.at);
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  if (d.ranks > 16) out += fmt::format("    and {} more ranks\n", d.ranks - 16);
  return out;
}

}  // namespace kit
