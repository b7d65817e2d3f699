#!/usr/bin/env bash
# with_mpirun.sh COMMAND ...: runs it with KIT_LAUNCHER set to Open MPI's own launcher on the three hosts of hosts.sh.
export OMPI_MCA_plm_rsh_agent=launch_agent
export OMPI_MCA_oob_tcp_if_include=10.77.0.0/24 OMPI_MCA_btl_tcp_if_include=10.77.0.0/24
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export KIT_LAUNCHER="mpirun --map-by node --hostfile $KIT_CLUSTER/hosts -np {ranks}"
exec "$@"
