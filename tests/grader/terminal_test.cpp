// The terminal: when there is colour, how wide things are, where lines break.
#include "grader/terminal.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

namespace {

using kit::ColourWish;
using kit::Terminal;

// Sets variables for one test and puts back what was there.
class Environment {
 public:
  void set(const std::string& name, const char* value) {
    if (!before_.contains(name)) {
      const char* old = std::getenv(name.c_str());
      before_[name] = old ? std::make_pair(true, std::string(old)) : std::make_pair(false, "");
    }
    value ? ::setenv(name.c_str(), value, 1) : ::unsetenv(name.c_str());
  }
  ~Environment() {
    for (const auto& [name, old] : before_) {
      old.first ? ::setenv(name.c_str(), old.second.c_str(), 1) : ::unsetenv(name.c_str());
    }
  }

 private:
  std::map<std::string, std::pair<bool, std::string>> before_;
};

// Standard output of a test is no terminal under ctest; what `automatic` does on one is tried in
// verbs_test.
TEST(Colour, IsThereWhenAskedForAndNotWhenRefused) {
  const Terminal always(ColourWish::always);
  EXPECT_EQ(always.good("yes"), "\033[32myes\033[0m");
  EXPECT_EQ(always.bad("no"), "\033[31mno\033[0m");
  EXPECT_EQ(always.attention("look"), "\033[33mlook\033[0m");
  EXPECT_EQ(always.quiet("aside"), "\033[2maside\033[0m");
  EXPECT_EQ(always.strong("head"), "\033[1mhead\033[0m");
  const Terminal never(ColourWish::never);
  EXPECT_EQ(never.good("yes") + never.bad("no") + never.strong("head"), "yesnohead");
}

TEST(Colour, IsAskedForOnTheCommandLineBeforeTheEnvironment) {
  Environment environment;
  environment.set("NO_COLOR", "1");
  EXPECT_FALSE(Terminal(ColourWish::automatic).colour());
  EXPECT_TRUE(Terminal(ColourWish::always).colour());
}

TEST(Colour, EndsOnEachLine) {
  const Terminal always(ColourWish::always);
  EXPECT_EQ(always.good("a\n\nb"), "\033[32ma\033[0m\n\n\033[32mb\033[0m");
  EXPECT_EQ(always.good(""), "");
}

TEST(Bar, UsesSignsThatTheLocaleHas) {
  Environment environment;
  environment.set("LC_ALL", "C");
  EXPECT_EQ(Terminal(ColourWish::never).bar(0.5, 8), "####....");
  environment.set("LC_ALL", "de_DE.UTF-8");
  EXPECT_EQ(Terminal(ColourWish::never).bar(0.5, 4), "██░░");
  environment.set("LC_ALL", nullptr);
  environment.set("LC_CTYPE", nullptr);
  environment.set("LANG", "C.utf8");
  EXPECT_EQ(Terminal(ColourWish::never).bar(0.5, 4), "██░░");
  environment.set("LC_CTYPE", "POSIX");
  EXPECT_EQ(Terminal(ColourWish::never).bar(0.5, 4), "##..");
}

TEST(Bar, IsFullOnlyWhenAllIsDoneAndEmptyOnlyWhenNothingIs) {
  Environment environment;
  environment.set("LC_ALL", "C");
  const Terminal terminal(ColourWish::never);
  EXPECT_EQ(terminal.bar(0, 10), "..........");
  EXPECT_EQ(terminal.bar(0.001, 10), "#.........");
  EXPECT_EQ(terminal.bar(0.999, 10), "#########.");
  EXPECT_EQ(terminal.bar(1, 10), "##########");
  EXPECT_EQ(terminal.bar(7, 10), "##########");
  EXPECT_EQ(terminal.bar(-1, 10), "..........");
  EXPECT_EQ(terminal.bar(0.0 / 0.0, 3), "...");
}

TEST(Columns, CountCodePointsAndNoEscapes) {
  EXPECT_EQ(kit::columns("plain"), 5);
  EXPECT_EQ(kit::columns("für"), 3);
  EXPECT_EQ(kit::columns("██░"), 3);
  EXPECT_EQ(kit::columns("\033[1;31mred\033[0m"), 3);
  EXPECT_EQ(kit::columns("\033[1"), 0);
  EXPECT_EQ(kit::columns(""), 0);
}

TEST(Pad, FillsUpToTheColumnAndCutsNothing) {
  EXPECT_EQ(kit::pad("ü", 3), "ü  ");
  EXPECT_EQ(kit::pad("\033[1mx\033[0m", 3), "\033[1mx\033[0m  ");
  EXPECT_EQ(kit::pad("longer", 3), "longer");
}

TEST(Wrap, BreaksAtSpacesAndIndentsWhatFollows) {
  EXPECT_EQ(kit::wrap("one two three", 7), "one two\nthree");
  EXPECT_EQ(kit::wrap("one two three", 8, 2), "one two\n  three");
  EXPECT_EQ(kit::wrap("one two", 7), "one two");
  EXPECT_EQ(kit::wrap("", 7), "");
}

TEST(Wrap, KeepsLinesAndTheSpacesWithinThem) {
  EXPECT_EQ(kit::wrap("a\n\nb", 10, 2), "a\n\n  b");
  EXPECT_EQ(kit::wrap("  a    b", 10), "  a    b");
  EXPECT_EQ(kit::wrap("a    b", 4), "a\nb") << "a gap that is broken leaves no spaces behind";
  EXPECT_EQ(kit::wrap("a  ", 10), "a");
}

TEST(Wrap, LeavesAPathWhole) {
  EXPECT_EQ(kit::wrap("see /a/very/long/path now", 10), "see\n/a/very/long/path\nnow");
}

TEST(Wrap, MeasuresColumnsNotBytes) {
  EXPECT_EQ(kit::wrap("äöü äöü", 7), "äöü äöü");
  EXPECT_EQ(kit::wrap("\033[1mone\033[0m two", 7), "\033[1mone\033[0m two");
}

TEST(Ask, TakesTheDefaultWithoutATerminal) {
  const Terminal terminal(ColourWish::never);
  if (terminal.interactive())
    GTEST_SKIP() << "run under ctest, or with standard input from /dev/null";
  EXPECT_TRUE(kit::ask(terminal, "Go on?", true));
  EXPECT_FALSE(kit::ask(terminal, "Go on?", false));
}

}  // namespace
