#!/usr/bin/env bash
# Bad input and a machine that lacks something: each gets one clear error with the mend, exit code 2, and loses nothing.
#
#   bad_input_test.sh GRADER ROOT BUILD
#
# What is missing or full is arranged inside bubblewrap, so the machine itself is never touched.
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3")
scratch=$(mktemp -d "$build/bad-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
clone=$scratch/clone
mkdir -p "$clone"
for part in solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$clone/$part"; done
cp -r "$root/exercises" "$clone/exercises"
export KIT_ROOT=$clone KIT_BUILD=$build NO_COLOR=1 LC_ALL=C.UTF-8
export CCACHE_DISABLE=1  # a compiler's cache would answer for the compiler that is missing
unset CI
ran=0 failed=0

# expect NAME CODE WORDS COMMAND...: the output holds each of WORDS (separated by |), the exit code is CODE.
expect() {
  local name=$1 code=$2 words=$3 out got word
  shift 3
  ran=$((ran + 1))
  out=$("$@" 2>&1 </dev/null)
  got=$?
  local IFS='|'
  for word in $words; do
    case $out in
      *"$word"*) ;;
      *) echo "FAILED $name: \"$word\" is not in:"; printf '%s\n' "$out" | head -20; failed=$((failed + 1)); return ;;
    esac
  done
  [ "$got" = "$code" ] || { echo "FAILED $name: exit code $got, not $code"; printf '%s\n' "$out" | head -20; failed=$((failed + 1)); }
}

json=$clone/exercises/cache/02-transpose/exercise.json
good=$(cat "$json")
broken() { printf '%s' "$1" > "$json"; }

broken '{ "title": "Transpose", '
expect "malformed JSON, list" 2 "exercises/cache/02-transpose/exercise.json:1|not valid JSON|03-broadcast" "$grader" list
expect "malformed JSON, grade" 2 "exercise.json:1: not valid JSON" "$grader" grade transpose
expect "malformed JSON hides no other" 0 "PASSED" "$grader" grade dynamic-array --solution --no-sanitize
broken "$(printf '%s' "$good" | sed '/"minutes"/d')"
expect "a key is missing" 2 "exercise.json|\"minutes\" is missing" "$grader" grade transpose
broken "$(printf '%s' "$good" | sed 's/"minutes"/"minuts"/')"
expect "a key is misspelt" 2 "exercise.json|minut" "$grader" grade transpose
broken "$(printf '%s' "$good" | sed 's/"title"/"titel": "x", "title"/')"
expect "an unknown key" 2 "\"titel\" is not known; did you mean \"title\"?" "$grader" grade transpose
broken "$(printf '%s' "$good" | sed 's/"level": *[0-9]/"level": "two"/')"
expect "a wrong type" 2 "\"level\" must be a whole number" "$grader" grade transpose
broken "$(printf '%s' "$good" | sed 's/"kind": *"process"/"kind": "proces"/')"
expect "a wrong word" 2 "\"kind\" is \"proces\"; it is one of process, mpi, claims" "$grader" grade transpose
broken '[]'
expect "no object" 2 "not a JSON object" "$grader" grade transpose
rm "$json"
expect "no exercise.json" 2 "exercises/cache/02-transpose/exercise.json: not there" "$grader" grade transpose
broken "$good"

expect "an unknown id" 2 "No exercise matches \"brodcast\"|mpi/03-broadcast" "$grader" grade brodcast
expect "an id like nothing" 2 "No exercise matches \"qqqqqqqq\"|./kit list" "$grader" grade qqqqqqqq
expect "an ambiguous id" 2 "\"02-\" could be|linux/02-copy-file|cache/02-transpose" "$grader" show 02-
expect "an unknown verb" 2 "No verb is called \"graed\"|grade" "$grader" graed broadcast
expect "an unknown option" 2 "--sanitise|./kit grade --help" "$grader" grade broadcast --sanitise
expect "an unknown test" 2 "No test of cache/02-transpose is called Cost.Nothing" "$grader" grade transpose --solution --only Cost.Nothing
mkdir "$scratch/empty"
expect "a directory without the file" 2 "has no transpose.cpp|exercises/cache/02-transpose/transpose.hpp" "$grader" grade transpose --submission "$scratch/empty"
expect "no directory" 2 "is not a directory" "$grader" grade transpose --submission "$scratch/nowhere"

# What the learner has is kept, whatever fails.
mkdir -p "$clone/work/cache/02-transpose"
printf '// mine\n' > "$clone/work/cache/02-transpose/transpose.cpp"
expect "restore of an unknown try" 2 "99" "$grader" history transpose --restore 99
grep -q '^// mine$' "$clone/work/cache/02-transpose/transpose.cpp" || { echo "FAILED: the learner's file changed"; failed=$((failed + 1)); }

# /sys takes no directory, not even from root.
expect "an unwritable build directory" 2 "/sys/kit-build can't be written|ls -ld" env KIT_BUILD=/sys/kit-build "$grader" grade transpose --solution

within() { bwrap --dev-bind / / "$@"; }
if within true 2>/dev/null; then
  # What an earlier run may have built needs no compiler.
  rm -rf "$build"/suites/cache/02-transpose/hostile.no_compiler_probe \
    "$build"/CMakeFiles/cache.02-transpose.hostile.no_compiler_probe*
  expect "no compiler" 2 "compiler|./kit doctor" within --ro-bind /dev/null "$(readlink -f "$(command -v c++)")" \
    "$grader" grade transpose --submission "$root/tests/grader/hostile/cache/02-transpose/no_compiler_probe.cpp"
  expect "no mpirun" 2 "mpirun|COULD NOT BE GRADED" within --ro-bind /dev/null "$(readlink -f "$(command -v mpirun)")" \
    "$grader" grade broadcast --solution --no-sanitize
  expect "no valgrind" 2 "valgrind|COULD NOT BE GRADED" within --ro-bind /dev/null "$(readlink -f "$(command -v valgrind)")" \
    "$grader" grade transpose --solution --no-sanitize
  # A state directory of 64 KiB: the verdict stands, and what could not be kept is said.
  mkdir -p "$clone/.kit"
  expect "a full disk under the history" 0 "PASSED|could not be kept|full" within --size 65536 --tmpfs "$clone/.kit" \
    "$grader" grade transpose --submission "$root/tests/cache/02-transpose/right/recursion_staged.cpp" --no-sanitize
  expect "a full disk under the build" 2 "full|df -h" within --size 262144 --tmpfs "$scratch/empty" \
    env KIT_BUILD="$scratch/empty" "$grader" grade transpose --solution
else
  echo "not run: a missing compiler, mpirun and valgrind, a full disk (bubblewrap can't make namespaces here)"
fi

echo "$((ran - failed)) of $ran kinds of bad input answered"
[ "$failed" = 0 ]
