import { resolve } from 'node:path';
import type { LastChange, RetriedRun, StoredRun } from '../../app/entry.ts';
import { assertNever } from '../../base/assert-never.ts';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { type ChangeKind, changesNodes } from '../../base/run-kind.ts';
import type { Selection } from '../../plan/selection.ts';
import { reachOf } from '../../view/reach.ts';
import { cannotUndo, undoingOf } from '../../view/undo.ts';
import { type Opened, openCluster } from '../cluster/open-cluster.ts';
import type { Options } from '../command-line/command-spec.ts';
import { type Context, exit, wrongUse } from '../command-line/context.ts';
import { type Change, confirmChange } from '../operation/confirm.ts';
import { type Prepared, prepare } from '../operation/prepare.ts';
import { type ContinuedWords, continuedWords } from './continued-words.ts';
import { operate } from './operate.ts';

/** A cluster file that can be used, with its local requirements. */
type Ready = Extract<Opened, { ok: true }> & Extract<Prepared, { ok: true }>;

/** The cluster to use, or the exit code after an error was printed. */
type Chosen =
  | { readonly ok: true; readonly selection: Selection; readonly retried?: RetriedRun }
  | { readonly ok: false; readonly code: number };

/** The newest unfinished run or undo of this file that no other process follows. */
async function unfinished(
  context: Context,
  { cluster, file, stateFolder }: Ready,
): Promise<StoredRun | undefined> {
  const { openRuns } = await import('../../app/entry.ts');
  const path = resolve(context.io.cwd, file);
  const runs = await openRuns(stateFolder, Date.now());
  return runs.find((run) => run.cluster === cluster.name && (run.file ?? path) === path);
}

/** The nodes on which the last change failed, for an undo with its steps; a change of the other kind is not retried. */
async function failedSelection(context: Context, kind: ChangeKind, ready: Ready): Promise<Chosen> {
  const { cluster, file, selection, stateFolder } = ready;
  const words = continuedWords(kind, file);
  const { lastChange } = await import('../../app/entry.ts');
  const path = resolve(context.io.cwd, file);
  const last = await lastChange(stateFolder, { cluster: cluster.name, file: path });
  if (!last) return { ok: false, code: wrongUse(context, words.none) };
  if (last.unreadable) return { ok: false, code: wrongUse(context, last.unreadable) };
  if (last.kind !== kind) return { ok: false, code: wrongUse(context, words.otherFailed) };
  return amongFailed(context, last, { selection, words, file });
}

function amongFailed(
  context: Context,
  { kind, failed, steps, retried }: LastChange,
  on: { readonly selection: Selection; readonly words: ContinuedWords; readonly file: string },
): Chosen {
  const { selection, words } = on;
  const say = (message: Message, code: number): Chosen => {
    context.io.stderr.write(`${context.t(message)}\n`);
    return { ok: false, code };
  };
  if (failed.length === 0) return say(words.allWell, exit.fine);
  const nodes = failed.filter((node) => selection.nodes?.includes(node) ?? true);
  if (nodes.length === 0) return say(words.failedElsewhere(failed.join(', ')), exit.usage);
  switch (kind) {
    case 'run':
      return { ok: true, selection: { ...selection, nodes }, retried };
    case 'undo': {
      const other = selection.steps?.find((id) => !steps.includes(id));
      if (other === undefined)
        return { ok: true, selection: { nodes, steps: selection.steps ?? steps }, retried };
      const message = msg(
        'The last undo of {0} did not include step `{1}`. It undid: {2}.',
        on.file,
        other,
        steps.join(', '),
      );
      return { ok: false, code: wrongUse(context, message) };
    }
    default:
      return assertNever(kind);
  }
}

/** Why the requested undo is not possible; names every step that cannot be undone, with the manual procedure. */
function undoRefusal({ cluster, selection }: Change): readonly Message[] {
  const impossible = (selection.steps ?? []).flatMap((id) => {
    const { possible, effect } = undoingOf(cluster, id);
    return possible ? [] : [joined([cannotUndo(id), effect], ' ')];
  });
  if (impossible.length > 0) return impossible;
  if (!selection.steps) return [msg('Specify the step to undo: --step ID.')];
  return reachOf(cluster, selection).nodes.length > 0
    ? []
    : [msg('None of the steps to undo applies to the selected nodes.')];
}

function refusalOf(change: Change): readonly Message[] {
  switch (change.kind) {
    case 'run':
      return [];
    case 'undo':
      return undoRefusal(change);
    default:
      return assertNever(change.kind);
  }
}

async function resume(context: Context, kind: ChangeKind, ready: Ready): Promise<number> {
  const { verbose } = context.options;
  const words = continuedWords(kind, ready.file);
  const open = await unfinished(context, ready);
  if (!open) return wrongUse(context, words.noneUnfinished);
  if (open.kind !== kind) return wrongUse(context, words.otherUnfinished);
  const selection = { nodes: open.nodes, steps: open.steps };
  return await operate(context, { ...ready, kind, selection, verbose, open });
}

/** Options that cannot be combined. */
function excludedOptions(options: Options): Message | undefined {
  const { resume: mayResume, retryFailed, batch, maxFailed, wait, join } = options;
  if (mayResume && retryFailed) return msg('--resume and --retry-failed cannot be combined.');
  if (mayResume && (batch || maxFailed))
    return msg('A resumed run keeps its batches: --batch and --max-failed cannot be combined with --resume.');
  return wait && join ? msg('--wait and --join cannot be combined.') : undefined;
}

/** Runs or undoes: asks for confirmation, resumes an unfinished change, or retries the nodes on which the last one failed. */
export async function change(context: Context, kind: ChangeKind): Promise<number> {
  const { io, t, options } = context;
  const { resume: mayResume, retryFailed, verbose } = options;
  const excluded = excludedOptions(options);
  if (excluded) return wrongUse(context, excluded);
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const asked: Change = { kind, cluster: opened.cluster, selection: opened.selection };
  const refusal = mayResume || retryFailed ? [] : refusalOf(asked);
  if (refusal.length > 0) return wrongUses(context, refusal);
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const ready = { ...opened, ...prepared };
  if (mayResume) return await resume(context, kind, ready);
  const open = await unfinished(context, ready);
  if (open && changesNodes(open.kind))
    io.stderr.write(`${t(continuedWords(open.kind, ready.file).isUnfinished(open.run))}\n`);
  const chosen: Chosen = retryFailed
    ? await failedSelection(context, kind, ready)
    : { ok: true, selection: opened.selection };
  if (!chosen.ok) return chosen.code;
  const { selection } = chosen;
  const wanted: Change = { ...asked, selection, ...(chosen.retried ? { retried: chosen.retried } : {}) };
  const wrong = retryFailed ? refusalOf(wanted) : [];
  if (wrong.length > 0) return wrongUses(context, wrong);
  const refused = await confirmChange(context, wanted);
  return refused ?? (await operate(context, { ...ready, ...wanted, verbose }));
}

function wrongUses(context: Context, messages: readonly Message[]): number {
  for (const message of messages) wrongUse(context, message);
  return exit.usage;
}

/** `stackprep run`: applies every step that is not yet done. */
export async function run(context: Context): Promise<number> {
  return await change(context, 'run');
}

/** `stackprep undo`: undoes steps; steps that cannot be undone are refused before connecting. */
export async function undo(context: Context): Promise<number> {
  return await change(context, 'undo');
}
