# shellcheck shell=sh
# Kernel parameters, kernel modules and login limits: each in a file that is read at boot or login; the first two also take effect
# now. Limits apply to new logins only; services get theirs from systemd.
# param kernel_modules: names of modules, separated by blanks
# param kernel_parameters: lines `KEY VALUE`, with keys as in sysctl(8)
# param kernel_limits: lines of limits.conf(5)

# systemd-sysctl reads all folders in the order of file names, and the last value wins: 99-sysctl.conf, the link to
# /etc/sysctl.conf, comes before this file.
kernel_parameter_file=/etc/sysctl.d/99-zz-stackprep.conf
kernel_module_file=/etc/modules-load.d/stackprep.conf
kernel_limit_file=/etc/security/limits.d/99-stackprep.conf
kernel_root=/proc/sys

# Prints the wanted files, then an x (to keep newlines in `$(…)`); only the x if there must be no file.
kernel_render_parameters() {
  [ -z "$kernel_parameters" ] || printf '# Written by Stackprep.\n'
  printf %s "$kernel_parameters" | awk '{ key = $1; sub(/^[^ ]+ /, ""); print key " = " $0 }'
  echo x
}
kernel_render_modules() {
  [ -z "$kernel_modules" ] || printf '# Written by Stackprep.\n'
  for kernel_name in $kernel_modules; do printf '%s\n' "$kernel_name"; done
  echo x
}
kernel_render_limits() {
  [ -z "$kernel_limits" ] || printf '# Written by Stackprep.\n'
  printf '%sx\n' "$kernel_limits"
}

# kernel_need_text FILE TEXT: returns 1 with a reason if the file does not contain the text, or exists although the text is empty.
kernel_need_text() {
  if [ -n "$2" ]; then
    sp_need_file "$1" "$2"
    return
  fi
  if [ ! -e "$1" ]; then return 0; fi
  sp_because file-obsolete "$1"
  return 1
}

# kernel_put_text FILE TEXT: writes or removes the file accordingly.
kernel_put_text() {
  if [ -z "$2" ]; then
    rm -f "$1"
  elif ! sp_same_file "$1" "$2"; then
    sp_put_file "$1" "$2"
  fi
}

# kernel_each_file FUNCTION: calls it with each file and its text; returns 1 if a call fails.
kernel_each_file() {
  kernel_code=0
  kernel_text=$(kernel_render_parameters)
  "$1" "$kernel_parameter_file" "${kernel_text%x}" || kernel_code=1
  kernel_text=$(kernel_render_modules)
  "$1" "$kernel_module_file" "${kernel_text%x}" || kernel_code=1
  kernel_text=$(kernel_render_limits)
  "$1" "$kernel_limit_file" "${kernel_text%x}" || kernel_code=1
  return $kernel_code
}

# kernel_has_module NAME: returns 0 if the module is loaded or built in.
kernel_has_module() {
  kernel_name=$(printf %s "$1" | tr - _)
  if [ -d "/sys/module/$kernel_name" ]; then return 0; fi
  kernel_list=/lib/modules/$(uname -r)/modules.builtin
  [ -r "$kernel_list" ] && tr - _ <"$kernel_list" | grep -q "/$kernel_name\.ko"
}

# kernel_path KEY: prints the file of the parameter; dots in interface names are slashes in the key.
kernel_path() { printf '%s/%s' "$kernel_root" "$(printf %s "$1" | tr './' '/.')"; }

# kernel_value KEY: prints the current value on one line, with single blanks.
kernel_value() { tr -s '\t\n ' ' ' <"$(kernel_path "$1")" | sed 's/ $//'; }

# Returns 1 with a reason for each module that is not loaded, 2 if the kernel has no such module.
kernel_need_modules() {
  kernel_absent=0
  for kernel_module in $kernel_modules; do
    if kernel_has_module "$kernel_module"; then continue; fi
    if ! modprobe -n -q "$kernel_module" 2>/dev/null; then
      sp_because module-unknown "$kernel_module" "$(uname -r)"
      return 2
    fi
    sp_because module-not-loaded "$kernel_module"
    kernel_absent=1
  done
  return $kernel_absent
}

