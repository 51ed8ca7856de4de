import { commands as editor, Selection, Uri, window, workspace } from 'vscode';
import { assertNever } from '../../base/assert-never.ts';
import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { commands } from '../../protocol/contributions.ts';
import type { RunState } from '../../run/state.ts';
import type { Target } from '../../view/live.ts';
import type { RunAddress } from '../../view/runs.ts';
import type { Summary } from '../../view/summary.ts';
import { openKey } from '../editor/open-file.ts';
import { t } from '../editor/texts.ts';

/** A button of a notification. */
export interface Action {
  readonly label: string;
  act(): Promise<void> | void;
}

/** What the log button of a finished run shows: the only step that failed, else the page of the run. */
export function resultPlace({ failed }: Pick<Summary, 'failed'>, run: string): RunAddress {
  const [only, second] = failed;
  if (!only || second) return { run };
  return { run: only.run ?? run, node: only.node, step: only.step };
}

/** The button that shows the log of a finished run; a failed step opens at its error. */
export function logAction(place: RunAddress): Action {
  return {
    label: t(msg('Show Log')),
    act: async () => {
      await editor.executeCommand(commands.openRun, place);
    },
  };
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

/** The button that asks for the sudo password again, for the nodes that did not let the user become root. */
export function sudoActions(
  { nodes }: RunState,
  retry: (nodes: readonly string[]) => Promise<void>,
): readonly Action[] {
  const refused = Object.entries(nodes).flatMap(([name, { failure }]) =>
    failure?.code === 'become' ? [name] : [],
  );
  return refused.length === 0 ? [] : [{ label: t(msg('Try Again')), act: () => retry(refused) }];
}

/** Buttons for a run that was refused. */
export function refusalActions({ code }: Failure, uri: string): readonly Action[] {
  if (code === 'secret-source')
    return [
      {
        label: t(msg('Open Settings')),
        act: async () => {
          await editor.executeCommand('workbench.action.openSettings', 'stackprep.secrets');
        },
      },
    ];
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

export interface RemedyNeeds {
  readonly uri: string;
  readonly steps: readonly string[];
  readonly start: (kind: 'run' | 'check', target: Target) => Promise<void>;
}

/** Buttons for the first failure with a known cause, on all nodes that have it. */
export async function remedyActions(
  { failed }: Pick<Summary, 'failed'>,
  { uri, steps, start }: RemedyNeeds,
): Promise<readonly Action[]> {
  if (!failed.some(({ trouble }) => trouble?.explanation)) return [];
  const { remedyOffers, stepBefore } = await import('../../view/remedies.ts');
  const text = (await workspace.openTextDocument(Uri.parse(uri))).getText();
  const canAdd = (step: string, before: string): boolean => stepBefore(text, step, before) !== undefined;
  return remedyOffers(failed, { steps, canAdd }).map((offer): Action => {
    switch (offer.kind) {
      case 'set-key':
        return { label: t(msg('Go to {0}', offer.key)), act: () => openKey(uri, offer.key) };
      case 'run':
        return {
          label: t(runLabel(offer.step, offer.nodes)),
          act: () => start('run', { uri, nodes: offer.nodes, step: offer.step }),
        };
      case 'add':
        return {
          label: t(msg('Add {0} Before {1}', offer.step, offer.before)),
          act: () => addStep(uri, offer.step, offer.before),
        };
      case 'check':
        return {
          label: t(msg('Check {0}', offer.step)),
          act: () => start('check', { uri, nodes: offer.nodes, step: offer.step }),
        };
      default:
        return assertNever(offer);
    }
  });
}

function runLabel(step: string, nodes: readonly string[]): Message {
  return nodes.length === 1 ? msg('Run {0}', step) : msg('Run {0} on {1} Nodes', step, nodes.length);
}

/** Adds a step to the cluster file before another one and selects it; the file is not saved. */
async function addStep(uri: string, step: string, before: string): Promise<void> {
  const { stepBefore } = await import('../../view/remedies.ts');
  const editor = await window.showTextDocument(Uri.parse(uri), { preview: false });
  const { document } = editor;
  const edit = stepBefore(document.getText(), step, before);
  if (!edit) return;
  const at = document.positionAt(edit.span.start);
  await editor.edit((builder) => builder.insert(at, edit.text));
  const line = document.lineAt(at.line).range;
  editor.selection = new Selection(line.end, line.end);
  editor.revealRange(line);
}
