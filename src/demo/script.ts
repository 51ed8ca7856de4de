import { type PayloadHeader, readHeader } from '../plan/payload.ts';
import type { StepIntent } from '../steps/definition.ts';

/** One step of a payload, as far as a simulated node understands it. */
export interface ScriptStep {
  readonly id: string;
  readonly own: boolean;
  readonly intent: StepIntent;
  readonly drifts: boolean;
  /** The body of the step's check: what it asks for, word for word. */
  readonly check: string;
}

/** A payload, read back from its text. */
export interface Script {
  readonly kind: PayloadHeader['kind'];
  readonly nonce: string;
  readonly steps: readonly ScriptStep[];
}

function between(text: string, start: string, end: string): string {
  const from = text.indexOf(start);
  const to = text.indexOf(end, from);
  return from < 0 || to < 0 ? '' : text.slice(from + start.length, to);
}

/** Reads a payload's text; undefined for any other script and for one that was cut off. */
export function readScript(text: string): Script | undefined {
  const header = readHeader(text);
  const nonce = /^sp_nonce=([A-Za-z0-9]+)$/m.exec(text)?.[1];
  const main = text.lastIndexOf('\nsp_main() {');
  if (!header || nonce === undefined || main < 0 || !/\nsp_(?:main|masked) <\/dev\/null\s*$/.test(text))
    return undefined;
  const calls = text.slice(main);
  const steps = header.steps.map(({ id, own, intent }, index) => ({
    id,
    own,
    intent,
    drifts: new RegExp(`^sp_(?:probe|run|undo) ${index} \\S+ drifts\\b`, 'm').test(calls),
    check: between(text, `sp_check_${index}() {\n`, `\n}\nsp_apply_${index}() {\n`),
  }));
  return { kind: header.kind, nonce, steps };
}
