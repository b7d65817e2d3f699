#!/usr/bin/env bash
# with_slurm.sh COMMAND ...: starts Slurm on the three hosts of hosts.sh, runs COMMAND with KIT_LAUNCHER set to srun, and
# ends Slurm. slurmctld is on 10.77.0.254, a slurmd on each host. Ends with 77 where Slurm is not installed.
#
# What the configuration has beyond the usual is there because it fails without:
#   config_overrides     nodes that claim more CPUs than the machine has become inval
#   %n in every path     the PMIx plugins of two nodes meet in one directory, and the second step can't be launched
#   linuxproc, none      slurmd finds no cgroup that it may write in a namespace
#   pmix                 Debian's Open MPI speaks it; with pmi2 it aborts in MPI_Init
set -u
for tool in slurmctld slurmd srun scontrol munged; do
  command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null ||
    { echo "not run: there is no $tool (slurmctld, slurmd, slurm-wlm-basic-plugins, munge)"; exit 77; }
done
export PATH=$PATH:/usr/sbin
d=$KIT_CLUSTER/slurm
mkdir -p "$d/state"
for n in 1 2 3; do mkdir -p "$d/spool.kit$n" "$d/tmp.kit$n"; chmod 1777 "$d/tmp.kit$n"; done

# munge with a key, a socket and a user of its own: whoever runs this.
mkdir -p "$d/munge"
chmod 755 "$d/munge"
(umask 077 && head -c 128 /dev/urandom >"$d/munge/key")
munged --key-file="$d/munge/key" --socket="$d/munge/socket" --pid-file="$d/munge/pid" --log-file="$d/munge/log" \
       --seed-file="$d/munge/seed" --force --num-threads=2 >"$d/munge/out" 2>&1 ||
  { echo "munged did not start:"; cat "$d/munge/out" "$d/munge/log"; exit 2; }

cat >"$d/slurm.conf" <<EOF
ClusterName=kit
SlurmctldHost=ctl(10.77.0.254)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$d/munge/socket
CredType=cred/munge
StateSaveLocation=$d/state
SlurmdSpoolDir=$d/spool.%n
SlurmctldPidFile=$d/slurmctld.pid
SlurmdPidFile=$d/slurmd.%n.pid
SlurmctldLogFile=$d/slurmctld.log
SlurmdLogFile=$d/slurmd.%n.log
TmpFS=$d/tmp.%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SlurmdParameters=config_overrides
ReturnToService=2
MpiDefault=none
SlurmdTimeout=10
SlurmctldTimeout=10
KillWait=2
MessageTimeout=10
UnkillableStepTimeout=20
NodeName=kit1 NodeAddr=10.77.0.1 CPUs=16
NodeName=kit2 NodeAddr=10.77.0.2 CPUs=16
NodeName=kit3 NodeAddr=10.77.0.3 CPUs=16
PartitionName=all Nodes=kit[1-3] Default=YES OverSubscribe=FORCE:4 MaxTime=60 State=UP
EOF
export SLURM_CONF=$d/slurm.conf
slurmctld -D >"$d/slurmctld.out" 2>&1 &
for n in 1 2 3; do on_host "$n" slurmd -D -N "kit$n" >"$d/slurmd.kit$n.out" 2>&1 & done
for ((i = 0; i < 150; i++)); do
  [[ $(sinfo -h -o %T%D 2>/dev/null) = idle3 ]] && break
  sleep 0.2
done
if [[ $(sinfo -h -o %T%D 2>/dev/null) != idle3 ]]; then
  echo "Slurm did not come up:"
  sinfo -N 2>&1
  tail -n 5 "$d"/*.log "$d"/*.out
  exit 2
fi
export OMPI_MCA_btl_tcp_if_include=10.77.0.0/24
export KIT_LAUNCHER="srun --overcommit --immediate=10 -N3 -n {ranks} --mpi=pmix"
"$@"
