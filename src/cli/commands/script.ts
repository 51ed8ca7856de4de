import { msg } from '../../base/l10n.ts';
import { visibleText } from '../../base/visible.ts';
import { loginText } from '../../cluster/login.ts';
import { payloadCommand } from '../../plan/command.ts';
import { buildPlan } from '../../plan/plan.ts';
import { printableCommand } from '../../shell/command.ts';
import { scriptHeader } from '../../view/script-header.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, exit, wrongUse } from '../command-line/context.ts';

/** Placeholder for the random nonce of a run, which prevents forged markers. */
const nonce = 'NONCE';

/** `stackprep script`: the scripts of a node, step by step, each with a header that describes it. */
export async function script(context: Context): Promise<number> {
  const { io, t, options } = context;
  if (options.nodes.length === 0)
    return wrongUse(context, msg('script requires a node: stackprep script FILE --node NAME.'));
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const { selection } = opened;
  const { decidedLogin, readyPlan, withPublicKeys } = await import('../../app/entry.ts');
  const cluster = await withPublicKeys(opened.cluster, selection, io.home);
  const [plan, another] = buildPlan(cluster, new Map(), selection).nodes;
  if (!plan || another)
    return wrongUse(context, msg('script takes one node, not {0}.', selection.nodes?.length ?? 0));
  const { node, jobs } = readyPlan(cluster, plan);
  if (jobs.length === 0)
    return wrongUse(context, msg('None of these steps applies to {0}. See stackprep plan.', node.name));
  const missing = jobs.filter((job) => !job.payload).map((job) => job.step);
  const login = loginText(await decidedLogin(node, io));
  const command = printableCommand(payloadCommand(node, ''));
  const texts = jobs.flatMap(({ step, payload }) => {
    if (!payload) return [];
    const intent = payload.header.steps.find(({ id }) => id === step)?.intent ?? {};
    const shown = { step, node: node.name, login, command, intent };
    return [scriptHeader(shown, nonce, t) + visibleText(payload.text(nonce))];
  });
  if (missing.length > 0)
    io.stderr.write(
      `${t(msg('Skipped, since there are no packages for the release: {0}.', missing.join(', ')))}\n`,
    );
  io.stdout.write(texts.join('\n'));
  return texts.length > 0 ? exit.fine : exit.findings;
}
