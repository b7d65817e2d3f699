// The machine's limits: what bench/roofs measures with, what is kept, and where a bench's result stands.
#include "roofs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bench/roofs/compute.hpp"
#include "bench/roofs/memory.hpp"
#include "errors.hpp"
#include "roofline.hpp"
#include "scratch.hpp"

namespace {

using namespace kit;
using nlohmann::json;

json figure(double value) {
  return {{"value", value}, {"median", value}, {"worst", value}};
}

json named(json figure, const char* name, const char* level) {
  figure["name"] = name;
  figure["level"] = level;
  return figure;
}

// Two levels: 100 and 10 GB/s, 2 and 100 ns.
json measured() {
  return {
      {"machine", "A machine, 2 cores"},
      {"taken", "2026-11-24"},
      {"levels", {{{"name", "L1"}, {"bytes", 16384}}, {{"name", "memory"}, {"bytes", 268435456}}}},
      {"bandwidth",
       {named(figure(100), "read", "L1"), named(figure(10), "read", "memory"),
        named(figure(80), "copy", "L1"), named(figure(8), "copy", "memory")}},
      {"latency", {named(figure(2), "", "L1"), named(figure(100), "", "memory")}},
      {"mountain",
       {{"strides", {8, 64}},
        {"rows",
         {{{"bytes", 8192}, {"values", {50, 20}}}, {{"bytes", 32768}, {"values", {9, 2}}}}}}},
      {"peaks",
       {named(figure(16), "float, one at a time", ""), named(figure(128), "float, AVX2", "")}},
      {"clock", figure(4)},
      {"branch_miss", figure(5)}};
}

json workload(double bytes, double seconds) {
  return {{"workload", "some numbers"},
          {"bytes", bytes},
          {"operations", bytes / 8},
          {"operation", "addition"},
          {"rows",
           {{{"name", "the reference"}, {"role", "reference"}, {"seconds", seconds / 2}},
            {{"name", "yours"}, {"role", "yours"}, {"seconds", seconds}}}}};
}

TEST(Roofs, TheScreenHasEachLevelAndTheCyclesOfABranch) {
  const std::string text = roofs_screen(read_roofs(measured()), Terminal(ColourWish::never));
  EXPECT_NE(text.find("A machine, 2 cores, measured 2026-11-24"), std::string::npos) << text;
  EXPECT_NE(text.find("read                          100      10.0   GB/s"), std::string::npos)
      << text;
  EXPECT_NE(text.find("costs 5.00 ns: 20 cycles at 4.00 GHz"), std::string::npos) << text;
  EXPECT_EQ(text.find("past the caches"), std::string::npos) << "it was not measured\n" << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80) << line;
}

TEST(Roofs, ABusyMachineIsSaidToBeOne) {
  json busy = measured();
  busy["peaks"][0]["median"] = 8;
  const std::string text = roofs_screen(read_roofs(busy), Terminal(ColourWish::never));
  EXPECT_NE(text.find("The machine was busy"), std::string::npos) << text;
}

TEST(Roofs, WhatIsNotWholeIsRefused) {
  for (const char* field : {"machine", "levels", "bandwidth", "mountain", "clock"}) {
    json broken = measured();
    broken.erase(field);
    EXPECT_THROW(read_roofs(broken), KitError) << field;
  }
  json uneven = measured();
  uneven["mountain"]["rows"][0]["values"] = {1};
  EXPECT_THROW(read_roofs(uneven), KitError);
}

TEST(Roofs, AreKeptAndADamagedFileIsAsIfTheyWereNot) {
  const Scratch scratch;
  const Workspace workspace = scratch.workspace();
  EXPECT_FALSE(kept_roofs(workspace));
  keep_roofs(workspace, measured());
  ASSERT_TRUE(kept_roofs(workspace));
  EXPECT_EQ(kept_roofs(workspace)->bandwidth_of("copy", "memory"), 8);
  std::ofstream(workspace.state / "roofs.json") << "{";
  EXPECT_FALSE(kept_roofs(workspace));
}

