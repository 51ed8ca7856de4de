import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg, type Translate } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Cluster, ClusterNode } from '../cluster/model.ts';
import { type Selection, selectNodes, selectSteps } from '../plan/selection.ts';
import { neededUrls } from '../plan/urls.ts';
import type { NodeStatus, RunState } from '../run/state.ts';
import { type Cell, cellOf, cellText, lostBy } from './cell.ts';
import { nodeCount, stepCount } from './counts.ts';
import { failureNote } from './failures.ts';
import { isRunnable } from './matrix.ts';
import { statusText } from './status.ts';
import { headline, tallyOf } from './tally.ts';
import { causeTexts } from './trouble.ts';
import { lastingOf, lastingText } from './undo.ts';

export interface PlanRequest {
  readonly cluster: Cluster;
  readonly selection: Selection;
  readonly state: RunState;
  /** Formats a time given in milliseconds since 1970. */
  readonly time: (at: number) => string;
}

/** A node of the plan with the steps that a run would take. */
interface PlannedNode {
  readonly node: ClusterNode;
  readonly status: NodeStatus;
  readonly steps: readonly { readonly id: string; readonly cell: Cell }[];
}

function plannedNodes({ cluster, selection, state }: PlanRequest): readonly PlannedNode[] {
  return selectNodes(cluster, selection).map((node) => {
    const status = own(state.nodes, node.name) ?? { connection: 'idle', steps: {} };
    const steps = selectSteps(cluster, node, selection).map((item) => {
      return { id: item.id, cell: cellOf(status, item.id, isRunnable(item)) };
    });
    return { node, status, steps };
  });
}

/** Whether a run would apply the step. */
function isToRun({ status }: Cell): boolean {
  switch (status) {
    case 'failed':
    case 'interrupted':
    case 'blocked':
    case 'not-started':
    case 'drifted':
    case 'needed':
    case 'undone':
    case 'nothing-to-undo':
    case 'cancelled':
      return true;
    case 'running':
    case 'unreachable':
    case 'unknown':
    case 'unchecked':
    case 'changed':
    case 'unchanged':
    case 'done':
    case 'unavailable':
      return false;
    default:
      return assertNever(status);
  }
}

/** Why the step is in its state: of a failure the known cause. */
function whyTexts({ steps }: NodeStatus, id: string, { status }: Cell): readonly Message[] {
  const step = own(steps, id);
  const isFailure = status === 'failed' || status === 'interrupted';
  return step ? causeTexts(isFailure ? step.trouble : undefined, step.reasons) : [];
}

function row(name: string, value: string, remark: string): string {
  // A name in a reason comes from the node.
  const entry = `${name}: ${/[:#]/.test(value) ? JSON.stringify(value) : value}`;
  return remark === '' ? entry : `${entry.padEnd(40)} # ${remark.replace(/\s+/g, ' ')}`;
}

function nodeRows({ node, status, steps }: PlannedNode, translate: Translate): readonly string[] {
  const failure = lostBy(status);
  if (failure) {
    const note = [node.ssh.host, translate(failureNote(failure))].join(', ');
    return ['', row(node.name, translate(statusText('unreachable')), note)];
  }
  const about = [node.ssh.host, ...(status.facts ? [status.facts.osName] : [])].join(', ');
  return [
    '',
    row(node.name, '', about).trimEnd(),
    ...steps.map(({ id, cell }) => {
      const why = whyTexts(status, id, cell).map(translate).join(' ');
      return row(`  ${id}`, translate(cellText(cell)), why);
    }),
  ];
}

/** What is known of the nodes, in the words of every other view, and how many steps a run would apply. */
function totals(plans: readonly PlannedNode[]): Message {
  const cells = plans.flatMap(({ steps }) => steps.map(({ cell }) => cell));
  const lost = plans.flatMap(({ node, status }) => {
    const failure = lostBy(status);
    return failure ? [{ node: node.name, failure }] : [];
  });
  const found = headline(tallyOf(cells, plans.length, lost)) ?? statusText('unchecked');
  const count = cells.filter(isToRun).length;
  const toRun = count > 0 ? [msg('to run: {0}', stepCount(count))] : [];
  return joined([nodeCount(plans.length), found, ...toRun], ' · ');
}

/** Some names, and how many more there are. */
export function namesText(names: readonly string[]): string | Message {
  const [shown, more] = [names.slice(0, 3).join(', '), names.length - 3];
  return more > 0 ? msg('{0} and {1} more', shown, more) : shown;
}

/** The URLs that the nodes need, a line each. */
export function urlTexts(cluster: Cluster, selection: Selection): readonly Message[] {
  return neededUrls(cluster, selection).map(({ url, why, nodes }) =>
    joined([`${url}: `, why, ' (', namesText(nodes), ')']),
  );
}

/** What precedes the URLs. */
export const urlsTitle = msg('URLs that the nodes need:');

/** The dry run as a YAML document: per node, what a run would do with each step, and why. */
export function planPage(request: PlanRequest, translate: Translate): string {
  const { cluster, selection, state, time } = request;
  const urls = urlTexts(cluster, selection);
  const nodes = plannedNodes(request);
  const runnable = nodes.flatMap(({ steps }) =>
    steps.flatMap(({ id, cell }) => (cell.status === 'unavailable' ? [] : [id])),
  );
  const lasting = lastingText(lastingOf(cluster, [...new Set(runnable)]));
  const at = state.run?.finishedAt;
  const asOf = at === undefined ? msg('Not checked yet.') : msg('As of {0}.', time(at));
  const head = [
    msg('Plan of {0}: what a run would do. Nothing was changed.', cluster.name),
    asOf,
    totals(nodes),
    ...(lasting ? [lasting] : []),
  ];
  return [
    ...head.map((line) => `# ${translate(line)}`),
    ...nodes.flatMap((node) => nodeRows(node, translate)),
    ...(urls.length > 0 ? ['', `# ${translate(urlsTitle)}`] : []),
    ...urls.map((text) => `#   ${translate(text).replace(/\s+/g, ' ')}`),
    '',
  ].join('\n');
}
