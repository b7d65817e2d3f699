// Markdown for the terminal. MD4C reads it and calls back at each block and each piece of text; a
// piece of text is gathered until its block ends, then wrapped and written behind the margins of
// the lists and quotes it stands in:
//
//   1. first item           margin "1. ", then "   " on the item's further lines
//      - nested             margins "   " and "- "
//
// Code keeps its lines; tables get columns that share the width; a link's address follows its text.
#include <md4c.h>

#include <algorithm>
#include <map>
#include <utility>

#include "terminal.hpp"

namespace kit {

namespace {

constexpr int kNarrowestColumn = 8;

std::string spaces(int count) {
  return std::string(static_cast<std::size_t>(std::max(0, count)), ' ');
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string entity(const std::string& name) {
  static const std::map<std::string, std::string> known{
      {"&amp;", "&"},   {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "},
      {"&times;", "×"}, {"&le;", "≤"}, {"&ge;", "≥"}, {"&ndash;", "-"}, {"&mdash;", "-"},
  };
  const auto found = known.find(name);
  return found == known.end() ? name : found->second;
}

struct Cell {
  std::string text;
  MD_ALIGN align = MD_ALIGN_DEFAULT;
};
using Row = std::vector<Cell>;

// Column widths that fit into `width`: the widest gives way first, down to a few letters.
std::vector<int> column_widths(const std::vector<Row>& rows, int width) {
  std::vector<int> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], columns(row[i].text));
    }
  }
  int total = 2 * static_cast<int>(widths.size()) - 2;
  for (const int w : widths) total += w;
  while (total > width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kNarrowestColumn) break;
    --*widest;
    --total;
  }
  return widths;
}

