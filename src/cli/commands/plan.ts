import type { Cluster } from '../../cluster/model.ts';
import type { NodeDifference } from '../../plan/differences.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Selection } from '../../plan/selection.ts';
import { neededUrls } from '../../plan/urls.ts';
import { planOf } from '../../view/differences/plan.ts';
import { urlTexts } from '../../view/plan-page.ts';
import { reasonText } from '../../view/reasons.ts';
import { lastingOf, lastingText } from '../../view/undo.ts';
import { openCluster } from '../cluster/open-cluster.ts';
import { type Context, pageWidth } from '../command-line/context.ts';
import { perform } from '../operation/perform.ts';
import { prepare } from '../operation/prepare.ts';
import { chooseReporter, drawsLive, nameWidths } from '../report/choose.ts';
import { printDifferencesJson } from '../report/differences-json.ts';
import { differencesText } from '../report/differences-text.ts';
import { silentReporter } from '../report/plain.ts';
import { planText, verdictOf } from '../report/plan-text.ts';
import { jsonText } from '../text/json.ts';
import { exitCodeOf } from './operate.ts';

/** A URL that nodes need, one object each. */
function printUrls(
  { io, t }: Context,
  { cluster, selection }: Pick<Planning, 'cluster' | 'selection'>,
): void {
  for (const { url, why, nodes } of neededUrls(cluster, selection))
    io.stdout.write(`${jsonText({ type: 'url', url, why: t(why), nodes })}\n`);
}

function printJson({ io, t }: Context, plan: Plan): void {
  for (const { node, facts, jobs } of plan.nodes) {
    if (!facts) continue;
    for (const job of jobs) {
      const { step, state, reasons } = job;
      const messages = reasons.map((reason) => t(reasonText(reason)));
      const item = { type: 'plan', node: node.name, step, verdict: verdictOf(job), state, reasons, messages };
      io.stdout.write(`${jsonText(item)}\n`);
    }
  }
}

export interface Planning {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly stateFolder: string;
  readonly knownHosts: readonly string[];
}

/** Checks the nodes and prints what a run would do. */
export async function showPlan(context: Context, planning: Planning): Promise<number> {
  const { io, t, style, options } = context;
  const { cluster, selection } = planning;
  const quiet = !options.json && !drawsLive(context);
  const reporter = quiet
    ? () => silentReporter(io.stderr, { t, style, kind: 'check', widths: nameWidths(cluster, selection) })
    : chooseReporter(context, { kind: 'check', cluster, selection, verbose: false });
  const found: NodeDifference[] = [];
  const sink = options.diff ? { onDifference: (each: NodeDifference) => found.push(each) } : {};
  const { state } = await perform(context, { ...planning, kind: 'check', reporter, ...sink });
  const plan = planOf(cluster, state, selection);
  if (options.json) {
    printJson(context, plan);
    printUrls(context, planning);
    if (options.diff) printDifferencesJson(context, plan, found);
  } else {
    if (options.diff && !state.run?.refusal) io.stdout.write(differencesText(context, plan, found));
    const steps = plan.nodes.flatMap(({ jobs }) => jobs.flatMap((job) => (job.isRunnable ? [job.step] : [])));
    const lasting = lastingText(lastingOf(cluster, [...new Set(steps)]));
    const urls = urlTexts(cluster, selection);
    io.stdout.write(planText(plan, state, { t, style, columns: pageWidth(context), lasting, urls }));
  }
  return exitCodeOf(state);
}

/** `stackprep plan`: what a run would do on each node and why; changes nothing. */
export async function plan(context: Context): Promise<number> {
  const opened = await openCluster(context);
  if (!opened.ok) return opened.code;
  const prepared = await prepare(context);
  if (!prepared.ok) return prepared.code;
  const { cluster, selection } = opened;
  const { stateFolder, knownHosts } = prepared;
  return await showPlan(context, { cluster, selection, stateFolder, knownHosts });
}
