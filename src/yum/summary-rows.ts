import { emit, emitLine, noteTool, type State } from './state.ts';
import { plain, summaryHeadings } from './words.ts';

/** `Install  1 Package  (+53 Dependent packages)`, ` Installing:   3 packages`; groups: word, count, dependent packages. */
const counted = /^ ?([^\d(]+(?:\([^)]*\)\s+)?)(\d+)\s+[^\d\s]\S*(?:\s+\(\s*(?:\+\s*)?(\d+)\s[^)]*\))?/;
/** `Upgrade             (  1 Dependent package)`: only dependencies. */
const dependentOnly = /^ ?([^\d(]+)\(\s*(?:\+\s*)?(\d+)\s[^)]*\)/;

interface Count {
  readonly word: string;
  readonly count: number;
  readonly dependent: number;
}

/** Whether the word is known and followed by a blank. */
function endsBlank(word: string | undefined): word is string {
  return word !== undefined && word.trim() !== '' && /\s$/.test(word);
}

function countOf(line: string): Count | undefined {
  const [, word, count, dependent = 0] = counted.exec(line) ?? [];
  if (endsBlank(word))
    return { word: plain(word.trimEnd()), count: Number(count), dependent: Number(dependent) };
  const [, alone, only] = dependentOnly.exec(line) ?? [];
  return endsBlank(alone) ? { word: plain(alone.trimEnd()), count: 0, dependent: Number(only) } : undefined;
}

const dnf5Row = /^ \S[^\d]*:\s+\d+ \S+$/;

/** Inside a table: whether the line already belongs to the summary, whose title is in an unknown language. */
export function isSummaryRow(line: string, state: State): boolean {
  return state.tool === 'dnf5' && dnf5Row.test(line);
}

/** Reads a line under `Transaction Summary`; false if it belongs to what follows. */
export function readSummaryLine(state: State, line: string): boolean {
  if (readSummaryRow(state, line) || readSize(state, line)) return true;
  if (!dnf5Row.test(line)) return false;
  emitLine(state, 'text', line);
  return true;
}

/** Reads a row of the summary; false for any other line or an unknown word. */
export function readSummaryRow(state: State, line: string): boolean {
  const found = countOf(line);
  const action = found ? summaryHeadings.get(found.word)?.action : undefined;
  if (!found || action === undefined || action === 'failed') return false;
  if (line.startsWith(' ')) noteTool(state, 'dnf5');
  state.stage = 'summary';
  emit(state, { type: 'summary', action, count: found.count, dependent: found.dependent });
  return true;
}

const sizes: readonly (readonly [string, 'download' | 'installed' | 'freed' | 'total'])[] = [
  ['Total download size: ', 'download'],
  ['Total size: ', 'total'],
  ['Installed size: ', 'installed'],
  ['Freed space: ', 'freed'],
];

/** `Total download size: 62 k`; in other languages the first size is the download, the second the disk usage. */
function readSize(state: State, line: string): boolean {
  for (const [starts, kind] of sizes) {
    if (!line.startsWith(starts)) continue;
    emit(state, { type: 'size', kind, text: line.slice(starts.length).trim() });
    return true;
  }
  const found = state.stage === 'summary' ? sizeIn(line) : undefined;
  if (found === undefined) return false;
  state.sizes += 1;
  emit(state, { type: 'size', kind: state.sizes === 1 ? 'download' : 'installed', text: found });
  return true;
}

function sizeIn(line: string): string | undefined {
  const tail =
    /[:：]\s*(\d[\d.]* [kMG]?)\s*$/.exec(`${line} `) ?? /((?<!\d)\d[\d.]{0,15} (?:B|[KMGT]iB))/.exec(line);
  return tail?.[1]?.trim();
}
