import { largest } from '../../base/extremes.ts';
import { type Message, msg, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Job, NodePlan, Plan } from '../../plan/plan.ts';
import type { RunState } from '../../run/state.ts';
import type { Cell } from '../../view/cell.ts';
import { nodeCount } from '../../view/counts.ts';
import { urlsTitle } from '../../view/plan-page.ts';
import { reasonText } from '../../view/reasons.ts';
import { statusText } from '../../view/status.ts';
import { headline, tallyOf } from '../../view/tally.ts';
import type { Style } from '../terminal/style.ts';
import { printable } from '../text/printable.ts';
import { hang, pad, widthOf } from '../text/width.ts';
import { cellStyle } from './cell-style.ts';
import { failureLines } from './failure-lines.ts';

export interface PlanPage {
  /** Text about the steps that cannot be undone. */
  readonly lasting?: Message | undefined;
  /** The URLs that the nodes need, a line each. */
  readonly urls?: readonly Message[];
  readonly t: Translate;
  readonly style: Style;
  readonly columns: number;
}

/** What a run would do with a job: run it, nothing, unknown because its state is, or unavailable for the release. */
export type JobVerdict = 'run' | 'nothing' | 'unknown' | 'unavailable';

/** What a run would do with the job in its current state. */
export function verdictOf(job: Job): JobVerdict {
  if (!job.isRunnable) return 'unavailable';
  if (job.state === 'unknown') return 'unknown';
  return job.state === 'done' ? 'nothing' : 'run';
}

interface Group {
  readonly names: readonly string[];
  readonly plan: NodePlan;
}

/** Groups nodes with identical plans. */
function grouped(plan: Plan): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const node of plan.nodes) {
    const jobs = node.jobs.map((job) => [job.step, job.state, job.reasons, verdictOf(job)]);
    const key = JSON.stringify([node.facts?.osName, jobs]);
    const group = groups.get(key);
    groups.set(key, { names: [...(group?.names ?? []), node.node.name], plan: group?.plan ?? node });
  }
  return [...groups.values()];
}

function jobLine(job: Job, { lead, words, page }: { lead: number; words: number; page: PlanPage }): string {
  const { t, style, columns } = page;
  const { sign, paint } = cellStyle(job.state, style);
  const reasons = job.reasons.map((reason) => t(reasonText(reason))).join(' ');
  const head = `  ${paint(sign)} ${pad(job.step, lead)}  ${paint(pad(t(statusText(job.state)), words))}  `;
  return reasons === '' ? head.trimEnd() : hang(head, reasons, columns);
}

function groupLines(group: Group, state: RunState, page: PlanPage): readonly string[] {
  const { t, style, columns } = page;
  const { names, plan } = group;
  const system = plan.facts ? `  ${style.dim(printable(plan.facts.osName))}` : '';
  const title = hang('', style.bold(names.join(', ')), columns) + system;
  if (!plan.facts) {
    return [
      title,
      ...names.flatMap((name) => {
        const failure = own(state.nodes, name)?.failure;
        return failure ? failureLines(failure, page, '  ') : [];
      }),
    ];
  }
  const jobs = plan.jobs.filter((job) => job.isRunnable);
  const lead = largest(
    jobs.map(({ step }) => widthOf(step)),
    0,
  );
  const words = largest(
    jobs.map(({ state: found }) => widthOf(t(statusText(found)))),
    0,
  );
  return [title, ...jobs.map((job) => jobLine(job, { lead, words, page }))];
}

/** The totals of the nodes, in the words of every other view. */
function totals(plan: Plan, state: RunState): readonly Message[] {
  const lost = plan.nodes.flatMap(({ node, facts }) => {
    const failure = facts ? undefined : own(state.nodes, node.name)?.failure;
    return failure ? [{ node: node.name, failure }] : [];
  });
  const cells = plan.nodes
    .filter(({ facts }) => facts)
    .flatMap(({ jobs }) => jobs)
    .map((job): Cell => ({ status: job.isRunnable ? job.state : 'unavailable', kind: 'check' }));
  const text = headline(tallyOf(cells, plan.nodes.length, lost));
  return [nodeCount(plan.nodes.length), ...(text ? [text] : [])];
}

/** A plan as text: per node its steps, each with its state and reasons; then the totals. Only why there is none if the check was refused. */
export function planText(plan: Plan, state: RunState, page: PlanPage): string {
  const { t, style, columns } = page;
  const refusal = state.run?.refusal;
  if (refusal) return `${failureLines(refusal, page).join('\n')}\n`;
  const urls = (page.urls ?? []).map((text) => hang('  ', printable(t(text)), columns));
  const blocks = grouped(plan).map((group) => groupLines(group, state, page).join('\n'));
  const line = totals(plan, state).map(t).join(` ${style.signs.dot} `);
  const missing = plan.nodes.flatMap(({ jobs }) => jobs.flatMap((job) => (job.isRunnable ? [] : [job.step])));
  const left = t(
    msg('Skipped, since there are no packages for the release: {0}.', [...new Set(missing)].join(', ')),
  );
  return [
    ...blocks,
    ...(urls.length > 0 ? [[style.bold(t(urlsTitle)), ...urls].join('\n')] : []),
    ...(page.lasting ? [hang('', t(page.lasting), columns)] : []),
    ...(missing.length > 0 ? [style.dim(hang('', left, columns))] : []),
    `${style.bold(line)}  ${style.dim(t(msg('Nothing was changed.')))}\n`,
  ].join('\n\n');
}
