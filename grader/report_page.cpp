#include "report_page.hpp"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "errors.hpp"
#include "ladder.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

using nlohmann::json;

constexpr const char* kVegaParts[] = {"util",
                                      "statistics",
                                      "time",
                                      "format",
                                      "loader",
                                      "dataflow",
                                      "event-selector",
                                      "expression",
                                      "scale",
                                      "canvas",
                                      "scenegraph",
                                      "transforms",
                                      "view-transforms",
                                      "encode",
                                      "regression",
                                      "selection",
                                      "functions",
                                      "runtime",
                                      "interpreter",
                                      "parser",
                                      "view"};

constexpr const char* kVegaLicence =
    "/*! Vega, copyright 2015-2021 University of Washington Interactive Data Lab; "
    "topojson-client,\n"
    "copyright 2012-2019 Michael Bostock. Redistribution and use in source and binary forms, with "
    "or\n"
    "without modification, are permitted under the terms of the BSD 3-clause and ISC licences, "
    "which\n"
    "come with the package libjs-vega. THIS SOFTWARE IS PROVIDED \"AS IS\", WITHOUT ANY WARRANTY. "
    "*/\n";

std::string whole_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : "";
}

// A browser's tools would ask for the file that the last comment names.
std::string without_source_map(std::string script) {
  const auto at = script.rfind("//# sourceMappingURL=");
  if (at != std::string::npos) script.resize(at);
  return script;
}

std::string base64(const std::string& bytes) {
  static constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const unsigned byte = i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0;
      group = group << 8U | byte;
    }
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k <= bytes.size() ? kDigits[group >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

std::string shown_text(const json& object, const char* key) {
  return html(object.value(key, ""));
}

std::string sign(const std::string& standing) {
  const char* mark = standing == "solid"    ? "●"
                     : standing == "fading" ? "◐"
                     : standing == "faint"  ? "◔"
                     : standing == "open"   ? "○"
                                            : "·";
  return fmt::format("<span aria-hidden=\"true\">{}</span> {}", mark, html(standing));
}

std::string section(const char* id, const char* title, const std::string& body, bool leaf = false) {
  return fmt::format(
      "<section aria-labelledby=\"{0}\"{3}>\n<h2 id=\"{0}\">{1}</h2>\n{2}</section>\n", id, title,
      body, leaf ? " class=\"leaf\"" : "");
}

std::string chart(const char* kind, const std::string& label, std::size_t index = 0) {
  return fmt::format(
      "<div class=\"chart\" data-chart=\"{}\" data-index=\"{}\" role=\"img\" "
      "aria-label=\"{}\"></div>\n",
      kind, index, html(label));
}

std::string head_cells(std::initializer_list<const char*> words) {
  std::string cells;
  for (const char* word : words) cells += fmt::format("<th scope=\"col\">{}</th>", word);
  return "<thead><tr>" + cells + "</tr></thead>\n";
}

// A table that scrolls by itself where the screen is too narrow.
std::string scrolled(const std::string& name, const std::string& table) {
  return fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{}\">{}</div>\n", html(name),
      table);
}

std::string details(const std::string& what, const std::string& body) {
  return fmt::format(
      "<details><summary>The numbers<span class=\"no-paper\"> of "
      "{}</span></summary>\n{}</details>\n",
      html(what), body);
}

// ---- the sections ----

std::string top(const json& data) {
  const json& s = data["summary"];
  const json& plan = data["plan"];
  std::string text = fmt::format(
      "<p class=\"lead\">{} of {} exercises solved; {} solid, {} fading, {} faint.</p>\n",
      s["solved"].get<int>(), s["total"].get<int>(), s["solid"].get<int>(), s["fading"].get<int>(),
      s["faint"].get<int>());
  if (data["exercises"].empty())
    text = "<p class=\"lead\">Nothing graded yet. Begin with: <code>./kit next</code></p>\n";
  if (!data["interviews"].empty()) {
    const json& last = data["interviews"].back();
    text +=
        fmt::format("<p>{}{}.</p>\n",
                    counted(static_cast<int>(data["interviews"].size()), "interview", "interviews"),
                    last.value("recommendation", "").empty()
                        ? ""
                        : ", the last " + html(last.value("recommendation", "")));
  }
  if (const std::string until = plan.value("until_spoken", ""); !until.empty())
    text += fmt::format("<p>{} until {}.</p>\n", counted(plan["length"].get<int>(), "day", "days"),
                        html(until));
  if (s.contains("next")) {
    text += fmt::format("<p>Next: <span class=\"id\">{}</span>, {} min. {}</p>\n",
                        shown_text(s["next"], "id"), s["next"]["minutes"].get<int>(),
                        shown_text(s["next"], "why"));
  }
  return fmt::format(
      "<header>\n<h1>Where you stand</h1>\n<p class=\"quiet\">{}</p>\n{}"
      "<nav aria-label=\"Sections\"><ul><li><a href=\"#posting\">Posting</a></li>"
      "<li><a href=\"#areas\">Areas</a></li><li><a href=\"#exercises\">Exercises</a></li>"
      "<li><a href=\"#pictures\">Pictures</a></li><li><a href=\"#interviews\">Interviews</a></li>"
      "<li><a href=\"#plan\">Plan</a></li></ul></nav>\n</header>\n",
      shown_text(data, "today"), text);
}

