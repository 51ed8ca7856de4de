import type { Failure } from '../../base/failure.ts';
import { english, joined, type Message, msg, plain, type Translate } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { oneLine } from '../../base/visible.ts';
import type { StepStatus } from '../../run/state.ts';
import { cleanLine } from '../../yum/clean.ts';
import { nodeNames } from '../counts.ts';
import { failureLabel, saidOf } from '../failures.ts';
import { type ClusterSource, cellAt, failureOf, nodeOf } from '../live.ts';
import { indexOf } from '../outline-index.ts';
import { adviceTexts, causeTexts, usefulCause } from '../trouble.ts';
import { type DashboardAction, type DashboardCause, isFailure } from './model.ts';

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
  const line = trouble?.line === undefined ? '' : oneLine(cleanLine(trouble.line));
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

function found(source: ClusterSource, name: string): readonly Found[] {
  const failure = failureOf(source, name);
  const steps = (indexOf(source.outline).stepsOf.get(name) ?? []).filter((item) =>
    isFailure(cellAt(source, name, item).status),
  );
  // A step that failed because the connection was lost has no separate cause.
  if (failure) return [ofNode(failure)];
  return steps.map(({ id }) => ofStep(source, id, own(nodeOf(source, name).steps, id)));
}

/** Nodes with the same failure have one cause, even if the tool's output or the address in the text differs. */
function keyOf({ status, step, subject, texts }: Found): string {
  return JSON.stringify([status, step, english(subject), step === undefined ? '' : texts.map(english)]);
}

/** Why steps failed and nodes could not be used, in sentences; the same failure on several nodes once. */
export function causesOf(source: ClusterSource, translate: Translate): readonly DashboardCause[] {
  const groups = new Map<string, { readonly first: Found; readonly nodes: string[] }>();
  for (const { id: name } of source.outline.nodes) {
    for (const each of found(source, name)) {
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
