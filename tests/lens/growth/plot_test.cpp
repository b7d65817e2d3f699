// What is written down of planted counts.
#include "lens/growth/plot.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace {

using namespace kit::lens;

Plot squares(std::uint64_t largest, std::uint64_t step) {
  Plot plot{.title = "steps of \"pairs\" for n values, seed 7",
            .unit = "steps",
            .line = "the bound 3 n",
            .value_of_line = [](double n) { return 3 * n; }};
  for (std::uint64_t n = 64; n <= largest; n = step == 0 ? 2 * n : n + step)
    plot.samples.push_back({n, static_cast<double>(n * n)});
  plot.growth = name_growth(plot.samples, Exactness::exact);
  return plot;
}

TEST(Plot, HasThePointsTheLineAndTheFit) {
  const std::string json = to_json(squares(8'192, 0));
  EXPECT_NE(json.find("\"title\": \"steps of \\\"pairs\\\" for n values, seed 7\""),
            std::string::npos)
      << json;
  EXPECT_NE(json.find("\"fit\": \"n^2\""), std::string::npos) << json;
  EXPECT_NE(json.find("[64, 4096, 192, 4096], [128, 16384, 384, 16384]"), std::string::npos)
      << json;
}

TEST(Plot, AnUncertainFitIsNotDrawn) {
  const std::string json = to_json(squares(512, 0));
  EXPECT_NE(json.find("\"fit\": \"\""), std::string::npos) << json;
  EXPECT_NE(json.find("[64, 4096, 192, 0]"), std::string::npos) << json;
}

TEST(Plot, ManyPointsAreThinned) {
  const std::string json = to_json(squares(4'000, 1));
  const auto points = std::count(json.begin(), json.end(), '[') - 1;
  EXPECT_LE(points, 65);
  EXPECT_GE(points, 40);
}

TEST(Plot, IsKeptInTheRunDirectoryAlone) {
  ::unsetenv("KIT_RUN_DIRECTORY");
  EXPECT_EQ(keep_plot(squares(8'192, 0)), "");
  std::string pattern = (std::filesystem::temp_directory_path() / "kit-plot-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  ::setenv("KIT_RUN_DIRECTORY", pattern.c_str(), 1);
  EXPECT_EQ(keep_plot(squares(8'192, 0)), "growth-steps-of-pairs-for-n-values.json");
  std::ostringstream text;
  text << std::ifstream(pattern + "/growth-steps-of-pairs-for-n-values.json").rdbuf();
  EXPECT_EQ(text.str(), to_json(squares(8'192, 0)));
  ::unsetenv("KIT_RUN_DIRECTORY");
  std::filesystem::remove_all(pattern);
}

}  // namespace
