#!/usr/bin/env bash
# Kills the grader (SIGKILL) at random moments of grade, reset, solution and history --restore. Each time the learner's
# files are whole, the history answers, and the next start needs no repair by hand. At the end every version that ever lay
# on the desk is there still or in the history, every recorded attempt is whole, and nothing lies about.
#
#   kill_test.sh GRADER ROOT BUILD [KILLS [SEED]]
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3")
kills=${4:-200} RANDOM=${5:-17}
scratch=$(mktemp -d "$build/kill-XXXXXX")
runs=$(mktemp -d /tmp/kk-XXXXXX)
trap 'rm -rf "$scratch" "$runs"' EXIT
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export KIT_ROOT=$scratch KIT_BUILD=$build KIT_RUNS=$runs NO_COLOR=1 LC_ALL=C.UTF-8
unset CI KIT_SEED
mine=$scratch/mine desk=$scratch/work/cache/02-transpose
mkdir "$mine"
failed=0 killed=0 ended=0 version=0
declare -A killed_in=() replaced=()
oops() { echo "FAILED round $round, $verb: $1"; failed=$((failed + 1)); }

# Writes a version of the answer, whose last line is the sum of all above it, and moves it into place.
edit() {
  version=$((version + 1))
  { cat "$root/solutions/cache/02-transpose/transpose.cpp"; echo "// version $version"; } > "$scratch/new"
  sum=$(md5sum < "$scratch/new")
  echo "// sum ${sum%% *}" >> "$scratch/new"
  mv "$scratch/new" "$1/transpose.cpp"
}
stub=$(md5sum < "$root/exercises/cache/02-transpose/transpose.cpp")
whole() {
  [ "$(md5sum < "$1")" = "$stub" ] && return 0
  local sum
  sum=$(head -n -1 "$1" | md5sum)
  [ "$(tail -n 1 "$1")" = "// sum ${sum%% *}" ]
}

# What each command takes here, in ms: the moments are spread over that. Where a command had ended before its moment, the
# next one of its kind gets an earlier one: the machine may be less busy than it was.
now() { date +%s%3N; }
command_of() {
  case $1 in
    grade) command=(grade transpose --submission "$mine" --no-sanitize) ;;
    reset) command=(reset transpose) ;;
    solution) command=(solution transpose --yes) ;;
    restore) command=(history transpose --restore $((1 + RANDOM % attempts))) ;;
  esac
}
round=0 attempts=1 verb=start
edit "$mine"
"$grader" start transpose > /dev/null 2>&1 || oops 'could not be started'
declare -A takes=()
for verb in grade grade reset solution restore; do
  [ "$verb" != grade ] || edit "$mine"
  [ "$verb" = grade ] || edit "$desk"
  command_of "$verb"
  begin=$(now)
  "$grader" "${command[@]}" > "$scratch/out" 2>&1 || oops "$(tail -3 "$scratch/out")"
  takes[$verb]=$(($(now) - begin))
done

verbs=(grade reset solution restore)
for ((round = 1; killed < kills && round <= 5 * kills; ++round)); do
  verb=${verbs[$((round % 4))]}
  if [ "$verb" = grade ]; then edit "$mine"; else edit "$desk"; fi
  was=$(md5sum < "$desk/transpose.cpp")
  command_of "$verb"
  wait_ms=$((RANDOM * 32768 + RANDOM)) span=$((takes[$verb] + 1))
  wait_ms=$((wait_ms % span))
  # Its own words on a kill are the shell's business.
  { "$grader" "${command[@]}" > "$scratch/out" 2>&1 & } 2> /dev/null
  pid=$!
  sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  kill -9 "$pid" 2> /dev/null
  wait "$pid" 2> /dev/null
  if [ $? = 137 ]; then killed=$((killed + 1)) killed_in[$verb]=$((${killed_in[$verb]:-0} + 1))
  else ended=$((ended + 1)) takes[$verb]=$((takes[$verb] * 9 / 10)); fi
  # What is no longer on the desk must be in the history.
  [ "$(md5sum < "$desk/transpose.cpp")" = "$was" ] || replaced[$was]=$round
  whole "$mine/transpose.cpp" || oops 'the graded file is not whole'
  whole "$desk/transpose.cpp" || oops 'the file on the desk is not whole'
  "$grader" history transpose > "$scratch/out" 2>&1 || oops "the history: $(cat "$scratch/out")"
  grep -q 'damaged' "$scratch/out" && oops "the history: $(cat "$scratch/out")"
  attempts=$(awk '$1 ~ /^[0-9]+$/ {n = $1} END {print n + 0}' "$scratch/out")
  [ "$attempts" -gt 0 ] || attempts=1
done

verb='the end' last=$(now)
for ((n = 1; n <= attempts; ++n)); do
  "$grader" history transpose --restore "$n" > "$scratch/out" 2>&1 || oops "attempt $n: $(cat "$scratch/out")"
  whole "$desk/transpose.cpp" || oops "attempt $n is not whole"
  sum=$(md5sum < "$desk/transpose.cpp")
  unset 'replaced[$sum]'
done
for sum in "${!replaced[@]}"; do oops "what lay on the desk in round ${replaced[$sum]} is lost"; done
# What a killed grader left in its place for runs, the next removes once it is a minute old.
while [ $(($(now) - last)) -lt 62000 ] && [ -n "$(ls -A "$runs")" ]; do sleep 2; done
"$grader" grade transpose --submission "$mine" --no-sanitize > "$scratch/out" 2>&1 || oops "$(tail -5 "$scratch/out")"
[ -z "$(ls -A "$runs")" ] || oops "left behind: $(ls -A "$runs")"
left=$(grep -lszF "KIT_RUN_DIRECTORY=$runs/" /proc/[0-9]*/environ)
[ -z "$left" ] || oops "processes left: $left"
left=$(find "$desk" "$mine" "$scratch/.kit" -name '*.new')
[ -z "$left" ] || oops "half-written files left: $left"

[ "$killed" -ge "$kills" ] || oops "only $killed of $kills kills came in time"
echo "killed $killed times in $((round - 1)) rounds (grade ${killed_in[grade]:-0}, reset ${killed_in[reset]:-0}, solution ${killed_in[solution]:-0}, restore ${killed_in[restore]:-0}; $ended ended before), $attempts attempts whole, $failed failures"
[ "$failed" = 0 ]
