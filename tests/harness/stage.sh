#!/bin/sh
# Copies the files of a submission into the directory they are compiled from, and only those: a header that lies beside
# the learner's file can't shadow the contract. A file whose content is the same is left alone, so nothing is rebuilt.
#   stage.sh TO FROM FALLBACK FILE...      FROM where it holds the first FILE, else FALLBACK
#
# preamble.hpp becomes the lines with which the first .cpp begins, as far as they are comments and directives: its own
# includes. The build precompiles it, so that an edit below them doesn't read <algorithm> once more.
to=$1 from=$2 fallback=$3
shift 3
[ -f "$from/$1" ] || from=$fallback
mkdir -p "$to" || exit 1

# Takes the place of FILE if it differs.
settle() {
  cmp -s "$1.new" "$1" && rm "$1.new" || mv "$1.new" "$1"
}

source=
for file; do
  cmp -s "$from/$file" "$to/$file" || { cp "$from/$file" "$to/$file.new" && mv "$to/$file.new" "$to/$file"; } || exit 1
  case $file in *.cpp) source=${source:-$to/$file} ;; esac
done
[ "$source" ] || exit 0
# Ends before the first line of code, and before a #pragma, which may mean what follows; whole #if blocks only. Comments
# become empty lines: the numbers of the lines stay, and who edits one pays nothing.
awk -v file="$source" '
  BEGIN { print "#line 1 \"" file "\"" }
  { line = $0; sub(/^[ \t]+/, "", line); sub(/[ \t\r]+$/, "", line) }
  comment || line ~ /^\/\*/ {
    rest = comment ? line : substr(line, 3)
    comment = !index(rest, "*/")
    if (!comment && index(rest, "*/") != length(rest) - 1) exit
    line = ""
  }
  line ~ /\\$/ { exit }
  line == "" || line ~ /^\/\// { kept = kept "\n"; next }
  line !~ /^#/ || line ~ /\/\*/ || line ~ /^#[ \t]*pragma/ { exit }
  line ~ /^#[ \t]*if/ { ++depth }
  line ~ /^#[ \t]*endif/ { --depth }
  { kept = kept line "\n" }
  depth == 0 { printf "%s", kept; kept = "" }
' "$source" > "$to/preamble.hpp.new" && settle "$to/preamble.hpp"
