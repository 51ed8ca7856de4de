import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './run.ts';
import { labFolder } from './state.ts';

/**
 * How the mirror behaves; `match` limits it to paths that contain this text.
 * `stall` sends the first half of a file and then nothing, `corrupt` sends other bytes of the right number,
 * `away` refuses every connection.
 */
export type MirrorMode =
  | { readonly mode: 'normal' }
  | { readonly mode: 'slow'; readonly bytesPerSecond: number; readonly match?: string }
  | { readonly mode: 'fail'; readonly status: number; readonly match?: string }
  | { readonly mode: 'stall'; readonly match?: string }
  | { readonly mode: 'corrupt'; readonly match?: string }
  | { readonly mode: 'away' };

/** The server reads it before every answer and watches it for changes. */
export const modeFile = join(labFolder, 'mirror.json');

/** One line per answer: method, path, range, status, bytes sent. */
export const mirrorLog = join(labFolder, 'mirror.log');

export function readMode(): MirrorMode {
  return existsSync(modeFile)
    ? (JSON.parse(readFileSync(modeFile, 'utf8')) as MirrorMode)
    : { mode: 'normal' };
}

export function writeMode(mode: MirrorMode): void {
  writeFileSync(`${modeFile}.new`, JSON.stringify(mode));
  renameSync(`${modeFile}.new`, modeFile);
}

/** Parses `slow BYTES-PER-SECOND [MATCH]`, `fail STATUS [MATCH]`, `stall [MATCH]`, … */
export function parseMode([mode = '', ...rest]: readonly string[]): MirrorMode {
  const [first, second] = rest;
  const matching = (match: string | undefined) => (match === undefined ? {} : { match });
  if (mode === 'normal' || mode === 'away') return { mode };
  if (mode === 'stall' || mode === 'corrupt') return { mode, ...matching(first) };
  const number = Number(first);
  if (mode === 'slow' && number > 0) return { mode, bytesPerSecond: number, ...matching(second) };
  if (mode === 'fail' && number >= 400) return { mode, status: number, ...matching(second) };
  throw new LabError(
    'mirror normal | slow BYTES-PER-SECOND [MATCH] | fail STATUS [MATCH] | stall | corrupt | away',
  );
}
