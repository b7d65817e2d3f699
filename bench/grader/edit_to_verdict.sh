#!/usr/bin/env bash
# From an edit to its verdict: the median of N real edits (a changed line, not a touched file), for each exercise, without
# and with the sanitized suite. The answer edited is the reference's, in a scratch directory of its own.
#
#   bench/grader/edit_to_verdict.sh [N=10] [EXERCISE...]
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
runs=${1:-10}
shift || true
[ $# -gt 0 ] || set -- broadcast copy-file transpose dynamic-array
scratch=$(mktemp -d "$root/build/edit-XXXXXX")
trap 'rm -rf "$scratch"' EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# grades the answer in $scratch and prints the seconds from the edit on
one_edit() {
  printf '\n// edit %s %s\nstatic_assert(%d > 0);\n' "$1" "$2" "$((RANDOM + 1))" >> "$scratch/$3"
  local begin end
  begin=$(date +%s%N)
  "$root/kit" grade "$4" --submission "$scratch" --color never ${5:+"$5"} > "$scratch/screen" || true
  end=$(date +%s%N)
  grep -q '^PASSED' "$scratch/screen" || { cat "$scratch/screen" >&2; exit 1; }
  awk "BEGIN { print ($end - $begin) / 1e9 }"
}

printf '%-28s %10s %14s   (median of %d edits, seconds)\n' exercise plain sanitized "$runs"
for word; do
  id=$(cd "$root/exercises" && ls -d ./*/*-"$word" | sed 's|^\./||')
  cp "$root/solutions/$id"/*.[ch]pp "$scratch/" 2>/dev/null
  [ ! -f "$root/solutions/$id/claims.txt" ] || cp "$root/solutions/$id/claims.txt" "$scratch/"
  file=$(cd "$root/solutions/$id" && ls ./*.[ch]pp | head -1)
  file=${file#./}
  # Warm: the suite's own objects, the targets of this directory, the reference's evidence.
  "$root/kit" grade "$word" --submission "$scratch" --color never > /dev/null || true
  plain=$(for i in $(seq "$runs"); do one_edit "$i" plain "$file" "$word" --no-sanitize; done | median)
  clean=$(for i in $(seq "$runs"); do one_edit "$i" clean "$file" "$word"; done | median)
  printf '%-28s %10.2f %14.2f\n' "$id" "$plain" "$clean"
  rm -f "$scratch"/*
done
