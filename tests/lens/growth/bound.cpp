#include "lens/growth/bound.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "harness/report.hpp"
#include "lens/growth/name_growth.hpp"

namespace kit::lens {
namespace {

double limit_at(const Bound& bound, const Sample& sample) {
  return bound.c * bound.f.value(static_cast<double>(sample.n)) + bound.d;
}

// First, last, marked, and what lies nearest to even steps of log n between the first and the last.
std::set<std::size_t> rows_to_show(std::span<const Sample> samples, std::size_t marked,
                                   std::size_t rows) {
  std::set<std::size_t> shown{0, samples.size() - 1};
  if (marked < samples.size()) shown.insert(marked);
  const double first = std::log2(static_cast<double>(samples.front().n) + 1);
  const double last = std::log2(static_cast<double>(samples.back().n) + 1);
  const std::size_t steps = rows - 2;
  for (std::size_t step = 1; step < steps && shown.size() < rows; ++step) {
    const double wanted =
        std::exp2(first + (last - first) * static_cast<double>(step) / static_cast<double>(steps));
    const auto at = std::find_if(samples.begin(), samples.end(), [&](const Sample& sample) {
      return static_cast<double>(sample.n) >= wanted;
    });
    if (at != samples.end()) shown.insert(static_cast<std::size_t>(at - samples.begin()));
  }
  return shown;
}

std::string whole(double count) {
  if (count == std::floor(count)) return harness::number(static_cast<std::int64_t>(count));
  return harness::number(count, 1);
}

// Enough digits to see a ratio that falls.
std::string fraction(double ratio) {
  return harness::number(ratio, ratio < 1 ? 4 : ratio < 100 ? 2 : 1);
}

std::string right(std::string_view text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + std::string(text);
}

}  // namespace

std::string table(std::span<const Sample> samples, const Shape& f, std::string_view what,
                  std::string_view ratio, std::size_t marked, std::string_view note,
                  std::size_t rows) {
  if (samples.empty()) return "";
  struct Row {
    std::string n, count, ratio, note;
  };
  std::vector<Row> lines{{"n", std::string(what), std::string(ratio), ""}};
  for (std::size_t i : rows_to_show(samples, marked, rows)) {
    const auto n = static_cast<double>(samples[i].n);
    lines.push_back({whole(n), whole(samples[i].count), fraction(samples[i].count / f.value(n)),
                     i == marked ? "   <- " + std::string(note) : ""});
  }
  std::size_t widths[3] = {0, 0, 0};
  for (const Row& line : lines) {
    widths[0] = std::max(widths[0], line.n.size());
    widths[1] = std::max(widths[1], line.count.size());
    widths[2] = std::max(widths[2], line.ratio.size());
  }
  std::string out;
  for (const Row& line : lines) {
    out += "    " + right(line.n, widths[0]) + "   " + right(line.count, widths[1]) + "   " +
           right(line.ratio, widths[2]) + line.note + "\n";
  }
  return out;
}

bool expect_at_most(std::span<const Sample> samples, const Bound& bound) {
  if (samples.empty()) {
    harness::fail(bound.input, "  Nothing was counted.");
    return false;
  }
  std::size_t first = samples.size();
  std::size_t nearest = 0;
  double nearest_share = -1;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double limit = limit_at(bound, samples[i]);
    if (samples[i].count > limit && first == samples.size()) first = i;
    const double share = limit > 0 ? samples[i].count / limit : samples[i].count;
    if (share > nearest_share) {
      nearest_share = share;
      nearest = i;
    }
  }
  harness::record({.lens = "growth",
                   .key = bound.what + " n=" + std::to_string(samples[nearest].n),
                   .measured = samples[nearest].count,
                   .limit = limit_at(bound, samples[nearest]),
                   .unit = bound.what});
  if (first == samples.size()) return true;

  const Sample& broken = samples[first];
  const std::string allowed = whole(bound.c) + " " + bound.f.name + " + " + whole(bound.d);
  std::string story = "  " + whole(broken.count) + " " + bound.what +
                      " at n = " + whole(static_cast<double>(broken.n)) + "; at most " + allowed +
                      " = " + whole(limit_at(bound, broken)) + " are allowed.\n\n";
  story +=
      table(samples, bound.f, bound.what, bound.ratio, first, "the first size above the bound");
  const GrowthVerdict growth = name_growth(samples, Exactness::exact);
  if (growth.certain) {
    story +=
        "\n  The total grows as " + in_words(growth) + "; the bound as " + bound.f.name + ".\n";
  }
  if (!bound.why.empty()) story += "\n" + bound.why;
  harness::fail(bound.input, story);
  return false;
}

}  // namespace kit::lens
