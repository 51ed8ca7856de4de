# shellcheck shell=sh
# The repositories of the OpenStack release. Uses repository-files.sh, repository-archive.sh, repository-source.sh and epel-fence.sh
# of shell.
# param repositories_release: the release, or nothing if its repository is not wanted
# param repositories_packages: what brings the release's repository, a line `SYSTEM PACKAGE [URL [ID…]]` for each system: where the
#   package comes from unless the system's own repositories have it, and what a subscription must enable
# param repositories_companions: the companion repository to enable, lines `GENERATION ID`
# param repositories_dead: an awk pattern of addresses whose mirrors are gone
# param repositories_archives: the addresses of the archive, the best first, a line `SYSTEM ADDRESS…` each; nothing where no
#   repository must be pointed at it
# param repositories_epel: `disabled`, or anything else to restrict EPEL
# param repositories_source: `system`, or `extra` or `satellite` to disable the repositories of other sources
# param repositories_extra: the files of the extra repositories, each line as `ID LINE`

# repositories_row TABLE KEY: prints the rest of the line after the key.
repositories_row() { printf '%s\n' "$1" | awk -v key="$2" '$1 == key { sub(/^[^ ]* */, ""); print; exit }'; }

# Sets repositories_system to the system's id in the tables, repositories_package to the release package (nothing if RDO has
# none), repositories_url to its URL if it is not in the system's repositories, repositories_subscribed to the repositories that a
# subscription must enable, and repositories_companion to the companion repository.
repositories_set_system() {
  case "$(sp_os NAME)" in *Stream*) repositories_system=$sp_os_id-stream-$sp_el ;; *) repositories_system=$sp_os_id-$sp_el ;; esac
  read -r repositories_package repositories_url repositories_subscribed <<ROW
$(repositories_row "$repositories_packages" "$repositories_system")
ROW
  repositories_companion=
  if [ "$sp_os_id" != rhel ]; then repositories_companion=$(repositories_row "$repositories_companions" "$sp_el"); fi
}

# repositories_is_on ID: returns 0 if it is in repositories_on, the ids of enabled repositories.
repositories_is_on() { printf '%s\n' "$repositories_on" | grep -qxF -e "$1"; }

# Returns 0 if the release's repository is installed.
repositories_has_release() {
  if [ -z "$repositories_url" ]; then
    sp_installed "$repositories_package"
    return
  fi
  sp_installed rdo-release &&
    sp_sections | awk -F '\t' -v id="openstack-$repositories_release" '$2 == id { found = 1 } END { exit !found }'
}

# Prints the installed release packages of other releases.
repositories_others() { rpm -qa --qf '%{name}\n' 'centos-release-openstack-*' rdo-release | grep -vxF "$repositories_package"; }

# Prints the lines of sp_sections whose mirrors are gone.
repositories_gone() { sp_dead_sections "$repositories_dead" "$repositories_companion"; }

# Points them at the archive.
repositories_apply_archive() {
  if [ -n "$repositories_archives" ]; then
    repositories_gone | sp_to_archive "$(repositories_row "$repositories_archives" "$repositories_system")"
  fi
}

# Sets sp_missing with a reason for what the release lacks; returns 2 if it can't be set up on this system.
repositories_need_release() {
  if [ -z "$repositories_package" ]; then
    sp_because release-not-for-system "$repositories_release" "${sp_os_id:-?} ${sp_os_version:-?}"
    return 2
  fi
  repositories_list=$(repositories_others)
  if [ -n "$repositories_list" ]; then
    repositories_built=$(rpm -qa --qf '%{name} ' 'openstack-nova-*' 'openstack-keystone' 'openstack-neutron*')
    if [ -n "$repositories_built" ]; then
      sp_because other-release-in-use "$(printf %s "$repositories_list" | tr '\n' ' ')" "$repositories_built"
      return 2
    fi
    # shellcheck disable=SC2086 # a list of names
    sp_because other-release-installed $repositories_list
    sp_missing=1
  fi
  if ! repositories_has_release; then
    sp_because package-missing "$repositories_package"
    sp_missing=1
  fi
  for repositories_id in $repositories_companion $repositories_subscribed; do
    if ! repositories_is_on "$repositories_id"; then
      sp_because repository-disabled "$repositories_id"
      sp_missing=1
    fi
  done
}

