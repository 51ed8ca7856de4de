import { type HeaderStep, type PayloadHeader, readHeader } from '../plan/header.ts';

/** A step of a payload, as far as the demo parses it. */
export type ScriptStep = HeaderStep;

/** A payload parsed from its text. */
export interface Script {
  readonly kind: PayloadHeader['kind'];
  readonly nonce: string;
  readonly steps: readonly ScriptStep[];
}

/** Parses a payload; undefined for any other script and for one that is incomplete. */
export function readScript(text: string): Script | undefined {
  const header = readHeader(text);
  const nonce = /^sp_nonce=([A-Za-z0-9]+)$/m.exec(text)?.[1];
  const main = text.lastIndexOf('\nsp_main() {');
  if (!header || nonce === undefined || main < 0 || !/\nsp_(?:main <\/dev\/null|masked)\s*$/.test(text))
    return undefined;
  return { kind: header.kind, nonce, steps: header.steps };
}
