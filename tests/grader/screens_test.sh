#!/usr/bin/env bash
# The screens, as golden transcripts: what a person sees is compared, whole, with tests/grader/golden/NAME.txt.
#
#   screens_test.sh GRADER ROOT BUILD        compares
#   KIT_RECORD=1 screens_test.sh ...         records them anew; read the difference before you commit it
#
# The verdicts are real: suites are built and run. What may differ from one run to the next (times, process numbers) is
# replaced. State (.kit, work) is in a scratch clone made of links.
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3")
golden=$root/tests/grader/golden
if [ "$(g++ -dumpversion)" != 12 ]; then
  echo "not run: the transcripts were recorded with g++ 12, and counts of instructions differ with the compiler"
  exit 77
fi
scratch=$(mktemp -d "$build/screens-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export KIT_ROOT=$scratch KIT_BUILD=$build KIT_NOW=1750000000 TZ=UTC LC_ALL=C.UTF-8 NO_COLOR=1
unset KIT_SEED CI
cd "$scratch" || exit 1
ran=0 failed=0

# screen NAME CODE WORD...: runs the grader; its output and exit code must be those of golden/NAME.txt and CODE.
screen() {
  local name=$1 code=$2 seen
  shift 2
  ran=$((ran + 1))
  # "s" after a number is a time; ".copy-17-3" names a process; misses move by one or two with the environment's size.
  seen=$("$grader" "$@" 2>&1 </dev/null; echo "exit code $?")
  seen=$(printf '$ ./kit %s\n%s\n' "$*" "$seen" |
    sed -E "s/[0-9]+\.[0-9] s\b/T s/g; s/\.copy-[0-9]+-[0-9]+/.copy-PID/g;
            s/1,079,5[0-9]+/1,079,5##/; s/63,5[0-9][0-9]/63,5##/; s/1,016,0[0-9]+/1,016,0##/; s|$scratch|CLONE|g; s|$root|CLONE|g")
  if [ -n "${KIT_RECORD:-}" ]; then
    mkdir -p "$golden"
    printf '%s\n' "$seen" > "$golden/$name.txt"
  elif ! diff -u "$golden/$name.txt" <(printf '%s\n' "$seen"); then
    echo "screen $name differs"
    failed=$((failed + 1))
    return
  fi
  if [ "${seen##*exit code }" != "$code" ]; then
    echo "screen $name: exit code ${seen##*exit code }, not $code"
    failed=$((failed + 1))
  fi
  # The kit's own lines keep to 80 columns; a compiler's may not.
  if printf '%s\n' "$seen" | tail -n +2 | grep -v 'error:\|tests/' | grep -E '^.{81,}'; then
    echo "screen $name is too wide"
    failed=$((failed + 1))
  fi
}

screen home_first 0
screen help 0 help
screen grade_help 0 grade --help
screen list 0 list
screen next 0 next
screen hint 0 hint broadcast
screen passed 0 grade transpose --solution
screen rounds 1 grade broadcast --submission tests/mpi/03-broadcast/wrong/chain.cpp
screen hang 1 grade broadcast --submission tests/mpi/03-broadcast/wrong/counts_calls_in_a_static.cpp --only Correct.PermutedSubset
screen fault 1 grade copy-file --submission tests/linux/02-copy-file/wrong/ignores_a_short_copy.cpp
screen misses 1 grade transpose --submission tests/cache/02-transpose/wrong/naive.cpp
screen growth 1 grade dynamic-array --submission tests/complexity/03-dynamic-array/wrong/grows_by_a_thousand.hpp
screen only 1 grade transpose --submission tests/cache/02-transpose/wrong/tail_lost.cpp --only Correct.SeventeenByFive
hostile=tests/grader/hostile/cache/02-transpose
export KIT_TEST_SECONDS=2
screen crashed 1 grade transpose --submission $hostile/overflows_the_stack.cpp --only Correct
screen timed_out 1 grade transpose --submission $hostile/sleeps.cpp --only Correct.TwoByThree
screen did_not_finish 1 grade transpose --submission $hostile/exit_in_the_first_test.cpp --only Correct.TwoByThree
screen does_not_compile 1 grade transpose --submission $hostile/brings_its_own_main.cpp
screen syntax_error 1 grade transpose --submission $hostile/forgets_a_semicolon.cpp
unset KIT_TEST_SECONDS
screen sanitizer 1 grade transpose --submission $hostile/overflows_an_int.cpp
screen unknown_id 2 grade brodcast
screen unknown_verb 2 graed broadcast
screen history 0 history transpose
screen home 0

echo "$((ran - failed)) of $ran screens as recorded"
[ "$failed" = 0 ]