# Only the other release's package is removed: its dependencies may be used by this one, too.
repositories_apply_release() {
  for repositories_other in $(repositories_others); do rpm -e "$repositories_other"; done
  if [ -n "$repositories_companion" ] && ! sp_enabled | grep -qxF "$repositories_companion"; then
    repositories_file=$(sp_file_of "$repositories_companion")
    if [ -z "$repositories_file" ]; then
      printf '%s\n' "no file in /etc/yum.repos.d has the repository $repositories_companion"
      return 1
    fi
    sp_set_setting "$repositories_file" "^$repositories_companion$" enabled 1
  fi
  for repositories_id in $repositories_subscribed; do subscription-manager repos --enable="$repositories_id"; done
  if ! repositories_has_release; then sp_yum -y install "${repositories_url:-$repositories_package}"; fi
}

# Sets sp_missing with a reason if yum 3 ignores priorities; returns 2 if yum is locked.
repositories_need_priorities() {
  if [ "$sp_el" != 7 ]; then return 0; fi
  sp_need_priorities || {
    [ $? = 1 ] || return 2
    sp_missing=1
  }
}

# Sets sp_missing with a reason if EPEL differs from the cluster file; returns 2 if that is unknown. On EL7 priorities need a
# plugin, so yum's own list of packages decides.
repositories_need_epel() {
  if [ "$repositories_epel" = disabled ]; then
    if printf '%s\n' "$repositories_on" | grep -q '^epel'; then
      sp_because epel-enabled
      sp_missing=1
    fi
    return 0
  fi
  sp_need_package epel-release || sp_missing=1
  sp_need_fence_files || sp_missing=1
  if [ -n "$(sp_file_of epel)" ] && ! repositories_is_on epel; then
    sp_because repository-disabled epel
    sp_missing=1
  fi
  repositories_need_priorities || return 2
  if [ "$sp_el" = 7 ] && [ "$sp_missing" = 0 ]; then
    sp_need_no_shadow "$(printf '%s' "$repositories_on" | tr '\n' ' ')" || sp_missing=1
  fi
}

# Disables EPEL in every file.
repositories_disable_epel() {
  sp_sections | awk -F '\t' 'tolower($2) ~ /^epel/ { print $1 }' | sort -u | while read -r repositories_file; do
    sp_set_setting "$repositories_file" '^epel' enabled 0
  done
}

# Restricts EPEL before anything is installed, so that nothing is installed from it.
repositories_apply_epel_early() {
  if [ "$repositories_epel" = disabled ]; then
    repositories_disable_epel
    return
  fi
  sp_fence_files
  if [ "$sp_el" = 7 ]; then sp_priorities_on; fi
}

# Disables or restricts EPEL as wanted.
repositories_apply_epel() {
  if [ "$repositories_epel" = disabled ]; then
    repositories_disable_epel
    return
  fi
  sp_installed epel-release || sp_yum -y install epel-release
  repositories_file=$(sp_file_of epel)
  if [ -n "$repositories_file" ]; then sp_set_setting "$repositories_file" '^epel$' enabled 1; fi
  sp_fence_files
  # The check reads yum's cache.
  if [ "$sp_el" = 7 ]; then sp_yum -q list available yum-plugin-priorities >/dev/null 2>&1 || :; fi
}

# Prints the ids of the extra repositories.
repositories_extra_ids() { printf '%s\n' "$repositories_extra" | awk 'NF && !seen[$1]++ { print $1 }'; }

# repositories_extra_file ID: prints the path of its file.
repositories_extra_file() { printf '%s\n' "/etc/yum.repos.d/stackprep-$1.repo"; }

# repositories_render_extra ID: prints the wanted file, then an x.
repositories_render_extra() {
  printf '%s\n' "$repositories_extra" | awk -v id="$1" '$1 "" == id { sub(/^[^ ]* /, ""); print }'
  printf x
}

# Returns 0 if an extra repository has a priority, for which yum 3 needs a plugin.
repositories_has_priority() { printf '%s\n' "$repositories_extra" | grep -q '^[^ ]* priority='; }

