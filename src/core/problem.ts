import type { Message } from './l10n.ts';

/** A place in a text: UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'information';

/** Every fault that a cluster file can have. */
export type ProblemCode =
  | 'yaml-syntax'
  | 'file-empty'
  | 'file-too-large'
  | 'key-unknown'
  | 'key-missing'
  | 'key-duplicate'
  | 'type-wrong'
  | 'value-unknown'
  | 'node-range'
  | 'node-name'
  | 'node-name-duplicate'
  | 'node-address'
  | 'node-address-duplicate'
  | 'release-unknown'
  | 'step-unknown'
  | 'step-duplicate'
  | 'step-unavailable'
  | 'role-without-nodes';

/** A fault of the user's document, as a value; line and column are made only at the edge. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: Message;
}
