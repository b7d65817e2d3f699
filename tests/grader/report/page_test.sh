#!/usr/bin/env bash
# The report in a real browser: three histories (none, one attempt, real ones), each looked at by page_test.mjs.
#
#   page_test.sh GRADER MAKE_HISTORY ROOT BUILD
#
# The browser and node come from the distribution; what drives the browser is fetched by npm into the build directory,
# from the lock file beside this script. Where they are missing, or npm reaches no registry in three tries, the test is
# not run and says so; under CI it fails, unless it is only the registry that can't be reached.
set -u
grader=$(readlink -f "$1") make_history=$(readlink -f "$2") root=$(readlink -f "$3") build=$(readlink -f "$4")
here=$root/tests/grader/report
modules=$build/report-test

not_run() {
  if [[ ${CI:-} ]]; then echo "failed: $1"; exit 1; fi
  echo "not run: $1"
  exit 77
}

browser=$(type -P chromium || type -P chromium-browser) || not_run "chromium is not installed"
for program in node npm; do
  type -P "$program" >/dev/null || not_run "$program is not installed"
done
[[ -e /usr/share/javascript/vega ]] || not_run "libjs-vega is not installed"

mkdir -p "$modules"
if ! cmp -s "$here/package-lock.json" "$modules/installed"; then
  cp "$here/package.json" "$here/package-lock.json" "$modules/"
  fetch() { (cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=0 >npm.log 2>&1); }
  # The tries are these three, a moment apart; npm's own would wait minutes for a registry that isn't there.
  fetch || { sleep 2; fetch; } || { sleep 5; fetch; } || { echo "not run: npm could not fetch what drives the browser: $(tail -n 1 "$modules/npm.log")"; exit 77; }
  cp "$here/package-lock.json" "$modules/installed"
fi

scratch=$(mktemp -d "$build/report-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
for part in exercises solutions tests bench grader CMakeLists.txt; do ln -s "$root/$part" "$scratch/$part"; done
export KIT_ROOT=$scratch KIT_BUILD=$build TZ=UTC LC_ALL=C.UTF-8
unset KIT_NOW
evening=1795456800  # 23 November 2026, 18:00

page() {  # NAME [WORD...]
  KIT_NOW=$evening "$grader" report --output "$modules/$1.html" "${@:2}" || exit 1
}
page empty
"$make_history" "$here/history.json" 1 || exit 1
page one
rm -rf "$scratch/.kit"
"$make_history" "$here/history.json" || exit 1
page real --until 2027-01-15

for private in "$HOME" "$scratch" "$root" "$(hostname 2>/dev/null || cat /etc/hostname)"; do
  if [[ ${#private} -gt 3 ]] && grep -Fq -- "$private" "$modules"/*.html; then
    echo "the page names $private"
    exit 1
  fi
done

cp "$here/page_test.mjs" "$modules/"
cd "$modules" && KIT_BROWSER=$browser node page_test.mjs empty one real
