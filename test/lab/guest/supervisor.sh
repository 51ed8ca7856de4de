#!/bin/sh
# Supervises one node: starts the container, attaches its two interfaces to the bridges, and starts it again after a
# reboot from inside (exit status 133). Runs on the host, in separate control groups.
# Arguments: ROOT NAME MACHINE "CGROUP..." OUTER0 BRIDGE0 OUTER1 BRIDGE1 BIND...
root=$1 name=$2 machine=$3 groups=$4 outer0=$5 bridge0=$6 outer1=$7 bridge1=$8
shift 8

# /tmp is on the disk, as on an EL system.
export SYSTEMD_NSPAWN_TMPFS_TMP=0

for group in $groups; do echo $$ > "$group/supervisor/cgroup.procs"; done

plug() {
  tries=0
  until [ -e "/sys/class/net/$1" ] && ip link set "$1" master "$2" up; do
    tries=$((tries + 1))
    [ $tries -lt 400 ] || return 1
    sleep 0.03
  done
}

rebooted=0 retries=0
while :; do
  # The interfaces of the last boot disappear with their namespace, after a delay.
  while [ -e "/sys/class/net/$outer0" ] || [ -e "/sys/class/net/$outer1" ]; do sleep 0.05; done
  began=$(date +%s)
  plug "$outer0" "$bridge0" &
  plug "$outer1" "$bridge1" &
  GROUPS_OF_NODE=$groups sh -c 'for group in $GROUPS_OF_NODE; do echo $$ > "$group/machine/cgroup.procs"; done; exec "$@"' \
    sh systemd-nspawn --quiet --directory="$root" --boot --machine="$machine" --hostname="$name" \
    --network-veth-extra="$outer0:eth0" --network-veth-extra="$outer1:eth1" \
    --resolv-conf=off --timezone=off --link-journal=no --register=no --keep-unit "$@" < /dev/null
  status=$?
  wait
  if [ $status -eq 133 ]; then
    rebooted=1 retries=0
    continue
  fi
  # On a busy host, what the last boot held may still be in use: without a container there was no boot.
  [ $status -eq 1 ] && [ $rebooted -eq 1 ] && [ $retries -lt 5 ] && [ $(($(date +%s) - began)) -lt 5 ] || exit $status
  retries=$((retries + 1))
  echo "supervisor: the container did not start, trying again ($retries)"
  sleep 1
done
