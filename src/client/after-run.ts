import { commands as editor } from 'vscode';
import { msg } from '../base/l10n.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import { commands } from '../protocol/contributions.ts';
import { t } from './editor/texts.ts';
import type { Action } from './run/remedies.ts';

/** What to do next after a successful check or run of the demo: run its steps, then create a cluster file. */
export function afterDemo(kind: RunKind, uri: string): readonly Action[] {
  const offer = (label: string, command: string, argument?: unknown): Action => ({
    label,
    act: async () => {
      await editor.executeCommand(command, argument);
    },
  });
  if (!changesNodes(kind)) return [offer(t(msg('Run Steps…')), commands.run, { uri })];
  return [
    offer(t(msg('Create Cluster File')), commands.createClusterFile),
    offer(t(msg('Next Steps')), commands.getStarted),
  ];
}
