// Markdown for the terminal, each element as it is seen without colour; then what colour adds.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "grader/terminal.hpp"
#include "tests/grader/expect_text.hpp"

namespace {

using kit::ColourWish;
using kit::Terminal;

std::string plain(const std::string& markdown) {
  return kit::render_markdown(markdown, Terminal(ColourWish::never));
}

std::string coloured(const std::string& markdown) {
  return kit::render_markdown(markdown, Terminal(ColourWish::always));
}

TEST(Markdown, SetsHeadingsApart) {
  EXPECT_EQ(plain("# One\ntext\n## Two\n### Three\nmore"),
            "One\n===\n\ntext\n\nTwo\n---\n\nThree\n\nmore\n");
  EXPECT_EQ(coloured("# One\ntext"), "\033[1mOne\033[0m\n\ntext\n");
}

TEST(Markdown, JoinsAndWrapsParagraphs) {
  std::string words;
  for (int i = 0; i < 40; ++i) words += "four\n";
  EXPECT_EQ(plain("a\nb  \nc\n\nd"), "a b\nc\n\nd\n");
  std::istringstream lines(plain(words));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(kit::columns(line), 80) << line;
}

TEST(Markdown, KeepsTheLinesOfCode) {
  const std::string wide(120, 'x');
  EXPECT_EQ(plain("text\n```cpp\nint  a;\n\n  b();\n" + wide + "\n```\nend"),
            "text\n\n    int  a;\n\n      b();\n    " + wide + "\n\nend\n");
  EXPECT_EQ(coloured("```\na\n```"), "    \033[2ma\033[0m\n");
}

TEST(Markdown, WritesLists) {
  EXPECT_EQ(plain("before\n\n- one\n- two\n\nafter"), "before\n\n- one\n- two\n\nafter\n");
  EXPECT_EQ(plain("3. three\n4. four"), "3. three\n4. four\n");
  EXPECT_EQ(plain("- one\n\n- two\n\n  more of two"), "- one\n\n- two\n\n  more of two\n");
}

TEST(Markdown, NestsLists) {
  EXPECT_EQ(plain("- one\n  - inner\n    1. deep\n    2. deeper\n- two"),
            "- one\n  - inner\n    1. deep\n    2. deeper\n- two\n");
}

TEST(Markdown, IndentsWhatBelongsToAnItem) {
  const std::string rest = "word word word word word word word word word word word word word word";
  EXPECT_EQ(plain("- " + rest + " word word"), "- " + rest + " word\n  word\n");
  EXPECT_EQ(plain("1. one\n\n   ```\n   code\n   ```"), "1. one\n\n       code\n");
}

TEST(Markdown, WritesTablesAsColumns) {
  EXPECT_EQ(plain("| what | n |\n| --- | ---: |\n| rounds | 3 |\n| `x` | 1,024 |"),
            "what        n\n"
            "------  -----\n"
            "rounds      3\n"
            "`x`     1,024\n");
}

TEST(Markdown, FitsTablesIntoTheWidth) {
  std::string cell;
  for (int i = 0; i < 30; ++i) cell += "word ";
  const std::string text =
      plain("| a | b |\n| --- | --- |\n| key | " + cell + " |\n| key two | x |");
  std::istringstream lines(text);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_LE(kit::columns(line), 80) << line;
  EXPECT_EQ(count, 6) << "head, rule, three lines of the long cell, the last row:\n" << text;
  EXPECT_TRUE(has(text, "\nkey      word"));
  EXPECT_TRUE(has(text, "\n         word")) << "the cell goes on below itself";
}

TEST(Markdown, FollowsALinkByItsAddress) {
  EXPECT_EQ(plain("see [the paper](https://example.org/p) now"),
            "see the paper (https://example.org/p) now\n");
  EXPECT_EQ(plain("<https://example.org>"), "https://example.org\n");
  EXPECT_EQ(plain("![tree](tree.png)"), "tree (tree.png)\n");
}

TEST(Markdown, EmphasisIsBoldOrNothing) {
  EXPECT_EQ(plain("so *very* **much**"), "so very much\n");
  EXPECT_EQ(coloured("so *a b*"), "so \033[1ma\033[0m \033[1mb\033[0m\n");
  EXPECT_EQ(plain("the span `a*b`"), "the span `a*b`\n");
}

TEST(Markdown, KeepsWhatLooksLikeHtmlButDropsComments) {
  EXPECT_EQ(plain("std::vector<int> a &lt; b &amp; c"), "std::vector<int> a < b & c\n");
  EXPECT_EQ(plain("a\n\n<!-- hidden -->\n\nb"), "a\n\nb\n");
}

TEST(Markdown, QuotesAndRules) {
  EXPECT_EQ(plain("> said\n> so"), "| said so\n");
  EXPECT_EQ(plain("a\n\n***\n\nb"), "a\n\n" + std::string(80, '-') + "\n\nb\n");
}

TEST(Markdown, TakesAnything) {
  EXPECT_EQ(plain(""), "");
  EXPECT_EQ(plain("\n\n"), "");
  EXPECT_EQ(plain("- \n- b"), "-\n- b\n");
  EXPECT_FALSE(plain("**open [and (never `closed").empty());
}

}  // namespace
