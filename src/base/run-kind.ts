import { assertNever } from './assert-never.ts';
import type { RunKind } from './states.ts';

/** The kinds of run that change nodes; they can be resumed and retried. */
export type ChangeKind = Exclude<RunKind, 'check'>;

const kinds: Readonly<Record<RunKind, true>> = { check: true, run: true, undo: true };

/** Whether a word from a journal is a kind of run. */
export function isRunKind(word: unknown): word is RunKind {
  return typeof word === 'string' && Object.hasOwn(kinds, word);
}

/** Whether it applies steps: what they need is made for it, and nothing has to be done for a step that is done. */
export function appliesSteps(kind: RunKind): boolean {
  switch (kind) {
    case 'run':
      return true;
    case 'check':
    case 'undo':
      return false;
    default:
      return assertNever(kind);
  }
}

/** Whether it takes the steps in the reverse of their order: an undo reverts what builds on a step before the step. */
export function isReversed(kind: RunKind): boolean {
  switch (kind) {
    case 'check':
    case 'run':
      return false;
    case 'undo':
      return true;
    default:
      return assertNever(kind);
  }
}

/** Whether nodes may be different after it. */
export function changesNodes(kind: RunKind): kind is ChangeKind {
  switch (kind) {
    case 'check':
      return false;
    case 'run':
    case 'undo':
      return true;
    default:
      return assertNever(kind);
  }
}
