#!/usr/bin/env bash
# gradings.sh GRADER WAY: on the hosts of hosts.sh, with the launcher of with_WAY.sh, each reference of the area mpi passes
# and three wrong answers are rejected. One line each, then "N passed, N failed".
set -u
grader=$1 way=$2
passed=0 failed=0
export NO_COLOR=1

# wants PASSED|FAILED WORDS...: grades; the last line begins so.
wants() {
  local verdict=$1 id=$2 out=$KIT_CLUSTER/grading.out last
  shift 2
  # A launch that fails is nobody's answer: once more, and it is said.
  local try code note=
  for try in 1 2; do
    timeout -k 5 120 "$grader" grade "$id" "$@" --no-sanitize >"$out" 2>&1 </dev/null
    code=$?
    ((code == 2 && try == 1)) || break
    note=" (2nd launch; the first: $(grep -m1 -E '^  [A-Z]' "$out" | sed 's/^ *//'))"
  done
  last=$(tail -1 "$out")
  if [[ $last = "$verdict "* ]] && grep -q "3 hosts: " "$out"; then
    passed=$((passed + 1))
    echo "  ok      $last$note"
  else
    failed=$((failed + 1))
    echo "  FAILED  $id $*: wanted $verdict on 3 hosts"
    sed 's/^/            /' "$out" | tail -25
  fi
}

echo "gradings under $way:"
for exercise in "$KIT_ROOT"/exercises/mpi/*/; do wants PASSED "mpi/$(basename "$exercise")" --solution; done
wrong=$KIT_ROOT/tests/mpi
wants FAILED mpi/03-broadcast --submission "$wrong/03-broadcast/wrong/chain.cpp"
wants FAILED mpi/04-dissemination-barrier --submission "$wrong/04-dissemination-barrier/wrong/tree_up_and_down.cpp"
wants FAILED mpi/06-ring-allreduce --submission "$wrong/06-ring-allreduce/wrong/gather_index_off_by_one.cpp"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
