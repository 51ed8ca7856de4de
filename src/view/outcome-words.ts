import { assertNever } from '../base/assert-never.ts';
import { type Message, msg } from '../base/l10n.ts';
import type { RunKind } from '../base/states.ts';

/** The texts for the outcome of a step, by kind of run. */
export interface OutcomeWords {
  /** For the log of all nodes. */
  readonly changedAfter: (took: Message) => Message;
  readonly nothingToDo: Message;
  /** When it starts to change the node. */
  readonly begun: Message;
  readonly running: Message;
  readonly failed: Message;
  readonly cancelled: Message;
  readonly lastTook: (took: Message) => Message;
}

const applied: OutcomeWords = {
  changedAfter: (took) => msg('== changed after {0}', took),
  nothingToDo: msg('== nothing to do'),
  begun: msg('started'),
  running: msg('running'),
  failed: msg('failed'),
  cancelled: msg('cancelled'),
  lastTook: (took) => msg('The last run took {0}.', took),
};

const undone: OutcomeWords = {
  changedAfter: (took) => msg('== undone after {0}', took),
  nothingToDo: msg('== nothing to undo'),
  begun: msg('undoing'),
  running: msg('undoing'),
  failed: msg('undo failed'),
  cancelled: msg('undo cancelled'),
  lastTook: (took) => msg('The last undo took {0}.', took),
};

/** The texts for a run of that kind: a step that was changed by an undo is undone. */
export function outcomeWords(kind: RunKind): OutcomeWords {
  switch (kind) {
    case 'check':
    case 'run':
      return applied;
    case 'undo':
      return undone;
    default:
      return assertNever(kind);
  }
}
