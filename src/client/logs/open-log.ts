import { window } from 'vscode';
import { joined, type Message, msg } from '../../base/l10n.ts';
import { cellOf, cellText } from '../../view/cell.ts';
import { nodeCount } from '../../view/counts.ts';
import { type ClusterSource, failureOf, isLogAwaited, nodeOf, type Target } from '../../view/live.ts';
import { runKindText, runOutcomeText } from '../../view/run-words.ts';
import { t } from '../editor/texts.ts';
import { timeText } from '../editor/time.ts';
import type { LogAddress } from './address.ts';
import type { EarlierLogs } from './earlier-logs.ts';
import { stepLogs } from './step-logs.ts';

/** A choice of logs, with the text next to its name. */
async function pickLog(
  logs: readonly LogAddress[],
  title: Message,
  told: (log: LogAddress) => Message | undefined,
): Promise<LogAddress | undefined> {
  const [first] = logs;
  if (logs.length <= 1) return first;
  const isOneStep = logs.every(({ step }) => step === first?.step);
  const isOneNode = logs.every(({ node }) => node === first?.node);
  const items = logs.map((log) => {
    const text = told(log);
    return {
      label: isOneStep ? log.node : isOneNode ? log.step : `${log.node} · ${log.step}`,
      ...(text ? { description: t(text) } : {}),
      log,
    };
  });
  return (await window.showQuickPick(items, { title: t(title) }))?.log;
}

/** A log of a stored run: for the whole cluster, the user picks the run first. */
export async function pickEarlierLog(
  runs: readonly EarlierLogs[],
  { nodes, step }: Target,
): Promise<LogAddress | undefined> {
  const items = runs.map((each) => {
    const { kind, started, outcome, nodes: names } = each.run;
    return {
      label: timeText(started),
      description: t(joined([runKindText(kind), nodeCount(names.length), runOutcomeText(outcome)], ', ')),
      each,
    };
  });
  const isAsked = nodes === undefined && step === undefined && runs.length > 1;
  const picked = isAsked
    ? await window.showQuickPick(items, { title: t(msg('Select the run whose log to show')) })
    : items[0];
  if (!picked) return undefined;
  const title = msg('Log of the run of {0}', picked.label);
  return await pickLog(picked.each.logs, title, () => undefined);
}

export interface OpenLogNeeds {
  readonly earlier: (target: Target) => Promise<readonly EarlierLogs[]>;
  readonly show: (address: LogAddress) => Promise<void>;
  /** Shows the output channel with the lines of all nodes. */
  readonly showOutput: () => void;
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

/**
 * Shows the log of a target: for a node and step a log document, for the whole cluster the output of this window's
 * run, else of an earlier run. Until the current run has such a log, the output channel is shown.
 */
export async function openLog(source: ClusterSource, target: Target, needs: OpenLogNeeds): Promise<void> {
  const { earlier, show, showOutput } = needs;
  const { nodes, step } = target;
  const isWhole = nodes === undefined && step === undefined;
  if (isWhole && source.state.run && !source.state.run.isOld) return showOutput();
  const logs = isWhole ? [] : stepLogs(source, target);
  if (logs.length === 0 && isLogAwaited(source, target)) return showOutput();
  const stored = logs.length > 0 ? [] : await earlier(target);
  if (logs.length === 0 && stored.length === 0)
    return isWhole ? showOutput() : await tellNone(source, target, showOutput);
  const title =
    step === undefined
      ? msg('Log of {0}: select a step', nodes?.join(', ') ?? '')
      : msg('Log of {0}: select a node', step);
  const told = (log: LogAddress): Message => cellText(cellOf(nodeOf(source, log.node), log.step, true));
  const log = logs.length > 0 ? await pickLog(logs, title, told) : await pickEarlierLog(stored, target);
  if (log) await show(log);
}
