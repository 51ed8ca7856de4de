import { joined, type Message, msg, plain, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { RunKind } from '../../base/states.ts';
import type { RunRecord } from '../../run/record.ts';
import type { NodeStatus } from '../../run/state.ts';
import { quote } from '../../shell/command.ts';
import { lostBy } from '../cell.ts';
import { failureTexts } from '../failures.ts';
import { wrapped } from '../page.ts';
import { headline } from '../tally.ts';
import { adviceTexts, causeTexts, usefulCause } from '../trouble.ts';
import { recordStep, recordTally, resultText } from './record-cell.ts';

/** How a document is written: in which language, and how a moment is shown. */
export interface Writing {
  readonly t: Translate;
  /** Formats a time given in milliseconds since 1970, with its date and seconds. */
  readonly time: (at: number) => string;
}

/** Starts the lines above a log. */
export const headMark = '# ';
/** Starts the line above the log of a step, and the last line of a finished log. */
export const sectionMark = '== ';

const columns = 100;

const runNames: Readonly<Record<RunKind, (cluster: string, time: string) => Message>> = {
  check: (cluster, time) => msg('Check of {0}, started {1}', cluster, time),
  run: (cluster, time) => msg('Run of {0}, started {1}', cluster, time),
  undo: (cluster, time) => msg('Undo of {0}, started {1}', cluster, time),
};

/** `Run of demo, started Nov 30, 2026, 11:16:04 PM`. */
export function runName(
  { kind, cluster, at }: Pick<RunRecord['started'], 'kind' | 'cluster' | 'at'>,
  { time }: Writing,
): Message {
  return runNames[kind](cluster, time(at));
}

/** The command line that does the same. */
export function commandText(
  { started }: RunRecord,
  on: { readonly node?: string; readonly step?: string },
): string {
  const file = started.file?.split(/[/\\]/).at(-1) ?? 'FILE';
  const nodes = on.node === undefined ? [] : ['--node', on.node];
  const step = on.step ?? (started.steps.length === 1 ? started.steps[0] : undefined);
  const words = ['stackprep', started.kind, file, ...nodes, ...(step === undefined ? [] : ['--step', step])];
  return words.map(quote).join(' ');
}

function commented(texts: readonly Message[], t: Translate): readonly string[] {
  return texts.flatMap((text) => wrapped(t(text), columns)).map((line) => headMark + line);
}

/** How the node was reached, or why it was not. */
export function connectionTexts(status: NodeStatus | undefined): readonly Message[] {
  const failure = status && lostBy(status);
  if (failure) return failureTexts(failure);
  const { facts } = status ?? {};
  if (!facts) return [msg('Not connected')];
  const { user, hostname, osName, arch, kernel } = facts;
  return [msg('Connected as {0} to {1}: {2}, {3}, kernel {4}', user, hostname, osName, arch, kernel)];
}

/** The lines above the log of a step on a node: the result, its cause, the run, the command and the node. */
export function stepHead(
  record: RunRecord,
  on: { readonly node: string; readonly step: string },
  writing: Writing,
): string {
  const { node, step } = on;
  const found = recordStep(record, node, step);
  const isFailed = found?.outcome === 'failed' || found?.outcome === 'interrupted';
  const causes = isFailed ? causeTexts(found.trouble, found.reasons) : [];
  const texts = [
    msg('{0} on {1}: {2}', step, node, resultText(record, node, step)),
    ...causes,
    ...(isFailed ? adviceTexts(found.trouble && usefulCause(found.trouble, step)) : []),
    runName(record.started, writing),
    ...(found?.startedAt === undefined ? [] : [msg('Step started {0}', writing.time(found.startedAt))]),
    msg('Command: {0}', commandText(record, on)),
    ...connectionTexts(own(record.state.nodes, node)),
  ];
  return `${commented(texts, writing.t).join('\n')}\n\n`;
}

/** The last line of a log: the result; empty while the step is running. */
export function stepFoot(
  record: RunRecord,
  { node, step }: { readonly node: string; readonly step: string },
  { t }: Writing,
): string {
  if (recordStep(record, node, step)?.outcome === undefined) return '';
  return `${sectionMark}${t(resultText(record, node, step))}\n`;
}

/** The lines above the log of a node. */
export function nodeHead(record: RunRecord, node: string, writing: Writing): string {
  const status = own(record.state.nodes, node);
  const failed = status && lostBy(status);
  const headlineText = headline(recordTally(record, [node]), { withChanges: true });
  const texts: readonly Message[] = [
    failed || !headlineText ? plain(node) : joined([node, headlineText], ': '),
    ...connectionTexts(status),
    runName(record.started, writing),
    msg('Command: {0}', commandText(record, { node })),
  ];
  return `${commented(texts, writing.t).join('\n')}\n`;
}
