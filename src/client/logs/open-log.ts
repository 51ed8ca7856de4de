import { window } from 'vscode';
import type { StoredRun } from '../../app/logs/stored-runs.ts';
import { joined, type Message, msg, plain } from '../../base/l10n.ts';
import type { RunRecord } from '../../run/record.ts';
import { cellOf, cellText } from '../../view/cell.ts';
import { nodeCount } from '../../view/counts.ts';
import {
  type ClusterSource,
  failureOf,
  isLogAwaited,
  nodeOf,
  type Target,
  talliedOf,
} from '../../view/live.ts';
import { runKindText, runOutcomeText } from '../../view/run-words.ts';
import { headline } from '../../view/tally.ts';
import { iconText, t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { LogAddress, LogPlace } from './address.ts';
import type { EarlierLogs } from './earlier-logs.ts';
import { stepLogs } from './step-logs.ts';

export interface OpenLogNeeds {
  readonly earlier: (target: Target) => Promise<readonly EarlierLogs[]>;
  /** The runs of the cluster, newest first; those without a readable journal are left out. */
  readonly records: () => AsyncIterable<{ readonly run: string; readonly record: RunRecord }>;
  readonly show: (place: LogPlace) => Promise<void>;
  /** Shows the output channel with the lines of all nodes. */
  readonly showOutput: () => void;
}

/** A choice of logs of a step, with the text next to its node. */
async function pickLog(
  logs: readonly LogAddress[],
  title: Message,
  stateText: (log: LogAddress) => Message | undefined,
): Promise<LogAddress | undefined> {
  const [first] = logs;
  if (logs.length <= 1) return first;
  const items = logs.map((log) => {
    const text = stateText(log);
    return { label: iconText(plain(log.node)), ...(text ? { description: iconText(text) } : {}), log };
  });
  return (await window.showQuickPick(items, { title: t(title) }))?.log;
}

/** The stored run that the user picks, or the only one. */
export async function pickRun(runs: readonly StoredRun[]): Promise<StoredRun | undefined> {
  if (runs.length <= 1) return runs[0];
  const items = runs.map((run) => ({
    label: timeText(run.started),
    description: t(
      joined([runKindText(run.kind), nodeCount(run.nodes.length), runOutcomeText(run.outcome)], ', '),
    ),
    run,
  }));
  return (await window.showQuickPick(items, { title: t(msg('Select the run whose log to show')) }))?.run;
}

/** Shows that there is no log of the target, and why if known; offers the output channel. */
async function tellNone(
  source: ClusterSource,
  { nodes, step }: Target,
  showOutput: () => void,
): Promise<void> {
  const name = [nodes?.join(', '), step].filter((part) => part !== undefined).join(' · ');
  const failure = nodes?.length === 1 ? failureOf(source, nodes[0] ?? '') : undefined;
  const none = msg('There is no log of {0}.', name);
  const output = t(msg('Show Output'));
  const text = failure ? joined([none, failure.message], ' ') : none;
  if ((await window.showInformationMessage(t(text), output)) === output) showOutput();
}

/** The log of a step, of the node that the user picks if there are several. */
async function openStep(
  source: ClusterSource,
  target: Target & { readonly step: string },
  { earlier, show, showOutput }: OpenLogNeeds,
): Promise<void> {
  const { nodes, step } = target;
  const logs = stepLogs(source, target);
  const run = source.state.run?.id;
  const [node, another] = nodes ?? [];
  if (logs.length === 0 && isLogAwaited(source, target)) {
    // The log will be there as soon as the step starts.
    const isOne = node !== undefined && another === undefined;
    return run === undefined ? showOutput() : await show(isOne ? { run, node, step } : { run });
  }
  const stateText = (log: LogAddress): Message => cellText(cellOf(nodeOf(source, log.node), log.step, true));
  if (logs.length > 0) {
    const log = await pickLog(logs, msg('Log of {0}: select a node', step), stateText);
    return log && (await show(log));
  }
  const [newest] = await earlier(target);
  if (!newest) return await tellNone(source, target, showOutput);
  const title = msg('Log of {0} in the run of {1}: select a node', step, timeText(newest.run.started));
  const log = await pickLog(newest.logs, title, () => undefined);
  if (log) await show(log);
}

async function pickNode(source: ClusterSource, nodes: readonly string[]): Promise<string | undefined> {
  const [first, second] = nodes;
  if (second === undefined) return first;
  const items = nodes.map((node) => {
    const text = headline(talliedOf(source, [node]));
    return { label: iconText(plain(node)), ...(text ? { description: iconText(text) } : {}), node };
  });
  return (await window.showQuickPick(items, { title: t(msg('Select the node whose log to show')) }))?.node;
}

/** Shows the log of a target: of a step on a node, of a node with its steps, or the page of the cluster's last run. */
export async function openLog(source: ClusterSource, target: Target, needs: OpenLogNeeds): Promise<void> {
  const { records, show, showOutput } = needs;
  const { nodes, step } = target;
  if (step !== undefined) return await openStep(source, { ...target, step }, needs);
  const node = nodes && (await pickNode(source, nodes));
  if (nodes && node === undefined) return;
  for await (const { run, record } of records())
    if (node === undefined || record.started.nodes.includes(node))
      return await show(node === undefined ? { run } : { run, node });
  if (node === undefined) showOutput();
  else await tellNone(source, { ...target, nodes: [node] }, showOutput);
}
