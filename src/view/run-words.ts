import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { RunKind, RunOutcome } from '../base/states.ts';

const kindTexts: Readonly<Record<RunKind, Message>> = {
  check: msg('check'),
  run: msg('run'),
  undo: msg('undo'),
};

/** The outcome of a stored run as text; undefined for an unfinished one. */
export function runOutcomeText(outcome: RunOutcome | undefined): Message {
  switch (outcome) {
    case 'ok':
      return msg('succeeded');
    case 'failed':
      return msg('failed');
    case 'cancelled':
      return msg('cancelled');
    case 'unreachable':
      return msg('no node reachable');
    case undefined:
      return msg('not finished');
    default:
      return assertNever(outcome);
  }
}

/** The kind of a stored run as text. */
export function runKindText(kind: RunKind): Message {
  return kindTexts[kind];
}
