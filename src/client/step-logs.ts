import { window } from 'vscode';
import { msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { type ClusterSource, nodeOf, type Target } from '../view/live.ts';
import { statusOf, statusText } from '../view/status.ts';
import type { LogAddress } from './logs/address.ts';
import type { Logs } from './logs/logs.ts';
import { stepLogs } from './logs/step-logs.ts';
import { t } from './texts.ts';

async function choose(source: ClusterSource, logs: readonly LogAddress[]): Promise<LogAddress | undefined> {
  const [first] = logs;
  if (logs.length <= 1) return first;
  const items = logs.map((log) => ({
    label: log.node,
    description: t(statusText(statusOf(own(nodeOf(source, log.node).steps, log.step)))),
    log,
  }));
  return (
    await window.showQuickPick(items, { title: t(msg('Log of {0}: on which node?', first?.step ?? '')) })
  )?.log;
}

/** Opens the log of a step, asking which node's where there are several; false where no such log is known. */
export async function openStepLog(source: ClusterSource, target: Target, logs: Logs): Promise<boolean> {
  const found = stepLogs(source, target);
  if (found.length === 0) return false;
  const log = await choose(source, found);
  if (log) await logs.show(log);
  return true;
}
