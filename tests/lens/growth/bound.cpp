#include "lens/growth/bound.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "harness/report.hpp"
#include "lens/growth/name_growth.hpp"
#include "lens/growth/plot.hpp"

namespace kit::lens {
namespace {

double limit_at(const Bound& bound, const Sample& sample) {
  return bound.c * bound.f.value(static_cast<double>(sample.n)) + bound.d;
}

std::string whole(double count) {
  if (count == std::floor(count)) return harness::number(static_cast<std::int64_t>(count));
  return harness::number(count, 1);
}

// "3 n + 64", "n log n - 2".
std::string in_words(const Bound& bound) {
  std::string text = bound.c == 1 ? "" : whole(bound.c) + " ";
  text += bound.f.name;
  if (bound.d != 0) text += (bound.d < 0 ? " - " : " + ") + whole(std::abs(bound.d));
  return text;
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
                  std::size_t rows, std::string_view variable) {
  if (samples.empty()) return "";
  struct Row {
    std::string n, count, ratio, note;
  };
  std::vector<Row> lines{{std::string(variable), std::string(what), std::string(ratio), ""}};
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

namespace {

std::string left(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

// Each input, its count and its limit; an arrow at the worst.
std::string table_of_inputs(std::span<const CountOn> counts, const Bound& bound,
                            std::size_t worst) {
  struct Row {
    std::string kind, n, count, ratio;
  };
  std::vector<Row> rows{{"", "n", bound.what, bound.ratio}};
  for (const CountOn& each : counts) {
    const auto n = static_cast<double>(each.at.n);
    rows.push_back(
        {each.kind, whole(n), whole(each.at.count), fraction(each.at.count / bound.f.value(n))});
  }
  std::size_t widths[4] = {0, 0, 0, 0};
  for (const Row& row : rows) {
    widths[0] = std::max(widths[0], row.kind.size());
    widths[1] = std::max(widths[1], row.n.size());
    widths[2] = std::max(widths[2], row.count.size());
    widths[3] = std::max(widths[3], row.ratio.size());
  }
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += "    " + left(rows[i].kind, widths[0]) + "  " + right(rows[i].n, widths[1]) + "  " +
           right(rows[i].count, widths[2]) + "  " + right(rows[i].ratio, widths[3]) +
           (i == worst + 1 ? "   <-" : "") + "\n";
  }
  return out;
}

}  // namespace

bool expect_each_at_most(std::span<const CountOn> counts, const Bound& bound) {
  if (counts.empty()) {
    harness::fail(bound.input, "  Nothing was counted.");
    return false;
  }
  std::size_t worst = 0;
  double worst_share = -1;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double limit = limit_at(bound, counts[i].at);
    const double share = limit > 0 ? counts[i].at.count / limit : counts[i].at.count;
    if (share <= worst_share) continue;
    worst_share = share;
    worst = i;
  }
  const CountOn& at = counts[worst];
  const double limit = limit_at(bound, at.at);
  const std::string n = whole(static_cast<double>(at.at.n));
  const std::string allowed =
      bound.f.name.empty() ? whole(limit) : in_words(bound) + " = " + whole(limit);
  std::string story = "  " + whole(at.at.count) + " " + bound.what + "; at most " + allowed +
                      " are allowed.\n\n" + table_of_inputs(counts, bound, worst);
  if (!bound.why.empty()) story += "\n" + bound.why;
  return harness::expect_within(
      {.lens = "growth",
       .key = bound.what + " on " + at.kind + " n=" + std::to_string(at.at.n),
       .measured = at.at.count,
       .limit = limit,
       .unit = bound.what},
      bound.input + ": " + at.kind + ", n = " + n, story);
}

bool expect_level(std::span<const Sample> samples, const Level& level) {
  if (samples.size() < 2) {
    harness::fail(level.input, "  Nothing was counted.");
    return false;
  }
  const auto ratio = [&](const Sample& each) {
    return std::max(each.count, 1.0) / level.f.value(static_cast<double>(each.n));
  };
  const Sample &first = samples.front(), &last = samples.back();
  const double grown = ratio(last) / ratio(first);
  std::string story =
      "  " + level.ratio + ": " + fraction(ratio(first)) + " at " +
      whole(static_cast<double>(first.n)) + ", " + fraction(ratio(last)) + " at " +
      whole(static_cast<double>(last.n)) + ": " + harness::number(grown, 2) +
      " times as many; at most " + harness::number(level.factor, 2) + " times are allowed.\n\n" +
      table(samples, level.f, level.what, level.ratio, samples.size() - 1, "still rising");
  if (!level.why.empty()) story += "\n" + level.why;
  return harness::expect_within(
      {.lens = "growth",
       .key = level.ratio + ", " + std::to_string(last.n) + " against " + std::to_string(first.n),
       .measured = grown,
       .limit = level.factor,
       .unit = "times"},
      level.input, story);
}

namespace {

// Small sizes say more of the constants than of the growth.
GrowthVerdict growth_of(std::span<const Sample> samples) {
  constexpr std::uint64_t kSmall = 64;
  const auto first = std::find_if(samples.begin(), samples.end(),
                                  [](const Sample& each) { return each.n >= kSmall; });
  const auto large = samples.subspan(static_cast<std::size_t>(first - samples.begin()));
  return name_growth(large.size() >= kFewestSamples ? large : samples, Exactness::exact);
}

}  // namespace

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
  const GrowthVerdict growth = growth_of(samples);
  harness::record(
      {.lens = "growth",
       .key = bound.what + " n=" + std::to_string(samples[nearest].n),
       .measured = samples[nearest].count,
       .limit = limit_at(bound, samples[nearest]),
       .unit = bound.what,
       .picture = keep_plot(
           {.title = bound.input,
            .unit = bound.what,
            .samples = {samples.begin(), samples.end()},
            .line = "the bound " + in_words(bound),
            .value_of_line = [&](double n) { return bound.c * bound.f.value(n) + bound.d; },
            .growth = growth})});
  if (first == samples.size()) return true;

  const Sample& broken = samples[first];
  const std::string allowed = in_words(bound);
  std::string story = "  " + whole(broken.count) + " " + bound.what +
                      " at n = " + whole(static_cast<double>(broken.n)) + "; at most " + allowed +
                      " = " + whole(limit_at(bound, broken)) + " are allowed.\n\n";
  story +=
      table(samples, bound.f, bound.what, bound.ratio, first, "the first size above the bound");
  if (growth.certain) {
    story += "\n  The total grows as " + lens::in_words(growth) + "; the bound as " + bound.f.name +
             ".\n";
  }
  if (!bound.why.empty()) story += "\n" + bound.why;
  harness::fail(bound.input, story);
  return false;
}

}  // namespace kit::lens
