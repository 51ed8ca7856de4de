import { Uri, window } from 'vscode';
import { msg } from '../core/l10n.ts';
import { type ClusterSource, nodeOf, type Target } from '../core/view/live.ts';
import { statusOf, statusText } from '../core/view/status.ts';
import type { EngineSource } from './engine.ts';
import { t } from './texts.ts';

interface StepLog {
  readonly node: string;
  readonly run: string;
  readonly step: string;
}

function logsOf(source: ClusterSource, { nodes, step }: Target): readonly StepLog[] {
  if (step === undefined) return [];
  const names = nodes ?? source.outline.nodes.map((node) => node.id);
  return names.flatMap((node) => {
    const run = nodeOf(source, node).steps[step]?.logRun;
    return run === undefined ? [] : [{ node, run, step }];
  });
}

async function choose(source: ClusterSource, logs: readonly StepLog[]): Promise<StepLog | undefined> {
  const [first] = logs;
  if (logs.length <= 1) return first;
  const items = logs.map((log) => ({
    label: log.node,
    description: t(statusText(statusOf(nodeOf(source, log.node).steps[log.step]))),
    log,
  }));
  return (
    await window.showQuickPick(items, { title: t(msg('Log of {0}: on which node?', first?.step ?? '')) })
  )?.log;
}

/** Opens the log file of a step, asking which node's where there are several; false where no such log is known. */
export async function openStepLog(
  source: ClusterSource,
  target: Target,
  of: { readonly engines: EngineSource; readonly limit: number },
): Promise<boolean> {
  const logs = logsOf(source, target);
  if (logs.length === 0) return false;
  const log = await choose(source, logs);
  if (!log) return true;
  const engine = await of.engines.get(of.limit);
  await window.showTextDocument(Uri.file(engine.logFile(log)), { preview: true });
  return true;
}
