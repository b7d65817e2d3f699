// The submission's template with the suite's element types, as plain functions: compiled with the
// submission, so that an edit compiles fast.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <span>

namespace kit::scenarios {

/// A 2 x 2 matrix of numbers modulo kModulus: products are exact, and don't commute.
struct Matrix {
  std::int64_t a, b, c, d;
  bool operator==(const Matrix&) const = default;
};
inline constexpr std::int64_t kModulus = 2'147'483'647;
inline constexpr Matrix kOne = {1, 0, 0, 1};

inline Matrix product(const Matrix& x, const Matrix& y, std::int64_t modulus = kModulus) {
  return {(x.a * y.a % modulus + x.b * y.c % modulus) % modulus,
          (x.a * y.b % modulus + x.b * y.d % modulus) % modulus,
          (x.c * y.a % modulus + x.d * y.c % modulus) % modulus,
          (x.c * y.b % modulus + x.d * y.d % modulus) % modulus};
}

/// With std::plus<>, from 0.
void scan_sums(std::span<const std::int64_t> in, std::span<std::int64_t> out, MPI_Comm comm);
/// With an operator that holds the modulus, from kOne.
void scan_products(std::span<const Matrix> in, std::span<Matrix> out, MPI_Comm comm);
/// With the smaller of two 32-bit numbers, a plain function, from INT32_MAX.
void scan_least(std::span<const std::int32_t> in, std::span<std::int32_t> out, MPI_Comm comm);

}  // namespace kit::scenarios