# kernel_need_value KEY VALUE: returns 1 with a reason if the value differs, 2 if the parameter does not exist or is read-only. A
# module that is not loaded yet (kernel_absent) may provide the parameter.
kernel_need_value() {
  kernel_file=$(kernel_path "$1")
  if [ ! -f "$kernel_file" ]; then
    if [ "$kernel_absent" = 1 ]; then
      sp_because parameter-absent "$1"
      return 1
    fi
    sp_because parameter-unknown "$1" "$(uname -r)"
    return 2
  fi
  kernel_now=$(sysctl -n "$1" | tr -s '\t\n ' ' ' | sed 's/ $//')
  if [ "$kernel_now" = "$2" ]; then return 0; fi
  if [ "$(id -u)" = 0 ] && [ ! -w "$kernel_file" ]; then
    sp_because parameter-read-only "$1" "$kernel_now" "$2"
    return 2
  fi
  sp_because parameter-differs "$1" "$kernel_now" "$2"
  return 1
}

kernel_need_values() {
  kernel_wrong=0
  while read -r kernel_key kernel_wanted; do
    [ -n "$kernel_key" ] || continue
    kernel_need_value "$kernel_key" "$kernel_wanted" || {
      [ $? = 1 ] || return 2
      kernel_wrong=1
    }
  done <<KERNEL
$kernel_parameters
KERNEL
  return $kernel_wrong
}

# kernel_later FILE FOLDER…: prints the files of the folders that are read after FILE, in their order; one in an earlier folder replaces
# those of its name.
kernel_later() {
  kernel_first=${1##*/}
  shift
  for kernel_folder; do
    for kernel_other in "$kernel_folder"/*.conf; do [ ! -f "$kernel_other" ] || printf '%s %s\n' "${kernel_other##*/}" "$kernel_other"; done
  done | awk -v first="$kernel_first" '$1 > first && !seen[$1]++' | sort | cut -d ' ' -f 2-
}

