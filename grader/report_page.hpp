// The report as one HTML file, made of its data (report_data.hpp) and of nothing else. Headings,
// sentences and tables stand in it without any script; the charts are drawn by Vega, which is put into
// the page. The page's own policy forbids it every request.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace kit {

/// Text as HTML; for attributes in double quotes too.
std::string html(const std::string& text);

/// The distribution's Vega: its parts in the order in which they build on each other.
struct VegaLibrary {
  std::filesystem::path directory = "/usr/share/javascript";

  /// The loader and all parts as one script; empty where a part is missing.
  std::string script(const std::string& loader) const;
};

struct ReportFiles {
  std::string style, loader, charts, filter;  // grader/report/
  std::string vega;                           // empty: the page has no charts and says so
};

/// THROWS: KitError if a file of grader/report/ can't be read.
ReportFiles read_report_files(const std::filesystem::path& directory, const VegaLibrary& library);

std::string report_page(const nlohmann::json& data, const ReportFiles& files);

}  // namespace kit
