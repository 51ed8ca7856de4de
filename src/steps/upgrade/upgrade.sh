# shellcheck shell=sh
# All packages up to date.

# Prints how many packages `check-update` lists; obsoleted ones at the end are not counted.
upgrade_count() { printf '%s\n' "$1" | awk '/^Obsoleting/ { exit } /^[^ ]+\.[^ ]+/ { n++ } END { print n + 0 }'; }

upgrade_check() {
  upgrade_list=$(sp_yum -q check-update)
  upgrade_rc=$?
  # 100 means updates, 0 none, anything else an error (yummain.py).
  case $upgrade_rc in
    0)
      sp_need_ended
      return
      ;;
    100)
      sp_because updates-available "$(upgrade_count "$upgrade_list")"
      return 1
      ;;
    # The reason has been given.
    200) return 2 ;;
    *)
      sp_because check-update-failed "$upgrade_rc"
      return 2
      ;;
  esac
}

upgrade_apply() {
  sp_yum -y upgrade
  if upgrade_kernels=$(rpm -q --last kernel 2>/dev/null); then
    upgrade_newest=${upgrade_kernels%%[[:space:]]*}
    if [ "$upgrade_newest" != "kernel-$(uname -r)" ]; then
      sp_emit notice reboot-needed "$upgrade_newest" "$(uname -r)"
    fi
  fi
}
