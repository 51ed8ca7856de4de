import { reachedAt } from '../../cluster/aliases.ts';
import { lvmSh } from '../../shell/lvm.sh.ts';
import { serviceSh } from '../../shell/service.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { packageLines } from '../common/services.ts';
import { disksSh } from './disks.sh.ts';
import { diskPackages, disksOf } from './info.ts';

function lines(use: string, texts: readonly string[]): readonly string[] {
  return texts.map((text) => `${use} ${text}`);
}

export const script = scriptFrom(
  disksSh,
  (context) => {
    const uses = disksOf(context, context.node);
    return {
      disks_wanted: uses.flatMap(([use, devices]) => lines(use, devices)).join('\n'),
      disks_packages: uses
        .flatMap(([use]) => lines(use, packageLines(diskPackages[use]).split('\n')))
        .join('\n'),
      disks_address: reachedAt(context.node),
    };
  },
  [serviceSh, lvmSh],
);
