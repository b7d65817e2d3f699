// Curves of a bench: which rows make one, what a prediction's lines say, and how both are drawn.
#include "curves.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "bench_curves.hpp"

namespace {

using namespace kit;
using nlohmann::json;

json workload(double bytes, double yours, double reference) {
  return {{"workload", "w"},
          {"message", bytes},
          {"roof_seconds", reference / 8},
          {"rows",
           {{{"name", "chain"}, {"role", "baseline"}, {"seconds", 1.0}},
            {{"name", "reference"}, {"role", "reference"}, {"seconds", reference}},
            {{"name", "yours"}, {"role", "yours"}, {"seconds", yours}},
            {{"name", "MPI_Bcast"}, {"role", "peer"}, {"note", "not timed"}}}}};
}

json three_sizes() {
  json result = workload(8, 2e-6, 1e-6);
  result["more"] = {workload(65536, 4e-5, 2e-5), workload(16 << 20, 8e-3, 4e-3)};
  return result;
}

constexpr const char* kTwoPredictions =
    R"({"what": "reference", "ranks": [3, 4, 64], "rounds": [2, 2, 6], "messages": [2, 3, 63],
        "times": [{"bytes": 8, "seconds": [3e-5, 3e-5, 9e-5]},
                  {"bytes": 1048576, "seconds": [2e-4, 3e-4, 6e-4]}]})";

std::string one_line(std::string text) {
  std::erase(text, '\n');
  return text + "\n";
}

TEST(SizeCurves, YoursComesFirstAndABaselineIsLeftOut) {
  const auto chart = size_curves(three_sizes());
  ASSERT_TRUE(chart);
  ASSERT_EQ(chart->curves.size(), 3U);
  EXPECT_EQ(chart->curves[0].name, "yours");
  EXPECT_EQ(chart->curves[1].name, "reference");
  EXPECT_EQ(chart->curves[2].name, "the roof");
  EXPECT_EQ(chart->curves[0].points.back(), (std::pair<double, double>{16 << 20, 8e-3}));
}

TEST(SizeCurves, TwoSizesAreNoCurve) {
  json result = three_sizes();
  result["more"].erase(1);
  EXPECT_FALSE(size_curves(result));
  EXPECT_FALSE(size_curves(json{{"rows", json::array()}}));
}

TEST(Curves, TextHasAMarkForEachPointAndKeepsTo80Columns) {
  const auto chart = size_curves(three_sizes());
  const std::string text = to_text(*chart, Terminal(ColourWish::never));
  EXPECT_NE(text.find("  o  yours\n  x  reference\n  +  the roof\n"), std::string::npos) << text;
  EXPECT_NE(text.find("16 MiB"), std::string::npos) << text;
  EXPECT_NE(text.find("8 B"), std::string::npos) << text;
  const std::string picture = text.substr(0, text.find("+---"));
  for (const char mark : {'o', 'x', '+'})
    EXPECT_EQ(std::count(picture.begin(), picture.end(), mark), 3) << mark << "\n" << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80) << line;
}

TEST(Curves, SvgHasEachNameAndNoNaN) {
  const std::string svg = to_svg(*size_curves(three_sizes()));
  for (const char* name : {"yours", "reference", "the roof"})
    EXPECT_NE(svg.find(name), std::string::npos) << name;
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
}

TEST(Curves, UnitsAreReadable) {
  EXPECT_EQ(bytes_text(8), "8 B");
  EXPECT_EQ(bytes_text(65536), "64 KiB");
  EXPECT_EQ(bytes_text(16 << 20), "16 MiB");
  EXPECT_EQ(time_text(1.5e-5), "15 us");
  EXPECT_EQ(time_text(2.97e-4), "297 us");
  EXPECT_EQ(time_text(3e-9), "3 ns");
  EXPECT_EQ(time_text(2), "2 s");
}

TEST(Predictions, ALineThatIsCutOffIsLeftOut) {
  const std::string whole = one_line(kTwoPredictions);
  EXPECT_EQ(read_predictions(whole + whole.substr(0, whole.size() / 2)).size(), 1U);
  EXPECT_TRUE(read_predictions("").empty());
  EXPECT_TRUE(read_predictions("{}\n[1]\n").empty());
}

TEST(Predictions, TheTableHasARowForEachSizeAndTheChartTheSizeNearestToAMebibyte) {
  const auto all = read_predictions(one_line(kTwoPredictions));
  const std::string text = prediction_text(Terminal(ColourWish::never), all);
  EXPECT_NE(text.find("    rounds                2                                           6\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("    1 MiB            300 us"), std::string::npos) << text;
  const auto chart = prediction_curves(all);
  ASSERT_TRUE(chart);
  EXPECT_EQ(chart->title, "Predicted time of a call with 1 MiB");
  ASSERT_EQ(chart->curves.size(), 1U);
  EXPECT_EQ(chart->curves[0].points.size(), 2U);  // 3 ranks are left out
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80) << line;
}

}  // namespace
