#include "timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "errors.hpp"

namespace kit {

namespace {

constexpr const char* kTimelineStyle = R"(<style>
  text { font: 12px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; } .quiet { fill: #59636e; }
  .call { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
  .paper { fill: #ffffff; } .lane { stroke: #d1d9e0; } .band { fill: #f6f8fa; }
  .busy { fill: #0969da; } .waits { fill: #0969da; fill-opacity: 0.25; }
  .dot { fill: #0969da; } .moves { stroke: #0969da; stroke-width: 2; } .head { fill: #0969da; }
  .bad { fill: #d1242f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .quiet { fill: #9198a1; } .paper { fill: #0d1117; }
    .lane { stroke: #2a313c; } .band { fill: #151b23; } .busy, .dot, .head { fill: #4493f8; }
    .waits { fill: #4493f8; } .moves { stroke: #4493f8; } .bad { fill: #f85149; }
  }
</style>
)";

constexpr double kTimelineRow = 22, kTimelineEdge = 24, kNumberWidth = 34, kThreadWidth = 22,
                 kFileWidth = 34;
constexpr double kTextWidth = 470, kTimelineHead = 22;
constexpr std::size_t kMostFiles = 8;  // of files; a call on another one has no dot

std::string timeline_xml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

char letter(std::size_t lane) {
  return lane < kMostFiles ? static_cast<char>('A' + lane) : '+';
}

std::string cut_to(const std::string& text, std::size_t most) {
  return text.size() <= most ? text : text.substr(0, most - 3) + "...";
}

// One time-line from `top` on; what it draws, and where it ends.
class TimelineDrawing {
 public:
  TimelineDrawing(const Timeline& line, double top) : line_(line), top_(top) {
    lanes_ = std::min(line.files.size(), kMostFiles);
    draw_heading();
    rows_ = top_;
    draw_lanes();
    for (std::size_t i = 0; i < line_.calls.size(); ++i) draw_call(i);
    top_ = rows_ + kTimelineRow * static_cast<double>(line_.calls.size());
  }
  const std::string& body() const { return body_; }
  double bottom() const { return top_; }
  double width() const { return text_left() + kTextWidth + kTimelineEdge; }

 private:
  double thread_x(std::size_t thread) const {
    return kTimelineEdge + kNumberWidth + kThreadWidth * static_cast<double>(thread);
  }
  double file_x(std::size_t lane) const {
    return thread_x(line_.threads) + 18 + kFileWidth * static_cast<double>(lane);
  }
  double text_left() const { return file_x(lanes_) + 6; }
  double row_y(std::size_t row) const { return rows_ + kTimelineRow * static_cast<double>(row); }

  void draw_heading() {
    body_ += fmt::format("<text class=\"title\" x=\"{}\" y=\"{}\">{}</text>\n", kTimelineEdge,
                         top_ + 14, timeline_xml(heading(line_)));
    top_ += kTimelineHead + 12;
    for (std::size_t lane = 0; lane < lanes_; ++lane) {
      body_ += fmt::format("<text class=\"quiet\" x=\"{}\" y=\"{}\">{}  {}</text>\n", kTimelineEdge,
                           top_ + 6, letter(lane), timeline_xml(line_.files[lane]));
      top_ += 17;
    }
    top_ += 12;
    for (std::size_t lane = 0; lane < lanes_; ++lane)
      body_ +=
          fmt::format("<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n",
                      file_x(lane), top_, letter(lane));
    top_ += 8;
  }

  void draw_lanes() {
    const double bottom = row_y(line_.calls.size());
    for (std::size_t row = 1; row < line_.calls.size(); row += 2)
      body_ += fmt::format("<rect class=\"band\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
                           kTimelineEdge, row_y(row), width() - 2 * kTimelineEdge, kTimelineRow);
    for (std::size_t lane = 0; lane < lanes_; ++lane)
      body_ += fmt::format("<line class=\"lane\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>\n",
                           file_x(lane), rows_, bottom);
  }

  // The row at which a call ends: that of the first drawn call that begins later.
  double end_of(std::size_t row) const {
    const DrawnCall& call = line_.calls[row];
    if (call.ended == 0) return row_y(line_.calls.size());
    std::size_t next = row + 1;
    while (next < line_.calls.size() && line_.calls[next].number <= call.ended) ++next;
    return row_y(next);
  }

  void draw_call(std::size_t row) {
    const DrawnCall& call = line_.calls[row];
    const double y = row_y(row), middle = y + kTimelineRow / 2;
    const bool bad = call.injected || call.failed;
    body_ += fmt::format("<text class=\"quiet\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                         kTimelineEdge + kNumberWidth - 12, middle + 4, call.number);
    body_ +=
        fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"12\" height=\"{}\" rx=\"3\"/>\n",
                    bad ? "bad" : "busy", thread_x(call.thread), y + 3, kTimelineRow - 6);
    if (const double end = end_of(row); end > y + kTimelineRow)
      body_ += fmt::format(
          "<rect class=\"waits\" x=\"{}\" y=\"{}\" width=\"12\" height=\"{}\" rx=\"3\"/>\n",
          thread_x(call.thread), y + kTimelineRow - 3, end - y - kTimelineRow);
    draw_files(call, middle);
    body_ += fmt::format(
        "<text class=\"call\" x=\"{}\" y=\"{}\">{}</text>"
        "<text class=\"call{}\" x=\"{}\" y=\"{}\">{}{}</text>\n",
        text_left(), middle + 4, timeline_xml(cut_to(call.text, 46)), bad ? " bad" : " quiet",
        text_left() + 340, middle + 4, timeline_xml(call.result),
        call.injected ? " (injected)" : "");
  }

  void draw_files(const DrawnCall& call, double middle) {
    const auto drawn = [&](int lane) {
      return lane >= 0 && static_cast<std::size_t>(lane) < lanes_;
    };
    if (drawn(call.from) && drawn(call.to)) {
      const double from = file_x(static_cast<std::size_t>(call.from));
      const double to = file_x(static_cast<std::size_t>(call.to));
      const double side = to > from ? -1 : 1;
      body_ += fmt::format(
          "<line class=\"moves\" x1=\"{0}\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\"/>"
          "<path class=\"head\" d=\"M{3},{2} l{4},-5 l0,10 z\"/>\n",
          from, to + side * 8, middle, to, side * 10);
      return;
    }
    for (const std::size_t lane : call.files) {
      if (lane >= lanes_) continue;
      body_ += fmt::format("<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"4.5\"/>\n", file_x(lane),
                           middle);
    }
  }

  const Timeline& line_;
  double top_, rows_ = 0;
  std::size_t lanes_ = 0;
  std::string body_;
};

}  // namespace

Timeline read_timeline(const std::string& written, const std::string& whose) {
  try {
    const auto j = nlohmann::json::parse(written);
    if (j.at("kind") != "calls")
      throw KitError(fmt::format("{} is no time-line of calls.", whose), "");
    Timeline line;
    line.whose = whose;
    line.title = j.at("title");
    line.ending = j.at("ending");
    line.made = j.at("made");
    line.threads = std::max<std::size_t>(1, j.at("threads"));
    line.files = j.at("files").get<std::vector<std::string>>();
    for (const auto& c : j.at("calls")) {
      DrawnCall call;
      call.number = c.at("number");
      call.thread = c.at("thread");
      call.ended = c.at("ended");
      call.text = c.at("text");
      call.result = c.at("result");
      call.files = c.at("files").get<std::vector<std::size_t>>();
      call.from = c.value("from", -1);
      call.to = c.value("to", -1);
      call.injected = c.value("injected", false);
      call.failed = c.value("failed", false);
      if (call.thread >= line.threads)
        throw KitError(fmt::format("The time-line of {} isn't whole.", whose), "");
      line.calls.push_back(std::move(call));
    }
    return line;
  } catch (const nlohmann::json::exception& error) {
    throw KitError(fmt::format("The picture of {} can't be read: {}", whose, error.what()),
                   "Grade once more; it is drawn anew each time.");
  }
}

std::string heading(const Timeline& timeline) {
  return fmt::format("{}: {} call{}, {}", timeline.whose, timeline.made,
                     timeline.made == 1 ? "" : "s", timeline.ending);
}

std::string to_svg(const std::vector<Timeline>& timelines) {
  std::string body;
  double y = kTimelineEdge, widest = 400;
  for (const Timeline& one : timelines) {
    const TimelineDrawing drawing(one, y);
    body += drawing.body();
    y = drawing.bottom() + kTimelineEdge + 8;
    widest = std::max(widest, drawing.width());
  }
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
             "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\">\n",
             widest, y) +
         kTimelineStyle + "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n" +
         body + "</svg>\n";
}

std::string to_text(const Timeline& timeline, const Terminal& terminal) {
  std::string out = "  " + terminal.strong(heading(timeline)) + "\n\n";
  for (std::size_t lane = 0; lane < std::min(timeline.files.size(), kMostFiles); ++lane)
    out += fmt::format("    {}  {}\n", letter(lane), cut_to(timeline.files[lane], 70));
  if (!timeline.files.empty()) out += "\n";
  std::size_t expected = 1;
  for (const DrawnCall& call : timeline.calls) {
    if (call.number != expected)
      out += fmt::format("        ... {} more\n", call.number - expected);
    expected = call.number + 1;
    std::string files;
    if (call.from >= 0 && call.to >= 0) {
      files = fmt::format("{}>{}", letter(static_cast<std::size_t>(call.from)),
                          letter(static_cast<std::size_t>(call.to)));
    } else {
      for (const std::size_t lane : call.files) files += letter(lane);
    }
    // Which thread, where there is more than one.
    const std::string thread = timeline.threads > 1 ? fmt::format("t{} ", call.thread + 1) : "";
    const std::string line = fmt::format("  {:>4}  {}{:<4} {:<42} {}{}", call.number, thread, files,
                                         cut_to(call.text, 42), cut_to(call.result, 16),
                                         call.injected ? " injected" : "");
    out += (call.failed || call.injected ? terminal.bad(line) : line) + "\n";
  }
  return out;
}

}  // namespace kit
