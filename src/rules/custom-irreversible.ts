import { msg } from '../base/l10n.ts';
import { onCalls } from './custom-calls.ts';
import type { LossFinder } from './loss.ts';
import { locksOut } from './lost-accounts.ts';
import { dropsData } from './lost-data.ts';
import { wipes } from './lost-disks.ts';
import { replaces } from './lost-files.ts';
import { deletes } from './lost-folders.ts';
import { spoils } from './lost-modes.ts';
import { uninstalls } from './lost-packages.ts';
import { exhausts } from './lost-processes.ts';
import type { Rule } from './rule.ts';

const finders: readonly LossFinder[] = [
  deletes,
  wipes,
  replaces,
  uninstalls,
  spoils,
  dropsData,
  exhausts,
  locksOut,
];

export const customIrreversibleRules: readonly Rule[] = [
  {
    code: 'custom-irreversible',
    severity: 'warning',
    about: msg(
      'The command destroys data, files of the system or access to the node, and neither undo nor another run brings them back.',
    ),
    check: onCalls(
      (call, report, context) => {
        for (const find of finders) {
          const loss = find(call, context);
          if (!loss) continue;
          report(loss.message, loss.word);
          return;
        }
      },
      { hasOtherHosts: true },
    ),
  },
];
