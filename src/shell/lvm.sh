# shellcheck shell=sh
# LVM's filter of devices. Group and devices are those that a step gives: `sp_lvm_lacking GROUP DEVICES SYSTEM`. With disks of the
# system, it accepts them, their partitions and the devices, and nothing else.
sp_lvm_file=/etc/lvm/lvm.conf
# sp_lvm_patterns DEVICES SYSTEM: prints a pattern for each.
sp_lvm_patterns() {
  printf '%s\n' "$1" | awk 'NF && !seen[$1]++ { gsub(/[.+]/, "[&]", $1); print "a|^" $1 "$|" }'
  if [ -z "$2" ]; then return 0; fi
  # The name of a partition: sda2, nvme0n1p2, wwn-0x5000c500a0b1c2d3-part2.
  printf '%s\n' "$2" | awk 'NF && !seen[$1]++ { gsub(/[.+]/, "[&]", $1); print "a|^" $1 "-?(part)?p?[0-9]*$|" }'
  echo 'r|.*|'
}
# sp_lvm_by_file GROUP SYSTEM: returns 0 if LVM goes by its file of devices, to which pvcreate adds: it then ignores the filter and warns of
# it. Without volume groups, pvcreate makes the file. Source: lvm2, lvmdevices(8) and device_id.c.
sp_lvm_by_file() {
  [ "$(lvmconfig --type full devices/use_devicesfile 2>/dev/null)" = use_devicesfile=1 ] || return 1
  if [ -e /etc/lvm/devices/system.devices ]; then return 0; fi
  [ -z "$2" ] && [ -z "$(pvs --noheadings -o vg_name 2>/dev/null | awk -v ours="$1" 'NF && $1 != ours')" ]
}
# sp_lvm_lacking GROUP DEVICES SYSTEM: prints the patterns that the filter lacks.
sp_lvm_lacking() {
  if sp_lvm_by_file "$1" "$3"; then return 0; fi
  # An exit code for a missing setting must not end a subshell under `set -e`.
  sp_lvm_filter=$(lvmconfig devices/filter 2>/dev/null) || :
  sp_lvm_patterns "$2" "$3" | while read -r sp_lvm_p; do case $sp_lvm_filter in *"\"$sp_lvm_p\""*) ;; *) printf '%s\n' "$sp_lvm_p" ;; esac done
}
# sp_lvm_render GROUP DEVICES SYSTEM: prints lvm.conf with the filter, then an x. Missing patterns go before those of an own filter; a new one
# also accepts the other physical volumes of the node, such as those of its system, and nothing else.
sp_lvm_render() {
  sp_lvm_list=$(if [ -n "$(lvmconfig devices/filter 2>/dev/null)" ]; then sp_lvm_lacking "$1" "$2" "$3"; elif [ -n "$3" ]; then sp_lvm_patterns "$2" "$3"; else
    sp_lvm_patterns "$2
$(pvs --noheadings -o pv_name 2>/dev/null)" ''
    echo 'r|.*|'
  fi | awk '{ printf "%s\"%s\"", (NR > 1 ? ", " : ""), $0 }')
  if [ -f "$sp_lvm_file" ]; then cat "$sp_lvm_file"; fi | awk -v list="$sp_lvm_list" '
    { line[NR] = $0 }
    /^[ \t]*devices[ \t]*\{/ { head = NR; inside = 1; next }
    /^[ \t]*\}/ { inside = 0 }
    inside && /^[ \t]*filter[ \t]*=/ { own = NR }
    END {
      for (i = 1; i <= NR; i++) {
        if (i == own) {
          at = index(line[i], "[")
          if (at) line[i] = substr(line[i], 1, at) " " list "," substr(line[i], at + 1)
          else { at = index(line[i], "="); line[i] = substr(line[i], 1, at) " [ " list ", " substr(line[i], at + 1) " ]" }
        }
        print line[i]
        if (i == head && !own) print "\tfilter = [ " list " ]"
      }
      if (!head) print "devices {\n\tfilter = [ " list " ]\n}"
      printf "x"
    }'
}
# sp_lvm_apply GROUP DEVICES SYSTEM: writes the filter unless it lacks nothing.
sp_lvm_apply() {
  if [ -z "$(sp_lvm_lacking "$@")" ]; then return 0; fi
  sp_lvm_text=$(sp_lvm_render "$@")
  sp_backup "$sp_lvm_file"
  sp_put_file "$sp_lvm_file" "${sp_lvm_text%x}"
}
# Prints the physical volumes below what is mounted or swapped to.
sp_lvm_in_use() {
  sp_lvm_volumes=$(pvs --noheadings -o pv_name 2>/dev/null | while read -r sp_lvm_name; do readlink -f "$sp_lvm_name"; done)
  { findmnt -nro SOURCE && awk 'NR > 1 { print $1 }' /proc/swaps; } | awk '/^\/dev\// { sub(/\[.*/, ""); if (!seen[$0]++) print }' | while read -r sp_lvm_name; do
    lsblk -nrspo NAME "$sp_lvm_name" 2>/dev/null || :
  done | sort -u | while read -r sp_lvm_name; do
    if printf '%s\n' "$sp_lvm_volumes" | grep -qxF -e "$(readlink -f "$sp_lvm_name")"; then printf '%s\n' "$sp_lvm_name"; fi
  done
}
# sp_lvm_accepts DEVICE DEVICES SYSTEM: returns 0 if it is one of them, or a partition of one of the system.
sp_lvm_accepts() {
  for sp_lvm_name in $2; do
    if [ "$(readlink -f "$sp_lvm_name")" = "$1" ]; then return 0; fi
  done
  for sp_lvm_name in $3; do
    sp_lvm_disk=$(readlink -f "$sp_lvm_name")
    case $1 in "$sp_lvm_disk" | "$sp_lvm_disk"[0-9]* | "$sp_lvm_disk"p[0-9]*) return 0 ;; esac
  done
  return 1
}
# sp_lvm_hidden GROUP DEVICES SYSTEM: prints what is in use and the filter would hide.
sp_lvm_hidden() {
  sp_lvm_in_use | while read -r sp_lvm_used; do
    if ! sp_lvm_accepts "$sp_lvm_used" "$2" "$3"; then printf '%s\n' "$sp_lvm_used"; fi
  done
}
