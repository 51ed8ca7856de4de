import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const timezone: StepInfo = {
  id: 'timezone',
  isAvailable: true,
  title: msg('Time zone'),
  what: msg('Sets the time zone that the cluster file names, by /etc/localtime.'),
  why: msg('The logs of several nodes are read side by side; different zones make that a puzzle.'),
  undo: msg('Revert sets the former zone; by hand it is timedatectl set-timezone.'),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.timezone !== undefined,
  intent: () => ({ files: ['/etc/localtime'] }),
};
