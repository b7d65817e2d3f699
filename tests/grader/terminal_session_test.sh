#!/usr/bin/env bash
# The kit in a real terminal, as a person has it: a whole interview from its start to the rubric, with another width in
# the middle, Ctrl-C and a closed window; then the watch mode, with a save and its keys. tmux is the terminal.
#
#   terminal_session_test.sh GRADER ROOT BUILD
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2") build=$(readlink -f "$3")
if ! type -P tmux >/dev/null; then
  [[ ${CI:-} ]] && { echo "failed: tmux is not installed"; exit 1; }
  echo "not run: tmux is not installed"
  exit 77
fi
id=cache/01-loop-order
patience=240  # seconds; a net, nothing is decided by how fast it is

scratch=$(mktemp -d "$build/session-XXXXXX")
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export TMUX_TMPDIR=$scratch
unset TMUX
tm() { tmux -f /dev/null -L kit "$@"; }
trap 'tm kill-server 2>/dev/null; rm -rf "$scratch"' EXIT

screen() { tm capture-pane -p -J -S -2000 -t kit 2>/dev/null; }
fail() { printf 'failed: %s\non screen:\n' "$1"; screen | sed 's/^/    /'; exit 1; }
open_window() {  # COMMAND...: in a window of 80 columns, from which the size of the terminal is known
  tm new-session -d -s kit -x 80 -y 30 "env -u CI KIT_ROOT=$scratch KIT_BUILD=$build TZ=UTC LC_ALL=C.UTF-8 NO_COLOR=1 \
    $*; echo ended with \$?; sleep $patience" || { echo "failed: tmux does not start"; exit 1; }
  tm set-option -t kit history-limit 5000 >/dev/null
}
keys() { tm send-keys -t kit "$@"; }
line() { tm send-keys -t kit -l "$1" && tm send-keys -t kit Enter; }
# How often a pattern stands on what was shown so far.
count() { screen | grep -c -e "$1"; }
wait_for() {  # PATTERN [TIMES]
  local end=$((SECONDS + patience))
  until (($(count "$1") >= ${2:-1})); do
    ((SECONDS < end)) || fail "no \"$1\"${2:+ for the $2. time}"
    sleep 0.1
  done
}
narrow() {  # WIDTH: no line is wider
  local widest
  widest=$(screen | awk '{ if (length($0) > w) w = length($0) } END { print w + 0 }')
  ((widest <= $1)) || fail "a line of $widest columns in a window of $1"
}

# ---- an interview ----
open_window "$grader" interview --exercise loop-order --minutes 25 --seed 1
wait_for "Enter starts the clock"
desk=$scratch/work/interviews/0001/$id
[[ -f $desk/sums.cpp ]] || fail "no file on the desk"
keys Enter
wait_for "Here is a table of numbers"
wait_for "25 min left"
line "ask are the outputs cleared before the call?"
wait_for "y/N"
line y
wait_for "They hold whatever was there before"
line run
wait_for "of 3. That is all I run"
(($(count "3 of 3") == 0)) || fail "the stub passes the examples"
narrow 80
# Another width: what is said from here on keeps to it.
tm resize-window -t kit -x 60 -y 24
line time
wait_for "Minute 0 of 25"
tm resize-window -t kit -x 120 -y 40
line "no such command"
wait_for "is no command here"
# One Ctrl-C only warns; nothing of the line typed so far is lost by closing the window.
keys C-c
wait_for "Ctrl-C again within 3 seconds leaves"
tm send-keys -t kit -l "note half a tho"
wait_for "half a tho"
# A zombie has ended: whether somebody reaps it is the affair of the machine's first process.
alive() { [[ $(sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null) == [!ZX] ]]; }
grader_process=$(pgrep -f "^$grader interview" -n)
tm kill-session -t kit
for ((i = 0; i < 10 * patience; ++i)); do alive "$grader_process" || break; sleep 0.1; done
alive "$grader_process" && { echo "failed: it outlives its closed window"; exit 1; }

open_window "$grader" interview --resume
wait_for "The clock stood still"
keys Enter
wait_for "note half a tho"
line "ught"
wait_for "Noted"
cp "$root/solutions/$id/sums.cpp" "$desk/sums.cpp"
line run
wait_for "3 of 3. That is all I run"
# Left by Ctrl-C twice; a command typed at the question goes on and is run.
keys C-c
keys C-c
wait_for "ended with 130"
tm kill-session -t kit
open_window "$grader" interview --resume
wait_for "The clock stood still"
line time
wait_for "Minute . of 25"
line finish
wait_for "Stop writing"
line y
wait_for "Follow-up 1 of"
followups=$(screen | sed -n 's/.*Follow-up 1 of \([0-9]*\)\..*/\1/p' | tail -n 1)
for ((i = 1; i <= followups; ++i)); do
  wait_for "Follow-up $i of"
  line s
done
wait_for "code \[.\] >"
line ""
wait_for "communication \[.\] >"
line 2
wait_for "pace \[.\] >"
line 3
wait_for "Recommendation:"
wait_for "ended with 0"
for words in "correctness  *4" "You noted: half a thought" "interview weights\|weights are"; do
  (($(count "$words") > 0)) || fail "the rubric does not say \"$words\""
done
narrow 80
tm kill-session -t kit

# ---- watching ----
# What lies in work/ is graded by the build of its own clone.
build=$scratch/build
mkdir -p "$scratch/work/$id"
cp "$root/exercises/$id/sums.cpp" "$scratch/work/$id/"
open_window "$grader" watch loop-order
wait_for "^FAILED"
keys h
wait_for "[Hh]int"
cp "$root/solutions/$id/sums.cpp" "$scratch/work/$id/new" && mv "$scratch/work/$id/new" "$scratch/work/$id/sums.cpp"
wait_for "^PASSED"
narrow 80
keys q
wait_for "ended with 0"
tm kill-session -t kit
open_window "$grader" watch loop-order
wait_for "^PASSED"
keys C-c
wait_for "ended with 130"
echo "a whole interview and the watch mode, as in a person's terminal"
