// Generated from hostname.sh by npm run generate.
import type { ShellFile } from '../../shell/file.ts';

export const hostnameSh: ShellFile<'hostname_wanted'> = {
  path: 'steps/hostname/hostname.sh',
  parameters: ["hostname_wanted"],
  text: `# shellcheck shell=sh
# The node's own name, now and at boot.
# param hostname_wanted: the node's name in the cluster file

# Prints what /etc/hostname must hold, then an x.
hostname_render_file() { printf '%s\\nx' "$hostname_wanted"; }

hostname_check() {
  sp_missing=0
  if [ "$(uname -n)" != "$hostname_wanted" ]; then
    sp_because hostname-differs "$(uname -n)" "$hostname_wanted"
    sp_missing=1
  fi
  hostname_text=$(hostname_render_file)
  sp_need_file /etc/hostname "\${hostname_text%x}" || sp_missing=1
  return $sp_missing
}

# hostnamectl writes /etc/hostname itself.
hostname_apply() {
  sp_keep_anew hostname
  sp_keep hostname /etc/hostname
  hostnamectl set-hostname "$hostname_wanted"
}

hostname_revert() {
  sp_put_back first hostname
  if [ -s /etc/hostname ]; then hostnamectl set-hostname "$(cat /etc/hostname)"; fi
}
`,
};