std::string posting_section(const json& data) {
  std::string rows;
  for (const json& line : data["posting"]) {
    std::string ids;
    for (const json& exercise : line["exercises"]) {
      ids += fmt::format("{}<span class=\"id\">{}</span>", ids.empty() ? "" : ", ",
                         shown_text(exercise, "id"));
    }
    const int solved = line["solved"], total = line["total"];
    const std::string next = line.value("next", "");
    rows += fmt::format(
        "<tr><th scope=\"row\">{}</th><td class=\"many\">{}</td><td class=\"now\">{}, {} of {}"
        "<span class=\"share\" aria-hidden=\"true\"><span style=\"width:{}%\"></span></span></td>"
        "<td>{}</td></tr>\n",
        shown_text(line, "line"), ids, sign(line["standing"]), solved, total, 100 * solved / total,
        next.empty() ? "" : "next <span class=\"id\">" + html(next) + "</span>");
  }
  return section(
      "posting", "The posting, line by line",
      "<p>What each line of the posting asks for, the exercises that train it, and how you stand. "
      "Solid: at least 60 % solved and none of them faint. Fading: at least 25 %.</p>\n<table "
      "class="
      "\"cards\">\n" +
          head_cells({"Line", "Exercises", "You", "Next to do"}) + "<tbody>\n" + rows +
          "</tbody></table>\n");
}

std::string areas_words(const json& areas) {
  const json* most = nullptr;
  std::string missing;
  for (const json& area : areas) {
    if (area["solved"] > 0 && (!most || area["solved"] > (*most)["solved"])) most = &area;
    if (area["solved"] == 0)
      missing += (missing.empty() ? "" : ", ") + area["area"].get<std::string>();
  }
  std::string text =
      most ? fmt::format("Most solved in {} ({} of {}).", (*most)["area"].get<std::string>(),
                         (*most)["solved"].get<int>(), (*most)["total"].get<int>())
           : "Nothing solved yet.";
  if (most && !missing.empty()) text += " Nothing yet in " + missing + ".";
  return text;
}

std::string areas_section(const json& data) {
  std::string rows;
  for (const json& area : data["areas"]) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th>", shown_text(area, "area"));
    for (const json& level : area["levels"]) {
      const int total = level["total"], faint = level["faint"];
      rows += total == 0
                  ? "<td class=\"number\">-</td>"
                  : fmt::format("<td class=\"number\">{}/{}{}</td>", level["solved"].get<int>(),
                                total, faint > 0 ? fmt::format(", {} faint", faint) : "");
    }
    rows += "</tr>\n";
  }
  const std::string words = areas_words(data["areas"]);
  std::string body = fmt::format("<p>{}</p>\n", html(words)) +
                     chart("areas", "Solved exercises by area and level. " + words);
  body +=
      "<p class=\"quiet\">Solved of all. The bluer, the more; an orange corner: something there "
      "is faint.</p>\n";
  body += details("areas and levels",
                  scrolled("Solved by area and level",
                           "<table>" + head_cells({"Area", "Level 1", "2", "3", "4", "5"}) +
                               "<tbody>\n" + rows + "</tbody></table>"));
  return section("areas", "Areas and levels", body);
}

