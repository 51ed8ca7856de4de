import { msg } from '../../base/l10n.ts';
import type { OptionSpec } from './option-spec.ts';

/** The simulated nodes of the demo. */
export const simulation: readonly OptionSpec[] = [
  {
    name: 'pace',
    value: 'PACE',
    choices: ['slow', 'realistic', 'fast'],
    what: msg('realistic (default), fast, or slow, to follow every step.'),
  },
  {
    name: 'system',
    value: 'SYSTEM',
    choices: ['el7', 'el9'],
    what: msg('el7: CentOS 7, Stein and yum 3 (default); el9: CentOS Stream 9, Epoxy and dnf 4.'),
  },
  {
    name: 'scenario',
    value: 'NAME',
    choices: ['node-down', 'yum-lock', 'dead-mirrors', 'host-key-changed', 'failing-package', 'link-drop'],
    what: msg(
      'Simulated failure: node-down, yum-lock, dead-mirrors, host-key-changed, failing-package or link-drop. Repeatable.',
    ),
  },
  { name: 'serve', what: msg('Keep the nodes running until Ctrl-C.') },
];
