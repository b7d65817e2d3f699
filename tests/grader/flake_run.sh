#!/usr/bin/env bash
# `grade all --solution`, many times, while every core is kept busy by other work: not one failure. Takes some minutes for
# each ten, so it is run by hand and before a release, not by `kit test`.
#
#   flake_run.sh GRADER ROOT BUILD [TIMES]
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3") times=${4:-50}
export KIT_ROOT=$root KIT_BUILD=$build NO_COLOR=1 LC_ALL=C.UTF-8
unset CI KIT_SEED
out=$(mktemp)
busy=()
trap 'kill "${busy[@]}" 2>/dev/null; rm -f "$out"' EXIT
for ((i = $(nproc); i > 0; --i)); do
  timeout 3h sh -c 'while :; do :; done' &
  busy+=($!)
done
good=0
for ((i = 1; i <= times; ++i)); do
  if "$grader" grade all --solution > "$out" 2>&1 </dev/null; then good=$((good + 1)); else
    echo "FAILED the $i. time:"; sed 's/^/    /' "$out"
  fi
  echo "$good of $i, load $(cut -d ' ' -f 1 /proc/loadavg)"
done
echo "$good of $times times everything passed, with $(nproc) cores kept busy"
[ "$good" = "$times" ]
