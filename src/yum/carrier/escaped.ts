import { own } from '../../base/own.ts';

/** Keys of Ansible's results, of Puppet's and Salt's JSON whose values are output of the tool or its error. */
const textKeys: ReadonlySet<string> = new Set([
  'msg',
  'message',
  'stdout',
  'stderr',
  'stdout_lines',
  'stderr_lines',
  'module_stdout',
  'module_stderr',
  'results',
  'failures',
  'errors',
  'comment',
  'output',
  // journalctl -o json, and the files of Docker's json-file driver.
  'MESSAGE',
  'log',
]);

/** Texts that a module prints in place of the tool's own. */
const generic =
  /^(?:non-zero return code|MODULE FAILURE|Failed to install some of the specified packages|Depsolve Error occurred:|See stdout\/stderr for the exact error)\s*$/;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '',
  f: '',
  '"': '"',
  '/': '/',
  '\\': '\\',
};

/** A piece of a string literal, decoded, with its place in the line. */
export interface Piece {
  readonly text: string;
  readonly column: number;
}

interface Literal {
  /** The decoded lines, each with the column where it starts. */
  readonly pieces: readonly Piece[];
  /** After the closing quote, or the end of the line. */
  readonly end: number;
}

/** Decodes a literal from after its opening quote; a cut one ends with the line. */
function literalAt(line: string, start: number, quote: string): Literal {
  const first = nextSpecial(line, start, quote.charCodeAt(0));
  if (line.charCodeAt(first) !== backslash)
    return {
      pieces: [{ text: line.slice(start, first), column: start }],
      end: Math.min(line.length, first + 1),
    };
  const pieces: Piece[] = [];
  let text = '';
  let column = start;
  let at = start;
  const close = (next: number): void => {
    pieces.push({ text, column });
    text = '';
    column = next;
  };
  const quoteCode = quote.charCodeAt(0);
  while (at < line.length) {
    const charCode = line.charCodeAt(at);
    if (charCode === quoteCode) break;
    if (charCode !== backslash) {
      const next = nextSpecial(line, at, quoteCode);
      text += line.slice(at, next);
      at = next;
      continue;
    }
    const code = line[at + 1] ?? '';
    if (code === 'u' && /^[\da-fA-F]{4}$/.test(line.slice(at + 2, at + 6))) {
      text += String.fromCharCode(Number.parseInt(line.slice(at + 2, at + 6), 16));
      at += 6;
      continue;
    }
    at += 2;
    const decoded = own(escapes, code) ?? `\\${code}`;
    if (decoded === '\n') close(at);
    else text += decoded ?? '';
  }
  close(at);
  return { pieces, end: Math.min(line.length, at + 1) };
}

const backslash = 0x5c;

function nextSpecial(line: string, from: number, quoteCode: number): number {
  for (let at = from; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === quoteCode || code === backslash) return at;
  }
  return line.length;
}

/** Whether the next character that is not a blank is `char`. */
function isNext(line: string, from: number, char: string): boolean {
  let at = from;
  while (line.charCodeAt(at) === 0x20) at += 1;
  return line[at] === char;
}

/** The values of a line of JSON that hold text of the tool, and the exit code if the line has one. */
export interface JsonTexts {
  readonly pieces: readonly Piece[];
  readonly exitCode?: number;
  /** Whether an array of texts is still open at the end of the line. */
  readonly isOpen: boolean;
}

/** The exit code in the value of a key of Ansible, Salt or Puppet; `rest` begins after the key. */
function exitCodeIn(key: string, rest: string): number | undefined {
  if (key !== 'rc' && key !== 'retcode' && key !== 'exit_status') return undefined;
  const code = /^ *: *"?(\d{1,5})\b/.exec(rest)?.[1];
  return code === undefined ? undefined : Number(code);
}

interface JsonState {
  key: string;
  /** The depth of arrays of texts. */
  depth: number;
  exitCode?: number | undefined;
}

/** More lines inside one line are not read: it would keep everything else waiting. What failed is at the start or the end. */
const maxPieces = 6000;

function limited(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.length <= maxPieces
    ? pieces
    : [...pieces.slice(0, maxPieces / 2), ...pieces.slice(-maxPieces / 2)];
}

/** The break at the end of a text is not a blank line. */
function withoutLastBreak(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.length > 1 && pieces.at(-1)?.text === '' ? pieces.slice(0, -1) : pieces;
}

/** Reads the literal at a quote: a key, or a value with text; its pieces and where it ends. */
function readLiteral(line: string, at: number, state: JsonState): Literal {
  const { pieces, end } = literalAt(line, at + 1, '"');
  if (state.depth > 0 || !isNext(line, end, ':'))
    return { pieces: textKeys.has(state.key) ? withoutLastBreak(pieces) : [], end };
  state.key = pieces.map(({ text }) => text).join('');
  state.exitCode = exitCodeIn(state.key, line.slice(end, end + 40)) ?? state.exitCode;
  return { pieces: [], end };
}

/** Reads a line of JSON, also one that was cut; `isOpen` is that of the line before. */
export function jsonTexts(line: string, isOpen = false): JsonTexts {
  const found: Piece[] = [];
  // Only arrays of texts continue on the next line.
  const state: JsonState = isOpen ? { key: 'results', depth: 1 } : { key: '', depth: 0 };
  let at = 0;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code === 0x22) {
      const { pieces, end } = readLiteral(line, at, state);
      for (const piece of pieces) found.push(piece);
      at = end;
      continue;
    }
    if (code === 0x5b && textKeys.has(state.key)) state.depth += 1;
    else if (code === 0x5d && state.depth > 0) state.depth -= 1;
    at += 1;
  }
  const { exitCode } = state;
  return {
    pieces: limited(found).filter(({ text }) => !generic.test(text)),
    ...(exitCode === undefined ? {} : { exitCode }),
    isOpen: state.depth > 0 && textKeys.has(state.key),
  };
}

/** A member of an object, alone on its line, whose value is no text. */
const member = /^\s{1,200}"[\w.-]{1,64}": (?:true|false|null|-?\d{1,20}|\[\]?|\{\}?),?\s{0,8}$/;

/** Whether a line has JSON with texts: a result of Ansible or Salt, or an item of it on a separate line. */
export function hasJsonTexts(line: string): boolean {
  if (!line.includes('"')) return line.endsWith(' => {');
  if (line.includes(' => {') || line.startsWith('{"')) return true;
  if (member.test(line)) return true;
  const found = /^\s{0,200}"([a-z_]{1,20})": ?["[\d]/.exec(line);
  return found?.[1] !== undefined && (textKeys.has(found[1]) || found[1] === 'rc');
}

/** Whether a line is the inside of a cut literal: it has line breaks as escapes. */
export function hasEscapedBreaks(line: string): boolean {
  const first = line.indexOf('\\n');
  if (first < 0 || line.indexOf('\\n', first + 2) < 0) return false;
  // A quote before the first of them begins a text of the tool: nothing of it may be lost.
  return nextSpecial(line.slice(0, first).replaceAll('\\"', '  '), 0, 0x22) === first;
}

/** The lines inside a literal without its beginning; text after its closing quote is dropped. */
export function escapedPieces(line: string): readonly Piece[] {
  return limited(literalAt(line, 0, '"').pieces);
}
