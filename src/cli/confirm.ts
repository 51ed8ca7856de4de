import { type Message, msg } from '../base/l10n.ts';
import { loginText } from '../cluster/login.ts';
import type { Cluster } from '../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/plan.ts';
import { isRunnable } from '../view/matrix.ts';
import { lastingOf, lastingText } from '../view/undo.ts';
import { type Context, exit, nodeCount, wrongUse } from './context.ts';
import { hang } from './text/width.ts';

/** What a run is about to touch: hosts with their addresses, and the steps. */
async function question(context: Context, cluster: Cluster, selection: Selection): Promise<string> {
  const { io, t, style } = context;
  const nodes = selectNodes(cluster, selection);
  const steps = cluster.steps
    .filter(
      (item) =>
        isRunnable(item) && nodes.some((node) => selectSteps(cluster, node, selection).includes(item)),
    )
    .map(({ id }) => id);
  const { columns } = io.stdout.size();
  const { decidedLogin } = await import('../app/entry.ts');
  const hosts: string[] = [];
  // One after the other: each may start an ssh client, which reads the person's configuration.
  for (const node of nodes) hosts.push(`${node.name} (${loginText(await decidedLogin(node, io))})`);
  const line = (lead: Message, names: readonly string[]): string =>
    hang(`  ${t(lead)} `, names.join(', '), columns);
  const lasting = lastingText(lastingOf(cluster, steps));
  return [
    style.bold(t(msg('This changes {0} of {1}.', nodeCount(nodes.length), cluster.name))),
    line(msg('Nodes:'), hosts),
    line(msg('Steps:'), steps),
    ...(lasting ? [hang('  ', t(lasting), columns)] : []),
    '',
  ].join('\n');
}

/** Asks before nodes are changed; undefined means go on, otherwise it is the exit code. */
export async function confirmRun(
  context: Context,
  cluster: Cluster,
  selection: Selection,
): Promise<number | undefined> {
  const { io, t, options } = context;
  if (options.yes) return undefined;
  const keyboard = io.stdinIsTTY ? io.openKeyboard() : undefined;
  if (!keyboard)
    return wrongUse(
      context,
      msg('There is no terminal to ask on; say --yes to change the nodes without a question.'),
    );
  const controller = new AbortController();
  const forget = io.onInterrupt(() => controller.abort());
  try {
    keyboard.write(await question(context, cluster, selection));
    keyboard.write(`${t(msg('Go on? [y/N]'))} `);
    const answer = await keyboard.readLine({ echo: true, signal: controller.signal });
    if (/^y(es)?$/i.test(answer?.trim() ?? '')) return undefined;
    keyboard.write(`${t(msg('Nothing was changed.'))}\n`);
    return exit.cancelled;
  } finally {
    forget();
  }
}
