import type { StepIntent } from '../steps/common/definition.ts';

/** `probe` reads facts and checks all steps, `preview` also shows what would change, `run` checks, applies and verifies each step, `undo` reverts each step. */
export type PayloadKind = 'probe' | 'preview' | 'run' | 'undo';

/** A step, as the header of its payload describes it. */
export interface HeaderStep {
  readonly id: string;
  readonly isCustom: boolean;
  readonly intent: StepIntent;
  readonly drifts: boolean;
  /** Whether a custom step has a `check`. */
  readonly hasCheck: boolean;
  /** Whether it is rolled back unless a second login succeeds. */
  readonly isGuarded?: true;
  /** What it wants, as text: equal if and only if the same is wanted. */
  readonly wanted: string;
}

/** What a payload says in the line before its library, as JSON after `# stackprep `: its steps, for simulated nodes. */
export interface PayloadHeader {
  readonly version: 1;
  readonly kind: PayloadKind;
  readonly steps: readonly HeaderStep[];
}

const lead = '\n# stackprep ';

/** The header of a payload's text; undefined for any other text. */
export function readHeader(text: string): PayloadHeader | undefined {
  // The text of a custom step precedes it and may contain such a line, so the last one is used.
  const start = text.lastIndexOf(lead);
  const match =
    start < 0 ? undefined : /^(\{.*\})$/m.exec(text.slice(start + lead.length).split('\n', 1)[0] ?? '');
  return match?.[1] === undefined ? undefined : (JSON.parse(match[1]) as PayloadHeader);
}
