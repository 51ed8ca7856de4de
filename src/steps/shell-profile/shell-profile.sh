# shellcheck shell=sh
# A prompt that says which node it is, in /etc/profile.d/stackprep.sh.

shell_profile_file=/etc/profile.d/stackprep.sh

# Prints what the file must hold, then an x.
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
  sp_keep_anew
  sp_keep "$shell_profile_file"
  shell_profile_text=$(shell_profile_render)
  sp_write_file "$shell_profile_file" "${shell_profile_text%x}"
}

# What was added below the step's own lines stays; a file whose own lines were changed is left as it is.
shell_profile_revert() {
  shell_profile_text=$(shell_profile_render)
  shell_profile_text=${shell_profile_text%x}
  if [ ! -e "$shell_profile_file" ] || sp_same_file "$shell_profile_file" "$shell_profile_text"; then
    sp_put_back first
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
      shell_profile_kept=$sp_kept/first/$STEP_ID/files$shell_profile_file
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
