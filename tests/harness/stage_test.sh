#!/bin/sh
# What stage.sh takes for the preamble of a submission: never a line of code, never half of an #if.
stage=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/from" "$scratch/to"
failed=0

# preamble NAME TEXT EXPECTED: both as printf writes them; empty lines don't count
preamble() {
  printf "$2" > "$scratch/from/a.cpp"
  "$stage" "$scratch/to" "$scratch/from" "" a.cpp || failed=1
  printf "$3" > "$scratch/expected"
  sed 1d "$scratch/to/preamble.hpp" | grep . > "$scratch/seen"
  cmp -s "$scratch/expected" "$scratch/seen" && return
  failed=1
  echo "FAILED $1: seen"
  sed 's/^/  /' "$scratch/seen"
}

preamble "includes" '// c\n#include "a.hpp"\n\n#include <a>\nint x;\n#include <b>\n' '#include "a.hpp"\n#include <a>\n'
preamble "none" 'int x;\n#include <a>\n' ''
preamble "no end of line" '#include <a>' '#include <a>\n'
preamble "block comments" '/* a\n b */\n#include <a>\n/**/\n#include <b>\nint x; /* c */\n' '#include <a>\n#include <b>\n'
preamble "code between comments" '#include <a>\n/* x */ int y; /* z */\n#include <b>\n' '#include <a>\n'
preamble "code behind a comment" '#include <a>\n/* x\n y */ int z; /* */\n#include <b>\n' '#include <a>\n'
preamble "a comment that begins behind a directive" '#include <a>\n#include <b> /* x\n */\nint y;\n' '#include <a>\n'
preamble "whole #if" '#ifdef A\n# include <a>\n#else\n#include <b>\n#endif\nint x;\n' '#ifdef A\n# include <a>\n#else\n#include <b>\n#endif\n'
preamble "half an #if" '#include <a>\n#if 0\nint x;\n#endif\n#include <b>\n' '#include <a>\n'
preamble "a pragma" '#include <a>\n#pragma GCC optimize("O3")\n#include <b>\n' '#include <a>\n'
preamble "a line that goes on" '#include <a>\n#define A \\\\\n  int x;\n#include <b>\n' '#include <a>\n'
preamble "a comment that goes on" '#include <a>\n// b \\\\\nint x;\n#include <b>\n' '#include <a>\n'

# The same preamble is not written anew: nothing is compiled again.
touch -d '2001-01-01' "$scratch/to/preamble.hpp"
printf '#include <a>\n// another \\\\\nint y;\n' > "$scratch/from/a.cpp"
"$stage" "$scratch/to" "$scratch/from" "" a.cpp
[ "$(find "$scratch/to/preamble.hpp" -newermt 2002-01-01)" ] && { failed=1; echo "FAILED written anew"; }
[ "$failed" = 0 ] && echo "stage.sh: all preambles as they should be"
exit "$failed"
