// Generated from service.sh by npm run generate.
import type { ShellFile } from './file.ts';

export const serviceSh: ShellFile<never> = {
  path: 'shell/service.sh',
  parameters: [],
  text: `# shellcheck shell=sh
# Functions of the service steps.
# sp_pick_packages LINES: sets sp_packages from the line of the node's EL version (\`7 chrony\`), or to nothing.
sp_pick_packages() {
  sp_packages=$(printf '%s\\n' "$1" | awk -v el="$sp_el" '$1 == el { sub(/^[^ ]* */, ""); print; exit }')
}
# Returns 0 if all of sp_packages are installed; 1 with a reason for each missing one; 2 if there are none for this system.
sp_need_packages() {
  if [ -z "$sp_packages" ]; then
    sp_because no-package-for-system "\${sp_os_id:-?} \${sp_os_version:-?}"
    return 2
  fi
  sp_absent=0
  for sp_package in $sp_packages; do sp_need_package "$sp_package" || sp_absent=1; done
  return $sp_absent
}
# sp_install NAME…: installs packages, never from EPEL, and verifies it: yum 3 exits with 0 even if a package does not exist. yum
# 3 prints \`!\`, \`*\` or both before the id of a repository with old metadata.
sp_install() {
  if sp_yum -q repolist enabled | grep -q '^[*!]*epel'; then sp_yum -y --disablerepo='epel*' install "$@"; else sp_yum -y install "$@"; fi
  for sp_package; do
    if ! sp_installed "$sp_package"; then
      printf '%s\\n' "$sp_package is still not installed"
      return 1
    fi
  done
}
# sp_start UNIT: enables and restarts it; prints its journal on failure.
sp_start() {
  systemctl daemon-reload
  systemctl enable "$1"
  if ! systemctl restart "$1"; then
    journalctl --no-pager -n 20 -u "$1"
    return 1
  fi
}
# sp_connects ADDRESS PORT: returns 0 if a TCP connection succeeds within 5 s.
# shellcheck disable=SC2016 # the inner shell expands it
sp_connects() { timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; }
# sp_without_block FILE: prints the file without the marked block.
sp_without_block() {
  sp_text=$(
    awk '/^# BEGIN stackprep/ { skip = 1 } skip { if (/^# END stackprep/) skip = 0; next } { print }' "$1"
    printf x
  )
  printf %s "\${sp_text%x}"
}
# sp_put_block TEXT BLOCK: prints the text with one marked block at the end, then an x (to keep newlines in \`$(…)\`).
sp_put_block() {
  printf %s "$1"
  case $1 in '' | *"$sp_line_end") ;; *) echo ;; esac
  printf '# BEGIN stackprep\\n%s# END stackprep\\nx' "$2"
}
sp_line_end='
'
`,
};