std::string attempts_table(const json& one) {
  std::string head =
      "<thead><tr><th scope=\"col\">Attempt</th><th scope=\"col\">Day</th>"
      "<th scope=\"col\">Verdict</th>";
  for (const json& criterion : one["criteria"])
    head += fmt::format("<th scope=\"col\">{}</th>", html(criterion));
  std::string rows;
  for (const json& attempt : one["attempts"]) {
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td>",
                        attempt["number"].get<int>(), shown_text(attempt, "day"),
                        shown_text(attempt, "verdict"));
    for (const json& criterion : one["criteria"]) {
      const std::string state = attempt["criteria"].value(criterion.get<std::string>(), "not run");
      rows += fmt::format("<td{}>{}</td>", state == "failed" ? " class=\"over\"" : "", html(state));
    }
    rows += "</tr>\n";
  }
  return "<table>" + head + "</tr></thead>\n<tbody>\n" + rows + "</tbody></table>";
}

std::string exercises_section(const json& data) {
  std::string body;
  if (data["exercises"].empty())
    body = "<p>Nothing graded yet.</p>\n";
  else
    body =
        "<p>What each attempt achieved, the last touched first. A filled square: all tests of the "
        "criterion passed; an open one: one failed; a dash: not run.</p>\n"
        "<div class=\"filter\" hidden><label for=\"filter\">Filter exercises</label>"
        "<input type=\"search\" id=\"filter\" autocomplete=\"off\">"
        "<p id=\"filtered\" class=\"quiet\" role=\"status\"></p></div>\n";
  std::size_t index = 0;
  for (const json& one : data["exercises"]) {
    const std::string grade = one.value("grade", "");
    std::string recall;
    if (one.contains("recall"))
      recall = fmt::format(", {:.0f} %", 100 * one["recall"].get<double>());
    body += fmt::format(
        "<article class=\"attempt\" data-words=\"{0} {1} {2} {3}\">\n<header><h3 "
        "class=\"id\">{0}</h3>"
        "<span>{4}{5}</span><span class=\"quiet\">{6}last {7}{8}</span></header>\n<p>{9}</p>\n",
        shown_text(one, "id"), shown_text(one, "title"), shown_text(one, "standing"), html(grade),
        sign(one["standing"]), recall, grade.empty() ? "" : html(grade) + ", ",
        shown_text(one, "last"), one.contains("due") ? ", due " + shown_text(one, "due") : "",
        shown_text(one, "words"));
    body += chart("attempts", one["id"].get<std::string>() + ": " + one["words"].get<std::string>(),
                  index++);
    body += details(one["id"],
                    scrolled("Attempts at " + one["id"].get<std::string>(), attempts_table(one))) +
            "</article>\n";
  }
  return section("exercises", "Exercises over time", body, true);
}

std::string spoken_value(const json& value) {
  if (!value.is_number()) return "";
  const double number = value.get<double>();
  return std::abs(number - std::round(number)) < 1e-9 ? fmt::format("{:.0f}", number)
                                                      : fmt::format("{:.4g}", number);
}

std::string bounds_table(const json& one) {
  std::string rows;
  for (const json& row : one["rows"]) {
    const bool over = row["share"] > 1;
    rows += fmt::format(
        "<tr><th scope=\"row\">{}<br><span class=\"quiet\">{}</span></th>"
        "<td class=\"number{}\">{}{}</td><td class=\"number\">{} {}</td><td "
        "class=\"number\">{}</td>"
        "<td>{}</td></tr>\n",
        shown_text(row, "test"), shown_text(row, "what"), over ? " over" : "",
        spoken_value(row["measured"]), over ? " over" : "",
        row.value("at_most", true) ? "at most" : "at least", spoken_value(row["limit"]),
        row.contains("reference") ? spoken_value(row["reference"]) : "not measured",
        shown_text(row, "unit"));
  }
  return "<table>" + head_cells({"Test", "Yours", "Bound", "Reference", "Unit"}) + "<tbody>\n" +
         rows + "</tbody></table>";
}

