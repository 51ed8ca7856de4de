import { type OutputChannel, ProgressLocation, window } from 'vscode';
import type { Engine } from '../app/entry.ts';
import { joined, msg } from '../base/l10n.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { failureTexts } from '../view/failures.ts';
import { t } from './editor/texts.ts';

/** Logs in to a node and shows what happens as `ssh -v` does, without secrets. */
export type ConnectionLog = (engine: Engine, cluster: Cluster, node: ClusterNode) => Promise<void>;

/** All nodes share a channel, made when it is first needed; it is cleared before each login. */
export function createConnectionLog(): ConnectionLog {
  let channel: OutputChannel | undefined;
  return async (engine, cluster, node) => {
    channel ??= window.createOutputChannel(t(msg('Stackprep Connection')));
    const output = channel;
    const title = t(msg('Logging in to {0}', node.name));
    output.clear();
    output.appendLine(title);
    output.show(true);
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    await window.withProgress(options, async (_, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => stop.abort());
      const trace = ({ jump, text }: { readonly jump?: string; readonly text: string }): void =>
        output.appendLine(t(joined([...(jump === undefined ? [] : [jump]), text], ': ')));
      const failure = await engine.traceLogin({ cluster, node, trace }, stop.signal);
      const end = failure ? failureTexts(failure) : [msg('Logged in to {0}.', node.name)];
      output.appendLine('');
      for (const text of end) output.appendLine(t(text));
    });
  };
}
