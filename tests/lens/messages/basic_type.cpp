#include "lens/messages/basic_type.hpp"

#include <vector>

namespace kit::lens {
namespace {

struct Known {
  MPI_Datatype type;
  const char* name;
};

#define X(name) \
  { name, #name }
const Known kKnown[] = {
    {MPI_DATATYPE_NULL, "any"},
    X(MPI_CHAR),
    X(MPI_SIGNED_CHAR),
    X(MPI_UNSIGNED_CHAR),
    X(MPI_SHORT),
    X(MPI_UNSIGNED_SHORT),
    X(MPI_INT),
    X(MPI_UNSIGNED),
    X(MPI_LONG),
    X(MPI_UNSIGNED_LONG),
    X(MPI_LONG_LONG),
    X(MPI_UNSIGNED_LONG_LONG),
    X(MPI_FLOAT),
    X(MPI_DOUBLE),
    X(MPI_LONG_DOUBLE),
    X(MPI_WCHAR),
    X(MPI_C_BOOL),
    X(MPI_CXX_BOOL),
    X(MPI_INT8_T),
    X(MPI_INT16_T),
    X(MPI_INT32_T),
    X(MPI_INT64_T),
    X(MPI_UINT8_T),
    X(MPI_UINT16_T),
    X(MPI_UINT32_T),
    X(MPI_UINT64_T),
    X(MPI_C_FLOAT_COMPLEX),
    X(MPI_C_DOUBLE_COMPLEX),
    X(MPI_AINT),
    X(MPI_OFFSET),
    X(MPI_COUNT),
    X(MPI_FLOAT_INT),
    X(MPI_DOUBLE_INT),
    X(MPI_LONG_INT),
    X(MPI_2INT),
    X(MPI_SHORT_INT),
    X(MPI_BYTE),
};
#undef X

}  // namespace

std::uint8_t basic_type(MPI_Datatype type) {
  int integers = 0, addresses = 0, types = 0, combiner = 0;
  if (PMPI_Type_get_envelope(type, &integers, &addresses, &types, &combiner) != MPI_SUCCESS) {
    return 0;
  }
  if (combiner == MPI_COMBINER_NAMED) {
    for (std::uint8_t i = 1; i < std::size(kKnown); ++i) {
      if (kKnown[i].type == type) return i;
    }
    return 0;
  }
  if (types == 0) return 0;
  std::vector<int> i(static_cast<std::size_t>(integers) + 1);
  std::vector<MPI_Aint> a(static_cast<std::size_t>(addresses) + 1);
  std::vector<MPI_Datatype> parts(static_cast<std::size_t>(types));
  PMPI_Type_get_contents(type, integers, addresses, types, i.data(), a.data(), parts.data());
  const std::uint8_t first = basic_type(parts[0]);
  bool same = true;
  for (MPI_Datatype part : parts) {
    same = same && basic_type(part) == first;
    int n1 = 0, n2 = 0, n3 = 0, of_part = 0;
    PMPI_Type_get_envelope(part, &n1, &n2, &n3, &of_part);
    if (of_part != MPI_COMBINER_NAMED) PMPI_Type_free(&part);  // get_contents made a handle of it
  }
  return same ? first : std::uint8_t{0};
}

std::string basic_type_name(std::uint8_t basic) {
  return kKnown[basic].name;
}

}  // namespace kit::lens
