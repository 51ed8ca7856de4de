import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

/** The files that the step writes, by the key of the cluster file that each holds. */
const files = {
  sysctl: '/etc/sysctl.d/99-zz-stackprep.conf',
  modules: '/etc/modules-load.d/stackprep.conf',
  limits: '/etc/security/limits.d/99-stackprep.conf',
} as const;

export const kernel: StepInfo = {
  id: 'kernel',
  isAvailable: true,
  title: msg('Kernel parameters, modules and limits'),
  what: msg(
    'Loads the modules, sets the parameters with sysctl, and writes a file for each of `sysctl`, `modules` and `limits` so that they are there after a reboot and at every login; checks the files and what is in force.',
  ),
  why: msg(
    'Security groups of bridged instances need br_netfilter and its parameters; without the module the parameters do not exist, and a value that only sysctl sets is gone after a reboot.',
  ),
  undo: msg(
    'Undo restores the three files and sets the parameters to what they were before the first run. A module stays loaded until the next reboot; limits count until the next login.',
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
