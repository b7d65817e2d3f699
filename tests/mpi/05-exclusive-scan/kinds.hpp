// What is scanned: three kinds of elements, made so that a wrong result says what it is made of.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "harness/report.hpp"
#include "lens/messages/report.hpp"
#include "mpi/05-exclusive-scan/exclusive_scan_scenarios.hpp"

namespace kit::scan_suite {

// "rank 4", "ranks 0 to 3"
inline std::string ranks_from_0_to(int last) {
  if (last == 0) return "rank 0";
  std::vector<int> ranks;
  for (int r = 0; r <= last; ++r) ranks.push_back(r);
  return "ranks " + lens::rank_list(ranks);
}

/// Sums. Each rank's elements have two decimal digits of their own, so a sum shows who is in it and
/// how often.
struct Sums {
  using Element = std::int64_t;
  static constexpr const char* name = "sums";
  static constexpr Element kUntouched = -7;
  static Element identity() { return 0; }
  static Element value(std::size_t i, int rank, int call) { return digit(i, call) * place(rank); }
  static Element combine(Element a, Element b) { return a + b; }
  static void scan(std::span<const Element> in, std::span<Element> out, MPI_Comm comm) {
    scenarios::scan_sums(in, out, comm);
  }
  static std::string describe(Element seen, std::size_t i, int rank, int ranks, int call) {
    const std::string expected =
        rank == 0 ? "identity, 0" : "the sum of " + ranks_from_0_to(rank - 1) + ", once each";
    if (seen == kUntouched) return "was not written; expected: " + expected + ".";
    std::string holds;
    Element rest = seen;
    for (int r = 0; r < ranks && seen > 0; ++r) {
      const Element digits = rest % 100;
      rest /= 100;
      if (digits % digit(i, call) != 0) return general(seen, i, rank, call);
      const Element times = digits / digit(i, call);
      if (times == 0) continue;
      if (!holds.empty()) holds += r == 5 ? ",\n" : ", ";
      holds += "rank " + std::to_string(r) + "'s";
      if (times == 2) holds += " twice";
      if (times > 2) holds += " " + std::to_string(times) + " times";
    }
    if (rest != 0 || seen < 0) return general(seen, i, rank, call);
    if (holds.empty()) return "is 0: no rank's elements are in it.\nExpected: " + expected + ".";
    return "is " + harness::number(seen) + ": the elements in it are\n" + holds +
           ".\nExpected: " + expected + ".";
  }

 private:
  static Element digit(std::size_t i, int call) {
    return static_cast<Element>((i + 2 * static_cast<std::size_t>(call)) % 9 + 1);
  }
  static Element place(int rank) {
    Element p = 1;
    for (int r = 0; r < rank; ++r) p *= 100;
    return p;
  }
  static std::string general(Element seen, std::size_t i, int rank, int call) {
    Element expected = 0;
    for (int r = 0; r < rank; ++r) expected += value(i, r, call);
    return "is " + harness::number(seen) + "; expected " + harness::number(expected) + ".";
  }
};

/// Products of matrices: any other order gives another product.
struct Products {
  using Element = scenarios::Matrix;
  static constexpr const char* name = "products of 2 x 2 matrices";
  static constexpr Element kUntouched = {-7, -7, -7, -7};
  static Element identity() { return scenarios::kOne; }
  static Element value(std::size_t i, int rank, int call) {
    const auto r = static_cast<std::int64_t>(rank), k = static_cast<std::int64_t>(i % 1000),
               c = static_cast<std::int64_t>(call);
    return {3 + r + k, 1 + 2 * r, 2 + k, 5 + 3 * r + c};
  }
  static Element combine(const Element& a, const Element& b) { return scenarios::product(a, b); }
  static void scan(std::span<const Element> in, std::span<Element> out, MPI_Comm comm) {
    scenarios::scan_products(in, out, comm);
  }
  static std::string describe(const Element& seen, std::size_t i, int rank, int ranks, int call) {
    const auto of = [&](int first, int last) {  // first .. last in order
      Element e = identity();
      for (int r = first; r <= last; ++r) e = combine(e, value(i, r, call));
      return e;
    };
    std::string expected = rank == 0 ? "identity, rows 1 0 and 0 1"
                           : rank == 1
                               ? "rank 0's matrix"
                               : "the product of " + ranks_from_0_to(rank - 1) + ", in this order";
    expected = ";\nexpected: " + expected + ".";
    if (seen == kUntouched) return "was not written" + expected;
    if (seen == identity()) return "is the identity" + expected;
    if (seen == Element{}) {
      return "is all zeros" + expected +
             "\nWhat begins with zeros stays zero: begin with `identity`, the caller's argument.";
    }
    Element reversed = identity();
    for (int r = rank - 1; r >= 0; --r) reversed = combine(reversed, value(i, r, call));
    if (seen == reversed) {
      return "is the product of the right matrices in the reverse order" + expected;
    }
    for (int first = 0; first < ranks; ++first) {
      for (int last = first; last < ranks; ++last) {
        if (!(seen == of(first, last))) continue;
        return (first == last ? "is rank " + std::to_string(first) + "'s matrix"
                              : "is the product of ranks " + std::to_string(first) + " to " +
                                    std::to_string(last)) +
               expected;
      }
    }
    if (rank == 0) {
      return "has the rows " + row(seen.a, seen.b) + " and " + row(seen.c, seen.d) + expected +
             "\nNo rank is below it: it gets `identity` as the caller gave it.";
    }
    const Element e = of(0, rank - 1);
    return "has the rows " + row(seen.a, seen.b) + " and " + row(seen.c, seen.d) + expected +
           "\nIts rows are " + row(e.a, e.b) + " and " + row(e.c, e.d) +
           ". Matrices don't commute:\nwhat comes from ranks below belongs to the left.";
  }

 private:
  static std::string row(std::int64_t x, std::int64_t y) {
    return std::to_string(x) + " " + std::to_string(y);
  }
};

/// The least: the identity is the largest number there is, and no zero.
struct Least {
  using Element = std::int32_t;
  static constexpr const char* name = "the least";
  static constexpr Element kUntouched = -7;
  static Element identity() { return std::numeric_limits<Element>::max(); }
  static Element value(std::size_t i, int rank, int call) {
    return static_cast<Element>(1000 - 50 * rank + static_cast<int>(i % 40) + call);
  }
  static Element combine(Element a, Element b) { return b < a ? b : a; }
  static void scan(std::span<const Element> in, std::span<Element> out, MPI_Comm comm) {
    scenarios::scan_least(in, out, comm);
  }
  static std::string describe(Element seen, std::size_t i, int rank, int, int call) {
    Element expected = identity();
    for (int r = 0; r < rank; ++r) expected = combine(expected, value(i, r, call));
    return (seen == kUntouched ? std::string("was not written")
                               : "is " + harness::number(std::int64_t{seen})) +
           "; expected " +
           (rank == 0 ? "identity, the largest int32_t" : harness::number(std::int64_t{expected})) +
           ".";
  }
};

}  // namespace kit::scan_suite
