import type { Env } from './io.ts';

export type Paint = (text: string) => string;

/** Text styles and signs of the output; without colors, every paint returns the text unchanged. */
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

/** For terminals that may support only ASCII. */
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

function paint([on, off]: readonly number[], colors: boolean): Paint {
  return (text) => (colors && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text);
}

/** Colors are used only on a terminal, unless disabled (https://no-color.org). */
function wantsColors(isTTY: boolean, env: Env): boolean {
  return isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
}

function knowsUnicode(env: Env): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return locale === '' || /utf-?8/i.test(locale);
}

/** The style of an output. */
export function styleFor(isTTY: boolean, env: Env): Style {
  const colors = wantsColors(isTTY, env);
  return {
    bold: paint(codes.bold, colors),
    dim: paint(codes.dim, colors),
    red: paint(codes.red, colors),
    green: paint(codes.green, colors),
    yellow: paint(codes.yellow, colors),
    cyan: paint(codes.cyan, colors),
    signs: knowsUnicode(env) ? drawn : typed,
  };
}
