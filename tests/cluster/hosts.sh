#!/usr/bin/env bash
# Three hosts on this machine, each with a network of its own: kit1, kit2, kit3 at 10.77.0.1 to .3, joined by a bridge.
#
#   hosts.sh COMMAND ...       makes them, runs COMMAND among them (10.77.0.254), ends with its exit code
#
#      the machine's own network        never touched: all of this is in namespaces that end with the command
#      `- outer namespaces   pid 1 = this script, own network, mounts and /run; COMMAND runs here
#         |- bridge kit0     10.77.0.254
#         `- kit1, kit2, kit3   own network and host name, loopback up
#
# Everything hangs on the outer pid namespace: whatever ends it (Ctrl-C, kill -9 of this script, the end of COMMAND)
# takes every process in it, and with the last one its networks. A directory that such an end left in $TMPDIR is
# removed by the next start. Root makes the namespaces by unshare, everybody else inside bubblewrap; where neither may,
# this ends with 77 and the reason.
#
# COMMAND finds KIT_CLUSTER (a directory for the run's files), and in PATH `on_host N COMMAND ...` and `launch_agent`,
# which Open MPI's launcher calls like ssh.
set -u
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")

# ---- outside -------------------------------------------------------------------------------------------------------
if [[ -z ${KIT_CLUSTER_INSIDE:-} ]]; then
  place=${TMPDIR:-/tmp}
  # One at a time from here until its own directory is locked.
  exec 8>"$place/kit-cluster.$EUID.lock"
  flock 8
  # Left by one that was killed: nobody holds its lock.
  for old in "$place"/kit-cluster-??????; do
    [[ -d $old && -O $old ]] || continue
    (flock -n 9 && rm -rf -- "$old") 9<"$old"
  done
  KIT_CLUSTER=$(mktemp -d "$place/kit-cluster-XXXXXX") || exit 2
  export KIT_CLUSTER KIT_CLUSTER_INSIDE=1
  exec 9<"$KIT_CLUSTER"
  flock -n 9
  exec 8>&-
  chmod 755 "$KIT_CLUSTER"
  self=$(readlink -f -- "${BASH_SOURCE[0]}")
  if ((EUID == 0)); then
    inside=(unshare --net --pid --mount --uts --ipc --fork --kill-child=SIGKILL --propagation private)
  else
    inside=(bwrap --unshare-all --die-with-parent --uid 0 --gid 0 --cap-add ALL --bind / / --dev /dev --proc /proc
            --tmpfs /run --perms 1777 --tmpfs /dev/shm --bind "$KIT_CLUSTER" "$KIT_CLUSTER" --)
  fi
  for tool in ip nsenter unshare setpriv flock; do
    command -v "$tool" >/dev/null || { echo "not run: there is no $tool (iproute2, util-linux)"; rm -rf "$KIT_CLUSTER"; exit 77; }
  done
  if ! why=$("${inside[@]}" ip link add kit0 type bridge 2>&1); then
    echo "not run: network namespaces are forbidden here: ${why##*$'\n'}"
    rm -rf -- "$KIT_CLUSTER"
    exit 77
  fi
  trap 'kill -TERM "$child" 2>/dev/null' INT TERM HUP
  # Killed by whatever end of this script: the namespaces' first process then ends too.
  setpriv --pdeathsig KILL "${inside[@]}" "$self" "$@" 9<&- &
  child=$!
  code=0
  wait "$child" || code=$?
  # A signal ended the wait and not the child.
  while kill -0 "$child" 2>/dev/null; do kill -KILL "$child" 2>/dev/null; sleep 0.05; done
  rm -rf -- "$KIT_CLUSTER"
  exit "$code"
fi

# ---- inside --------------------------------------------------------------------------------------------------------
unset KIT_CLUSTER_INSIDE
set -e
if ((EUID == 0)); then
  mount -t proc proc /proc 2>/dev/null || true
  mount -t tmpfs tmpfs /run 2>/dev/null || true
  mount -t tmpfs tmpfs /dev/shm 2>/dev/null || true
fi
# Two of these at once have hosts of the same names, and so would their launchers' files.
export TMPDIR=$KIT_CLUSTER/tmp
mkdir -p /run/netns "$TMPDIR"
chmod 1777 "$TMPDIR"
hostname ctl
ip link set lo up
ip link add kit0 type bridge
ip address add 10.77.0.254/24 dev kit0
ip link set kit0 up
for n in 1 2 3; do
  ip netns add "kit$n"
  ip link add "veth$n" type veth peer name eth0 netns "kit$n"
  ip link set "veth$n" master kit0 up
  ip -n "kit$n" link set lo up
  ip -n "kit$n" address add "10.77.0.$n/24" dev eth0
  ip -n "kit$n" link set eth0 up
  printf '10.77.0.%s slots=4\n' "$n" >>"$KIT_CLUSTER/hosts"
done
export PATH=$here/bin:$PATH
set +e
"$@" &
command=$!
trap 'kill -TERM "$command" 2>/dev/null' INT TERM HUP
code=0
wait "$command" || code=$?
exit "$code"