TEST(Roofs, ABenchStandsOnTheLevelThatItsBytesFitInto) {
  const Roofs roofs = read_roofs(measured());
  // 16 KB in 0.2 us are 80 GB/s, of the 100 of the first level.
  const std::string small = on_the_roofs(roofs, workload(16'000, 0.2e-6));
  EXPECT_NE(small.find("yours moves 80.0 GB/s, 80 % of a read from the L1 cache (100)"),
            std::string::npos)
      << small;
  const std::string large = on_the_roofs(roofs, workload(100e6, 20e-3));
  EXPECT_NE(large.find("5.00 GB/s, 50 % of a read from memory (10.0)"), std::string::npos) << large;
}

TEST(Roofs, WithoutBytesAnOperationIsWorthSoManyLoads) {
  const json searches = {
      {"rows",
       {{{"role", "yours"}, {"seconds", 1e-3}, {"rate", 4.0}, {"rate_unit", "Msearch/s"}}}}};
  const std::string text = on_the_roofs(read_roofs(measured()), searches);
  EXPECT_NE(text.find("takes 250 ns, as long as 2.50 loads from memory (100 ns each)"),
            std::string::npos)
      << text;
  EXPECT_EQ(on_the_roofs(read_roofs(measured()), {{"rows", json::array()}}), "");
}

TEST(Roofline, HasADotForEachRowAndTheRoofs) {
  const auto drawing = draw_roofline(read_roofs(measured()), workload(16'000, 0.2e-6));
  ASSERT_TRUE(drawing);
  std::size_t dots = 0;
  for (auto at = drawing->svg.find("<circle"); at != std::string::npos;
       at = drawing->svg.find("<circle", at + 1))
    ++dots;
  EXPECT_EQ(dots, 2U);
  for (const char* word :
       {">yours<", ">the reference<", "float, AVX2", "memory 10 GB/s", "additions"})
    EXPECT_NE(drawing->svg.find(word), std::string::npos) << word;
  EXPECT_EQ(drawing->svg.find("nan"), std::string::npos);
  // An eighth of an operation a byte: 80 GB/s are 10 thousand million a second.
  EXPECT_NE(drawing->words.find("yours: 10 thousand million additions a second, 0.125"),
            std::string::npos)
      << drawing->words;
  EXPECT_FALSE(draw_roofline(read_roofs(measured()), json()));
  EXPECT_FALSE(draw_roofline(read_roofs(measured()), {{"rows", json::array()}}));
}

TEST(Mountain, HasALineForEachStride) {
  const std::string svg = mountain_svg(read_roofs(measured()));
  EXPECT_NE(svg.find("stride 8<"), std::string::npos);
  EXPECT_NE(svg.find("stride 64<"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

// The kernels do what their figures are divided by.
TEST(Kernels, ReadEachWordOnceAndStridesSkip) {
  const kit::roofs::Buffer memory(8192);
  auto* words = reinterpret_cast<std::uint64_t*>(memory.data());
  for (std::size_t i = 0; i < 1024; ++i) words[i] = i;
  EXPECT_EQ(kit::roofs::read(memory.data(), 8192), 1023U * 1024U / 2);
  EXPECT_EQ(kit::roofs::read_strided(memory.data(), 8192, 8), 1023U * 1024U / 2);
  EXPECT_EQ(kit::roofs::read_strided(memory.data(), 8192, 512), 64U * (15U * 16U / 2));
}

TEST(Kernels, WriteEveryByte) {
  const kit::roofs::Buffer memory(4096), other(4096);
  std::fill_n(memory.data(), 4096, std::byte{7});
  kit::roofs::copy_past_caches(memory.data(), other.data(), 4096);
  EXPECT_TRUE(std::equal(memory.data(), memory.data() + 4096, other.data()));
  kit::roofs::write_past_caches(memory.data(), 4096);
  EXPECT_TRUE(std::all_of(memory.data(), memory.data() + 4096,
                          [](std::byte b) { return b == std::byte{1}; }));
}

TEST(Kernels, CountWhatTheySay) {
  EXPECT_EQ(kit::roofs::dependent_additions(10), 480U);
  EXPECT_EQ(kit::roofs::branches({1, 0, 1, 1}), 9U ^ 5U);
  // Twelve chains in every width: 24 operations a number.
  for (const kit::roofs::Peak& peak : kit::roofs::peaks()) {
    EXPECT_EQ(std::fmod(peak.flop_per_round, 24), 0) << peak.name;
    EXPECT_GT(peak.rounds(10), 0) << peak.name;
  }
}

}  // namespace
