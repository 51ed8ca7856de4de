// Generated from components.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const componentsSh: ShellFile<never> = {
  path: 'steps/components/components.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Packages and units of an OpenStack component, which is not configured. Uses shell/service.sh. Several components share a
# payload, so everything is passed as arguments.

# Returns 1 with a reason for each unit in $1 (separated by blanks) that systemd does not know.
components_need_known() {
  components_missing=0
  for components_unit in $1; do
    if ! sp_has_unit "$components_unit"; then
      sp_because unit-unknown "$components_unit"
      components_missing=1
    fi
  done
  return $components_missing
}

# components_check ID PACKAGES UNITS: packages as lines per EL version, units separated by blanks.
components_check() {
  sp_because component-unconfigured "$1"
  sp_pick_packages "$2"
  sp_need_packages || return $?
  components_need_known "$3"
}

# components_apply ID PACKAGES PEERS: peers are the services that it uses, lines SERVICE ADDRESS PORT.
components_apply() {
  printf '%s\\n' "$3" | while read -r components_service components_address components_port; do
    if [ -n "$components_service" ] && ! sp_connects "$components_address" "$components_port"; then
      sp_emit notice service-unreachable "$components_service" "$components_address:$components_port"
    fi
  done
  sp_pick_packages "$2"
  # shellcheck disable=SC2086 # a list of names
  sp_install $sp_packages
  sp_emit notice component-unconfigured "$1"
}
`,
};
