#include "lens/growth/plot.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <fstream>

namespace kit::lens {
namespace {

constexpr int kMostPoints = 64;

std::string text(const std::string& words) {
  std::string out = "\"";
  for (const char c : words) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out + "\"";
}

std::string number(double value) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%.9g", std::isfinite(value) ? value : 0);
  return digits;
}

double fitted(const GrowthVerdict& growth, double n) {
  if (!growth.certain) return 0;
  double value = growth.a * (growth.best == GrowthClass::exponential ? std::pow(growth.base, n)
                                                                     : value_of(growth.best, n));
  if (growth.g) value += growth.b * value_of(*growth.g, n);
  return value;
}

std::vector<Sample> thinned(const Plot& plot) {
  if (plot.samples.size() <= kMostPoints) return plot.samples;
  const auto log_of = [](const Sample& each) { return std::log2(static_cast<double>(each.n) + 1); };
  const double first = log_of(plot.samples.front()), last = log_of(plot.samples.back());
  const double bin = (last - first) / (kMostPoints - 1);
  const auto height = [&](const Sample& each) {
    return each.count / std::max(plot.value_of_line(static_cast<double>(each.n)), 1e-9);
  };
  std::vector<Sample> out;
  int bin_of_last = -1;
  for (const Sample& each : plot.samples) {
    const int its_bin = static_cast<int>((log_of(each) - first) / bin);
    if (its_bin != bin_of_last) {
      out.push_back(each);
      bin_of_last = its_bin;
    } else if (height(each) > height(out.back())) {
      out.back() = each;
    }
  }
  return out;
}

// "growth-relocations-of-elements-for-n.json": the same for every submission, whatever the seed.
std::string file_name(const Plot& plot) {
  std::string name = "growth";
  bool gap = true;
  for (const char c : plot.title.substr(0, plot.title.find("seed"))) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) == 0) {
      gap = true;
      continue;
    }
    if (gap) name += '-';
    gap = false;
    name += static_cast<char>(std::tolower(letter));
  }
  return name.substr(0, 100) + ".json";
}

}  // namespace

std::string to_json(const Plot& plot) {
  std::string points;
  for (const Sample& each : thinned(plot)) {
    const auto n = static_cast<double>(each.n);
    points += (points.empty() ? "[" : ", [") + number(n) + ", " + number(each.count) + ", " +
              number(plot.value_of_line ? plot.value_of_line(n) : 0) + ", " +
              number(fitted(plot.growth, n)) + "]";
  }
  return "{\"kind\": \"growth\", \"title\": " + text(plot.title) +
         ", \"variable\": " + text(plot.variable) + ", \"unit\": " + text(plot.unit) +
         ", \"line\": " + text(plot.line) +
         ", \"fit\": " + text(plot.growth.certain ? in_words(plot.growth) : "") +
         ",\n \"points\": [" + points + "]}\n";
}

std::string keep_plot(const Plot& plot) {
  const char* directory = std::getenv("KIT_RUN_DIRECTORY");
  if (directory == nullptr || plot.samples.empty()) return "";
  const std::string name = file_name(plot);
  std::ofstream(std::string(directory) + "/" + name) << to_json(plot);
  return name;
}

}  // namespace kit::lens
