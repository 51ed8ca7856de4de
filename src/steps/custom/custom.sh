# shellcheck shell=sh
# A custom step; its commands run under `sh -e -c`. Several custom steps share a payload, so everything is passed as arguments.

# custom_ran ID TEXT: sets custom_record to the file with the digest of the last completed text, and custom_digest to that of TEXT.
custom_ran() {
  custom_record=${STACKPREP_BASE:-/var/lib/stackprep}/ran/$1
  custom_digest=$(printf %s "$2" | cksum)
}

# custom_check ID RUN: done if exactly this text has completed on the node.
custom_check() {
  custom_ran "$1" "$2"
  if [ -r "$custom_record" ] && [ "$(cat "$custom_record")" = "$custom_digest" ]; then return 0; fi
  sp_because custom-not-run
  return 1
}

# custom_apply ID RUN
custom_apply() {
  sh -e -c "$2"
  custom_ran "$1" "$2"
  mkdir -p "${custom_record%/*}"
  printf '%s\n' "$custom_digest" >"$custom_record"
}

# custom_check_by TEXT: done if the step's `check` exits with 0.
custom_check_by() {
  sh -e -c "$1"
  custom_rc=$?
  case $custom_rc in
    0) return 0 ;;
    126 | 127)
      sp_because custom-check-failed "$custom_rc"
      return 2
      ;;
    *)
      sp_because custom-needed "$custom_rc"
      return 1
      ;;
  esac
}