std::string pictures_section(const json& data) {
  std::string body;
  if (data["pictures"].empty())
    body = "<p>No measurement yet: they come with the first attempt that runs a Cost test.</p>\n";
  else
    body =
        "<p>Your last attempt at each, beside the reference. For each test the measurement that "
        "uses up most of its bound. A filled circle is yours within the bound, an open square "
        "yours "
        "over it, a diamond the reference. At the left edge stands what uses up nothing of its "
        "bound, at the right edge a bound of 0 that was broken.</p>\n";
  std::size_t index = 0;
  for (const json& one : data["pictures"]) {
    const std::string id = one["id"];
    body +=
        fmt::format("<h3 class=\"id\">{}</h3>\n<p>{}, {}. {}</p>\n", html(id),
                    shown_text(one, "day"), shown_text(one, "verdict"), shown_text(one, "words"));
    if (!one.value("reference_measured", false))
      body += fmt::format(
          "<p class=\"quiet\">The reference wasn't measured on this machine. "
          "<code>./kit grade {} --solution</code> does it.</p>\n",
          html(id));
    body +=
        chart("bounds", id + ", measured against the bounds: " + one["words"].get<std::string>(),
              index++);
    body +=
        details("the measurements of " + id, scrolled("Measurements of " + id, bounds_table(one)));
    for (const json& drawing : one.value("drawings", json::array())) {
      body += fmt::format("<p>{}. {}</p>\n", shown_text(drawing, "title"),
                          shown_text(drawing, "words"));
      body += fmt::format(
          "<img class=\"picture\" alt=\"{} of {}. {}\" "
          "src=\"data:image/svg+xml;base64,{}\">\n",
          shown_text(drawing, "kind"), html(id), shown_text(drawing, "words"),
          base64(drawing["svg"].get<std::string>()));
    }
  }
  return section("pictures", "Your last attempts beside the reference", body, true);
}

std::string interviews_section(const json& data) {
  std::string body;
  if (data["interviews"].empty()) {
    body = "<p>No interview yet: <code>./kit interview --minutes 25</code></p>\n";
    return section("interviews", "Interviews", body, true);
  }
  const std::string words = data.value("interview_words", "");
  body = fmt::format("<p>{}</p>\n", html(words)) + chart("interviews", words);
  body +=
      "<p class=\"quiet\">A dashed outline: marked by yourself. Below, the recommendation as the "
      "range it is, its dot in the middle.</p>\n";
  for (auto one = data["interviews"].rbegin(); one != data["interviews"].rend(); ++one) {
    std::string rows;
    for (const json& mark : (*one)["marks"]) {
      rows += fmt::format(
          "<tr><th scope=\"row\">{}</th><td class=\"now\">{}</td><td>{}</td></tr>\n",
          shown_text(mark, "dimension"),
          mark["level"].is_null()
              ? "not measured"
              : fmt::format("{} {}", mark["level"].get<int>(), shown_text(mark, "word")),
          shown_text(mark, "reason"));
    }
    body += fmt::format("<h3>{}, <span class=\"id\">{}</span></h3>\n<p>{}</p>\n",
                        shown_text(*one, "day"), shown_text(*one, "subject"),
                        shown_text(*one, "words"));
    if (!rows.empty())
      body +=
          details("this rubric", scrolled("Rubric of " + one->value("day", ""),
                                          "<table>" + head_cells({"Dimension", "Level", "Why"}) +
                                              "<tbody>\n" + rows + "</tbody></table>"));
    for (const json& note : one->value("notes", json::array()))
      body += fmt::format("<p class=\"quiet\">Note: {}</p>\n", html(note));
  }
  return section("interviews", "Interviews", body, true);
}

std::string plan_section(const json& data) {
  const json& plan = data["plan"];
  const std::string until = plan.value("until_spoken", "");
  std::string words =
      fmt::format("{} new and {} in {}, {} minutes a day on average.", plan["new"].get<int>(),
                  counted(plan["repetitions"].get<int>(), "repetition", "repetitions"),
                  counted(plan["length"].get<int>(), "day", "days"), plan["average"].get<int>());
  std::string body = fmt::format("<p>{}</p>\n", words);
  if (until.empty()) {
    body += fmt::format(
        "<p>The next {}. For a day of your own: <code>./kit report --until 2027-01-15</code></p>\n",
        counted(plan["length"].get<int>(), "day", "days"));
  } else {
    body += fmt::format(
        "<p>On {} about {} of {} would be met, {} of them at 80 % or more. That is what the "
        "schedule's model says if each goes well.</p>\n",
        html(until), plan["met"].get<int>(), plan["total"].get<int>(), plan["strong"].get<int>());
  }
  if (plan["days"].empty())
    return section("plan", "The plan", body + "<p>Nothing is to be done in these days.</p>\n",
                   true);
  body += chart("plan", "The plan, day by day: " + words);
  body +=
      "<p class=\"quiet\">A circle is a repetition, a diamond something new. The list below is "
      "the plan itself.</p>\n<ol class=\"days\">\n";
  for (const json& day : plan["days"]) {
    std::string items;
    const int over = day["minutes"].get<int>() - plan["daily"].get<int>();
    const std::size_t last = day["items"].size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
      const json& item = day["items"][i];
      items += fmt::format("<span><span class=\"id\">{}</span> ({}, {}{})</span> ",
                           shown_text(item, "id"), item["again"].get<bool>() ? "again" : "new",
                           item["minutes"].get<int>(),
                           over > 0 && i == last ? fmt::format(", over by {}", over) : "");
    }
    body += fmt::format("<li><strong>{}</strong> <span class=\"items\">{}</span></li>\n",
                        shown_text(day, "spoken"), items);
  }
  return section("plan", "The plan", body + "</ol>\n", true);
}

