// Generated from disks.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const disksSh: ShellFile<'disks_wanted' | 'disks_packages' | 'disks_address'> = {
  path: 'steps/disks/disks.sh',
  parameters: ["disks_wanted","disks_packages","disks_address"],
  text: `# shellcheck shell=sh
# Empty disks become the volume group cinder-volumes or file systems of Swift, as the installation guides have it (IG). A disk with
# anything on it is refused. What the step has made is in the file \`made\` of its backup, one line each: \`pv DEVICE\`,
# \`vg cinder-volumes\`, \`xfs DEVICE UUID\`. Uses shell/service.sh and
# shell/lvm.sh.
# param disks_wanted: the disks, a line each: \`cinder-volumes /dev/sdb\`, \`swift /dev/sdc\` or \`system /dev/sda\`
# param disks_packages: the packages of both kinds, one line per EL version of each: \`cinder-volumes 7 lvm2 device-mapper-persistent-data\`
# param disks_address: the address that rsync listens on

disks_vg=cinder-volumes
disks_fstab=/etc/fstab
disks_rsync=/etc/rsyncd.conf
disks_root=/srv/node

# disks_of KIND: prints its disks.
disks_of() { printf '%s\\n' "$disks_wanted" | awk -v kind="$1" '$1 == kind { print $2 }'; }
disks_record() { printf '%s\\n' "$sp_backups/first/$STEP_ID/made"; }
# disks_made WORD…: returns 0 if the step has made it.
disks_made() { grep -qsxF -e "$*" "$(disks_record)"; }
disks_note() {
  mkdir -p "$sp_backups/first/$STEP_ID"
  disks_made "$@" || printf '%s\\n' "$*" >>"$(disks_record)"
  sp_to_disk "$(disks_record)"
}
# disks_pick KIND: sets sp_packages.
disks_pick() { sp_pick_packages "$(printf '%s\\n' "$disks_packages" | awk -v kind="$1" '$1 == kind { sub(/^[^ ]* /, ""); print }')"; }
# disks_group DEVICE: prints its volume group; nothing without one or without LVM.
disks_group() { pvs --noheadings -o vg_name "$1" 2>/dev/null | awk 'NF { print $1 }'; }
# Prints the devices of the volume group.
disks_members() { vgs --noheadings -o pv_name "$disks_vg" 2>/dev/null | awk 'NF { print $1 }'; }
# disks_place NAME: prints where a disk of Swift is mounted.
disks_place() { printf '%s/%s\\n' "$disks_root" "\${1##*/}"; }
disks_uuid() { blkid -p -s UUID -o value "$1" 2>/dev/null; }

# disks_empty NAME DEVICE: returns 0 if nothing is on the disk; else gives as reasons what is. A program that cannot read it has found something.
disks_empty() {
  disks_found=0
  if ! disks_tree=$(lsblk -nrpo NAME,TYPE,MOUNTPOINT "$2") || ! disks_marks=$(wipefs -p "$2"); then
    sp_because disk-unreadable "$1"
    return 1
  fi
  disks_mounts=$(printf '%s\\n' "$disks_tree" | awk 'NF > 2 { printf "%s%s", (n++ ? ", " : ""), $3 }')
  disks_parts=$(printf '%s\\n' "$disks_tree" | awk 'NR > 1 { printf "%s%s (%s)", (n++ ? ", " : ""), $1, $2 }')
  disks_marks=$(printf '%s\\n' "$disks_marks" | awk -F, 'NF > 3 && !/^#/ { printf "%s%s", (n++ ? ", " : ""), $4 }')
  disks_in=$(disks_group "$2")
  if [ -n "$disks_mounts" ]; then
    sp_because disk-mounted "$1" "$disks_mounts"
    disks_found=1
  fi
  if [ -n "$disks_parts" ]; then
    sp_because disk-has-parts "$1" "$disks_parts"
    disks_found=1
  fi
  if [ -n "$disks_in" ]; then
    sp_because disk-in-group "$1" "$disks_in"
    disks_found=1
  elif [ -n "$disks_marks" ]; then
    sp_because disk-has-data "$1" "$disks_marks"
    disks_found=1
  fi
  return $disks_found
}

# The volume group as it is: returns 2 with a reason if it is on other devices, such as the file that Packstack makes.
disks_check_group() {
  disks_members | (
    disks_known=0
    disks_other=
    while read -r disks_member; do
      if [ -n "$(disks_of "$disks_vg" | while read -r disks_name; do
        if [ "$(readlink -f "$disks_name")" = "$(readlink -f "$disks_member")" ]; then echo 1; fi
      done)" ]; then disks_known=1; else disks_other=$disks_member; fi
    done
    if [ -z "$disks_other" ] || [ "$disks_known" = 1 ]; then exit 0; fi
    disks_file=$(losetup -nO BACK-FILE "$disks_other" 2>/dev/null)
    if [ -n "$disks_file" ]; then sp_because disk-loop-file "$disks_vg" "$disks_file" "$disks_other"; else sp_because disk-group-elsewhere "$disks_vg" "$disks_other"; fi
    exit 2
  )
}

# disks_lvm FUNCTION: calls a function of shell/lvm.sh for the disks in the filter.
disks_lvm() { "$1" "$disks_vg" "$(disks_of "$disks_vg")" "$(disks_of system)"; }
# Returns 2 with a reason if a disk of the system is not there, or if the filter would hide what the system uses.
disks_check_system() {
  for disks_name in $(disks_of system); do
    if [ -b "$(readlink -f "$disks_name")" ]; then continue; fi
    sp_because disk-missing "$disks_name"
    return 2
  done
  disks_hidden=$(disks_lvm sp_lvm_hidden | head -n 1)
  if [ -z "$disks_hidden" ]; then return 0; fi
  sp_because disk-not-of-system "$disks_hidden"
  return 2
}

# disks_judge KIND NAME: returns 0 if the disk is as wanted, 1 if it must be prepared, 2 with reasons if it must not be touched.
disks_judge() {
  disks_device=$(readlink -f "$2")
  if [ ! -b "$disks_device" ]; then
    sp_because disk-missing "$2"
    return 2
  fi
  if [ "$1" = "$disks_vg" ]; then
    if [ "$(disks_group "$disks_device")" = "$disks_vg" ]; then return 0; fi
    # A run that ended after pvcreate.
    if disks_made pv "$2" && pvs "$disks_device" >/dev/null 2>&1 && [ -z "$(disks_group "$disks_device")" ]; then disks_ours=1; else disks_ours=; fi
  else
    disks_id=$(disks_uuid "$disks_device")
    disks_at=$(disks_place "$2")
    if [ -n "$disks_id" ] && [ "$(findmnt -nro SOURCE,FSTYPE "$disks_at" 2>/dev/null)" = "$disks_device xfs" ] && disks_in_fstab "$disks_at" "$disks_id"; then
      if disks_owned "$disks_at"; then return 0; fi
      sp_because disk-owner "$disks_at"
      return 1
    fi
    if [ -n "$disks_id" ] && { disks_made xfs "$2" "$disks_id" || disks_in_fstab "$disks_at" "$disks_id"; }; then disks_ours=1; else disks_ours=; fi
  fi
  if [ -z "$disks_ours" ] && ! disks_empty "$2" "$disks_device"; then return 2; fi
  sp_because disk-not-prepared "$2" "$1"
  return 1
}

# disks_in_fstab PLACE UUID
disks_in_fstab() { awk -v place="$1" -v id="UUID=$2" '{ gsub(/"/, "", $1) } $1 == id && $2 == place && $3 == "xfs" { found = 1 } END { exit !found }' "$disks_fstab" 2>/dev/null; }
# disks_render_fstab PLACE UUID: prints the file with the line of the disk, then an x.
disks_render_fstab() {
  if [ -f "$disks_fstab" ]; then awk -v place="$1" '/^[ \\t]*#/ || $2 != place' "$disks_fstab"; fi
  printf 'UUID=%s %s xfs noatime 0 2\\nx' "$2" "$1"
}
# disks_owned PLACE: whether it is Swift's; without the user, whose packages may come later, it belongs to root.
disks_owned() { ! id swift >/dev/null 2>&1 || [ "$(stat -c %U "$1")" = swift ]; }
disks_render_rsync() {
  printf 'uid = swift\\ngid = swift\\nlog file = /var/log/rsyncd.log\\npid file = /var/run/rsyncd.pid\\naddress = %s\\n' "$disks_address"
  for disks_part in account container object; do
    printf '\\n[%s]\\nmax connections = 2\\npath = %s/\\nread only = False\\nlock file = /var/lock/%s.lock\\n' "$disks_part" "$disks_root" "$disks_part"
  done
}

# disks_check_kind KIND: sets sp_missing to the worst of its disks.
disks_check_kind() {
  disks_worst=0
  for disks_name in $(disks_of "$1"); do
    disks_code=0
    disks_judge "$1" "$disks_name" || disks_code=$?
    if [ "$disks_code" -gt "$disks_worst" ]; then disks_worst=$disks_code; fi
  done
  return $disks_worst
}
disks_check() {
  sp_missing=0
  for disks_kind in cinder-volumes swift system; do
    if [ -z "$(disks_of "$disks_kind")" ]; then continue; fi
    disks_pick "$disks_kind"
    sp_need_packages || {
      disks_code=$?
      if [ "$disks_code" -gt "$sp_missing" ]; then sp_missing=$disks_code; fi
    }
    if [ "$disks_kind" = "$disks_vg" ]; then disks_check_group || sp_missing=2; fi
    if [ "$disks_kind" = system ]; then disks_check_system || sp_missing=2; else
      disks_check_kind "$disks_kind" || {
        disks_code=$?
        if [ "$disks_code" -gt "$sp_missing" ]; then sp_missing=$disks_code; fi
      }
    fi
    if [ "$sp_missing" = 2 ]; then continue; fi
    if [ "$disks_kind" = swift ]; then
      sp_need_file "$disks_rsync" "$(disks_render_rsync)$sp_line_end" || sp_missing=1
      sp_need_unit rsyncd || sp_missing=1
    else
      if command -v lvmconfig >/dev/null && [ -n "$(disks_lvm sp_lvm_lacking)" ]; then
        if [ "$disks_kind" = "$disks_vg" ] || [ -z "$(disks_of "$disks_vg")" ]; then sp_because setting-missing "$sp_lvm_file" devices/filter; fi
        sp_missing=1
      fi
      if [ "$sp_el" = 7 ] && [ "$disks_kind" = "$disks_vg" ]; then sp_need_unit lvm2-lvmetad || sp_missing=1; fi
    fi
  done
  return $sp_missing
}

disks_apply_group() {
  if [ "$sp_el" = 7 ]; then
    sp_backup_unit lvm2-lvmetad
    sp_start lvm2-lvmetad
  fi
  disks_lvm sp_lvm_apply
  for disks_name in $(disks_of "$disks_vg"); do
    disks_code=0
    disks_judge "$disks_vg" "$disks_name" || disks_code=$?
    case $disks_code in 0) continue ;; 2) return 1 ;; esac
    # Neither pvcreate nor mkfs.xfs is forced, so they refuse what has come onto the disk since.
    if [ -z "$disks_ours" ]; then
      disks_note pv "$disks_name"
      pvcreate "$disks_device"
    fi
    if vgs "$disks_vg" >/dev/null 2>&1; then vgextend "$disks_vg" "$disks_device"; else
      disks_note vg "$disks_vg"
      vgcreate "$disks_vg" "$disks_device"
    fi
  done
}
disks_apply_swift() {
  sp_backup "$disks_fstab" "$disks_rsync"
  sp_backup_unit rsyncd
  for disks_name in $(disks_of swift); do
    disks_code=0
    disks_judge swift "$disks_name" || disks_code=$?
    case $disks_code in 0) continue ;; 2) return 1 ;; esac
    if [ -z "$disks_id" ]; then
      disks_id=$(cat /proc/sys/kernel/random/uuid)
      disks_note xfs "$disks_name" "$disks_id"
      mkfs.xfs -m "uuid=$disks_id" "$disks_device"
    fi
    mkdir -p "$disks_at"
    if ! disks_in_fstab "$disks_at" "$disks_id"; then
      disks_text=$(disks_render_fstab "$disks_at" "$disks_id")
      sp_put_file "$disks_fstab" "\${disks_text%x}"
      systemctl daemon-reload
    fi
    if ! findmnt -nr "$disks_at" >/dev/null; then mount -t xfs -o noatime "$disks_device" "$disks_at"; fi
    if id swift >/dev/null 2>&1; then chown swift:swift "$disks_at"; fi
    if command -v restorecon >/dev/null; then restorecon "$disks_root" "$disks_at"; fi
  done
  disks_text=$(disks_render_rsync)$sp_line_end
  if ! sp_same_file "$disks_rsync" "$disks_text"; then sp_put_file "$disks_rsync" "$disks_text"; fi
  sp_start rsyncd
}
disks_apply() {
  sp_backup_begin
  for disks_kind in cinder-volumes swift system; do
    if [ -z "$(disks_of "$disks_kind")" ]; then continue; fi
    disks_pick "$disks_kind"
    # shellcheck disable=SC2086 # a list of names
    sp_install $sp_packages
    case $disks_kind in swift) disks_apply_swift ;; system) disks_lvm sp_lvm_apply ;; *) disks_apply_group ;; esac
  done
}

# disks_bare DEVICE PLACE: returns 0 if the file system of the step has no file. An unmounted one is mounted to see.
disks_bare() {
  disks_code=0
  disks_source=$(findmnt -nro SOURCE "$2") || :
  if [ -z "$disks_source" ]; then
    mkdir -p "$2"
    mount -t xfs -o ro "$1" "$2" || return 1
  elif [ "$disks_source" != "$1" ]; then return 1; fi
  if [ -n "$(find "$2" -mindepth 1 -print | head -n 1)" ]; then disks_code=1; fi
  if [ -z "$disks_source" ]; then umount "$2"; fi
  return $disks_code
}
# Returns 0 if nothing uses what the step has made: no logical volume, no file.
disks_unused() {
  disks_left=0
  while read -r disks_what disks_name disks_id; do
    disks_device=$(readlink -f "$disks_name")
    if [ "$disks_what" = pv ] && [ "$(disks_group "$disks_device")" = "$disks_vg" ] && [ "$(pvs --noheadings --nosuffix --units b -o pv_used "$disks_device" 2>/dev/null | awk '{ print $1 + 0 }')" != 0 ]; then
      sp_because disk-group-used "$disks_name" "$(lvs --noheadings -o lv_name "$disks_vg" 2>/dev/null | awk '{ printf "%s%s", (NR > 1 ? ", " : ""), $1 }')"
      disks_left=1
    fi
    if [ "$disks_what" = xfs ] && [ "$(disks_uuid "$disks_device")" = "$disks_id" ] && ! disks_bare "$disks_device" "$(disks_place "$disks_name")"; then
      sp_because disk-files-kept "$disks_name" "$(disks_place "$disks_name")"
      disks_left=1
    fi
  done <"$(disks_record)"
  return $disks_left
}
disks_revert() {
  if [ -e "$(disks_record)" ]; then
    disks_unused
    while read -r disks_what disks_name disks_id; do
      disks_device=$(readlink -f "$disks_name")
      case $disks_what in
        xfs)
          disks_at=$(disks_place "$disks_name")
          if [ "$(findmnt -nro SOURCE "$disks_at" || :)" = "$disks_device" ]; then umount "$disks_at"; fi
          if [ "$(disks_uuid "$disks_device")" = "$disks_id" ]; then wipefs -a "$disks_device"; fi
          rmdir "$disks_at" 2>/dev/null || :
          ;;
        pv)
          # After a reboot, the name may be another disk's.
          if [ "$(disks_group "$disks_device")" = "$disks_vg" ]; then
            if disks_made vg "$disks_vg" && [ "$(disks_members | wc -l)" = 1 ]; then vgremove "$disks_vg"; else vgreduce "$disks_vg" "$disks_device"; fi
          fi
          if [ -z "$(disks_group "$disks_device")" ] && pvs "$disks_device" >/dev/null 2>&1; then pvremove "$disks_device"; fi
          ;;
      esac
    done <"$(disks_record)"
  fi
  sp_restore first
  sp_restore_units first
}
`,
};
