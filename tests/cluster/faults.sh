#!/usr/bin/env bash
# faults.sh GRADER WAY: on the hosts of hosts.sh, with the launcher of with_WAY.sh, what goes wrong on clusters is brought about
# for real while a slow broadcast is graded. Each time: a message of its own within a bounded time, exit code 2 (nobody's
# answer is at fault), and nothing left running on any host. One line for each fault, then "N passed, N failed".
set -u
grader=$1 way=$2
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
slow=$here/slow
out=$KIT_CLUSTER/fault.out
passed=0 failed=0

# The pids on host N whose command line matches.
on() { local pid; for pid in $(ip netns pids "kit$1"); do cat "/proc/$pid/cmdline" 2>/dev/null | tr '\0' ' ' | grep -qE "$2" && echo "$pid"; done; }
ranks_on() { on "$1" '^[^ ]*/suite '; }
first_of() { "$@" | head -1; }
# Seconds until the command gives something; at most 30.
await() { local i; for ((i = 0; i < 300; i++)); do [ -n "$("$@")" ] && return 0; sleep 0.1; done; return 1; }

# fault NAME SAYS SECONDS BREAK: grades, breaks it once two hosts have ranks (BREAK may be "before ...": then at once), waits.
fault() {
  local name=$1 says=$2 most=$3 start code left n why='' break_it=$4
  rm -f "$KIT_CLUSTER"/hidden.*
  [[ $break_it = before* ]] && ${break_it#before }
  start=$EPOCHREALTIME
  local run _
  for _ in 1 2; do
    NO_COLOR=1 timeout -k 5 "$most" "$grader" grade mpi/03-broadcast --submission "$slow" --no-sanitize >"$out" 2>&1 </dev/null &
    run=$!
    [[ $break_it != before* ]] || break
    await ranks_on 2 && await ranks_on 3
    sleep 2  # past MPI_Init
    if kill -0 "$run" 2>/dev/null; then
      start=$EPOCHREALTIME
      $break_it
      break
    fi
    # The launch itself failed: there was nothing to break yet.
    echo "          (launched again: $(grep -m1 -E '^  [A-Z]' "$out" | sed 's/^ *//'))"
  done
  wait "$run"
  code=$?
  local seconds
  seconds=$(awk "BEGIN {printf \"%.1f\", $EPOCHREALTIME - $start}")
  mend
  [ "$code" = 2 ] || why="$why; exit code $code, not 2"
  grep -qE "$says" "$out" || why="$why; it doesn't say \"$says\""
  for ((n = 0; n < 50; n++)); do  # what is told to end may take a moment
    left=$(ranks_on 1; ranks_on 2; ranks_on 3; on 2 '(^|/)orted |slurmstepd'; on 3 '(^|/)orted |slurmstepd')
    [ -z "$left" ] && break
    sleep 0.2
  done
  [ -z "$left" ] || why="$why; left running: $(ps -o pid,args -p "$(echo $left | tr ' ' ,)" | tail -n +2)"
  if [ -z "$why" ]; then
    passed=$((passed + 1))
    echo "  ok      $name   $seconds s: $(grep -E -m1 "$says" "$out" | sed 's/^ *//')"
  else
    failed=$((failed + 1))
    echo "  FAILED  $name   $seconds s${why}"
    sed 's/^/            /' "$out" | tail -25
  fi
}

mend() {
  rm -f "$KIT_CLUSTER"/hidden.*
  ip link set veth2 up
  ip neigh flush dev kit0
  if [ "$way" = slurm ]; then
    for n in 1 2 3; do nsenter --mount --target "$(first_of on $n '(^|/)slurmd ')" umount "$suites" 2>/dev/null; done
    scontrol update partitionname=all state=up
    for n in 1 2 3; do scontrol update nodename=kit$n state=resume 2>/dev/null; done
    for ((i = 0; i < 150; i++)); do [[ $(sinfo -h -o %T%D) = idle3 ]] && break; sleep 0.2; done
  fi
} 2>/dev/null

suites=$KIT_BUILD/suites
kill_a_rank() { kill -KILL "$(first_of ranks_on 2)"; }
kill_the_daemon() { kill -KILL "$(first_of on 2 '(^|/)orted |^slurmstepd')"; }
cut_the_link() { ip link set veth2 down; }
hide_the_suite() {
  [ "$way" = slurm ] || { echo "$suites" >"$KIT_CLUSTER/hidden.2"; return; }
  nsenter --mount --target "$(first_of on 2 '(^|/)slurmd ')" mount -t tmpfs none "$suites"
}
end_the_allocation() { scancel "$(squeue -h -o %A | head -1)"; }
close_the_partition() { scontrol update partitionname=all state=down; }
drain_a_node() { scontrol update nodename=kit2 state=drain reason=test; }

echo "faults under $way:"
if [ "$way" = mpirun ]; then
  fault "a rank on another host is killed" "Rank [0-9]+ on (10.77.0.2|kit2) was killed from outside" 60 kill_a_rank
  fault "mpirun's daemon on a host is killed" "daemon on (10.77.0.2|kit2) has gone|kit2 doesn't answer" 60 kill_the_daemon
  fault "the suite is not there on a host" "is not there on" 60 "before hide_the_suite"
  fault "a host's link goes down" "kit2 doesn't answer|daemon on kit2 has gone" 60 cut_the_link
else
  fault "a rank on another node is killed" "on (10.77.0.2|kit2) was killed from outside" 60 kill_a_rank
  fault "a node's step daemon is killed" "[Nn]ode|killed from outside|doesn't answer" 60 kill_the_daemon
  fault "the suite is not there on a node" "is not there on a node" 60 "before hide_the_suite"
  fault "the allocation ends in the middle" "allocation has ended|allocation failed" 60 end_the_allocation
  fault "the partition is down" "Slurm" 60 "before close_the_partition"
  fault "a node's link goes down" "kit2 doesn't answer|Node kit2 failed|A node of the allocation failed" 60 cut_the_link
  # With a launcher that would wait for ever.
  export KIT_LAUNCHER="srun --overcommit -N3 -n {ranks} --mpi=pmix"
  fault "a node is drained, and srun waits" "Slurm" 60 "before drain_a_node"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
