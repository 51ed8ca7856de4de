import { msg } from '../base/l10n.ts';
import { sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

export const upgrade: StepDefinition = {
  id: 'upgrade',
  title: msg('All packages up to date'),
  what: msg('Runs yum or dnf upgrade and says when the new kernel needs a reboot.'),
  why: msg('The RDO packages are built against the current packages of the system.'),
  undo: msg('An upgrade cannot be undone safely; take a snapshot of the node before it.'),
  drifts: false,
  impliedBy: (cluster) => cluster.openstack.release !== undefined,
  script: () => ({
    // 100 means updates, 0 none, anything else an error (yummain.py).
    check: sh`sp_list=$(sp_yum -q check-update); sp_rc=$?
case $sp_rc in
  0) return 0;;
  100) sp_because updates-available "$(printf '%s\\n' "$sp_list" | awk '/^Obsoleting/ { exit } /^[^ ]+\\.[^ ]+/ { n++ } END { print n + 0 }')"; return 1;;
  *) sp_because check-update-failed "$sp_rc"; return 2;;
esac`,
    apply: sh`sp_yum -y upgrade
if sp_kernels=$(rpm -q --last kernel 2>/dev/null); then
  sp_newest=\${sp_kernels%%[[:space:]]*}
  if [ "$sp_newest" != "kernel-$(uname -r)" ]; then sp_emit notice reboot-needed "$sp_newest" "$(uname -r)"; fi
fi`,
    intent: { upgrade: true },
  }),
};
