#!/usr/bin/env bash
# Four gradings at once, of the same answer, of different answers to one exercise and of different exercises: each gets the
# verdict that it gets alone, and the history holds them all.
#
#   side_by_side_test.sh GRADER ROOT BUILD [ROUNDS]
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3") rounds=${4:-1}
scratch=$(mktemp -d "$build/side-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export KIT_ROOT=$scratch KIT_BUILD=$build NO_COLOR=1 LC_ALL=C.UTF-8
unset CI KIT_SEED
ran=0 failed=0 kept=0

# at_once "VERDICT WORD..."...: grades all of them at the same time; the last line of each begins with its verdict.
at_once() {
  local n=0 one pids=()
  for one; do
    n=$((n + 1))
    # shellcheck disable=SC2086
    "$grader" grade ${one#* } --no-sanitize > "$scratch/$n.out" 2>&1 </dev/null &
    pids+=($!)
  done
  wait "${pids[@]}"
  n=0
  for one; do
    n=$((n + 1)) ran=$((ran + 1))
    case $one in *--solution*) ;; *) kept=$((kept + 1)) ;; esac
    grep -q "^${one%% *} " "$scratch/$n.out" && continue
    failed=$((failed + 1))
    echo "FAILED \"${one#* }\" beside the others, wanted ${one%% *}:"; tail -25 "$scratch/$n.out" | sed 's/^/    /'
  done
}

wrong=tests/cache/02-transpose/wrong hostile=tests/grader/hostile/cache/02-transpose
for i in 1 2 3 4; do
  mkdir "$scratch/mine$i"
  cp "$root/solutions/cache/02-transpose/transpose.cpp" "$scratch/mine$i/"
  echo "// $i" >> "$scratch/mine$i/transpose.cpp"
done
cp "$root/$wrong/tail_lost.cpp" "$scratch/mine2/transpose.cpp"
echo 'no C++' > "$scratch/mine4/transpose.cpp"
for ((round = 0; round < rounds; ++round)); do
  same="PASSED transpose --solution"
  at_once "$same" "$same" "$same" "$same"
  same="FAILED transpose --submission $root/$wrong/naive.cpp"
  at_once "$same" "$same" "$same" "$same"
  # Directories that the build has never seen, all at once.
  at_once "PASSED transpose --submission $scratch/mine1" "FAILED transpose --submission $scratch/mine2" \
    "PASSED transpose --submission $scratch/mine3" "DOES transpose --submission $scratch/mine4"
  at_once "PASSED broadcast --solution" "PASSED copy-file --solution" "PASSED dynamic-array --solution" \
    "FAILED broadcast --submission $root/tests/mpi/03-broadcast/wrong/chain.cpp"
  # Both have the port: each has a network of its own.
  same="PASSED transpose --only Correct --submission $root/$hostile/listens_on_a_port.cpp"
  [ "${KIT_SANDBOX:-}" = off ] || at_once "$same" "$same"
done
found=$("$grader" history transpose | awk '$1 ~ /^[0-9]+$/' | wc -l)
found=$((found + $("$grader" history broadcast | awk '$1 ~ /^[0-9]+$/' | wc -l)))
[ "$found" = "$kept" ] || { echo "FAILED the history has $found gradings, not $kept"; failed=$((failed + 1)); }
echo "$((ran - failed)) of $ran gradings side by side got their verdict, $found kept"
[ "$failed" = 0 ]