# Prints the files of extra repositories that are no longer in the cluster file.
repositories_left() {
  for repositories_file in /etc/yum.repos.d/stackprep-*.repo; do
    repositories_id=${repositories_file##*/stackprep-}
    if [ -e "$repositories_file" ] && ! repositories_extra_ids | grep -qxF -e "${repositories_id%.repo}"; then
      printf '%s\n' "$repositories_file"
    fi
  done
}

# Sets sp_missing with a reason for what the extra repositories lack; returns 2 if that is unknown.
repositories_need_extra() {
  for repositories_id in $(repositories_extra_ids); do
    repositories_text=$(repositories_render_extra "$repositories_id")
    sp_need_file "$(repositories_extra_file "$repositories_id")" "${repositories_text%x}" || sp_missing=1
  done
  repositories_list=$(repositories_left | tr '\n' ' ')
  if [ -n "$repositories_list" ]; then
    sp_because repository-obsolete "${repositories_list% }"
    sp_missing=1
  fi
  if repositories_has_priority; then repositories_need_priorities || return 2; fi
}

# Writes the files of the extra repositories and removes obsolete ones.
repositories_apply_extra() {
  for repositories_id in $(repositories_extra_ids); do
    repositories_file=$(repositories_extra_file "$repositories_id")
    repositories_text=$(repositories_render_extra "$repositories_id")
    sp_backup "$repositories_file"
    sp_same_file "$repositories_file" "${repositories_text%x}" || sp_put_file "$repositories_file" "${repositories_text%x}"
  done
  repositories_left | while read -r repositories_file; do
    sp_backup "$repositories_file"
    rm -f "$repositories_file"
  done
  if repositories_has_priority && [ "$sp_el" = 7 ]; then sp_priorities_on; fi
}

# Prints id and path of each key file that an enabled repository uses and the node lacks.
repositories_absent_keys() {
  sp_enabled | while read -r repositories_id; do
    repositories_file=$(sp_file_of "$repositories_id")
    case $(sp_setting_of "$repositories_file" "$repositories_id" gpgcheck | tr '[:upper:]' '[:lower:]') in 0 | no | false | off) continue ;; esac
    for repositories_key in $(sp_setting_of "$repositories_file" "$repositories_id" gpgkey | tr ',' ' '); do
      case $repositories_key in file:/*)
        repositories_key=$(sp_expand "$repositories_key")
        repositories_key=/$(printf '%s\n' "$repositories_key" | sed 's,^file:/*,,')
        [ -e "$repositories_key" ] || printf '%s %s\n' "$repositories_id" "$repositories_key"
        ;;
      esac
    done
  done
}

repositories_check() {
  repositories_set_system
  sp_missing=0
  repositories_list=$(sp_broken_files | head -n 1)
  if [ -n "$repositories_list" ]; then
    sp_because repository-file-broken "${repositories_list%%	*}" "${repositories_list##*	}"
    return 2
  fi
  repositories_on=$(sp_enabled)
  if [ -n "$repositories_release" ]; then repositories_need_release || return 2; fi
  repositories_list=
  if [ -n "$repositories_archives" ]; then repositories_list=$(repositories_gone | cut -f 2 | tr '\n' ' '); fi
  if [ -n "$repositories_list" ]; then
    sp_because mirror-gone "$repositories_list"
    sp_missing=1
  fi
  repositories_need_epel || return 2
  repositories_need_extra || return 2
  sp_need_source "$repositories_source" || return 2
  repositories_keys=$(repositories_absent_keys | head -n 1)
  if [ -n "$repositories_keys" ]; then
    sp_because key-file-missing "${repositories_keys%% *}" "${repositories_keys#* }"
    sp_missing=1
  fi
  return $sp_missing
}

repositories_apply() {
  repositories_set_system
  sp_use_proxy
  sp_backup_begin
  sp_apply_source "$repositories_source"
  repositories_apply_archive
  repositories_apply_epel_early
  repositories_apply_extra
  if [ -n "$repositories_release" ]; then repositories_apply_release; fi
  # The release package and its dependencies have their own files.
  repositories_apply_archive
  repositories_apply_epel
  sp_apply_source "$repositories_source"
}

repositories_revert() { sp_restore first; }
