#!/usr/bin/env bash
# Grades every hostile submission, some side by side: each must get its verdict, in the test that is to blame, the other
# tests must still be graded, and nothing may be left behind: no process, file, shared memory or port.
#
#   hostile_test.sh GRADER ROOT BUILD [NAME...]          NAME: cache/02-transpose/loops, or loops
#   KIT_TABLE=FILE ...                                   also writes the table of README.md there
#
# The first line of a submission says what it must get:
#
#   // gets: VERDICT; in: TEST; says: WORDS; rest: not run; only: CRITERION; needs: sandbox
#
# `in` is the first test of the suite that didn't pass; `says` must be found in what the grader tells. Without `rest` all
# other tests were run. `needs: sandbox` isn't tried without namespaces: the fallback can't hold it.
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3")
shift 3
scratch=$(mktemp -d "$build/hostile-XXXXXX")
runs=$(mktemp -d /tmp/kh-XXXXXX)  # short: the path of a Unix socket has 107 bytes
trap 'rm -rf "$scratch" "$runs"' EXIT
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export KIT_ROOT=$scratch KIT_BUILD=$build NO_COLOR=1 LC_ALL=C.UTF-8
unset CI KIT_SEED
sandbox=on
[ "${KIT_SANDBOX:-}" != off ] && bwrap --unshare-all --ro-bind / / --dev /dev --proc /proc true 2>/dev/null || sandbox=off

# field NAME LINE: what the first line of a submission says of NAME.
field() { sed -E "s/; /\n/g; s|^// ||" <<<"$2" | sed -n "s/^$1: //p" | head -1; }

# The processes that a grading has started, by what they were started with: its run directory, or its suite.
processes_of() {
  grep -lszF "KIT_RUN_DIRECTORY=$1/" /proc/[0-9]*/environ
  grep -lszF -f <(echo "$2/suite") /proc/[0-9]*/cmdline  # not in grep's own arguments
}

# judge NUMBER ID FILE: grades one; what is wrong goes to results/NUMBER.bad, its row of the table to results/NUMBER.row.
judge() {
  local number=$1 id=$2 file=$3 name first verdict test says rest own json seen tests why left slot
  name=$(basename "$file"); name=${name%.*}
  first=$(head -1 "$file")
  verdict=$(field gets "$first") test=$(field in "$first") says=$(field says "$first") rest=$(field rest "$first")
  own=$runs/$number slot=$build/suites/$id/hostile.$name why=
  mkdir "$own"
  local clean=--no-sanitize
  [ "$test" != Clean ] || clean=
  # A launch of all ranks takes its time: five tests are enough to see that the rest is graded.
  local only=
  [ "${id%%/*}" != mpi ] || only="--only $(field only "$first; only: Correct" )"
  # What hangs is waited for 2 s; all else has plenty, so that a busy machine changes no verdict.
  local limit=30
  [ "$verdict" != 'timed out' ] || limit=2
  json=$(KIT_RUNS=$own KIT_TEST_SECONDS=$limit timeout -k 5 900 "$grader" grade "$id" --submission "$file" $clean $only --json 2>&1 </dev/null)
  seen=$(sed -nE 's|^  "verdict": "(.*)",?$|\1|p' <<<"$json")
  [ "$seen" = "$verdict" ] || why="the verdict is \"$seen\", not \"$verdict\""
  # "failed Cost.X", a line each, in the suite's order.
  tests=$(awk -F'"' '/^      "state":/ {state = $4} /^      "test":/ {print state, $4}' <<<"$json")
  local first_bad hung not_run
  first_bad=$(grep -v '^passed\|^not run' <<<"$tests" | head -1)
  hung=$(grep -c '^timed out' <<<"$tests") not_run=$(grep -c '^not run' <<<"$tests")
  if [ "$test" = Clean ]; then
    grep -q '"finding": "..*"' <<<"$json" || why="$why; no finding of a sanitizer"
  elif [ -n "$test" ] && [ "${first_bad##* }" != "$test" ]; then
    why="$why; the first test to fail is \"$first_bad\", not $test"
  fi
  [ -z "$says" ] || grep -qF -- "$says" <<<"$json" || why="$why; nothing says \"$says\""
  if [ "$not_run" != 0 ] && [ "$rest" != 'not run' ] && [ "$hung" -lt 3 ]; then why="$why; $not_run tests were not run"; fi
  if [ "$limit" = 2 ]; then
    # Each hang costs its limit and at most 2 s more; a start has 20 s, and a build that is up to date some. All of it in
    # the time of a quiet machine.
    local seconds busy
    busy=$(awk -v cores="$(nproc)" '{print 1 + int($1 / cores)}' /proc/loadavg)
    seconds=$(sed -nE 's|^  "seconds": ([0-9]+).*|\1|p' <<<"$json")
    [ "${seconds:-999}" -le $(((hung * (limit + 2) + 40) * busy)) ] || why="$why; it took $seconds s"
  fi
  left=$(ls -A "$own")
  [ -z "$left" ] || why="$why; left in /tmp: $left"
  left=$(processes_of "$own" "$slot")
  if [ -n "$left" ]; then
    sleep 1  # dying takes a busy kernel a moment
    left=$(processes_of "$own" "$slot")
    [ -z "$left" ] || why="$why; processes left: $left"
  fi
  printf '| `%s` | %s | %s | %s |\n' "$name" "$(sed -n '2s|^// ||p' "$file")" "$seen" "${first_bad##* }" > "$scratch/results/$number.row"
  [ -z "$why" ] || printf 'FAILED %s/%s: %s\n%s\n\n' "$id" "$name" "${why#; }" "$(grep -v '"evidence"\|"limit"\|"measured"\|"lens"\|"unit"\|"key"\|at_most\|^ *[]{}]' <<<"$json" | head -40 | cut -c 1-300 | sed 's/^/    /')" > "$scratch/results/$number.bad"
}

