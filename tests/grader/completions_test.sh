#!/usr/bin/env bash
# What ./kit completions prints is taken by each shell that is installed, and bash completes with it.
#
#   completions_test.sh GRADER ROOT
set -u
grader=$(readlink -f "$1") root=$(readlink -f "$2")
failed=0
for shell in bash zsh fish; do
  text=$("$grader" completions "$shell") || { echo "no completions for $shell"; failed=1; continue; }
  type -P "$shell" >/dev/null || { echo "$shell is not installed: its completions are not parsed"; continue; }
  "$shell" -n <<<"$text" || { echo "$shell does not take them"; failed=1; }
done
"$grader" completions tcsh 2>/dev/null && { echo "completions for a shell that has none"; failed=1; }

# expect WORDS REPLY...: behind WORDS bash offers just REPLY, in any order; "..." ends a list of which more is offered.
expect() {
  local line=$1 seen reply; shift
  read -ra COMP_WORDS <<<"$line"
  [[ $line = *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
  _kit 2>/dev/null
  seen=" ${COMPREPLY[*]} "
  for reply in "$@"; do
    [[ $reply = ... || $seen = *" $reply "* ]] || { echo "\"$line\" offers not $reply but$seen"; failed=1; }
  done
  [[ ${*: -1} = ... || ${#COMPREPLY[@]} = "$#" ]] || { echo "\"$line\" offers more than $*:$seen"; failed=1; }
}
cd "$root" || exit 1
# shellcheck source=/dev/null
source <("$grader" completions bash)
expect "./kit gra" grade
expect "./kit report --u" --until
expect "./kit next --" --other --why --yes --until --help
expect "./kit grade broadc" broadcast
expect "./kit show mpi/03" mpi/03-broadcast
expect "./kit open transp" transpose
expect "./kit " next report ...
[ "$failed" = 0 ] && echo "the completions hold"
exit "$failed"
