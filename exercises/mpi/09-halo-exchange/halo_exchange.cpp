#include "halo_exchange.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void exchange_halo(Field& f, MPI_Comm cart) {
  // First draw a block with its eight neighbours. Which of them have what you need, and who else
  // could hand it to you?
  (void)f;
  (void)cart;
}

}  // namespace kit