files=() targets=() skipped=0
for file in "$root"/tests/grader/hostile/*/*/*; do
  name=$(basename "$file"); name=${name%.*}
  folder=$(dirname "$file"); area=$(basename "$(dirname "$folder")"); id=$area/$(basename "$folder")
  [ $# = 0 ] || case " $* " in *" $name "* | *" $id/$name "*) ;; *) continue ;; esac
  if [ "$sandbox" = off ] && [ "$(field needs "$(head -1 "$file")")" = sandbox ]; then skipped=$((skipped + 1)); continue; fi
  files+=("$file")
  targets+=("$area.$(basename "$folder").hostile.$name")
done
mkdir "$scratch/results"
# All at once: one after the other they would wait for the build's lock. Some don't compile, and shouldn't.
flock "$build/.lock" ninja -C "$build" -k 0 "${targets[@]}" > "$scratch/ninja.log" 2>&1

shared_memory() { find /dev/shm -mindepth 1 2>/dev/null | sort; ipcs -m 2>/dev/null | grep -c '^0x'; }
before=$(shared_memory)
number=0
for file in "${files[@]}"; do
  number=$((number + 1))
  folder=$(dirname "$file")
  judge "$number" "$(basename "$(dirname "$folder")")/$(basename "$folder")" "$file" &
  while [ "$(jobs -rp | wc -l)" -ge "${KIT_JOBS:-3}" ]; do wait -n; done
done
wait
cat "$scratch"/results/*.bad 2>/dev/null
failed=$(find "$scratch/results" -name '*.bad' | wc -l)

# What all of them together may have left. Shared memory that a process still has in use is somebody else's.
oops() { echo "FAILED $1"; failed=$((failed + 1)); }
while read -r new; do
  [ -e "$new" ] && ! grep -qsF "$new" /proc/[0-9]*/maps && oops "left behind: $new"
done < <(comm -13 <(echo "$before") <(shared_memory))
[ -z "$(ss -Hltn 'sport = :47311' 2>/dev/null)" ] || oops "left behind: a socket that listens on port 47311"
for planted in "$build"/suites/*/*/hostile.*/planted ~/planted /etc/planted /planted; do
  [ ! -e "$planted" ] || oops "left behind: $planted"
done
"$grader" history transpose > "$scratch/history.txt" 2>&1 || oops "the history can't be read: $(cat "$scratch/history.txt")"
[ -z "${KIT_TABLE:-}" ] || for ((i = 1; i <= number; ++i)); do cat "$scratch/results/$i.row"; done > "$KIT_TABLE"

[ "$skipped" = 0 ] || echo "$skipped not tried: they need namespaces (bubblewrap)"
echo "$((number - failed)) of $number hostile submissions got their verdict, and left nothing"
[ "$failed" = 0 ]
