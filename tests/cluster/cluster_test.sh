#!/usr/bin/env bash
# cluster_test.sh GRADER ROOT BUILD: gradings and faults on three hosts in network namespaces, under Open MPI's own launcher
# and under a real Slurm; then what an end by Ctrl-C or kill -9 leaves behind. `kit test --cluster` shows it.
# Ends with 77 and the reason where namespaces are forbidden; a way whose programs are missing is told as "not run".
set -u
KIT_ROOT=$(readlink -f "$2") KIT_BUILD=$(readlink -f "$3")
grader=$(readlink -f "$1")
export KIT_ROOT KIT_BUILD
here=$KIT_ROOT/tests/cluster
scratch=$(mktemp -d "$KIT_BUILD/cluster-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
unset CI KIT_SEED KIT_LAUNCHER

# hosts.sh makes them for an ordinary user too, but the grader's mpirun can't start its daemons there yet.
if ((EUID != 0)); then echo "the hosts are made as root only, so far"; exit 77; fi
if ! why=$("$here/hosts.sh" true 2>&1); then echo "${why#not run: }"; exit 77; fi

for way in mpirun slurm; do
  "$here/hosts.sh" "$here/with_$way.sh" bash -c '"$0/gradings.sh" "$1" "$2"; "$0/faults.sh" "$1" "$2"' \
    "$here" "$grader" "$way" 2>&1 | tee "$scratch/$way"
done

echo "ends of the hosts:"
# Directories of runs, and processes that have one in their environment.
left() { ls -d "${TMPDIR:-/tmp}"/kit-cluster-?????? 2>/dev/null; grep -lsz "KIT_CLUSTER=$1" /proc/[0-9]*/environ; }
ends() {
  local name=$1 signal=$2 run directory n
  "$here/hosts.sh" sleep 60 & run=$!
  for ((n = 0; n < 100; n++)); do
    directory=$(cat /proc/"$(pgrep -n -f '^sleep 60$' || echo self)"/environ 2>/dev/null | tr '\0' '\n' | sed -n 's/^KIT_CLUSTER=//p')
    [ -n "$directory" ] && break
    sleep 0.1
  done
  kill "-$signal" "$run"
  wait "$run" 2>/dev/null
  [ "$signal" = KILL ] && "$here/hosts.sh" true
  for ((n = 0; n < 50; n++)); do [ -z "$(left "$directory")" ] && break; sleep 0.1; done
  if [ -n "$directory" ] && [ -z "$(left "$directory")" ]; then
    echo "  ok      $name: nothing is left"
  else
    echo "  FAILED  $name: left are $(left "$directory" | tr '\n' ' ')"
  fi
}
ends "Ctrl-C" INT
ends "kill -9, and the next start" KILL
! grep -q "^  FAILED" "$scratch"/*
