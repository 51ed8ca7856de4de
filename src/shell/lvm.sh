# shellcheck shell=sh
# LVM's filter of devices. Group and devices are those that a step gives: `sp_lvm_lacking GROUP DEVICES`.
sp_lvm_file=/etc/lvm/lvm.conf
# sp_lvm_patterns DEVICES: prints a pattern for each.
sp_lvm_patterns() { printf '%s\n' "$1" | awk 'NF && !seen[$1]++ { gsub(/[.+]/, "[&]", $1); print "a|^" $1 "$|" }'; }
# sp_lvm_by_file GROUP: returns 0 if LVM goes by its file of devices, to which pvcreate adds: it then ignores the filter and warns of
# it. Without volume groups, pvcreate makes the file. Source: lvm2, lvmdevices(8) and device_id.c.
sp_lvm_by_file() {
  [ "$(lvmconfig --type full devices/use_devicesfile 2>/dev/null)" = use_devicesfile=1 ] || return 1
  [ -e /etc/lvm/devices/system.devices ] || [ -z "$(pvs --noheadings -o vg_name 2>/dev/null | awk -v ours="$1" 'NF && $1 != ours')" ]
}
# sp_lvm_lacking GROUP DEVICES: prints the patterns that the filter lacks.
sp_lvm_lacking() {
  if sp_lvm_by_file "$1"; then return 0; fi
  # An exit code for a missing setting must not end a subshell under `set -e`.
  sp_lvm_filter=$(lvmconfig devices/filter 2>/dev/null) || :
  sp_lvm_patterns "$2" | while read -r sp_lvm_p; do case $sp_lvm_filter in *"\"$sp_lvm_p\""*) ;; *) printf '%s\n' "$sp_lvm_p" ;; esac done
}
# sp_lvm_render GROUP DEVICES: prints lvm.conf with the filter, then an x. Missing patterns go before those of an own filter; a new one
# also accepts the other physical volumes of the node, such as those of its system, and nothing else.
sp_lvm_render() {
  sp_lvm_list=$(if [ -n "$(lvmconfig devices/filter 2>/dev/null)" ]; then sp_lvm_lacking "$1" "$2"; else
    sp_lvm_patterns "$2
$(pvs --noheadings -o pv_name 2>/dev/null)"
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
