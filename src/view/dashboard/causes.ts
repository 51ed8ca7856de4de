import type { Failure } from '../../base/failure.ts';
import { english, joined, type Message, msg, plain, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { oneLine } from '../../base/visible.ts';
import type { StepStatus } from '../../run/state.ts';
import { cleanLine } from '../../yum/clean.ts';
import { nodeNames } from '../counts.ts';
import { failureLabel, saidOf } from '../failures.ts';
import { type ClusterSource, failureOf, nodeOf } from '../live.ts';
import { adviceTexts, causeLine, causeTexts, usefulCause } from '../trouble.ts';
import { type DashboardAction, type DashboardCause, type DashboardRow, isFailure } from './model.ts';

/** Limits for a cluster where everything fails: the matrix still shows all of it. */
const maxCauses = 40;
const maxNames = 5;

interface Found {
  readonly status: DashboardCause['status'];
  readonly step?: string;
  /** Nodes whose failures differ in this have separate causes. */
  readonly subject: Message;
  readonly texts: readonly Message[];
  readonly quote?: string;
  readonly actions: readonly DashboardAction[];
}

function ofNode(failure: Failure): Found {
  const said = saidOf(failure);
  return {
    status: 'unreachable',
    subject: failureLabel(failure.code),
    texts: [failure.message, failure.action],
    ...(said === undefined ? {} : { quote: said }),
    actions: [...(failure.code === 'host-key-changed' ? (['replaceHostKey'] as const) : []), 'retry'],
  };
}

function ofStep(source: ClusterSource, id: string, step: StepStatus | undefined): Found {
  const trouble = step?.trouble && usefulCause(step.trouble, id, source.outline.settings);
  const line = oneLine(cleanLine(causeLine(trouble) ?? ''));
  const texts = [...causeTexts(trouble, step?.reasons ?? []), ...adviceTexts(trouble)];
  return {
    status: 'failed',
    step: id,
    subject: plain(id),
    texts: texts.length > 0 ? texts : [msg('The cause is not known. The log has the details.')],
    ...(line === '' ? {} : { quote: line }),
    actions: [...(step?.logRun === undefined ? [] : (['log'] as const)), 'retry'],
  };
}

function found(source: ClusterSource, { id: name, cells }: DashboardRow): readonly Found[] {
  const failure = failureOf(source, name);
  // A step that failed because the connection was lost has no separate cause.
  if (failure) return [ofNode(failure)];
  const { steps } = source.outline;
  return cells.flatMap(({ status }, column) => {
    const id = isFailure(status) ? steps[column]?.id : undefined;
    return id === undefined ? [] : [ofStep(source, id, own(nodeOf(source, name).steps, id))];
  });
}

/** Nodes with the same failure have one cause, even if the tool's output or the address in the text differs. */
function keyOf({ status, step, subject, texts }: Found): string {
  return JSON.stringify([status, step, english(subject), step === undefined ? '' : texts.map(english)]);
}

/** Why steps failed and nodes could not be used, in sentences; the same failure on several nodes once. `rows` are those of all nodes. */
export function causesOf(
  source: ClusterSource,
  rows: readonly DashboardRow[],
  translate: Translate,
): readonly DashboardCause[] {
  const groups = new Map<string, { readonly first: Found; readonly nodes: string[] }>();
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  for (const { id: name } of source.outline.nodes) {
    const row = rowOf.get(name);
    for (const each of row ? found(source, row) : []) {
      const key = keyOf(each);
      const group = groups.get(key);
      if (group) group.nodes.push(name);
      else groups.set(key, { first: each, nodes: [name] });
    }
  }
  return [...groups].slice(0, maxCauses).map(([id, { first, nodes }]): DashboardCause => {
    const { status, step, subject, texts, quote, actions } = first;
    return {
      ...{ id, status, nodes },
      title: translate(joined([subject, nodeNames(nodes, maxNames)], ' · ')),
      ...(step === undefined ? {} : { step }),
      text: translate(joined(texts, ' ')),
      ...(quote === undefined ? {} : { quote }),
      actions: source.scope ? actions.filter((action) => action === 'log') : actions,
    };
  });
}
