#!/bin/sh
# Runs each planted fault by itself and looks for what must be said of it. No fault may take the run's time limit.
#   messages_faults.sh PROGRAM SANITIZED_PROGRAM
program=$1 sanitized=$2 bad=0
expect() {
  said=$(timeout 60 "$program" --gtest_filter="Fault.$1" 2>&1 </dev/null)
  code=$?
  if [ $code -eq 0 ] || [ $code -ge 124 ]; then echo "$1: exit code $code"; bad=1; fi
  shift
  for words; do
    case $said in *"$words"*) ;; *) echo "missing: $words"; echo "$said"; bad=1 ;; esac
  done
}
expect RingOfSsends 'four wait for each other' 'MPI_Ssend to 1' '<- closes the circle' 'faults_mpi_test.cpp:'
expect RanksOfTheWorld 'asked for in MPI_COMM_WORLD (faults_mpi_test.cpp:' '0, 1, 2 of `comm`' 'are 7, 6, 5 of the world'
expect AnotherTag 'Rank 0 sent tag 4 (faults_mpi_test.cpp:' 'rank 1 waits for tag 3.'
expect BarrierWithoutOne 'MPI_Barrier, waits for 1' 'rank 1   has returned'
expect WaitsForACollectiveWithoutOne 'No rank can go on.' 'rank 0   MPI_Wait from 2' 'rank 2   has returned'
expect ExscanWithoutTheFirst 'MPI_Exscan, waits for 0' 'rank 0   has returned'
expect NeighbourThatNeverComes 'rank 0   MPI_Neighbor_allgather, waits for 3' 'rank 1   has returned'
expect AnotherCollective 'rank 0   MPI_Barrier, waits for 1' 'rank 1   MPI_Allreduce, waits for 0'
expect ReceiveTooShort 'Rank 1, MPI_Recv from 0 (faults_mpi_test.cpp:' 'has room for 12 bytes' 'has 16'
expect SynchronousSends 'two wait for each other' 'rank 0   MPI_Send to 1'
expect ThrowsOnOneRank 'rank 0, which has returned'
expect CrashesOnRank2 'Rank 2 crashed: Segmentation fault'
expect ThrowsOutOfNoexcept 'Rank 1 crashed: Aborted' 'rank 1 of 2 ranks, an exception' 'the ring is broken'
expect FreesTwice 'rank 1 of 2 ranks, a block' 'it said: ' ' (memory beside a block' 'MPI_Sendrecv (faults_mpi_test.cpp:'
expect Aborts 'Rank 1 called MPI_Abort'
expect NoSuchRank 'Rank 1: MPI refused MPI_Ssend' 'There is no rank 9: the communicator has 2, 0 to 1.'
expect FailsOnTwoRanks 'seen on ranks 1, 3' 'Odd ranks fail.'
program=$sanitized
expect Leaks 'LeakSanitizer: detected memory leaks' 'faults_mpi_test.cpp:'
exit $bad
