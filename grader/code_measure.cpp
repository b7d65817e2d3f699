// A brace opens a function's body when what stands before it ends like a signature: ")" and perhaps const, noexcept,
// override, a trailing return type or initialisers. Inside a function every brace but that of a list (after "=", ",",
// "(", "return" or a name) is a block.
#include "code_measure.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>
#include <vector>

namespace kit {

std::string without_comments(const std::string& source) {
  std::string out;
  for (std::size_t i = 0; i < source.size(); ++i) {
    const char c = source[i];
    if (c == '/' && i + 1 < source.size() && source[i + 1] == '/') {
      while (i < source.size() && source[i] != '\n') ++i;
      if (i < source.size()) out += '\n';
    } else if (c == '/' && i + 1 < source.size() && source[i + 1] == '*') {
      const auto end = source.find("*/", i + 2);
      const auto stop = end == std::string::npos ? source.size() : end + 2;
      out.append(
          static_cast<std::size_t>(std::count(source.begin() + static_cast<long>(i),
                                              source.begin() + static_cast<long>(stop), '\n')),
          '\n');
      i = stop - 1;
    } else if (c == '"' || (c == '\'' &&
                            (i == 0 || !std::isalnum(static_cast<unsigned char>(source[i - 1]))))) {
      out += c;
      for (++i; i < source.size() && source[i] != c && source[i] != '\n'; ++i) {
        if (source[i] == '\\') ++i;
      }
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

namespace {

// The text since the last ";", "{" or "}": what a brace belongs to.
bool begins_function(const std::string& before) {
  for (const char* word : {"namespace", "class ", "struct ", "enum ", "union "}) {
    if (before.find(word) != std::string::npos && before.find('(') == std::string::npos)
      return false;
  }
  return before.find('(') != std::string::npos && before.find('=') == std::string::npos;
}

bool begins_block(const std::string& before) {
  const auto end = before.find_last_not_of(" \t\n");
  if (end == std::string::npos) return true;
  if (before[end] == ')') return true;  // if (...), for (...), a lambda
  std::size_t begin = end + 1;
  while (begin > 0 &&
         (std::isalnum(static_cast<unsigned char>(before[begin - 1])) || before[begin - 1] == '_'))
    --begin;
  const std::string word = before.substr(begin, end + 1 - begin);
  return word == "else" || word == "do" || word == "try" || word == "mutable" || word == "noexcept";
}

}  // namespace

CodeMeasure measure_code(const std::string& source) {
  struct Brace {
    bool function, block;
    int line;
  };
  CodeMeasure measure;
  const std::string code = without_comments(source);
  std::istringstream lines(code);
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t\r") != std::string::npos) ++measure.lines;
  }
  std::vector<Brace> open;
  std::string before;
  int line = 1;
  int statement_line = 1;
  bool in_function = false;
  int parentheses = 0;
  for (const char c : code) {
    if (c == '\n') ++line;
    if (c == '(') ++parentheses;
    if (c == ')') --parentheses;
    if (c == '{') {
      const bool function = !in_function && begins_function(before);
      const bool block = in_function && begins_block(before);
      open.push_back({function, block, function ? statement_line : line});
      in_function = in_function || function;
      const auto blocks =
          std::count_if(open.begin(), open.end(), [](const Brace& b) { return b.block; });
      measure.depth = std::max(measure.depth, static_cast<int>(blocks));
      if (function || block || !in_function)
        before.clear();
      else
        before += ' ';
    } else if (c == '}' && !open.empty()) {
      const Brace last = open.back();
      open.pop_back();
      if (last.function) {
        measure.longest = std::max(measure.longest, line - last.line + 1);
        in_function = false;
      }
      before.clear();
    } else if (c == ';' && parentheses <= 0) {
      before.clear();
    } else {
      if (before.empty() && c != ' ' && c != '\n' && c != '\t') statement_line = line;
      if (!before.empty() || (c != ' ' && c != '\n' && c != '\t')) before += c;
    }
  }
  return measure;
}

}  // namespace kit
