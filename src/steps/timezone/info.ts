import { msg } from '../../base/l10n.ts';
import type { StepInfo } from '../common/definition.ts';

export const timezone: StepInfo = {
  id: 'timezone',
  title: msg('Time zone'),
  what: msg('Sets the time zone from the cluster file in /etc/localtime.'),
  why: msg('Logs of several nodes are hard to compare if their time zones differ.'),
  undo: msg('Undo restores the former time zone. Manually: timedatectl set-timezone.'),
  reverts: true,
  drifts: true,
  impliedBy: (cluster) => cluster.system.timezone !== undefined,
  intent: () => ({ files: ['/etc/localtime'] }),
};
