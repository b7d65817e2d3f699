#include "mpi/05-exclusive-scan/exclusive_scan_scenarios.hpp"

#include <functional>
#include <limits>
#include <type_traits>

#include "exclusive_scan.hpp"

namespace kit::scenarios {
namespace {

std::int32_t smaller(const std::int32_t& a, const std::int32_t& b) {
  return b < a ? b : a;
}

}  // namespace

void scan_sums(std::span<const std::int64_t> in, std::span<std::int64_t> out, MPI_Comm comm) {
  static_assert(std::is_same_v<void, decltype(kit::exclusive_scan(in, out, std::plus<>{},
                                                                  std::int64_t{0}, comm))>);
  kit::exclusive_scan(in, out, std::plus<>{}, std::int64_t{0}, comm);
}

void scan_products(std::span<const Matrix> in, std::span<Matrix> out, MPI_Comm comm) {
  const std::int64_t modulus = kModulus;
  kit::exclusive_scan(
      in, out, [modulus](const Matrix& x, const Matrix& y) { return product(x, y, modulus); }, kOne,
      comm);
}

void scan_least(std::span<const std::int32_t> in, std::span<std::int32_t> out, MPI_Comm comm) {
  kit::exclusive_scan(in, out, &smaller, std::numeric_limits<std::int32_t>::max(), comm);
}

}  // namespace kit::scenarios
