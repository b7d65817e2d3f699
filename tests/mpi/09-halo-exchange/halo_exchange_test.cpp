// The suite of mpi/09-halo-exchange: every cell of a block, its halo and its padding says where it
// comes from, on grids of 1 to 9 ranks with open and periodic borders; and what was sent for it.
#include "halo_exchange.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/mpi.hpp"
#include "harness/mpi_judge.hpp"
#include "harness/report.hpp"
#include "lens/messages/shared.hpp"

namespace {

using kit::harness::case_input;
using kit::harness::fail;
using kit::harness::meet;
using kit::harness::number;
using kit::harness::on_ranks;
using kit::harness::under_test;
using kit::lens::MessageReport;

struct Setting {
  int dy, dx;             // ranks
  bool round_y, round_x;  // periodic
  int ny, nx, w;          // cells of a block, width of the halo
  bool padded = false;    // rows longer than needed, by another number on each rank

  int ranks() const { return dy * dx; }
  std::string text() const {
    const auto by = [](int a, int b) { return std::to_string(a) + " x " + std::to_string(b); };
    return by(dy, dx) + " grid, periodic in " +
           (round_y && round_x ? "y and x"
            : round_y          ? "y"
            : round_x          ? "x"
                               : "none") +
           "; " + by(ny, nx) + " cells, w=" + std::to_string(w) + (padded ? ", padded rows" : "");
  }
};

constexpr double kBefore = 1e9;  // in the halo
constexpr double kPadding = -777;

enum Kind { kBlock = 1, kEdge = 2, kCorner = 4, kOutside = 8, kPad = 16, kAll = 31 };

// A rank's field. The value of a cell is made of its global row and column, each taken round where
// the grid is periodic; outside of the grid it is negative.
class Block {
 public:
  Block(const Setting& s, MPI_Comm cart) : s_(s) {
    MPI_Comm_rank(cart, &rank_);
    int place[2];
    MPI_Cart_coords(cart, rank_, 2, place);
    cy_ = place[0];
    cx_ = place[1];
    const int ld = s.nx + 2 * s.w + (s.padded ? 1 + rank_ % 3 : 0);
    field_ = {nullptr, s.nx, s.ny, s.w, ld};
    cells_.resize(static_cast<std::size_t>(rows()) * static_cast<std::size_t>(ld));
    for (int y = 0; y < rows(); ++y) {
      for (int x = 0; x < ld; ++x) {
        const bool comes = kind(y, x) == kEdge || kind(y, x) == kCorner;
        at(y, x) = comes ? kBefore : wanted(y, x);
      }
    }
  }

  kit::Field& field() {
    field_.data = cells_.data();
    return field_;
  }
  const std::vector<double>& cells() const { return cells_; }

  /// Empty, or what is wrong with a cell of one of these kinds.
  std::string fault(int kinds) const {
    for (int y = 0; y < rows(); ++y) {
      for (int x = 0; x < field_.ld; ++x) {
        if ((kind(y, x) & kinds) == 0 || right(y, x)) continue;
        return "Rank " + std::to_string(rank_) + ", at (" + std::to_string(cy_) + ", " +
               std::to_string(cx_) + ") of the grid of ranks: cell (" + std::to_string(y) + ", " +
               std::to_string(x) + ") of its field,\n" + described(y, x) +
               ".\nExpected: " + source(wanted(y, x)) + ".\nSeen:     " + source(at(y, x)) + "." +
               reason(y, x) + "\n\n" + map();
      }
    }
    return "";
  }
  void check(int kinds) const {
    if (const auto wrong = fault(kinds); !wrong.empty()) {
      kit::harness::wrong_result(wrong);
    }
  }

 private:
  int rows() const { return s_.ny + 2 * s_.w; }
  double& at(int y, int x) {
    return cells_[static_cast<std::size_t>(y) * static_cast<std::size_t>(field_.ld) +
                  static_cast<std::size_t>(x)];
  }
  double at(int y, int x) const { return const_cast<Block*>(this)->at(y, x); }
  bool right(int y, int x) const { return std::abs(at(y, x) - wanted(y, x)) < 0.5; }

