import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

/** The files that the step writes, by key of the cluster file. */
const files = {
  sysctl: '/etc/sysctl.d/99-zz-stackprep.conf',
  modules: '/etc/modules-load.d/stackprep.conf',
  limits: '/etc/security/limits.d/99-stackprep.conf',
} as const;

export const kernel: StepInfo = {
  id: 'kernel',
  title: msg('Kernel parameters, modules and limits'),
  what: msg(
    'Loads the modules, sets the parameters with sysctl, and writes a file each for `sysctl`, `modules` and `limits`, so that they apply after a reboot and at every login. Checks the files and the effective values.',
  ),
  why: msg(
    'Security groups of bridged instances need br_netfilter and its parameters. The parameters do not exist without the module, and a value set only with sysctl is lost at reboot.',
  ),
  undo: msg(
    'Undo restores the three files and the values of the parameters before the first run. Modules stay loaded until the next reboot, and limits apply until the next login.',
  ),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.kernel !== undefined,
  intent: ({ cluster: { kernel: wanted = {} } }) => ({
    files: (['sysctl', 'modules', 'limits'] as const)
      .filter((key) => wanted[key] !== undefined)
      .map((key) => files[key]),
  }),
};
