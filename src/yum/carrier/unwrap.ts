import { smallest } from '../../base/extremes.ts';
import { cleanLine, withoutEnd } from '../clean.ts';
import { createBlockReader, mayHaveKey } from './blocks.ts';
import { escapedPieces, hasEscapedBreaks, hasJsonTexts, jsonTexts, type Piece } from './escaped.ts';
import { createMarkFinder } from './marks.ts';
import { type Prefix, prefixesOf, prefixLength } from './prefixes.ts';

/** A line of the tool, with its place in the log: `row` from 0, `column` in characters of the line without escape sequences. */
export interface ToolLine extends Piece {
  readonly row: number;
}

/** Takes off what the program that ran the tool put around its lines; in constant memory. */
export interface LineUnwrapper {
  /** Takes decoded text in chunks of any size. */
  push(text: string): void;
  /** Takes that many lines as read, up to the start of a line; what they began is forgotten. */
  skip(lines: number): void;
  /** Reads the rest. */
  end(): void;
  /** What was taken off, the outermost first. */
  carriers(): readonly string[];
  /** The exit code that the carrier reports for the tool, the last one. */
  exitCode(): number | undefined;
}

/** Returns the lines of each chunk. */
export interface Unwrapper extends Pick<LineUnwrapper, 'carriers' | 'exitCode'> {
  push(text: string): readonly ToolLine[];
  end(): readonly ToolLine[];
}

