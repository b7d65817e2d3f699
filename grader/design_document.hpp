// A design document, read line by line: headings, and items that begin with a letter, a number and a colon.
//
//   F2: Power is lost during the flash.          an item; it goes on until a blank line, a heading or the next item
//     detect: checksum at boot, within 1 s       a field of it: two spaces, a word, a colon
//   T4: Cut power at 200 points ... -> R5 F2     "->" names the ids it serves
//
// Comments (<!-- ... -->) are not read.
#pragma once

#include <string>
#include <vector>

namespace kit {

struct DesignField {
  std::string name, text;
  int line = 0;
};

struct DesignItem {
  char kind = ' ';  // R, A, N, C, D, X, F, T, S, O, Q
  std::string id;   // "R4"
  int line = 0;
  std::string text;  // without the id, the fields and what stands behind "->"
  std::vector<DesignField> fields;
  std::vector<std::string> serves;
  std::string section;

  /// Empty if it has none of that name.
  std::string field(const std::string& name) const;
};

struct DesignSection {
  std::string heading;  // "Failure modes"
  int line = 0;
  std::string text;           // all below it but comments
  bool has_guidance = false;  // a comment stands in it
};

/// A line of arithmetic outside of an item: "= 1 - 0.99^5 = 4.90 %".
struct LooseArithmetic {
  int line = 0;
  std::string text;
};

struct DesignDocument {
  std::string title;
  std::vector<DesignSection> sections;
  std::vector<DesignItem> items;
  std::vector<LooseArithmetic> loose;
  std::vector<std::string> lines;  // without comments

  std::vector<const DesignItem*> of_kind(char kind) const;
  const DesignItem* find(const std::string& id) const;
};

DesignDocument parse_design(const std::string& text);

/// The headings of the template, in order.
extern const std::vector<std::string> kDesignHeadings;

}  // namespace kit
