import { assertNever } from '../base/assert-never.ts';
import type { Failure } from '../base/failure.ts';
import { joined, type Message, msg } from '../base/l10n.ts';
import type { Occupant } from '../base/occupant.ts';
import type { KeptOnNode } from '../jobs/kept.ts';
import { failureText } from './failures.ts';
import { occupantText } from './occupant.ts';

/** What a node answered: what is kept there, that another run works there, or why it did not answer. */
export type OnNode =
  | { readonly type: 'kept'; readonly kept: KeptOnNode }
  | { readonly type: 'occupied'; readonly by: Occupant }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What Stackprep keeps of a node on this computer. */
export interface KeptHere {
  /** Number of host keys that Stackprep has saved. */
  readonly hostKeys: number;
  /** Number of finished runs with logs of the node, and the size of these logs. */
  readonly runs: number;
  readonly bytes: number;
  /** Number of unfinished runs, which keep their logs. */
  readonly unfinished: number;
  /** Whether a run of this computer works on the node now. */
  readonly isBusy: boolean;
}

/** Everything that Stackprep keeps of a node. */
export interface Kept {
  readonly node: string;
  readonly onNode: OnNode;
  readonly here: KeptHere;
  /** Number of stored passwords and secrets that are for this node alone. */
  readonly secrets: number;
}

const kibibyte = 1024;

function sizeText(bytes: number): Message {
  return bytes < kibibyte ** 2
    ? msg('{0} kB', Math.ceil(bytes / kibibyte))
    : msg('{0} MB', Math.round(bytes / kibibyte ** 2));
}

/** Whether this failure forbids to forget the node on this computer alone: its jobs are of a later version, or the user stopped it. */
export function isFinalFailure({ code }: Failure): boolean {
  return code === 'later-format' || code === 'cancelled';
}

/** Why the node cannot be forgotten now; `time` formats a time. */
export function forgetRefusal(
  { node, onNode, here }: Kept,
  time: (at: number) => string,
): Message | undefined {
  if (here.isBusy) return msg('A run is already in progress on {0}. Wait for it to finish.', node);
  switch (onNode.type) {
    case 'occupied': {
      const { by } = onNode;
      return msg('{0}: {1}. Nothing was removed.', node, occupantText(by, time(by.since)));
    }
    case 'failed':
      return isFinalFailure(onNode.failure) ? failureText(onNode.failure) : undefined;
    case 'kept':
      return undefined;
    default:
      return assertNever(onNode);
  }
}

function isEmptyNode({ jobs, guards, undo, ran }: KeptOnNode): boolean {
  return jobs + guards + undo.length + ran.length === 0;
}

/** Whether there is nothing to forget. */
export function isNothingKept({ onNode, here, secrets }: Kept): boolean {
  if (onNode.type !== 'kept' || !isEmptyNode(onNode.kept)) return false;
  return here.hostKeys + here.runs + secrets === 0;
}

function nodeLines({ node, onNode }: Kept): readonly Message[] {
  if (onNode.type !== 'kept') return [];
  const { kept } = onNode;
  if (isEmptyNode(kept)) return [msg('On {0}: nothing', node)];
  const parts = [
    ...(kept.jobs > 0 ? [msg('jobs: {0}', kept.jobs)] : []),
    ...(kept.undo.length > 0 ? [msg('backups for undo: {0}', kept.undo.length)] : []),
    ...(kept.ran.length > 0 ? [msg('records of steps: {0}', kept.ran.length)] : []),
    ...(kept.guards > 0 ? [msg('units for a rollback at boot: {0}', kept.guards)] : []),
  ];
  return [msg('On {0}: {1} ({2})', node, joined(parts, ', '), sizeText(kept.kilobytes * kibibyte))];
}

function hereLines({ here, secrets }: Kept): readonly Message[] {
  const parts = [
    ...(here.hostKeys > 0 ? [msg('saved host keys: {0}', here.hostKeys)] : []),
    ...(here.runs > 0 ? [msg('runs with logs: {0} ({1})', here.runs, sizeText(here.bytes))] : []),
    ...(secrets > 0 ? [msg('stored passwords: {0}', secrets)] : []),
  ];
  return [
    parts.length === 0 ? msg('On this computer: nothing') : msg('On this computer: {0}', joined(parts, ', ')),
  ];
}

/** What is lost, what stays, and what cannot be reached. */
export function forgetNotes({ node, onNode, here }: Kept): readonly Message[] {
  const notes: Message[] = [];
  if (onNode.type === 'failed')
    notes.push(
      failureText(onNode.failure),
      msg('What Stackprep keeps on {0} stays there; only what is on this computer is removed.', node),
    );
  if (onNode.type === 'kept') {
    const { undo, ran, files } = onNode.kept;
    if (undo.length > 0) notes.push(msg('Can no longer be undone: {0}', undo.join(', ')));
    if (ran.length > 0)
      notes.push(msg('Will run again, since their records are removed: {0}', ran.join(', ')));
    if (files.length > 0)
      notes.push(msg('Stay in effect; undo the steps first to remove them: {0}', files.join(', ')));
  }
  if (here.unfinished > 0)
    notes.push(msg('Unfinished runs keep their logs: {0}. Resume or discard them first.', here.unfinished));
  return notes;
}

/** What is kept, before it is removed: one line for the node and one for this computer. */
export function keptLines(kept: Kept): readonly Message[] {
  return [...nodeLines(kept), ...hereLines(kept)];
}

/** What was removed. */
export function forgottenText({ node, onNode }: Kept): Message {
  return onNode.type === 'kept'
    ? msg('{0} was forgotten, on the node and on this computer.', node)
    : msg('{0} was forgotten on this computer only.', node);
}
