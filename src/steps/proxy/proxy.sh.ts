// Generated from proxy.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const proxySh: ShellFile<'proxy_url' | 'proxy_environment'> = {
  path: 'steps/proxy/proxy.sh',
  parameters: ["proxy_url","proxy_environment"],
  text: `# shellcheck shell=sh
# The proxy of yum or dnf, of logins, and of pip. Uses shell/repository-files.sh.
# param proxy_url: the address of the proxy
# param proxy_environment: the file that sets the variables of logins

proxy_profile=/etc/profile.d/stackprep-proxy.sh
proxy_pip=/etc/pip.conf

# Prints the file of yum or dnf.
proxy_manager() { if [ "$sp_el" = 7 ]; then printf '%s\\n' /etc/yum.conf; else printf '%s\\n' /etc/dnf/dnf.conf; fi; }

# proxy_has_section FILE SECTION: returns 0 if the file has it.
proxy_has_section() {
  [ -f "$1" ] && awk -v which="$2" "$sp_ini_awk"' kind == "head" && low == which { found = 1 } END { exit !found }' "$1"
}

# proxy_render FILE SECTION: prints the file with the proxy in that section, which is added at the end if there is none; then an x.
proxy_render() {
  if proxy_has_section "$1" "$2"; then sp_with_setting "$1" "^$2\\$" proxy "$proxy_url"; else
    # Also ends a last line that has no end.
    if [ -f "$1" ]; then awk 1 "$1"; fi
    printf '[%s]\\nproxy=%s\\n' "$2" "$proxy_url"
  fi
  printf x
}

# Prints the files of the programs, each with its section.
proxy_files() { printf '%s main\\n%s global\\n' "$(proxy_manager)" "$proxy_pip"; }

proxy_check() {
  proxy_files | (
    proxy_missing=0
    while read -r proxy_file proxy_section; do
      if ! proxy_has_section "$proxy_file" "$proxy_section" || [ "$(sp_setting_of "$proxy_file" "$proxy_section" proxy)" != "$proxy_url" ]; then
        sp_because setting-missing "$proxy_file" proxy
        proxy_missing=1
      fi
    done
    exit "$proxy_missing"
  )
  sp_missing=$?
  sp_need_file "$proxy_profile" "$proxy_environment" || sp_missing=1
  return "$sp_missing"
}

proxy_apply() {
  sp_backup_begin
  proxy_files | while read -r proxy_file proxy_section; do
    proxy_text=$(proxy_render "$proxy_file" "$proxy_section")
    sp_backup "$proxy_file"
    sp_same_file "$proxy_file" "\${proxy_text%x}" || sp_put_file "$proxy_file" "\${proxy_text%x}"
  done
  sp_backup "$proxy_profile"
  sp_same_file "$proxy_profile" "$proxy_environment" || sp_put_file "$proxy_profile" "$proxy_environment"
}

proxy_revert() { sp_restore first; }
`,
};
