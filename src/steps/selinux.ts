import { msg } from '../base/l10n.ts';
import type { SystemSettings } from '../cluster/model.ts';
import { type ShellText, sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

type Mode = NonNullable<SystemSettings['selinux']>;

const config = '/etc/selinux/config';

// `sp_mode` is what runs: enforcing, permissive or disabled.
const look = sh`sp_mode=disabled
if command -v getenforce >/dev/null; then sp_mode=$(getenforce | tr '[:upper:]' '[:lower:]'); fi`;

/** What can be neither brought about nor promised: enforcing on a disk that was never labelled, and a kernel that was told not to. */
function hindrance(wanted: Mode): ShellText {
  if (wanted === 'disabled') return sh``;
  const kernel = sh`if [ "$sp_mode" = disabled ] && grep -qw selinux=0 /proc/cmdline; then sp_because selinux-off-in-kernel; return 2; fi`;
  if (wanted === 'permissive') return kernel;
  return sh`${kernel}
if [ "$sp_mode" = disabled ]; then sp_because selinux-relabel-first; return 2; fi`;
}

/** Says with 1 what of the running mode is not as wanted. */
function runtime(wanted: Mode): ShellText {
  if (wanted === 'disabled')
    return sh`[ "$sp_mode" != enforcing ] || { sp_because selinux-runs "$sp_mode" ${wanted}; sp_missing=1; }`;
  if (wanted === 'enforcing')
    return sh`[ "$sp_mode" = enforcing ] || { sp_because selinux-runs "$sp_mode" ${wanted}; sp_missing=1; }`;
  // From disabled, permissive comes with the next start, which labels the whole disk.
  return sh`case $sp_mode in
  enforcing) sp_because selinux-runs "$sp_mode" ${wanted}; sp_missing=1;;
  disabled) [ -e /.autorelabel ] || { sp_because selinux-relabel; sp_missing=1; };;
esac`;
}

function bring(wanted: Mode): ShellText {
  if (wanted === 'enforcing') return sh`setenforce 1`;
  const permissive = sh`if [ "$sp_mode" = enforcing ]; then setenforce 0; fi`;
  if (wanted === 'permissive')
    return sh`${permissive}
if [ "$sp_mode" = disabled ]; then
  : >/.autorelabel
  sp_emit notice selinux-relabel-at-reboot
fi`;
  return sh`${permissive}
if [ "$sp_mode" != disabled ]; then sp_emit notice selinux-disabled-at-reboot; fi`;
}

export const selinux: StepDefinition = {
  id: 'selinux',
  title: msg('SELinux mode'),
  what: msg(
    'Sets the mode in /etc/selinux/config and, as far as the running kernel allows, now; what waits for a reboot is said.',
  ),
  why: msg(
    'The guides ask for permissive, not for disabled: from disabled there is no way back without a relabel of the whole disk.',
  ),
  undo: msg(
    'Revert puts /etc/selinux/config and the running mode back; labels that a relabel wrote do no harm and stay.',
  ),
  drifts: true,
  impliedBy: (cluster) => cluster.system.selinux !== undefined,
  script: ({ cluster }) => {
    const wanted = cluster.system.selinux ?? 'permissive';
    return {
      check: sh`${look}
if [ ! -e ${config} ]; then sp_because file-missing ${config}; return 2; fi
${hindrance(wanted)}
sp_missing=0
sp_need_line ${config} SELINUX ${wanted} || sp_missing=1
${runtime(wanted)}
return $sp_missing`,
      apply: sh`${look}
sp_keep_anew selinux
sp_keep selinux ${config} /.autorelabel
mkdir -p "$sp_kept/first/selinux"
[ -e "$sp_kept/first/selinux/mode" ] || printf '%s\\n' "$sp_mode" >"$sp_kept/first/selinux/mode"
sp_set_line ${config} SELINUX ${wanted}
${bring(wanted)}`,
      revert: sh`${look}
sp_put_back first selinux
sp_former=$(cat "$sp_kept/first/selinux/mode")
case $sp_mode:$sp_former in
  permissive:enforcing) setenforce 1;;
  enforcing:permissive) setenforce 0;;
  "$sp_former:$sp_former") ;;
  *) sp_emit notice selinux-at-reboot "$sp_former";;
esac`,
      intent: { files: [config] },
    };
  },
};
