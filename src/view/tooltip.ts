import { joined, type Message, msg } from '../base/l10n.ts';
import { own } from '../base/own.ts';
import { oneLine } from '../base/visible.ts';
import type { OutlineItem } from '../cluster/outline.ts';
import type { StepStatus } from '../run/state.ts';
import { findStep } from '../steps/catalogue.ts';
import { cleanLine } from '../yum/clean.ts';
import { type Cell, cellText } from './cell.ts';
import { failureTexts, saidOf } from './failures.ts';
import { type ClusterSource, cellAt, failureOf, nodeOf, occupantOf } from './live.ts';
import { occupantText } from './occupant.ts';
import { outcomeWords } from './outcome-words.ts';
import { indexOf } from './outline-index.ts';
import { reasonText } from './reasons.ts';
import { durationText } from './status.ts';
import { adviceTexts, causeLine, causeTexts, usefulCause } from './trouble.ts';

/** The tooltip of an item: plain texts, one per line. */
export interface Tooltip {
  readonly title: string;
  readonly lines: readonly Message[];
  /** The message of the node or the operating system, on one printable line, untranslated. */
  readonly detail?: string;
}

const fromEarlierRun = msg('From an earlier run.');

type Time = (at: number) => string;

/** Why a blocked step did not run, unless its reasons name it. */
function blockedTexts({ status, by }: Cell, step: StepStatus | undefined): readonly Message[] {
  const isTold = (step?.reasons ?? []).some(({ args }) => args[0] === by);
  if (status !== 'blocked' || by === undefined || isTold) return [];
  return [msg('Step `{0}` did not succeed on this node, so this step did not run.', by)];
}

/** Everything known about a step on a node. */
export function stepTooltip(of: {
  readonly source: ClusterSource;
  readonly item: OutlineItem;
  readonly node: string;
  readonly time: Time;
}): Tooltip {
  const { source, item, node, time } = of;
  const step = own(nodeOf(source, node).steps, item.id);
  const title = `${item.id} — ${node}`;
  const cell = cellAt(source, node, item);
  const { status, failure } = cell;
  const recorded = status === 'failed' || status === 'interrupted' ? step?.trouble : undefined;
  const trouble = recorded && usefulCause(recorded, item.id, source.outline.settings);
  const known = findStep(item.id);
  const line = causeLine(trouble);
  return {
    title,
    lines: [
      cellText(cell, time),
      ...(failure ? failureTexts(failure) : []),
      ...blockedTexts(cell, step),
      ...causeTexts(trouble, step?.reasons ?? []),
      ...adviceTexts(trouble),
      ...(step?.notices ?? []).map(reasonText),
      ...(step?.isOld ? [fromEarlierRun] : []),
      ...(step?.checkedAt === undefined ? [] : [msg('Checked {0}.', time(step.checkedAt))]),
      ...(step?.milliseconds
        ? [outcomeWords(step.logKind ?? 'run').lastTook(durationText(step.milliseconds))]
        : []),
      ...(known ? [known.what, known.reverts ? known.undo : msg('Undo: {0}', known.undo)] : []),
    ],
    ...(line === undefined ? {} : { detail: oneLine(cleanLine(line)) }),
  };
}

/** Everything known about a node; if it is unreachable, why, and what to do. */
export function nodeTooltip(of: {
  readonly source: ClusterSource;
  readonly name: string;
  readonly time: Time;
}): Tooltip {
  const { source, name } = of;
  const item = indexOf(source.outline).node.get(name);
  const { facts, isOld } = nodeOf(source, name);
  const occupant = occupantOf(source, name);
  const failed = failureOf(source, name);
  const said = failed && saidOf(failed);
  return {
    title: name,
    lines: [
      ...(failed ? [failed.message, failed.action] : []),
      ...(isOld ? [fromEarlierRun] : []),
      ...(occupant ? [joined([occupantText(occupant, of.time(occupant.since)), '.'])] : []),
      ...(item?.address === undefined ? [] : [msg('Address: {0}', item.address)]),
      ...(item && item.roles.length > 0 ? [msg('Roles: {0}', item.roles.join(', '))] : []),
      ...(facts
        ? [
            msg('System: {0}', facts.osName),
            msg('Kernel: {0} ({1})', facts.kernel, facts.arch),
            msg('Package manager: {0}', facts.manager),
            msg('User: {0}', facts.user),
          ]
        : []),
    ],
    ...(said === undefined ? {} : { detail: said }),
  };
}
