# shellcheck shell=sh
# The host name, now and at boot.
# param hostname_wanted: the node's name in the cluster file

# Whether a name is the node's: a fully qualified host name with the right short form is accepted.
hostname_is() {
  case $1 in
    "$hostname_wanted" | "$hostname_wanted".?*) return 0 ;;
    *) return 1 ;;
  esac
}

hostname_check() {
  sp_missing=0
  if ! hostname_is "$(uname -n)"; then
    sp_because hostname-differs "$(uname -n)" "$hostname_wanted"
    sp_missing=1
  fi
  if [ ! -e /etc/hostname ]; then
    sp_because file-missing /etc/hostname
    sp_missing=1
  elif ! hostname_is "$(grep -v '^#' /etc/hostname)"; then
    sp_because file-differs /etc/hostname
    sp_missing=1
  fi
  return $sp_missing
}

# hostnamectl writes /etc/hostname itself.
hostname_apply() {
  sp_backup_begin
  sp_backup /etc/hostname
  hostnamectl set-hostname "$hostname_wanted"
}

hostname_revert() {
  sp_restore first
  if [ -s /etc/hostname ]; then hostnamectl set-hostname "$(cat /etc/hostname)"; fi
}
