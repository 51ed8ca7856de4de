# shellcheck shell=sh
# A prompt with the node's name, in /etc/profile.d/stackprep.sh.

shell_profile_file=/etc/profile.d/stackprep.sh

# Prints the wanted file, then an x.
shell_profile_render() {
  cat <<'PROFILE'
# Written by Stackprep.
case $- in *i*) ;; *) return 0 ;; esac
PS1='[\u@\h:\w]\$ '
if command -v vim >/dev/null 2>&1; then alias vi=vim; fi
PROFILE
  printf x
}

shell_profile_check() {
  shell_profile_text=$(shell_profile_render)
  sp_need_file "$shell_profile_file" "${shell_profile_text%x}"
}

shell_profile_apply() {
  sp_backup_begin
  sp_backup "$shell_profile_file"
  shell_profile_text=$(shell_profile_render)
  sp_write_file "$shell_profile_file" "${shell_profile_text%x}"
}

# Lines added below those of the step stay; if the step's own lines were changed, the file is left alone.
shell_profile_revert() {
  shell_profile_text=$(shell_profile_render)
  shell_profile_text=${shell_profile_text%x}
  if [ ! -e "$shell_profile_file" ] || sp_same_file "$shell_profile_file" "$shell_profile_text"; then
    sp_restore first
    return
  fi
  shell_profile_now=$(
    cat "$shell_profile_file"
    echo x
  )
  shell_profile_now=${shell_profile_now%x}
  case $shell_profile_now in
    "$shell_profile_text"*)
      sp_emit notice partly-reverted "$shell_profile_file"
      shell_profile_kept=$sp_backups/first/$STEP_ID/files$shell_profile_file
      shell_profile_old=x
      if [ -e "$shell_profile_kept" ]; then
        shell_profile_old=$(
          cat "$shell_profile_kept"
          echo x
        )
      fi
      sp_put_file "$shell_profile_file" "${shell_profile_old%x}${shell_profile_now#"$shell_profile_text"}"
      ;;
    *)
      sp_emit notice not-reverted "$shell_profile_file"
      return 1
      ;;
  esac
}
