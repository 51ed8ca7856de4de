import { commands as editor } from 'vscode';
import type { Failure } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import { commands } from '../../protocol/contributions.ts';
import type { RunState } from '../../run/state.ts';
import type { Target } from '../../view/live.ts';
import type { Summary } from '../../view/summary.ts';
import { openKey } from '../editor/open-file.ts';
import { t } from '../editor/texts.ts';

/** A button of a notification. */
export interface Action {
  readonly label: string;
  act(): Promise<void> | void;
}

/** The button that replaces host keys, for nodes whose host key differs from the known one. */
export function rebuiltActions({ nodes }: RunState, uri: string): readonly Action[] {
  const rebuilt = Object.entries(nodes).flatMap(([name, { failure }]) =>
    failure?.code === 'host-key-changed' ? [name] : [],
  );
  if (rebuilt.length === 0) return [];
  const target: Target = { uri, nodes: rebuilt };
  return [
    {
      label: t(msg('Replace Host Key…')),
      act: async () => {
        await editor.executeCommand(commands.replaceHostKey, target);
      },
    },
  ];
}

/** Buttons for a run that was refused. */
export function refusalActions({ code }: Failure, uri: string): readonly Action[] {
  if (code !== 'secret-missing') return [];
  const target: Target = { uri };
  return [
    {
      label: t(msg('Set Secret…')),
      act: async () => {
        await editor.executeCommand(commands.setSecret, target);
      },
    },
  ];
}

/** Buttons for the first failure with a known cause; only steps of the file can be run. */
export function remedyActions(
  { failed }: Pick<Summary, 'failed'>,
  on: {
    readonly uri: string;
    readonly steps: readonly string[];
    readonly run: (target: Target) => Promise<void>;
  },
): readonly Action[] {
  const known = failed.find(({ trouble }) => trouble?.explanation);
  const remedies = known?.trouble?.explanation?.remedies ?? [];
  return remedies.flatMap((remedy): readonly Action[] => {
    if (remedy.kind === 'set-key')
      return [{ label: t(msg('Go to {0}', remedy.key)), act: () => openKey(on.uri, remedy.key) }];
    if (!known || !on.steps.includes(remedy.step)) return [];
    const target = { uri: on.uri, nodes: [known.node], step: remedy.step };
    return [{ label: t(msg('Run {0}', remedy.step)), act: () => on.run(target) }];
  });
}
