import { msg } from '../base/l10n.ts';
import { sh } from '../shell/command.ts';
import type { StepDefinition } from './definition.ts';

export const timezone: StepDefinition = {
  id: 'timezone',
  title: msg('Time zone'),
  what: msg('Sets the time zone that the cluster file names, by /etc/localtime.'),
  why: msg('The logs of several nodes are read side by side; different zones make that a puzzle.'),
  undo: msg('Revert sets the former zone; by hand it is timedatectl set-timezone.'),
  drifts: true,
  impliedBy: (cluster) => cluster.system.timezone !== undefined,
  script: ({ cluster }) => {
    const wanted = cluster.system.timezone ?? 'UTC';
    return {
      check: sh`if [ ! -f /usr/share/zoneinfo/${wanted} ]; then sp_because timezone-unknown ${wanted}; return 2; fi
sp_zone=$(readlink /etc/localtime); sp_zone=\${sp_zone##*zoneinfo/}
[ "$sp_zone" = ${wanted} ] || { sp_because timezone-differs "\${sp_zone:--}" ${wanted}; return 1; }`,
      apply: sh`sp_keep_anew timezone
sp_keep timezone /etc/localtime
timedatectl set-timezone ${wanted}`,
      revert: sh`sp_put_back first timezone`,
      intent: { files: ['/etc/localtime'] },
    };
  },
};
