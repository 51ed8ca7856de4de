// Generated from shell-profile.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const shellProfileSh: ShellFile<never> = {
  path: 'steps/shell-profile/shell-profile.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# A prompt with the node's name, in /etc/profile.d/stackprep.sh.

shell_profile_file=/etc/profile.d/stackprep.sh

# Prints the wanted file, then an x.
shell_profile_render() {
  cat <<'PROFILE'
# Written by Stackprep.
case $- in *i*) ;; *) return 0 ;; esac
PS1='[\\u@\\h:\\w]\\$ '
if command -v vim >/dev/null 2>&1; then alias vi=vim; fi
PROFILE
  printf x
}

shell_profile_check() {
  shell_profile_text=$(shell_profile_render)
  sp_need_file "$shell_profile_file" "\${shell_profile_text%x}"
}

shell_profile_apply() {
  sp_backup_begin
  sp_backup "$shell_profile_file"
  shell_profile_text=$(shell_profile_render)
  sp_write_file "$shell_profile_file" "\${shell_profile_text%x}"
}

shell_profile_revert() { sp_restore first; }
`,
};
