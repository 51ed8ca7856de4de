import { escapedPieces, type Piece } from './escaped.ts';

/** Keys of YAML output (Ansible's yaml callback, Zuul, Salt's states) whose values are output of the tool or its error. */
const key =
  /^( {0,200})(?:- )?(?:msg|message|stdout|stderr|stdout_lines|stderr_lines|module_stdout|module_stderr|Comment|comment|errors|failures|output):(?: (.*))?$/;
const code = /^ {0,200}(?:rc|retcode): (\d{1,5})$/;

const keyStarts: ReadonlySet<number> = new Set(Array.from('msCceforR', (char) => char.charCodeAt(0)));

/** Whether a line may begin with one of the keys: a cheap look before the expressions. */
export function mayHaveKey(line: string): boolean {
  let at = 0;
  while (line.charCodeAt(at) === 0x20) at += 1;
  if (line.charCodeAt(at) === 0x2d && line.charCodeAt(at + 1) === 0x20) at += 2;
  if (!keyStarts.has(line.charCodeAt(at))) return false;
  while (isWordCode(line.charCodeAt(at))) at += 1;
  return line.charCodeAt(at) === 0x3a;
}

function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || code === 0x5f || (code >= 0x41 && code <= 0x5a);
}

/** Headers that Salt and Ansible print in place of the tool's text. */
const generic =
  /^(?:Error occurred installing package\(s\)\. Additional info follows:|non-zero return code|Package install failed.*)$/;

interface Block {
  /** The indentation of the key. */
  readonly indent: number;
  /** The indentation of its text; 0 until its first line. */
  base: number;
  /** Set while a quoted or plain text continues, folded. */
  folded?: { text: string; quote: string; column: number } | undefined;
}

export interface Taken {
  readonly pieces: readonly Piece[];
  /** Whether the line belongs to a block; otherwise the pieces come before it. */
  readonly isInside: boolean;
}

/** Reads the lines of blocks of YAML. */
export interface BlockReader {
  take(line: string): Taken;
  /** The text that was not complete. */
  end(): readonly Piece[];
  readonly exitCode: number | undefined;
  /** Whether the next line may belong to a block. */
  readonly isOpen: boolean;
}

/** Longer texts are not folded: each line is then read alone. */
const maxFoldedLength = 16_384;

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Whether a text, from after its opening quote, ends with the closing one. */
function isClosed(text: string, quote: string): boolean {
  const end = text.trimEnd();
  if (!end.endsWith(quote)) return false;
  const before = quote === "'" ? end : end.slice(0, -1);
  const escaping = quote === "'" ? "'" : '\\';
  let count = 0;
  while (before[before.length - 1 - count] === escaping) count += 1;
  return quote === "'" ? count % 2 === 1 : count % 2 === 0;
}

function unquoted(text: string, quote: string, column: number): readonly Piece[] {
  const inner = quote === '' ? text : text.trimEnd().slice(0, -1);
  if (quote === "'") return [{ text: inner.replaceAll("''", "'"), column }];
  if (quote === '"')
    return escapedPieces(inner).map((piece) => ({ ...piece, column: piece.column + column }));
  return [{ text: inner, column }];
}

const outside: Taken = { pieces: [], isInside: false };

export function createBlockReader(): BlockReader {
  let block: Block | undefined;
  let exitCode: number | undefined;

  const kept = (pieces: readonly Piece[]): readonly Piece[] =>
    pieces.filter(({ text }) => !generic.test(text));

  function finish(): readonly Piece[] {
    const folded = block?.folded;
    if (!block || !folded) return [];
    block.folded = undefined;
    const { text, quote, column } = folded;
    return kept(isClosed(text, quote) || quote === '' ? unquoted(text, quote, column) : [{ text, column }]);
  }

  function begin(line: string, indent: number, value: string): readonly Piece[] {
    const before = finish();
    block = { indent, base: 0 };
    if (value === '' || /^[|>][+-]?\d?$/.test(value)) return before;
    const quote = /^['"]/.exec(value)?.[0] ?? '';
    const column = line.length - value.length + quote.length;
    const text = value.slice(quote.length);
    if (quote !== '' && isClosed(text, quote)) return [...before, ...kept(unquoted(text, quote, column))];
    block.folded = { text, quote, column };
    return before;
  }

  /** A line that is indented deeper than the key. */
  function inside(line: string, open: Block, indent: number): readonly Piece[] {
    const { folded } = open;
    if (folded && folded.text.length + line.length < maxFoldedLength) {
      folded.text = `${folded.text} ${line.trim()}`;
      return folded.quote !== '' && isClosed(folded.text, folded.quote) ? finish() : [];
    }
    const item = /^( *- )(?=\S)/.exec(line)?.[1];
    const isItem = item !== undefined && (open.base === 0 || item.length <= open.base);
    if (isItem) open.base = item.length;
    else if (open.base === 0 || indent < open.base) open.base = indent;
    return kept([{ text: line.slice(open.base), column: open.base }]);
  }

  return {
    take(line) {
      // Only a line with a key begins a block.
      if (!block && !line.includes(':')) return outside;
      if (/^ {0,200}Result: False$/.test(line)) exitCode = 1;
      const exit = code.exec(line)?.[1];
      if (exit !== undefined) exitCode = Number(exit);
      const found = key.exec(line);
      if (found)
        return { pieces: begin(line, (found[1] ?? '').length, (found[2] ?? '').trim()), isInside: true };
      if (!block) return { pieces: [], isInside: false };
      if (line.trim() === '') return { pieces: finish(), isInside: block.folded === undefined };
      const indent = indentOf(line);
      // Items of a list may have the indentation of their key.
      const isItem = indent === block.indent && line.startsWith('- ', indent);
      if (indent > block.indent || isItem) return { pieces: inside(line, block, indent), isInside: true };
      const pieces = finish();
      block = undefined;
      return { pieces, isInside: false };
    },
    end: finish,
    get isOpen() {
      return block !== undefined;
    },
    get exitCode() {
      return exitCode;
    },
  };
}
