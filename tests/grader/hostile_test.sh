#!/usr/bin/env bash
# Grades every hostile submission: the verdict must be the one its first line names, the test it names must be the one
# that is shown, and nothing may be left behind (processes, run directories, shared memory).
#
#   hostile_test.sh GRADER ROOT BUILD [NAME...]
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3")
shift 3
scratch=$(mktemp -d "$build/hostile-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export KIT_ROOT=$scratch KIT_BUILD=$build KIT_TEST_SECONDS=2 NO_COLOR=1 LC_ALL=C.UTF-8
unset CI
left() { { ls -d /tmp/kit-* /dev/shm/* 2>/dev/null; ps -eo args | grep -F "$build/suites" | grep -v grep; } | sort; }
ran=0 failed=0
before=$(left)
for file in "$root"/tests/grader/hostile/*/*/*; do
  name=$(basename "$file"); name=${name%.*}
  [ $# = 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
  id=$(basename "$(dirname "$(dirname "$file")")")/$(basename "$(dirname "$file")")
  first=$(head -1 "$file")
  verdict=$(sed -E 's|^// gets: ([a-z ]+).*|\1|' <<<"$first")
  test=$(sed -nE 's|.*; in: ([A-Za-z.]+).*|\1|p' <<<"$first")
  clean=--no-sanitize
  [ "$test" != Clean ] || clean=
  ran=$((ran + 1))
  screen=$("$grader" grade "$id" --submission "$file" $clean 2>&1 </dev/null)
  line=$(tail -1 <<<"$screen")
  why=
  [[ $line = "${verdict^^}"\ * ]] || why="the verdict is \"$line\", not $verdict"
  [ -z "$test" ] || grep -q "^$test\( \|,\|$\)" <<<"$screen" || why="$why; $test isn't the test shown"
  after=$(left)
  [ "$after" = "$before" ] || { why="$why; left behind: $(diff <(echo "$before") <(echo "$after") | tr '\n' ' ')"; before=$after; }
  if [ -n "$why" ]; then
    failed=$((failed + 1))
    printf 'FAILED %s: %s\n%s\n\n' "$name" "$why" "$(head -25 <<<"$screen" | sed 's/^/    /')"
  fi
done
echo "$((ran - failed)) of $ran hostile submissions got their verdict"
[ "$failed" = 0 ]
