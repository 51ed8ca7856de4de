import { assertNever } from '../base/assert-never.ts';
import { joined, type Message, msg, plain } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import type { Span } from '../base/problem.ts';
import type { RunKind } from '../base/states.ts';
import { oneLine } from '../base/visible.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import type { StepStatus } from '../run/state.ts';
import { cleanLine } from '../yum/clean.ts';
import { nodeCount } from './counts.ts';
import { failureText } from './failures.ts';
import { type ClusterSource, cellAt, failureOf, nodeOf } from './live.ts';
import { reasonCodes } from './reasons.ts';
import { adviceTexts, causeLine, causeTexts, usefulCause } from './trouble.ts';

/** Maximum number of nodes that are named in a message, and that a problem refers to. */
const mostNames = 3;
const mostNodes = 20;

/** A node on which a step failed. */
export interface FailedNode {
  readonly node: string;
  /** The run whose log has the details. */
  readonly run?: string;
  /** The line of the log with the error, else the cause. */
  readonly text: Message;
}

/** A step that failed on some nodes for the same reason, as a problem of its line in the cluster file. */
export interface FailedStepProblem {
  readonly step: string;
  readonly span: Span;
  /** The explanation, else the reason that the step reported. */
  readonly code: string;
  readonly message: Message;
  readonly nodes: readonly FailedNode[];
}

interface Failed extends FailedNode {
  readonly code: string;
  readonly cause: Message;
  readonly kind: RunKind;
}

const knownCodes: ReadonlySet<string> = new Set(reasonCodes);

/** The explanation of a failure, else the first known reason: a node can print any code. */
function codeOf({ trouble, reasons }: StepStatus): string {
  return trouble?.explanation?.id ?? reasons.find(({ code }) => knownCodes.has(code))?.code ?? 'step-failed';
}

function failedOn(source: ClusterSource, item: OutlineItem, node: string): Failed | undefined {
  const { status, kind } = cellAt(source, node, item);
  const step = own(nodeOf(source, node).steps, item.id);
  if (!step || (status !== 'failed' && status !== 'interrupted')) return undefined;
  const trouble = step.trouble && usefulCause(step.trouble, item.id, source.outline.settings);
  const lost = failureOf(source, node);
  const causes = lost ? [failureText(lost)] : [...causeTexts(trouble, step.reasons), ...adviceTexts(trouble)];
  const cause = causes.length > 0 ? joined(causes, ' ') : msg('See the log.');
  const line = oneLine(cleanLine(causeLine(trouble) ?? ''));
  return {
    node,
    ...(step.logRun === undefined ? {} : { run: step.logRun }),
    text: line === '' ? cause : plain(line),
    code: lost ? lost.code : codeOf(step),
    cause,
    kind,
  };
}

/** `a`, `a, b`, `12 nodes (a, b, c and 9 more)`. */
function namesOf(nodes: readonly Failed[]): Message {
  const shown = joined(
    nodes.slice(0, mostNames).map(({ node }) => node),
    ', ',
  );
  if (nodes.length <= mostNames) return shown;
  const more = msg('{0} and {1} more', shown, nodes.length - mostNames);
  return joined([nodeCount(nodes.length), joined(['(', more, ')'])], ' ');
}

function failedText(kind: RunKind, step: string, names: Message, cause: Message): Message {
  switch (kind) {
    case 'check':
    case 'run':
      return msg('Step `{0}` failed on {1}: {2}', step, names, cause);
    case 'undo':
      return msg('Undo of step `{0}` failed on {1}: {2}', step, names, cause);
    default:
      return assertNever(kind);
  }
}

function problemOf({ id, span }: OutlineItem, nodes: readonly Failed[]): readonly FailedStepProblem[] {
  const [first] = nodes;
  if (!first) return [];
  const { code, cause, kind } = first;
  const message = failedText(kind, id, namesOf(nodes), cause);
  const related = nodes.slice(0, mostNodes).map(({ node, run, text }): FailedNode => {
    return { node, text, ...(run === undefined ? {} : { run }) };
  });
  return [{ step: id, span, code, message, nodes: related }];
}

/** The failed steps of a cluster: one problem for each step and cause, until a step succeeds or its results are forgotten. */
export function failedStepProblems(source: ClusterSource): readonly FailedStepProblem[] {
  // The place of a step that is no longer in the file is that in an earlier text.
  const present = source.outline.steps.filter(({ isGone }) => !isGone);
  return present.flatMap((item) => {
    const groups = new Map<string, Failed[]>();
    for (const node of item.nodes) {
      const failed = failedOn(source, item, node);
      if (!failed) continue;
      const key = JSON.stringify([failed.code, failed.kind, failed.code === 'step-failed' && failed.cause]);
      groups.set(key, [...(groups.get(key) ?? []), failed]);
    }
    return [...groups.values()].flatMap((nodes) => problemOf(item, nodes));
  });
}