std::string aligned(const std::string& text, int width, MD_ALIGN align) {
  const int room = width - columns(text);
  if (align == MD_ALIGN_RIGHT) return spaces(room) + text;
  if (align == MD_ALIGN_CENTER) return spaces(room / 2) + text + spaces(room - room / 2);
  return text + spaces(room);
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

class Renderer {
 public:
  explicit Renderer(const Terminal& terminal) : terminal_(terminal) {}

  std::string render(std::string_view markdown) {
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_NOHTMLSPANS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
      return static_cast<Renderer*>(self)->enter(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
      return static_cast<Renderer*>(self)->leave(type);
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
      return static_cast<Renderer*>(self)->enter_span(type, detail);
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
      return static_cast<Renderer*>(self)->leave_span(type);
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
      return static_cast<Renderer*>(self)->text(type, std::string(text, size));
    };
    md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, this);
    return out_;
  }

 private:
  // What stands at the left of every line of an item or a quote.
  struct Margin {
    std::string first;
    std::string rest;
    bool used = false;
  };
  struct List {
    bool ordered = false;
    bool tight = true;
    unsigned number = 1;
    bool began = false;
  };

  int enter(MD_BLOCKTYPE type, void* detail) {
    if (type != MD_BLOCK_TH && type != MD_BLOCK_TD) flush();
    switch (type) {
      case MD_BLOCK_QUOTE:
        margins_.push_back({"| ", "| ", false});
        break;
      case MD_BLOCK_UL:
        lists_.push_back({false, static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0});
        break;
      case MD_BLOCK_OL: {
        const auto* list = static_cast<MD_BLOCK_OL_DETAIL*>(detail);
        lists_.push_back({true, list->is_tight != 0, list->start});
        break;
      }
      case MD_BLOCK_LI:
        enter_item();
        break;
      case MD_BLOCK_H:
        heading_ = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
      case MD_BLOCK_TABLE:
        rows_.clear();
        break;
      case MD_BLOCK_TR:
        rows_.emplace_back();
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        rows_.back().push_back({"", static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align});
        break;
      default:
        break;
    }
    return 0;
  }

  int leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_P:
        flush();
        break;
      case MD_BLOCK_H:
        write_heading();
        break;
      case MD_BLOCK_CODE:
        write_code();
        break;
      case MD_BLOCK_HTML:
        text_.clear();
        break;
      case MD_BLOCK_HR:
        begin_block();
        write_line(terminal_.quiet(std::string(static_cast<std::size_t>(room()), '-')));
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        rows_.back().back().text = std::exchange(text_, "");
        break;
      case MD_BLOCK_TABLE:
        write_table();
        break;
      case MD_BLOCK_LI:
        flush();
        if (!margins_.back().used) write_line("");
        margins_.pop_back();
        break;
      case MD_BLOCK_QUOTE:
        flush();
        margins_.pop_back();
        break;
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        lists_.pop_back();
        break;
      default:
        break;
    }
    return 0;
  }

  int enter_span(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_EM || type == MD_SPAN_STRONG) ++strong_;
    if (type == MD_SPAN_CODE) text_ += '`';
    if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
      // Both details begin with the address.
      const MD_ATTRIBUTE address = type == MD_SPAN_A
                                       ? static_cast<MD_SPAN_A_DETAIL*>(detail)->href
                                       : static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src;
      links_.push_back({std::string(address.text, address.size), text_.size()});
    }
    return 0;
  }

  int leave_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_EM || type == MD_SPAN_STRONG) --strong_;
    if (type == MD_SPAN_CODE) text_ += '`';
    if (type == MD_SPAN_A || type == MD_SPAN_IMG) {
      const auto [address, begin] = links_.back();
      links_.pop_back();
      const std::string shown = text_.substr(begin);
      if (!address.empty() && shown != address && "mailto:" + shown != address) {
        text_ += " (" + address + ")";
      }
    }
    return 0;
  }

  int text(MD_TEXTTYPE type, const std::string& piece) {
    switch (type) {
      case MD_TEXT_BR:
        text_ += '\n';
        break;
      case MD_TEXT_SOFTBR:
        text_ += ' ';
        break;
      case MD_TEXT_ENTITY:
        text_ += entity(piece);
        break;
      case MD_TEXT_NULLCHAR:
        break;
      default:
        text_ += strong_ > 0 ? strong_words(piece) : piece;
        break;
    }
    return 0;
  }

  // Word by word, so that a line may be broken between them.
  std::string strong_words(const std::string& piece) const {
    std::string painted;
    for (std::size_t begin = 0; begin < piece.size();) {
      const std::size_t word = std::min(piece.find_first_not_of(' ', begin), piece.size());
      const std::size_t end = std::min(piece.find(' ', word), piece.size());
      painted +=
          piece.substr(begin, word - begin) + terminal_.strong(piece.substr(word, end - word));
      begin = end;
    }
    return painted;
  }

  void enter_item() {
    List& list = lists_.back();
    if (list.tight && (list.began || lists_.size() > 1)) blank_before_ = false;
    list.began = true;
    const std::string mark = list.ordered ? std::to_string(list.number++) + ". " : "- ";
    margins_.push_back({mark, spaces(static_cast<int>(mark.size())), false});
  }

  int room() const {
    int taken = 0;
    for (const Margin& margin : margins_) taken += columns(margin.rest);
    return std::max(20, terminal_.width() - taken);
  }

  void begin_block() {
    const bool inside_tight_item =
        !lists_.empty() && lists_.back().tight && !margins_.empty() && margins_.back().used;
    if (blank_before_ && !inside_tight_item) out_ += '\n';
    blank_before_ = true;
  }

  void write_line(const std::string& line) {
    std::string whole;
    for (Margin& margin : margins_) {
      whole += margin.used ? margin.rest : margin.first;
      margin.used = true;
    }
    out_ += without_trailing_spaces(whole + line) + "\n";
  }

  // The text gathered so far becomes a paragraph.
  void flush() {
    if (text_.find_first_not_of(" \n") != std::string::npos) {
      begin_block();
      for (const std::string& line : lines_of(wrap(text_, room()))) write_line(line);
    }
    text_.clear();
  }

  // Where bold can't be shown, a line under the two highest levels does it.
  void write_heading() {
    begin_block();
    int widest = 0;
    for (const std::string& line : lines_of(wrap(std::exchange(text_, ""), room()))) {
      widest = std::max(widest, columns(line));
      write_line(terminal_.strong(line));
    }
    if (!terminal_.colour() && heading_ <= 2) {
      write_line(std::string(static_cast<std::size_t>(widest), heading_ == 1 ? '=' : '-'));
    }
  }

  void write_code() {
    begin_block();
    if (!text_.empty() && text_.back() == '\n') text_.pop_back();
    for (const std::string& line : lines_of(std::exchange(text_, ""))) {
      write_line("    " + terminal_.quiet(line));
    }
  }

  void write_table() {
    begin_block();
    const std::vector<int> widths = column_widths(rows_, room());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      write_row(rows_[i], widths, i == 0);
      if (i == 0) {
        std::string rule;
        for (const int width : widths) {
          rule += std::string(static_cast<std::size_t>(width), '-') + "  ";
        }
        write_line(terminal_.quiet(without_trailing_spaces(rule)));
      }
    }
    rows_.clear();
  }

  void write_row(const Row& row, const std::vector<int>& widths, bool head) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(lines_of(wrap(row[i].text, widths[i])));
      height = std::max(height, cells.back().size());
    }
    for (std::size_t line = 0; line < height; ++line) {
      std::string whole;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        std::string cell = line < cells[i].size() ? cells[i][line] : "";
        if (head) cell = terminal_.strong(cell);
        whole += aligned(cell, widths[i], row[i].align) + (i + 1 < cells.size() ? "  " : "");
      }
      write_line(whole);
    }
  }

  struct Link {
    std::string address;
    std::size_t begin;  // of its text in text_
  };

  const Terminal& terminal_;
  std::string out_;
  std::string text_;  // of the block that is open
  std::vector<Margin> margins_;
  std::vector<List> lists_;
  std::vector<Link> links_;
  std::vector<Row> rows_;
  int heading_ = 0;
  int strong_ = 0;
  bool blank_before_ = false;
};

}  // namespace

std::string render_markdown(std::string_view markdown, const Terminal& terminal) {
  return Renderer(terminal).render(markdown);
}

}  // namespace kit
