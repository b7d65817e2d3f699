// The type that a message is made of, as a small number that all ranks agree on: MPI_DOUBLE for a
// column of doubles too. MPI_BYTE is a type like the others: bytes may only be received as bytes.
// 0 stands for any: MPI_PACKED, mixtures, and types that aren't told apart here.
#pragma once

#include <mpi.h>

#include <cstdint>
#include <string>

namespace kit::lens {

std::uint8_t basic_type(MPI_Datatype type);

/// "MPI_DOUBLE"
std::string basic_type_name(std::uint8_t basic);

}  // namespace kit::lens