  // The global row or column, taken round where the grid is periodic.
  static int taken_round(int g, int size, bool round) {
    return round ? (g % size + size) % size : g;
  }
  int global_y(int y) const {
    return taken_round(cy_ * s_.ny + y - s_.w, s_.dy * s_.ny, s_.round_y);
  }
  int global_x(int x) const {
    return taken_round(cx_ * s_.nx + x - s_.w, s_.dx * s_.nx, s_.round_x);
  }

  Kind kind(int y, int x) const {
    if (x >= s_.nx + 2 * s_.w) return kPad;
    const int gy = global_y(y), gx = global_x(x);
    if (gy < 0 || gy >= s_.dy * s_.ny || gx < 0 || gx >= s_.dx * s_.nx) return kOutside;
    const bool halo_y = y < s_.w || y >= s_.w + s_.ny;
    const bool halo_x = x < s_.w || x >= s_.w + s_.nx;
    return halo_y && halo_x ? kCorner : halo_y || halo_x ? kEdge : kBlock;
  }

  static constexpr int kShift = 20;  // so that rows and columns before the first are positive too
  double wanted(int y, int x) const {
    const Kind k = kind(y, x);
    if (k == kPad) return kPadding;
    const double value = (global_y(y) + kShift) * 1000 + global_x(x) + kShift;
    return k == kOutside ? -value : value;
  }

  std::string described(int y, int x) const {
    const std::string side = std::string(y < s_.w            ? "above"
                                         : y >= s_.w + s_.ny ? "below"
                                                             : "") +
                             (x < s_.w            ? " left of"
                              : x >= s_.w + s_.nx ? " right of"
                                                  : "");
    switch (kind(y, x)) {
      case kPad:
        return "in the padding, which isn't yours";
      case kOutside:
        return "in the halo beyond an open border, where nothing is to change";
      case kBlock:
        return "in the block itself, where nothing is to change";
      case kCorner:
        return "in the corner of the halo " + side + " the block";
      default:
        return "in the halo" + std::string(side.front() == ' ' ? "" : " ") + side + " the block";
    }
  }

  // Where a value comes from.
  std::string source(double value) const {
    if (value == kBefore) return "what was in the halo before the call";
    if (value == kPadding) return "what is in the padding";
    const long code = std::lround(std::abs(value));
    const long gy = code / 1000 - kShift, gx = code % 1000 - kShift;
    const std::string place = "row " + std::to_string(gy) + ", column " + std::to_string(gx);
    if (!(std::abs(value) < 1e6)) return "a value that was nowhere";
    if (value < 0) return place + ", outside of the grid";
    return place + " of the whole grid, in rank " +
           std::to_string(gy / s_.ny * s_.dx + gx / s_.nx) + "'s block";
  }

  // What a wrong cell tells, where it tells something: a new line and a sentence, or nothing.
  std::string reason(int y, int x) const {
    const Kind k = kind(y, x);
    const double seen = at(y, x);
    if (k == kCorner && seen == kBefore) {
      return "\nA corner comes by way of a neighbour's halo: it had not come there when the "
             "neighbour\nsent, or was not sent on.";
    }
    if (k != kEdge && k != kCorner) return "";
    // The cells as far away on the other side of the block.
    const int over_y = y < s_.w ? y + s_.ny + s_.w : y >= s_.w + s_.ny ? y - s_.ny - s_.w : y;
    const int over_x = x < s_.w ? x + s_.nx + s_.w : x >= s_.w + s_.nx ? x - s_.nx - s_.w : x;
    const auto belongs_to = [&](int oy, int ox) {
      return (oy != y || ox != x) && kind(oy, ox) != kOutside &&
             std::abs(seen - wanted(oy, ox)) < 0.5;
    };
    if (belongs_to(y, over_x) || belongs_to(over_y, x) || belongs_to(over_y, over_x)) {
      const std::string sides = belongs_to(y, over_x)   ? "left and right"
                                : belongs_to(over_y, x) ? "above and below"
                                                        : "both sides";
      return "\nIt belongs on the opposite side of the block: " + sides +
             " are exchanged. Where\none rank is the neighbour on both sides, do two messages have "
             "one tag?";
    }
    for (int by = s_.w; by < s_.w + s_.ny; ++by) {
      for (int bx = s_.w; bx < s_.w + s_.nx; ++bx) {
        if (std::abs(seen - wanted(by, bx)) < 0.5)
          return "\nThis rank's own cell has come back: was it sent from a neighbour's halo?";
      }
    }
    return "";
  }