std::string how_section(const json& data, bool with_charts) {
  std::string body =
      "<p>Everything here comes from your own gradings, kept in <code>.kit/history.db</code>; "
      "nothing "
      "was sent anywhere, and this page asks for nothing.</p>\n"
      "<p>Percentages: FSRS-6 (open-spaced-repetition, \"The Algorithm\"), its default constants, "
      "desired recall 0.90. They were fitted to flash cards, not to exercises of half an hour: "
      "take "
      "them as an order, not as a truth. Solid is 90 % and more, fading 70 %, faint below.</p>\n"
      "<p>Measurements are counts, the same on every machine: messages, calls, misses, steps. None "
      "is a time.</p>\n"
      "<p>Levels and recommendations of interviews: one session says little, there was no "
      "interviewer in the room, and two of the marks are your own. Look at the trend.</p>\n";
  if (!with_charts)
    body +=
        "<p>The charts are missing: the package libjs-vega is not installed. Their numbers are "
        "in the tables.</p>\n";
  return section(
      "how", "How it was computed",
      body + fmt::format("<p class=\"quiet\">Made on {}.</p>\n", shown_text(data, "today")));
}

}  // namespace

std::string html(const std::string& text) {
  std::string out;
  for (const char c : text) {
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
      case '\'':
        out += "&#39;";
        break;
      default:
        out += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? ' ' : c;
    }
  }
  return out;
}

std::string VegaLibrary::script(const std::string& loader) const {
  std::string all = loader;
  const auto add = [&](const std::string& name, const fs::path& file) {
    const std::string part = whole_file(file);
    all += fmt::format("\npart = '{}';\n", name) + without_source_map(part);
    return !part.empty();
  };
  bool whole = add("topojson-client", directory / "topojson-client/topojson-client.min.js");
  for (const char* name : kVegaParts)
    whole = add(fmt::format("vega-{}", name),
                directory / "vega" / fmt::format("vega-{}.min.js", name)) &&
            whole;
  return whole ? kVegaLicence + all : "";
}

ReportFiles read_report_files(const fs::path& directory, const VegaLibrary& library) {
  ReportFiles files;
  const auto read = [&](const char* name) {
    std::string text = whole_file(directory / name);
    if (text.empty())
      throw KitError(fmt::format("{} can't be read.", (directory / name).string()),
                     "It belongs to the kit: git checkout brings it back.");
    return text;
  };
  files.style = read("page.css");
  files.loader = read("loader.js");
  files.charts = read("charts.js");
  files.filter = read("filter.js");
  files.vega = library.script(files.loader);
  return files;
}

std::string report_page(const json& data, const ReportFiles& files) {
  // In a script "<" could end it or begin a comment: a learner's words may hold any of that.
  std::string written = data.dump(-1, ' ', false, json::error_handler_t::replace);
  std::string safe;
  for (const char c : written) safe += c == '<' ? std::string("\\u003c") : std::string(1, c);
  const bool charts = !files.vega.empty();
  std::string page =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
      "'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Where you "
      "stand</title>\n<style>\n" +
      files.style +
      "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#posting\">Skip to the report</a>\n";
  page += top(data) + "<main>\n" + posting_section(data) + areas_section(data) +
          exercises_section(data) + pictures_section(data) + interviews_section(data) +
          plan_section(data) + how_section(data, charts) + "</main>\n";
  if (charts) {
    page += "<script type=\"application/json\" id=\"data\">" + safe + "</script>\n";
    page += "<script>\n" + files.vega + "\n</script>\n<script>\n" + files.charts + "</script>\n";
  }
  page += "<script>\n" + files.filter + "</script>\n</body>\n</html>\n";
  return page;
}

}  // namespace kit
