// Generated from repository-source.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const repositorySourceSh: ShellFile<never> = {
  path: 'shell/repository-source.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Where all packages come from: \`system\`, or \`extra\` or \`satellite\`, where repositories of other sources are disabled. Uses
# shell/repository-files.sh.

# sp_foreign SOURCE: prints file and id of each enabled repository of another source: neither an extra one nor, with a Satellite,
# one of redhat.repo.
sp_foreign() {
  if [ "$1" = system ]; then return 0; fi
  sp_sections | awk -F '\\t' -v source="$1" '
    $3 == 1 && $1 !~ /[/]stackprep-[^/]*[.]repo$/ && !(source == "satellite" && $1 ~ /[/]redhat[.]repo$/) { print $1 "\\t" $2 }'
}

# sp_need_source SOURCE: sets sp_missing with a reason for repositories of other sources; returns 2 if the node is not registered
# with its Satellite.
sp_need_source() {
  if [ "$1" = satellite ] && ! subscription-manager identity >/dev/null 2>&1; then
    sp_because satellite-not-registered
    return 2
  fi
  sp_others=$(sp_foreign "$1" | cut -f 2 | tr '\\n' ' ')
  if [ -n "$sp_others" ]; then
    sp_because repository-of-other-source "\${sp_others% }"
    sp_missing=1
  fi
}

# sp_apply_source SOURCE: disables the repositories of other sources.
sp_apply_source() {
  sp_foreign "$1" | cut -f 1 | sort -u | while read -r sp_other; do
    sp_set_setting "$sp_other" . enabled 0
  done
}

# Takes the proxy of step proxy for curl, which reads no configuration of yum.
sp_use_proxy() {
  # shellcheck disable=SC1091 # step proxy writes it
  if [ -r /etc/profile.d/stackprep-proxy.sh ]; then . /etc/profile.d/stackprep-proxy.sh; fi
}
`,
};
