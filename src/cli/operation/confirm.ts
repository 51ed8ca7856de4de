import type { RetriedRun } from '../../app/entry.ts';
import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg } from '../../base/l10n.ts';
import type { ChangeKind } from '../../base/run-kind.ts';
import { batchesFor } from '../../cluster/batches.ts';
import { loginText } from '../../cluster/login.ts';
import type { Cluster } from '../../cluster/model.ts';
import type { Selection } from '../../plan/selection.ts';
import { planText } from '../../view/batches.ts';
import { nodeCount, stepCount } from '../../view/counts.ts';
import { type Reach, reachOf } from '../../view/reach.ts';
import { lastingOf, lastingText, undoingOf } from '../../view/undo.ts';
import type { Options } from '../command-line/command-spec.ts';
import { type Context, exit, wrongUse } from '../command-line/context.ts';
import { hang } from '../text/width.ts';
import { rolloutOf } from './perform.ts';

/** The change to confirm. */
export interface Change {
  readonly kind: ChangeKind;
  readonly cluster: Cluster;
  readonly selection: Selection;
  /** The run to retry. */
  readonly retried?: RetriedRun;
}

/** The texts that differ between the questions. */
interface QuestionWords {
  readonly head: Message;
  readonly steps: Message;
  /** In the order of work. */
  readonly order: readonly string[];
  /** Notes about individual steps. */
  readonly notes: readonly { readonly lead: string; readonly text: Message }[];
  readonly question: Message;
  readonly declined: Message;
}

/** The batches of the change, if there are several. */
function batchNotes(change: Change, { nodes }: Reach, options: Options): QuestionWords['notes'] {
  const { kind, cluster, retried } = change;
  const names = nodes.map(({ name }) => name);
  const plan = batchesFor(names, { kind, cluster, rollout: rolloutOf(options), retried: retried?.plan });
  const text = planText(plan);
  return text ? [{ lead: '', text }] : [];
}

function wordsOf({ kind, cluster }: Change, { nodes, steps }: Reach): QuestionWords {
  const count = nodeCount(nodes.length);
  switch (kind) {
    case 'run': {
      const lasting = lastingText(lastingOf(cluster, steps));
      return {
        head: msg('This will change {0} of {1}.', count, cluster.name),
        steps: msg('Steps:'),
        order: steps,
        notes: lasting ? [{ lead: '', text: lasting }] : [],
        question: msg('Continue? [y/N]'),
        declined: msg('Nothing was changed.'),
      };
    }
    case 'undo':
      return {
        head: msg('This will undo {0} on {1} of {2}.', stepCount(steps.length), count, cluster.name),
        steps: msg('Steps to undo:'),
        order: steps.toReversed(),
        notes: steps.toReversed().map((id) => ({ lead: `${id}: `, text: undoingOf(cluster, id).effect })),
        question: msg('Undo? [y/N]'),
        declined: msg('Nothing was undone.'),
      };
    default:
      return assertNever(kind);
  }
}

/** The text above the question: the hosts with their addresses, the steps, and notes about them. */
async function questionText(
  context: Context,
  {
    cluster,
    reach,
    words,
  }: { readonly cluster: Cluster; readonly reach: Reach; readonly words: QuestionWords },
): Promise<string> {
  const { io, t, style } = context;
  const { columns } = io.stdout.size();
  const { decidedLogin } = await import('../../app/entry.ts');
  const hosts: string[] = [];
  // Sequential, since each may start an ssh client that reads the user's configuration.
  for (const node of cluster.nodes)
    if (reach.nodes.some(({ name }) => name === node.name))
      hosts.push(`${node.name} (${loginText(await decidedLogin(node, io))})`);
  const line = (lead: string, text: string): string => hang(`  ${lead}`, text, columns);
  return [
    style.bold(t(words.head)),
    line(`${t(msg('Nodes:'))} `, hosts.join(', ')),
    line(`${t(words.steps)} `, words.order.join(', ')),
    ...words.notes.map(({ lead, text }) => line(lead, t(text))),
    '',
  ].join('\n');
}

/** Asks for confirmation before nodes are changed; returns undefined for yes, otherwise the exit code. */
export async function confirmChange(context: Context, change: Change): Promise<number | undefined> {
  const { io, t, options } = context;
  if (options.yes) return undefined;
  const keyboard = io.stdinIsTTY ? io.openKeyboard() : undefined;
  if (!keyboard) return wrongUse(context, msg('Not a terminal: use --yes to skip the confirmation.'));
  const controller = new AbortController();
  const forget = io.onInterrupt(() => controller.abort());
  try {
    const reach = reachOf(change.cluster, change.selection);
    const basic = wordsOf(change, reach);
    const words = { ...basic, notes: [...batchNotes(change, reach, options), ...basic.notes] };
    keyboard.write(await questionText(context, { cluster: change.cluster, reach, words }));
    const prompt = `${t(words.question)} `;
    const answer = await keyboard.readLine({ prompt, echo: true, signal: controller.signal });
    if (/^y(es)?$/i.test(answer?.trim() ?? '')) return undefined;
    keyboard.write(`${t(words.declined)}\n`);
    return exit.cancelled;
  } finally {
    forget();
  }
}
