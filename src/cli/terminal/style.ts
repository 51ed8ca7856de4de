import type { Env } from './io.ts';

export type Paint = (text: string) => string;

/** The few ways by which a text may stand out, and the signs of the output; without colours every paint leaves the text as it is. */
export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  readonly signs: Signs;
}

export interface Signs {
  readonly done: string;
  readonly same: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly lost: string;
  readonly needed: string;
  readonly drifted: string;
  readonly unknown: string;
  readonly none: string;
  readonly bar: string;
  readonly dot: string;
  readonly full: string;
  readonly empty: string;
  readonly ellipsis: string;
}

const drawn: Signs = {
  done: '✓',
  same: '=',
  failed: '✗',
  cancelled: '⊘',
  lost: '!',
  needed: '●',
  drifted: '~',
  unknown: '?',
  none: '·',
  bar: '│',
  dot: '·',
  full: '━',
  empty: '─',
  ellipsis: '…',
};

/** For terminals that cannot be trusted with more than ASCII. */
const typed: Signs = {
  done: '+',
  same: '=',
  failed: 'x',
  cancelled: '/',
  lost: '!',
  needed: '*',
  drifted: '~',
  unknown: '?',
  none: '-',
  bar: '|',
  dot: '-',
  full: '#',
  empty: '.',
  ellipsis: '...',
};

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

function paint([on, off]: readonly number[], colours: boolean): Paint {
  return (text) => (colours && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text);
}

/** Colours only on a terminal and only when nobody forbade them (https://no-color.org). */
function wantsColours(isTTY: boolean, env: Env): boolean {
  return isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
}

function knowsUnicode(env: Env): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}

/** The style for one output. */
export function styleFor(isTTY: boolean, env: Env): Style {
  const colours = wantsColours(isTTY, env);
  return {
    bold: paint(codes.bold, colours),
    dim: paint(codes.dim, colours),
    red: paint(codes.red, colours),
    green: paint(codes.green, colours),
    yellow: paint(codes.yellow, colours),
    cyan: paint(codes.cyan, colours),
    signs: knowsUnicode(env) ? drawn : typed,
  };
}
