#include "bench/harness/result.hpp"

#include <gtest/gtest.h>

namespace kit::bench {
namespace {

using nlohmann::json;

Row row(const std::string& name, Role role, double time, std::vector<double> ratios) {
  Row made;
  made.name = name;
  made.role = role;
  made.time = time;
  made.times = {time};
  made.ratios = std::move(ratios);
  return made;
}

Measured transposition() {
  Measured measured;
  measured.workload.text = "1024 x 1024 floats";
  measured.workload.amount = 0.008;
  measured.workload.rate_unit = "GB/s";
  measured.workload.work = Work::memory;
  measured.against = "reference";
  measured.rows = {row("a slow copy", Role::roof, 0.001, {1.0}),
                   row("a plain copy", Role::roof, 0.0005, {0.5}),
                   row("baseline", Role::baseline, 0.007, {6.8, 7.1, 7.4}),
                   row("reference", Role::reference, 0.001, {})};
  measured.rows.push_back({"yours", Role::yours, "not timed: wrong", {}, {}, 0, {}});
  measured.repeats = {0.99, 1.0, 1.01};
  return measured;
}

TEST(Json, HasWhatTheHeaderSays) {
  const json result = to_json(transposition());
  EXPECT_EQ(result["workload"], "1024 x 1024 floats");
  EXPECT_EQ(result["pairs"], 3);
  EXPECT_EQ(result["roof"], (json{{"name", "a plain copy"}, {"value", 16.0}, {"unit", "GB/s"}}));
  ASSERT_EQ(result["rows"].size(), 3U);  // the roof has no row
  const json& baseline = result["rows"][0];
  EXPECT_EQ(baseline["role"], "baseline");
  EXPECT_EQ(baseline["time"], 7.0);
  EXPECT_EQ(baseline["time_unit"], "ms");
  EXPECT_EQ(baseline["rate"], 1.143);
  EXPECT_EQ(baseline["of_roof"], 0.07042);  // 0.5 / 7.1
  EXPECT_EQ(baseline["ratio"]["median"], 7.1);
  EXPECT_EQ(baseline["verdict"], "slower");
  EXPECT_FALSE(result["rows"][1].contains("ratio"));
  EXPECT_EQ(result["rows"][2]["note"], "not timed: wrong");
  EXPECT_FALSE(result["rows"][2].contains("time"));
}

TEST(Table, HasARowForEachAndTheNoise) {
  json result = to_json(transposition());
  result["exercise"] = "cache/02-transpose";
  result["more"] = json::array();
  result["notes"] = {"One thread."};
  result["missing_peers"] = {{{"name", "OpenBLAS"}, {"package", "libopenblas-dev"}}};
  EXPECT_EQ(table(result),
            R"(cache/02-transpose   1024 x 1024 floats, 3 alternating pairs
roof: a plain copy, 16.0 GB/s
roof: a slow copy, 8.00 GB/s

                  ms      GB/s  of roof   against reference
  baseline      7.00      1.14      7 %   7.10 times slower   [6.95 .. 7.25]
  reference     1.00      8.00     50 %
  yours     not timed: wrong

The machine was quiet: 0.5 % between repeats. Under 5 % nothing is told apart.

One thread.
OpenBLAS is not here: install libopenblas-dev to compare with it.
)");
}

TEST(Table, SaysWhenTheMachineWasTooBusy) {
  Measured measured = transposition();
  measured.repeats = {0.2, 0.25, 1, 4, 5};
  measured.rows[2].time = 1.2345;
  json result = to_json(measured);
  result["exercise"] = "cache/02-transpose";
  result["more"] = result["notes"] = result["missing_peers"] = json::array();
  const std::string text = table(result);
  EXPECT_NE(text.find("too busy: the reference differs 4.00-fold"), std::string::npos) << text;
  EXPECT_NE(text.find(" 1,23"), std::string::npos) << text;  // ms
}

}  // namespace
}  // namespace kit::bench
