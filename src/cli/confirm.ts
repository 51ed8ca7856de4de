import type { Cluster } from '../core/cluster/model.ts';
import { type Message, msg } from '../core/l10n.ts';
import { type Selection, selectNodes, selectSteps } from '../core/plan/plan.ts';
import { isRunnable } from '../core/view/matrix.ts';
import { type Context, exit, nodeCount, wrongUse } from './context.ts';
import { hang } from './text/width.ts';

/** What a run is about to touch: hosts with their addresses, and the steps. */
function question({ io, t, style }: Context, cluster: Cluster, selection: Selection): string {
  const nodes = selectNodes(cluster, selection);
  const steps = cluster.steps
    .filter(
      (item) =>
        isRunnable(item) && nodes.some((node) => selectSteps(cluster, node, selection).includes(item)),
    )
    .map(({ id }) => id);
  const { columns } = io.stdout.size();
  const hosts = nodes.map(({ name, ssh }) => `${name} (${ssh.user}@${ssh.host}:${ssh.port})`);
  const line = (lead: Message, names: readonly string[]): string =>
    hang(`  ${t(lead)} `, names.join(', '), columns);
  return [
    style.bold(t(msg('This changes {0} of {1}.', nodeCount(nodes.length), cluster.name))),
    line(msg('Nodes:'), hosts),
    line(msg('Steps:'), steps),
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
    keyboard.write(question(context, cluster, selection));
    keyboard.write(`${t(msg('Go on? [y/N]'))} `);
    const answer = await keyboard.readLine({ echo: true, signal: controller.signal });
    if (/^y(es)?$/i.test(answer?.trim() ?? '')) return undefined;
    keyboard.write(`${t(msg('Nothing was changed.'))}\n`);
    return exit.cancelled;
  } finally {
    forget();
  }
}
