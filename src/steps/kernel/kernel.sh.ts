// Generated from kernel.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const kernelSh: ShellFile<'kernel_modules' | 'kernel_parameters' | 'kernel_limits'> = {
  path: 'steps/kernel/kernel.sh',
  parameters: ["kernel_modules","kernel_parameters","kernel_limits"],
  text: `# shellcheck shell=sh
# Kernel parameters, kernel modules and the limits of logins: each in a file that the system reads at boot or at a login, and the
# first two in force now. Limits count for new logins only; systemd gives services theirs.
# param kernel_modules: names of modules, separated by blanks
# param kernel_parameters: lines \`KEY VALUE\`, the key as sysctl(8) has it
# param kernel_limits: lines of limits.conf(5)

# systemd-sysctl reads all folders in the order of the file names, and the last one wins: 99-sysctl.conf, the link to
# /etc/sysctl.conf, comes before this one.
kernel_parameter_file=/etc/sysctl.d/99-zz-stackprep.conf
kernel_module_file=/etc/modules-load.d/stackprep.conf
kernel_limit_file=/etc/security/limits.d/99-stackprep.conf
kernel_root=/proc/sys

# Prints what the files must hold, then an x (to keep newlines in \`$(…)\`); nothing before it where there must be no file.
kernel_render_parameters() {
  [ -z "$kernel_parameters" ] || printf '# Written by Stackprep.\\n'
  printf %s "$kernel_parameters" | awk '{ key = $1; sub(/^[^ ]+ /, ""); print key " = " $0 }'
  echo x
}
kernel_render_modules() {
  [ -z "$kernel_modules" ] || printf '# Written by Stackprep.\\n'
  for kernel_name in $kernel_modules; do printf '%s\\n' "$kernel_name"; done
  echo x
}
kernel_render_limits() {
  [ -z "$kernel_limits" ] || printf '# Written by Stackprep.\\n'
  printf '%sx\\n' "$kernel_limits"
}

# kernel_need_text FILE TEXT: returns 1 with a reason where the file does not hold the text, or is there and the text is empty.
kernel_need_text() {
  if [ -n "$2" ]; then
    sp_need_file "$1" "$2"
    return
  fi
  if [ ! -e "$1" ]; then return 0; fi
  sp_because file-obsolete "$1"
  return 1
}

# kernel_put_text FILE TEXT: brings that about.
kernel_put_text() {
  if [ -z "$2" ]; then
    rm -f "$1"
  elif ! sp_same_file "$1" "$2"; then
    sp_put_file "$1" "$2"
  fi
}

# kernel_each_file FUNCTION: calls it for each file with its text; returns 1 where one of the calls failed.
kernel_each_file() {
  kernel_code=0
  kernel_text=$(kernel_render_parameters)
  "$1" "$kernel_parameter_file" "\${kernel_text%x}" || kernel_code=1
  kernel_text=$(kernel_render_modules)
  "$1" "$kernel_module_file" "\${kernel_text%x}" || kernel_code=1
  kernel_text=$(kernel_render_limits)
  "$1" "$kernel_limit_file" "\${kernel_text%x}" || kernel_code=1
  return $kernel_code
}

# kernel_has_module NAME: returns 0 where the module is loaded or part of the kernel itself.
kernel_has_module() {
  kernel_name=$(printf %s "$1" | tr - _)
  if [ -d "/sys/module/$kernel_name" ]; then return 0; fi
  kernel_list=/lib/modules/$(uname -r)/modules.builtin
  [ -r "$kernel_list" ] && tr - _ <"$kernel_list" | grep -q "/$kernel_name\\.ko"
}

# kernel_path KEY: prints the parameter's file; the dots of an interface's name are slashes in the key.
kernel_path() { printf '%s/%s' "$kernel_root" "$(printf %s "$1" | tr './' '/.')"; }

# kernel_value KEY: prints the value in force on one line, its parts separated by single blanks.
kernel_value() { tr -s '\\t\\n ' ' ' <"$(kernel_path "$1")" | sed 's/ $//'; }

# Returns 1 with a reason for each module that is not loaded, 2 where the kernel has none of that name.
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

# kernel_need_value KEY VALUE: returns 1 with a reason where the value is not in force, 2 where the kernel has no such parameter
# or does not let it be changed. A module that is still to be loaded (kernel_absent) may bring the parameter.
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
  kernel_now=$(kernel_value "$1")
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
  return $kernel_missing
}

# Saves the values in force, before the first and before the latest change.
kernel_keep_values() {
  for kernel_kept in "$sp_kept/first/$STEP_ID" "$sp_kept/last/$STEP_ID"; do
    mkdir -p "$kernel_kept"
    [ -e "$kernel_kept/values" ] || : >"$kernel_kept/values"
    while read -r kernel_key kernel_wanted; do
      if [ -z "$kernel_key" ] || awk -v key="$kernel_key" '$1 == key { found = 1 } END { exit !found }' "$kernel_kept/values"; then continue; fi
      printf '%s %s\\n' "$kernel_key" "$(kernel_value "$kernel_key")" >>"$kernel_kept/values"
    done <<KERNEL
$kernel_parameters
KERNEL
  done
}

# kernel_set KEY VALUE: sets the value now; sysctl of EL7 exits with 0 where the kernel refuses one.
kernel_set() {
  if [ "$(kernel_value "$1")" = "$2" ]; then return 0; fi
  sysctl -w "$1=$2" || return 1
  kernel_now=$(kernel_value "$1")
  if [ "$kernel_now" != "$2" ]; then
    printf '%s\\n' "the kernel has $1 = $kernel_now, not $2"
    return 1
  fi
}

# Sets all values; returns 1 at the first that the kernel refuses.
kernel_set_values() {
  while read -r kernel_key kernel_wanted; do
    [ -n "$kernel_key" ] || continue
    kernel_set "$kernel_key" "$kernel_wanted" || return 1
  done <<KERNEL
$kernel_parameters
KERNEL
}

# kernel_put_back_values first|last: sets the values that were in force before the first or the latest change.
kernel_put_back_values() {
  kernel_values=$sp_kept/$1/$STEP_ID/values
  [ -e "$kernel_values" ] || return 0
  while read -r kernel_key kernel_former; do
    sp_try kernel_set "$kernel_key" "$kernel_former"
  done <"$kernel_values"
  sp_tried
}

# Reports each parameter that /etc/sysctl.conf sets otherwise: \`sysctl -p\` and \`sysctl --system\` would bring that value back.
kernel_notices() {
  [ -r /etc/sysctl.conf ] || return 0
  while read -r kernel_key kernel_wanted; do
    [ -n "$kernel_key" ] || continue
    kernel_other=$(awk -v key="$kernel_key" '/^[ \\t]*[#;]/ { next } { at = index($0, "="); if (!at) next; name = substr($0, 1, at - 1); gsub(/[ \\t]|^-/, "", name); if (name == key) { value = substr($0, at + 1); gsub(/[ \\t]+/, " ", value); gsub(/^ | $/, "", value) } } END { print value }' /etc/sysctl.conf)
    if [ -n "$kernel_other" ] && [ "$kernel_other" != "$kernel_wanted" ]; then
      sp_emit notice parameter-set-elsewhere "$kernel_key" "$kernel_other" /etc/sysctl.conf
    fi
  done <<KERNEL
$kernel_parameters
KERNEL
}

# Loads the modules, sets the values and writes the files; a value that the kernel refuses leaves all values as they were.
kernel_apply() {
  sp_keep_anew
  sp_keep "$kernel_parameter_file" "$kernel_module_file" "$kernel_limit_file"
  for kernel_module in $kernel_modules; do
    if kernel_has_module "$kernel_module"; then continue; fi
    modprobe "$kernel_module"
    printf '%s\\n' "loaded $kernel_module"
  done
  kernel_keep_values
  if ! kernel_set_values; then
    kernel_put_back_values last || :
    return 1
  fi
  kernel_each_file kernel_put_text
  kernel_notices
}

# The files and the values as they were before the first change; a module stays loaded, for others may use it by now.
kernel_revert() {
  sp_try sp_put_back first
  sp_try kernel_put_back_values first
  sp_tried
}
`,
};