# Prints the settings that take effect at boot in place of ours, as `KEY VALUE FILE:LINE`: the last one counts.
kernel_other_parameters() {
  kernel_later "$kernel_parameter_file" /etc/sysctl.d /run/sysctl.d /usr/local/lib/sysctl.d /usr/lib/sysctl.d | while read -r kernel_other; do
    WANTED=$kernel_parameters awk -v path="$kernel_other" '
      BEGIN { n = split(ENVIRON["WANTED"], line, "\n"); for (i = 1; i <= n; i++) { key = line[i]; sub(/ .*/, "", key); is[key] = substr(line[i], length(key) + 2) } }
      /^[ \t]*[#;]/ || !(at = index($0, "=")) { next }
      {
        key = substr($0, 1, at - 1); gsub(/[ \t]/, "", key); sub(/^-/, "", key)
        if (match(key, /[.\/]/) && substr(key, RSTART, 1) == "/") { gsub(/\./, "\001", key); gsub(/\//, ".", key); gsub(/\001/, "/", key) }
        value = substr($0, at + 1); gsub(/[ \t\r]+/, " ", value); gsub(/^ | $/, "", value)
        if (key in is) print key "\t" value "\t" path ":" FNR "\t" (is[key] == value ? "" : 1)
      }' "$kernel_other"
  done | awk -F '\t' '{ last[$1] = $0 } END { for (key in last) { split(last[key], part, "\t"); if (part[4]) print part[1], part[3], part[2] } }' | sort
}

# Prints the limits that take effect in place of ours, as `DOMAIN TYPE ITEM VALUE FILE:LINE`.
kernel_other_limits() {
  kernel_later "$kernel_limit_file" /etc/security/limits.d | while read -r kernel_other; do
    WANTED=$kernel_limits awk -v path="$kernel_other" '
      BEGIN { n = split(ENVIRON["WANTED"], line, "\n"); for (i = 1; i <= n; i++) { split(line[i], part, " "); if (part[1] !~ /^#/) is[part[1], part[3], part[2]] = part[4] } }
      { sub(/#.*/, "") }
      NF >= 4 { for (at in is) { split(at, part, SUBSEP); if ($1 == part[1] && $3 == part[2] && ($2 == "-" || part[3] == "-" || $2 == part[3]) && $4 != is[at]) { print $1, $2, $3, $4, path ":" FNR; break } } }' "$kernel_other"
  done
}

# Returns 1 with a reason for each setting that another file takes away at boot or login.
kernel_need_precedence() {
  kernel_lost=0
  while read -r kernel_key kernel_place kernel_other; do
    [ -n "$kernel_key" ] || continue
    sp_because parameter-set-later "$kernel_key" "$kernel_other" "$kernel_place"
    kernel_lost=1
  done <<KERNEL
$(kernel_other_parameters)
KERNEL
  while read -r kernel_domain kernel_type kernel_item kernel_other kernel_place; do
    [ -n "$kernel_domain" ] || continue
    sp_because limit-set-later "$kernel_domain $kernel_type $kernel_item" "$kernel_other" "$kernel_place"
    kernel_lost=1
  done <<KERNEL
$(kernel_other_limits)
KERNEL
  return $kernel_lost
}

kernel_check() {
  kernel_missing=0
  kernel_need_modules || {
    [ $? = 1 ] || return 2
    kernel_missing=1
  }
  kernel_need_values || {
    [ $? = 1 ] || return 2
    kernel_missing=1
  }
  kernel_each_file kernel_need_text || kernel_missing=1
  kernel_need_precedence || kernel_missing=1
  return $kernel_missing
}

# Saves the current values, before the first and the latest change.
kernel_keep_values() {
  for kernel_kept in "$sp_backups/first/$STEP_ID" "$sp_backups/last/$STEP_ID"; do
    mkdir -p "$kernel_kept"
    [ -e "$kernel_kept/values" ] || : >"$kernel_kept/values"
    while read -r kernel_key kernel_wanted; do
      if [ -z "$kernel_key" ] || awk -v key="$kernel_key" '$1 == key { found = 1 } END { exit !found }' "$kernel_kept/values"; then continue; fi
      printf '%s %s\n' "$kernel_key" "$(kernel_value "$kernel_key")" >>"$kernel_kept/values"
    done <<KERNEL
$kernel_parameters
KERNEL
  done
}

# kernel_set KEY VALUE: sets the value now; sysctl on EL7 exits with 0 even if the kernel rejects it.
kernel_set() {
  if [ "$(kernel_value "$1")" = "$2" ]; then return 0; fi
  sysctl -w "$1=$2" || return 1
  kernel_now=$(sysctl -n "$1" | tr -s '\t\n ' ' ' | sed 's/ $//')
  if [ "$kernel_now" != "$2" ]; then
    printf '%s\n' "the kernel has $1 = $kernel_now, not $2"
    return 1
  fi
}

# Sets all values; returns 1 at the first one that the kernel rejects.
kernel_set_values() {
  while read -r kernel_key kernel_wanted; do
    [ -n "$kernel_key" ] || continue
    kernel_set "$kernel_key" "$kernel_wanted" || return 1
  done <<KERNEL
$kernel_parameters
KERNEL
}

# kernel_restore_values first|last: sets the values from before the first or the latest change.
kernel_restore_values() {
  kernel_values=$sp_backups/$1/$STEP_ID/values
  [ -e "$kernel_values" ] || return 0
  while read -r kernel_key kernel_former; do
    sp_try kernel_set "$kernel_key" "$kernel_former"
  done <"$kernel_values"
  sp_try_result
}

# Reports each parameter that /etc/sysctl.conf sets to another value: `sysctl -p` and `sysctl --system` would restore that value.
kernel_notices() {
  [ -r /etc/sysctl.conf ] || return 0
  while read -r kernel_key kernel_wanted; do
    [ -n "$kernel_key" ] || continue
    kernel_other=$(awk -v key="$kernel_key" '/^[ \t]*[#;]/ { next } { at = index($0, "="); if (!at) next; name = substr($0, 1, at - 1); gsub(/[ \t]|^-/, "", name); if (name == key) { value = substr($0, at + 1); gsub(/[ \t]+/, " ", value); gsub(/^ | $/, "", value) } } END { print value }' /etc/sysctl.conf)
    if [ -n "$kernel_other" ] && [ "$kernel_other" != "$kernel_wanted" ]; then
      sp_emit notice parameter-set-elsewhere "$kernel_key" "$kernel_other" /etc/sysctl.conf
    fi
  done <<KERNEL
$kernel_parameters
KERNEL
}

# Loads the modules, sets the values and writes the files; if the kernel rejects a value, all values stay as they were.
kernel_apply() {
  sp_backup_begin
  sp_backup "$kernel_parameter_file" "$kernel_module_file" "$kernel_limit_file"
  for kernel_module in $kernel_modules; do
    if kernel_has_module "$kernel_module"; then continue; fi
    modprobe "$kernel_module"
    printf '%s\n' "loaded $kernel_module"
  done
  kernel_keep_values
  if ! kernel_set_values; then
    kernel_restore_values last || :
    return 1
  fi
  kernel_each_file kernel_put_text
  kernel_notices
}

# Restores the files and values from before the first change; a module stays loaded, since it may be in use.
kernel_revert() {
  sp_try sp_restore first
  sp_try kernel_restore_values first
  sp_try_result
}