  // The field: o the block, . a right cell round it, X a wrong cell anywhere.
  std::string map() const {
    std::string text;
    for (int y = 0; y < rows(); ++y) {
      text += "   ";
      for (int x = 0; x < field_.ld; ++x) {
        const Kind k = kind(y, x);
        text += std::string(" ") + (!right(y, x) ? 'X' : k == kBlock ? 'o' : k == kPad ? 'p' : '.');
      }
      text += y == 0 ? "     X: wrong, o: the block" + std::string(s_.padded ? ", p: padding" : "")
                     : "";
      text += "\n";
    }
    text.pop_back();
    return text;
  }

  Setting s_;
  int rank_ = 0, cy_ = 0, cx_ = 0;
  kit::Field field_{};
  std::vector<double> cells_;
};

// One case. `body` has the ranks' Cartesian communicator.
template <class Body>
kit::harness::Case on_grid(const Setting& s, Body body, const std::string& more = "") {
  return on_ranks(s.ranks(), s.text() + more, [&](MPI_Comm comm) {
    body(kit::harness::cartesian(comm, {s.dy, s.dx}, {s.round_y ? 1 : 0, s.round_x ? 1 : 0}));
  });
}

// The call on a block of its own, and the block looked at when every rank is back.
kit::harness::Case one_case(const Setting& s, int kinds = kAll) {
  return on_grid(s, [&](MPI_Comm cart) {
    Block block(s, cart);
    kit::harness::field(block.cells().data(), block.cells().size() * sizeof(double));
    under_test([&] { kit::exchange_halo(block.field(), cart); });
    meet();
    block.check(kinds);
  });
}

// Every grid of ranks that there is up to 9 ranks.
std::vector<Setting> every_grid() {
  std::vector<Setting> all;
  for (int p = 1; p <= 9; ++p) {
    for (int dy = 1; dy <= p; ++dy) {
      if (p % dy == 0) all.push_back({dy, p / dy, true, true, 4, 5, 1});
    }
  }
  return all;
}

// -------------------------------------------------------------------------------------------------
// Correct

TEST(Correct, ThreeInARow) {
  one_case({1, 3, false, false, 2, 2, 1});
}

TEST(Correct, TwoByTwo) {
  one_case({2, 2, true, true, 2, 3, 1});
}

TEST(Correct, FillsEveryHalo) {
  // The sides alone: corners, padding and what is outside have tests of their own.
  int turn = 0;
  for (Setting s : every_grid()) {
    for (const bool round : {true, false}) {
      s.round_y = s.round_x = round;
      s.w = 1 + turn++ % 3;
      one_case(s, kBlock | kEdge);
    }
  }
  one_case({2, 3, true, false, 6, 3, 2}, kBlock | kEdge);
  one_case({3, 2, false, true, 3, 3, 3}, kBlock | kEdge);
  one_case({2, 2, true, true, 4, 5, 0}, kBlock | kEdge);
}

TEST(Correct, OneRankWideAndTwo) {
  // The neighbour is the rank itself, or left and right are one rank.
  for (const auto& [dy, dx] : {std::pair(1, 1), {1, 2}, {2, 1}, {1, 3}, {3, 1}, {2, 2}, {2, 4}}) {
    one_case({dy, dx, true, true, 4, 5, 1}, kBlock | kEdge);
    one_case({dy, dx, true, true, 2, 3, 2}, kBlock | kEdge);
  }
}

TEST(Correct, Corners) {
  for (const auto& [dy, dx] : {std::pair(3, 3), {1, 2}, {2, 1}, {2, 2}, {2, 3}, {4, 2}, {1, 1}}) {
    one_case({dy, dx, true, true, 4, 5, 1}, kBlock | kEdge | kCorner);
    one_case({dy, dx, true, false, 4, 3, 2}, kBlock | kEdge | kCorner);
    one_case({dy, dx, false, true, 3, 5, 3}, kBlock | kEdge | kCorner);
  }
}

TEST(Correct, PaddedRows) {
  for (const auto& [dy, dx] : {std::pair(1, 1), {2, 2}, {3, 3}, {1, 4}, {5, 1}}) {
    one_case({dy, dx, true, true, 4, 5, 1, true}, kAll & ~kOutside);
    one_case({dy, dx, true, true, 3, 3, 2, true}, kAll & ~kOutside);
  }
}

TEST(Correct, OpenBordersStay) {
  for (const auto& [dy, dx] : {std::pair(1, 1), {1, 2}, {2, 1}, {2, 2}, {2, 3}, {3, 3}}) {
    one_case({dy, dx, false, false, 4, 5, 1});
    one_case({dy, dx, true, false, 4, 5, 2});
    one_case({dy, dx, false, true, 4, 5, 2});
  }
}

// -------------------------------------------------------------------------------------------------
// Robust

const Setting kSettings[] = {{2, 2, true, true, 3, 3, 2},   {1, 3, true, false, 4, 5, 2},
                             {2, 1, true, true, 4, 5, 1},   {1, 1, true, true, 4, 5, 1},
                             {2, 3, false, false, 4, 5, 1}, {3, 3, true, true, 4, 5, 1}};

TEST(Robust, NeedsNoBuffering) {
  for (const Setting& s : kSettings) one_case(s).judge(kit::harness::expect_no_buffering);
}

TEST(Robust, NoMessageRace) {
  // Three blocks one after the other and no waiting between them: a quick neighbour may be a call
  // ahead.
  for (const Setting& s : kSettings) {
    std::string wrong;
    on_grid(
        s,
        [&](MPI_Comm cart) {
          std::vector<Block> blocks(3, Block(s, cart));
          for (Block& b : blocks) {
            under_test([&] { kit::exchange_halo(b.field(), cart); });
          }
          meet();
          for (const Block& b : blocks) {
            if (wrong.empty()) wrong = b.fault(kAll);
          }
        },
        "; 3 calls in a row")
        .judge(kit::harness::expect_no_race);
    if (!wrong.empty()) fail(s.text() + "; 3 calls in a row", wrong);
  }
}

TEST(Robust, CallersMessagesStay) {
  for (const Setting& s : kSettings) {
    std::string wrong;
    on_grid(
        s,
        [&](MPI_Comm cart) {
          kit::harness::CallersMessages callers(cart);
          Block block(s, cart);
          under_test([&] { kit::exchange_halo(block.field(), cart); });
          const std::vector<int> missing = callers.missing();
          wrong = block.fault(kAll);
          if (wrong.empty() && !missing.empty()) {
            wrong =
                "The caller's message from rank " + std::to_string(missing.front()) + " is gone.";
          }
        },
        "; the caller's messages wait")
        .judge(kit::harness::expect_callers_messages_stay);
    if (!wrong.empty()) fail(s.text() + "; the caller's messages wait", wrong);
  }
}

TEST(Robust, LeavesNothingBehind) {
  for (const Setting& s : kSettings) one_case(s).judge(kit::harness::expect_nothing_left);
  // Shapes that no other test has: types kept for them weren't made before.
  one_case({1, 1, false, false, 5, 6, 1}).judge(kit::harness::expect_nothing_left);
  one_case({2, 2, true, true, 5, 7, 2}).judge(kit::harness::expect_nothing_left);
}

TEST(Robust, HaloWiderThanBlock) {
  const Setting settings[] = {{2, 2, true, true, 4, 3, 4},
                              {2, 2, true, true, 3, 4, 4},
                              {1, 1, false, false, 2, 2, 3},
                              {3, 1, true, true, 2, 5, 3},
                              {1, 2, true, true, 4, 5, -1}};
  for (const Setting& s : settings) {
    on_grid(s, [&](MPI_Comm cart) {
      // Room for the widest of these halos, all of it zero.
      std::vector<double> cells(400);
      kit::Field f{cells.data(), s.nx, s.ny, s.w, 16};
      std::string seen = "The call returned";
      bool threw = false;
      try {
        under_test([&] { kit::exchange_halo(f, cart); });
      } catch (const std::invalid_argument&) {
        threw = true;
      } catch (const std::exception& e) {
        seen = std::string("Another exception came: ") + e.what();
      }
      if (threw) return;
      fail(case_input(),
           seen + "; std::invalid_argument was to be thrown:\n" +
               (s.w < 0 ? "w is negative."
                        : "the halo is wider than a block, so that some of its cells belong to "
                          "ranks\nfurther away than the neighbour."));
    }).judge([](const MessageReport& seen) {
      if (seen.messages > 0) {
        fail(case_input(), "It threw, but only after " +
                               kit::harness::count_of(seen.messages, "message") +
                               "; the contract says before any.");
        return;
      }
      kit::harness::expect_nothing_left(seen);
    });
  }
}

// -------------------------------------------------------------------------------------------------
// Cost

TEST(Cost, FourMessages) {
  for (Setting s : every_grid()) {
    s.w = s.ranks() % 2 == 0 ? 2 : 1;
    one_case(s).judge([s](const MessageReport& seen) {
      const std::string key = " " + std::to_string(s.dy) + "x" + std::to_string(s.dx);
      int most = 0;
      for (int r = 1; r < seen.ranks; ++r) {
        const auto& totals = seen.totals;
        if (totals[static_cast<std::size_t>(r)].sent > totals[static_cast<std::size_t>(most)].sent)
          most = r;
      }
      const auto& total = seen.totals[static_cast<std::size_t>(most)];
      if (!kit::harness::expect_within(
              {.lens = "messages",
               .key = "messages of a rank" + key,
               .measured = static_cast<double>(total.sent),
               .limit = 4,
               .unit = "messages"},
              case_input(),
              "Rank " + std::to_string(most) + " sends " + std::to_string(total.sent) +
                  " messages; 4 are enough, one to each side.\nEach message costs a latency, and "
                  "halos are short: the number of messages is\nthe time. What lies at a corner "
                  "can be handed on by the neighbour beside it.\n\n" +
                  kit::lens::round_table(seen))) {
        return;
      }
      const int limit = 8 * s.w * (2 * s.nx + 2 * s.ny + 4 * s.w);
      if (!kit::harness::expect_within({.lens = "messages",
                                        .key = "bytes of a rank" + key,
                                        .measured = static_cast<double>(total.bytes_sent),
                                        .limit = static_cast<double>(limit),
                                        .unit = "bytes"},
                                       case_input(),
                                       "Rank " + std::to_string(most) + " sends " +
                                           number(total.bytes_sent) + " bytes; " +
                                           number(std::int64_t{limit}) +
                                           " are enough: 8w(2nx + 2ny + 4w), the halo once.")) {
        return;
      }
      kit::harness::expect_rounds(
          seen, key.substr(1), 4, "one for each side",
          "In each round a rank can send to one side and receive from the other at\nthe same "
          "time.");
    });
  }
}

TEST(Cost, NoCopies) {
  for (const Setting& s : kSettings) {
    one_case(s).judge([](const MessageReport& seen) {
      if (seen.outside.empty()) return;
      fail(case_input(),
           kit::lens::outside_story(seen.outside.front()) +
               (seen.outside.size() == 1
                    ? ""
                    : "\nSo it is with " + std::to_string(seen.outside.size() - 1) + " more.") +
               "\nCells that don't lie side by side can be sent from where they are: a\ndatatype "
               "says where. A copy into a buffer goes through memory once more.");
    });
  }
}

TEST(Cost, OwnMessages) {
  for (const Setting& s : {kSettings[0], kSettings[3], kSettings[5]}) {
    one_case(s).judge([](const MessageReport& seen) {
      kit::harness::expect_own_messages(
          seen,
          "A collective call may wait for ranks that are no neighbours, and making a\n"
          "communicator does. The exchange is to be built of messages between two\nranks; "
          "MPI_Cart_shift says which, and is local.");
    });
  }
}

}  // namespace