/** The carrier is found from the first lines; as many are kept until then. */
const sampleLines = 400;
const sampleLength = 131_072;
/** The rest of a longer line is not read: its keys are in the order of the alphabet, so `msg` and `stderr` come before `stdout`. */
const maxLineLength = 524_288;
/** A color whose escape character was lost, or printed as a word, and the name of a stream, as Chef prints it. */
const lostEscape = /^(?:(?:ESC)?\[\d{1,2}(?:;\d{1,2}){0,3}m){1,3}|^STD(?:ERR|OUT): /;
/** `Execution of '/usr/bin/yum -y install a' returned 1: Error: Nothing to do`. */
const ran = "' returned ";
const tool = /Execution of '\S{0,200}\b(?:yum|dnf|dnf5|microdnf) /;
const execution = /^(\d{1,3}): (\S.*)$/;
/** A margin that all lines have; the tool's own lines are indented by at most three columns. */
const minMarginColumns = 4;

/** A list under a key whose texts are not read, and an item of it. */
const foreignList = /^\s{1,200}"[\w.-]{1,64}": \[$/;
const listItem = /^\s{1,200}(?:"[^"]{0,1000}",?|\],?)\s{0,8}$/;

/** What introduces a block that is indented: `::` of reStructuredText, or a rule. */
const introduces = /^[^\p{L}\p{N}]{1,80}$|::$/u;

/** Lines that a tool prints at the left, here with a margin. */
const indentedStart =
  /^ {1,3}(?:Updating and loading repositories:|Repositories loaded\.|Dependencies [Rr]esolved|Last metadata expiration check:|Loaded plugins:|Failed to resolve the transaction:|Running transaction|Complete!)/;

/** The margin of a log that was copied with one or a few blanks: less than its own lines can have. */
function smallMarginOf(lines: readonly string[]): number {
  const found = lines.filter((line) => indentedStart.test(line));
  return found.length < 2 ? 0 : smallest(found.map((line) => line.search(/\S/)));
}

function marginOf(all: readonly string[]): number {
  const lines = introduces.test(all[0] ?? '') ? all.slice(1) : all;
  const indents = lines.map((line) => line.length - line.trimStart().length);
  const sorted = indents.toSorted((a, b) => a - b);
  // A few lines may have no margin; of a short text, one.
  const margin = sorted[Math.floor(indents.length / 10)] || (indents.length > 4 ? sorted[1] : 0) || 0;
  // An error whose long explanation is indented begins at the left.
  const isWide = margin >= minMarginColumns || (margin > 0 && lines[0]?.startsWith('\t') === true);
  const isMargin = isWide && lines.length > 2 && (indents[0] ?? 0) >= margin;
  return isMargin ? margin : smallMarginOf(lines);
}

interface Frame {
  readonly layers: readonly Prefix[];
  readonly margin: number;
  readonly isBare: boolean;
}

function frameOf(lines: readonly string[]): Frame {
  const present = lines.map(cleanLine).filter((line) => line !== '');
  const layers = prefixesOf(present);
  const rest = present
    .map((line) => line.slice(prefixLength(line, layers)))
    .filter((line) => line.trim() !== '');
  const margin = marginOf(rest);
  return { layers, margin, isBare: layers.length === 0 && margin === 0 };
}

function withoutLostEscapes(raw: string): string {
  const line = /^[[ES]/.test(raw) ? raw.replace(lostEscape, '') : raw;
  if (!line.endsWith('[0m')) return line;
  return line.slice(0, line.endsWith('ESC[0m') ? -6 : -3);
}

/** Whether a line without quotes and escapes can only be one of the tool itself. */
function isOrdinary(line: string): boolean {
  const first = line.charCodeAt(0);
  if (first === 0x5b || first === 0x45 || first === 0x53) return !lostEscape.test(line) && !mayHaveText(line);
  return !mayHaveText(line);
}

/** A line that ends like `=> {` or `[0m`, or begins with a key. */
function mayHaveText(line: string): boolean {
  const last = line.charCodeAt(line.length - 1);
  return last === 0x7b || last === 0x6d || mayHaveKey(line);
}

/** Takes off what the program that ran the tool put around its lines, and gives each line of the tool to `take`. */
export function createLineUnwrapper(
  take: (text: string, row: number, column: number) => void,
): LineUnwrapper {
  let blocks = createBlockReader();
  const marks = createMarkFinder();
  const names = new Set<string>();
  let frame: Frame | undefined;
  let sample: string[] = [];
  let sampled = 0;
  let rest = '';
  let row = -1;
  let exitCode: number | undefined;
  let isOpen = false;
  /** Whether a list of texts that are not the tool's is open, such as the words of a command. */
  let isForeign = false;

  function put(pieces: readonly Piece[], start: number): void {
    for (const { text, column } of pieces) take(text, row, column + start);
  }

  function readJson(line: string, start: number): boolean {
    if (isForeign && listItem.test(line)) return true;
    isForeign = false;
    if (!isOpen && !hasJsonTexts(line)) return false;
    const found = jsonTexts(line, isOpen);
    if (isOpen && found.pieces.length === 0 && !/^[\s[\]{},"]*$/.test(line)) {
      isOpen = false;
      return readJson(line, start);
    }
    isOpen = found.isOpen;
    isForeign = !isOpen && foreignList.test(line);
    exitCode = found.exitCode ?? (line.includes('FAILED! => {') ? 1 : exitCode);
    names.add('json');
    put(found.pieces, start);
    return true;
  }

  /** Puppet quotes the command, its exit code and its last words on one line. */
  function readExecution(line: string, start: number): boolean {
    const end = line.indexOf(ran);
    if (end < 0 || !tool.test(line.slice(0, end))) return false;
    const found = execution.exec(line.slice(end + ran.length));
    if (!found) return false;
    const [whole, code, words = ''] = found;
    names.add('puppet');
    exitCode = Number(code);
    put([{ text: words, column: end + ran.length + whole.length - words.length }], start);
    return true;
  }

  function readLine(raw: string, { layers, margin, isBare }: Frame, isMarked: boolean): void {
    row += 1;
    const line = raw.length > maxLineLength ? raw.slice(0, maxLineLength) : raw;
    if (isBare) {
      readInner(line, 0, isMarked);
      return;
    }
    // Only a carrier's line needs to be clean here: the parser reads progress bars as they come.
    const shown = isMarked ? cleanLine(line) : withoutEnd(line);
    const start = prefixLength(shown, layers);
    const text = margin > 0 ? shown.slice(start, start + margin) : '';
    const indent = text.length - text.trimStart().length;
    readInner(shown.slice(start + indent), start + indent, isMarked);
  }

  /** `isMarked` is false if the line has no quotes and escapes. */
  function readInner(raw: string, start: number, isMarked: boolean): void {
    if (!isMarked && !isOpen && !blocks.isOpen && isOrdinary(raw)) {
      take(raw, row, start);
      return;
    }
    const line = withoutLostEscapes(raw);
    if (readJson(line, start) || readExecution(line, start)) return;
    const { pieces, isInside } = blocks.take(line);
    if (pieces.length > 0) put(pieces, start);
    if (isInside) {
      names.add('yaml');
      return;
    }
    if (hasEscapedBreaks(line)) {
      names.add('escaped');
      put(escapedPieces(line), start);
    } else take(line, row, start);
  }

  function begin(): Frame {
    const found = frameOf(sample);
    for (const { carrier } of found.layers) names.add(carrier);
    if (found.margin > 0) names.add('indented');
    for (const line of sample) readLine(line, found, true);
    sample = [];
    return found;
  }

  function takeRaw(line: string, isMarked: boolean): void {
    if (frame) {
      readLine(line, frame, isMarked);
      return;
    }
    sample.push(line);
    sampled += line.length;
    if (sample.length >= sampleLines || sampled >= sampleLength) frame = begin();
  }

  return {
    push(text) {
      let start = 0;
      marks.begin(text);
      for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        const line = text.slice(start, end);
        if (rest === '') takeRaw(line, marks.isIn(start, end));
        else {
          takeRaw(rest + line, true);
          rest = '';
        }
        start = end + 1;
      }
      if (rest.length < maxLineLength) rest += text.slice(start);
    },
    skip(lines) {
      frame ??= begin();
      row += lines;
      rest = '';
      exitCode = undefined;
      isOpen = false;
      blocks = createBlockReader();
    },
    end() {
      if (rest !== '') takeRaw(rest, true);
      rest = '';
      frame ??= begin();
      put(blocks.end(), 0);
    },
    carriers: () => [...names],
    exitCode: () => exitCode ?? blocks.exitCode,
  };
}

/** Like above, with the lines of each chunk as an array. */
export function createUnwrapper(): Unwrapper {
  let out: ToolLine[] = [];
  const unwrapper = createLineUnwrapper((text, row, column) => out.push({ text, row, column }));
  const taken = (): readonly ToolLine[] => {
    const lines = out;
    out = [];
    return lines;
  };
  return {
    ...unwrapper,
    push(text) {
      unwrapper.push(text);
      return taken();
    },
    end() {
      unwrapper.end();
      return taken();
    },
  };
}
