#!/usr/bin/env bash
# Tests ./kit, the launcher, in a made-up clone whose path has spaces, with a PATH that holds only what a test puts
# there: cmake, ninja, apt-get, sudo and id are small scripts that note how they were called. Nothing is installed.
#
#   launcher_test.sh KIT        KIT: the launcher to test; ends with the number of failed checks, at most 100
#
# Shims are text for another shell, and tests are called by their name:
# shellcheck disable=SC2013,SC2016,SC2317
kit=$(readlink -f -- "${1:?the launcher to test}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 ran=0
unset CI KIT_BUILD KIT_WERROR KIT_ROOT CPATH CPLUS_INCLUDE_PATH

# A clone that needs the command `fake-tool` and the header fake/tool.h, and, in CI or for a bench, `fake-peer`.
new_clone() {
  rm -rf "${scratch:?}"/*
  clone="$scratch/a clone"
  bin=$scratch/bin calls=$scratch/calls
  mkdir -p "$clone/grader" "$clone/exercises" "$bin" "$scratch/include/fake"
  : >"$calls"
  cp "$kit" "$clone/kit"
  : >"$clone/CMakeLists.txt"
  cat >"$clone/grader/packages.txt" <<'LIST'
# kind | marker | Debian | Fedora | Arch | purpose
needed | fake-tool                | fake-tool-bin | fake-tool-rpm | fake-tool-arch | does the work
needed | absent/tool.h fake/tool.h | libfake-dev   | fake-devel    | fake           | declares the work
peer   | fake-peer                | libpeer-dev   | peer-devel    | peer           | the peer of nothing
LIST
  for tool in bash cat chmod cut env find flock grep head ln ls mkdir mv readlink rm sed sleep sort tail tee touch; do
    ln -s "$(type -P "$tool")" "$bin/$tool"
  done
  shim id 'echo 0'
  shim cmake 'touch "${4:?}/build.ninja"; echo "-- configured"'
  # "Builds" a grader that says how it was called.
  shim ninja 'printf "[1/2] one\n[2/2] two\n"; mkdir -p "$2/grader"
    printf "%s\n" "#!/bin/sh" "echo grader \"\$@\"; echo root \"\$KIT_ROOT\"; echo build \"\$KIT_BUILD\"" >"$2/grader/kit-grader"
    : >>"$2/grader/kit-grader"; chmod +x "$2/grader/kit-grader"'
  shim apt-get 'for word; do case $word in
      update) touch "'"$scratch"'/lists" ;;
      fake-tool-bin) ln -sf /bin/true "'"$bin"'/fake-tool" ;;
      libfake-dev) mkdir -p "'"$scratch"'/include/fake"; : >"'"$scratch"'/include/fake/tool.h" ;;
      libpeer-dev) ln -sf /bin/true "'"$bin"'/fake-peer" ;;
    esac; done; echo "pmstatus:fake-tool-bin:50.0000:Installing"'
  export CPATH=$scratch/include
}

shim() {  # NAME SCRIPT: a command that notes its call and runs SCRIPT
  rm -f "$bin/$1"
  printf '#!/bin/bash\nprintf "%%s\\n" "%s $*" >>"%s"\n%s\n' "$1" "$calls" "$2" >"$bin/$1"
  chmod +x "$bin/$1"
}

packages_are_here() {
  ln -sf /bin/true "$bin/fake-tool"
  : >"$scratch/include/fake/tool.h"
}

# start [WORD...]: runs ./kit without a terminal; fills out, err and code.
start() {
  out=$(cd / && PATH=$bin "$clone/kit" "$@" 2>"$scratch/err" </dev/null)
  code=$?
  err=$(cat "$scratch/err")
}

# The same on a terminal, ANSWER typed in; out is what the terminal showed.
start_on_terminal() {
  local answer=$1
  shift
  err=''
  out=$(cd / && printf '%s\n' "$answer" | script -qec "env TERM=xterm PATH='$bin' '$clone/kit' $*" /dev/null)
  code=$?
}

wrong() {
  failed=$((failed + 1))
  printf 'FAILED %s: %s\n' "$name" "$1"
  printf '    exit code %s\n' "$code"
  printf '%s\n' "$out" | sed 's/^/    out   /'
  printf '%s\n' "$err" | sed 's/^/    err   /'
  sed 's/^/    call  /' "$calls"
}

ends_with() { [[ $code == "$1" ]] || wrong "should end with $1"; }
prints() { [[ $out == *"$1"* ]] || wrong "standard output lacks: $1"; }
says() { [[ $err == *"$1"* ]] || wrong "standard error lacks: $1"; }
says_not() { [[ $err != *"$1"* ]] || wrong "standard error must not have: $1"; }
called() { grep -q -- "^$1" "$calls" || wrong "was not called: $1"; }
not_called() { ! grep -q -- "^$1" "$calls" || wrong "was called: $1"; }

# ---- the tests -----------------------------------------------------------------------------------------------------

first_start_builds_and_hands_over() {
  packages_are_here
  start grade "two words" --json
  ends_with 0
  prints 'grader grade two words --json'
  prints "root $clone"
  prints "build $clone/build"
  says '  building     grader 2 of 2'
  says 'Ready in '
  says_not './kit watch'
  called "cmake -S $clone -B $clone/build -G Ninja"
  not_called apt-get
}

first_start_alone_says_what_is_next() {
  packages_are_here
  start
  ends_with 0
  says ' s. Start with:   ./kit watch'
}

second_start_starts_neither_cmake_nor_ninja_nor_apt() {
  packages_are_here
  start
  : >"$calls"
  start list
  ends_with 0
  prints 'grader list'
  [[ ! -s $calls ]] || wrong 'tools were called'
  [[ -z $err ]] || wrong 'it said something'
}

a_changed_file_of_the_grader_is_built() {
  packages_are_here
  for changed in grader/grade.cpp grader/commands/list.cpp CMakeLists.txt; do
    start
    : >"$calls"
    mkdir -p "$clone/grader/commands"
    touch "$clone/$changed"
    start
    called "ninja -C $clone/build kit-grader"
    says_not 'Ready in'
  done
}

an_edit_while_it_builds_is_built_next_time() {
  packages_are_here
  sed -i 's|^printf "\[1/2\]|touch "'"$clone"'/grader/late.cpp"; &|' "$bin/ninja"
  start
  : >"$calls"
  start
  called 'ninja '
}

a_learners_edit_builds_no_grader() {
  packages_are_here
  start
  : >"$calls"
  mkdir -p "$clone/work/mpi/03-broadcast"
  : >"$clone/work/mpi/03-broadcast/broadcast.cpp"
  start
  [[ ! -s $calls ]] || wrong 'tools were called'
}

a_moved_clone_is_configured_anew() {
  packages_are_here
  start
  echo "CMAKE_HOME_DIRECTORY:INTERNAL=$clone" >"$clone/build/CMakeCache.txt"
  mv "$clone" "$scratch/moved"
  clone=$scratch/moved
  start
  ends_with 0
  prints "root $scratch/moved"
  called "cmake -S $scratch/moved"
  [[ ! -e $clone/build/CMakeCache.txt ]] || wrong 'the old cache is still there'
}

a_link_to_it_finds_the_clone() {
  packages_are_here
  ln -s "$clone/kit" "$scratch/link"
  out=$(cd / && PATH=$bin "$scratch/link" list 2>"$scratch/err" </dev/null)
  code=$? err=$(cat "$scratch/err")
  ends_with 0
  prints "root $clone"
}

another_build_directory() {
  packages_are_here
  out=$(cd "$scratch" && KIT_BUILD=elsewhere PATH=$bin "$clone/kit" list 2>"$scratch/err" </dev/null)
  code=$? err=$(cat "$scratch/err")
  ends_with 0
  prints "build $scratch/elsewhere"
  [[ ! -e $clone/build ]] || wrong 'build/ was made too'
}

without_a_terminal_it_names_what_is_missing() {
  start
  ends_with 2
  says 'The kit builds and grades with 2 packages; 2 are not here yet:'
  says '  fake-tool-bin  does the work'
  says '  libfake-dev    declares the work'
  says 'apt-get install fake-tool-bin libfake-dev'
  says './kit --yes'
  says_not libpeer-dev
  not_called apt-get
  not_called cmake
}

one_missing_package() {
  packages_are_here
  rm "$bin/fake-tool"
  start
  ends_with 2
  says '1 is not here yet'
  says_not libfake-dev
}

yes_installs_without_asking() {
  start --yes grade x
  ends_with 0
  called 'apt-get -y .*install --no-install-recommends fake-tool-bin libfake-dev$'
  says '  installing   2 of 2'
  prints 'grader grade x'
}

yes_behind_the_verb_is_the_verbs_own() {
  packages_are_here
  start solution x --yes
  prints 'grader solution x --yes'
}

ci_installs_peers_too() {
  export CI=true
  start
  unset CI
  ends_with 0
  called 'apt-get -y .*install --no-install-recommends fake-tool-bin libfake-dev libpeer-dev$'
}

an_ordinary_user_installs_with_sudo() {
  shim id 'echo 1000'
  shim sudo '[[ $1 == -n ]] && shift; exec "$@"'
  ln -s /bin/true "$bin/true"
  start --yes
  ends_with 0
  called 'sudo -n env DEBIAN_FRONTEND=noninteractive'
}

sudo_that_refuses() {
  shim id 'echo 1000'
  shim sudo 'echo "sudo: a password is required" >&2; exit 1'
  start --yes
  ends_with 2
  says 'sudo apt-get install fake-tool-bin libfake-dev'
  not_called apt-get
}

neither_root_nor_sudo() {
  shim id 'echo 1000'
  start --yes
  ends_with 2
  says 'sudo is not here. As root:'
  says '  apt-get install fake-tool-bin libfake-dev'
}

another_distribution() {
  rm "$bin/apt-get"
  start --yes
  ends_with 2
  says 'sudo dnf install fake-tool-rpm fake-devel'
  says 'sudo pacman -S --needed fake-tool-arch fake'
  says 'sudo apt-get install fake-tool-bin libfake-dev'
  not_called cmake
}

package_lists_are_read_anew_when_apt_fails() {
  sed -i '2a [[ "$*" == *install* \&\& ! -e "'"$scratch"'/lists" ]] \&\& { echo "E: Unable to locate package fake-tool-bin"; exit 100; }' "$bin/apt-get"
  start --yes
  ends_with 0
  called 'apt-get -y .*update$'
}

apt_that_fails_is_quoted() {
  shim apt-get 'echo "dlstatus:1:2.0:x"; echo "E: Could not resolve deb.debian.org"; exit 100'
  start --yes
  ends_with 2
  says 'apt could not install them.'
  says '  E: Could not resolve deb.debian.org'
  says_not dlstatus
  says "$clone/build/install.log"
  not_called cmake
}

apt_that_lies_is_not_believed() {
  shim apt-get 'exit 0'
  start --yes
  ends_with 2
  says 'still not found: fake-tool-bin libfake-dev'
}

a_package_removed_later_is_missed() {
  packages_are_here
  start
  rm "$bin/fake-tool"
  start list
  ends_with 2
  says 'fake-tool-bin'
  start doctor
  ends_with 0
  prints 'grader doctor'
}

configuring_fails() {
  packages_are_here
  shim cmake 'echo "-- looking"; echo "CMake Error at CMakeLists.txt:9:"; echo "  No compiler"; exit 1'
  start
  ends_with 2
  says "The build can't be configured."
  says '  CMake Error at CMakeLists.txt:9:'
  says_not '-- looking'
  says "$clone/build/configure.log"
  [[ $(cat "$clone/build/configure.log") == *looking* ]] || wrong 'the log is not whole'
  not_called ninja
}

compiling_fails_and_is_tried_again() {
  packages_are_here
  cp "$bin/ninja" "$scratch/good-ninja"
  shim ninja 'echo "[1/2] one"; echo "FAILED: x.o"; echo "x.cpp:1: error: what"; exit 1'
  start
  ends_with 2
  says 'The grader does not build.'
  says 'x.cpp:1: error: what'
  says "$clone/build/build.log"
  cp "$scratch/good-ninja" "$bin/ninja"
  start
  ends_with 0
  called 'ninja '
}

a_full_disk_is_named() {
  packages_are_here
  shim ninja 'echo "FAILED: x.o"; echo "fatal error: x.o: No space left on device"; exit 1'
  start
  ends_with 2
  says 'The disk is full.'
  says 'df -h'
}

a_build_directory_that_cannot_be_written() {
  packages_are_here
  : >"$clone/build"
  start
  ends_with 2
  says "The build directory $clone/build can't be written."
  says 'ls -ld'
  says_not 'line '
}

a_stamp_that_cannot_be_written() {
  packages_are_here
  mkdir -p "$clone/build/grader/.built.new"
  start
  ends_with 2
  says "The build directory $clone/build can't be written."
  says_not 'line '
  not_called cmake
}

two_first_starts_build_once() {
  packages_are_here
  sed -i '2a sleep 0.5' "$bin/ninja"
  (cd / && PATH=$bin "$clone/kit" list >"$scratch/first" 2>/dev/null </dev/null) &
  start list
  wait $!
  ends_with 0
  prints 'grader list'
  grep -q 'grader list' "$scratch/first" || wrong 'the other start failed'
  [[ $(grep -c '^ninja' "$calls") == 1 ]] || wrong 'ninja was not called exactly once'
}

on_a_terminal_it_asks() {
  start_on_terminal n list
  ends_with 2
  prints 'Install them with apt? [Y/n]'
  prints 'Nothing was installed.'
  not_called apt-get
  start_on_terminal y list
  ends_with 0
  called 'apt-get -y'
  prints 'installing   50 %'
  prints 'grader list'
}

an_interrupted_build_is_begun_again() {
  packages_are_here
  cp "$bin/ninja" "$scratch/good-ninja"
  shim ninja 'echo "[1/2] one"; kill -INT "$(cat "'"$scratch"'/pid")"; sleep 0.2; exit 2'
  out=$(cd / && PATH=$bin bash -c 'echo $$ >"$1"; exec "$2"' - "$scratch/pid" "$clone/kit" 2>"$scratch/err" </dev/null)
  code=$? err=$(cat "$scratch/err")
  ends_with 130
  says 'it goes on from here'
  cp "$scratch/good-ninja" "$bin/ninja"
  start list
  ends_with 0
  prints 'grader list'
}

the_real_list_has_six_fields_in_each_line() {
  code=0 out='' err=$(grep -v '^#' "${kit%/*}/grader/packages.txt" | grep -nvE '^(needed|peer|author|report) *(\|[^|]*[^| ][^|]*){5}$')
  [[ -z $err ]] || wrong 'a line of packages.txt is malformed'
}

shellcheck_finds_nothing() {
  type -P shellcheck >/dev/null || { echo "skipped shellcheck_finds_nothing: shellcheck is not here"; return; }
  code=0 err='' out=$(shellcheck "$kit" "${kit%/*}/.ci/run") || wrong 'shellcheck has objections'
}

for name in $(sed -n '/^# ---- the tests/,$s/^\([a-z_]*\)() {$/\1/p' "$0"); do
  new_clone
  ran=$((ran + 1))
  "$name"
done
echo "launcher: $ran tests, $failed failed checks"
exit $((failed > 100 ? 100 : failed))
