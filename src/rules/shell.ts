import { type HereDocument, type Piece, redirections, ShellReader, type Word } from './shell-reader.ts';

/** A simple command; offsets are relative to the script. */
export interface Command {
  readonly words: readonly Word[];
  readonly end: number;
  /** The preceding operator: '' at the start, a line feed, `;`, `&`, `|`, `||`, `&&`, `(`. */
  readonly before: string;
  readonly after: string;
  /** Files that it writes (`>` and `>>`). */
  readonly writes: readonly { readonly operator: '>' | '>>'; readonly target: Word }[];
  /** Whether its input is a file or a here-document. */
  readonly hasInput: boolean;
  /** The here-document or here-string that it reads. */
  readonly document?: HereDocument;
}

export interface Script {
  readonly commands: readonly Command[];
  /** Offset of a quote that is never closed. */
  readonly openQuote?: number;
}

/** Reserved words that precede a command. */
const leading: ReadonlySet<string> = new Set([
  'if',
  'then',
  'elif',
  'else',
  'while',
  'until',
  'do',
  '!',
  '{',
  'time',
]);
/** Words that start something other than a command, up to the next operator. */
const notCommands: ReadonlySet<string> = new Set([
  'for',
  'case',
  'select',
  'function',
  'esac',
  'fi',
  'done',
  '}',
  'in',
]);

/** What surrounds the pieces of a command. */
interface Surroundings extends Pick<Command, 'before' | 'after'> {
  readonly documents: ReadonlyMap<number, HereDocument>;
}

/** The command between two operators that terminate commands. */
function commandOf(
  pieces: readonly Piece[],
  { before, after, documents }: Surroundings,
): Command | undefined {
  const words: Word[] = [];
  const writes: { operator: '>' | '>>'; target: Word }[] = [];
  let hasInput = false;
  let document: HereDocument | undefined;
  let end = 0;
  pieces.forEach(({ word, operator }, index) => {
    const lead = pieces[index - 1]?.operator;
    if (operator?.startsWith('<')) hasInput = true;
    if (!word) return;
    end = word.end;
    if (lead === undefined || !redirections.has(lead)) words.push(word);
    else if (lead === '>' || lead === '>|' || lead === '&>') writes.push({ operator: '>', target: word });
    else if (lead === '>>') writes.push({ operator: '>>', target: word });
    else if (lead === '<<<') document = { ...word, isExact: false };
    else document = documents.get(word.start) ?? document;
  });
  const start = words.findIndex(({ text }) => !leading.has(text));
  const first = start < 0 ? undefined : words[start];
  const rest = { end, before, after, writes, hasInput, ...(document ? { document } : {}) };
  // A redirection alone empties or creates its file.
  if (!first && words.length === 0 && writes.length > 0) return { words, ...rest };
  if (!first || notCommands.has(first.text)) return undefined;
  return { words: words.slice(start), ...rest };
}

/** The commands of a script in order. */
export function readShell(text: string): Script {
  const reader = new ShellReader(text);
  const pieces = reader.pieces();
  const { documents } = reader;
  const commands: Command[] = [];
  let open: Piece[] = [];
  let before = '';
  let depth = 0;
  const finish = (after: string): void => {
    // A word before an unmatched closing parenthesis is a `case` pattern.
    const command = after === ')' && depth === 0 ? undefined : commandOf(open, { before, after, documents });
    if (command) commands.push(command);
    open = [];
    before = after;
  };
  for (const piece of pieces) {
    if (piece.operator === undefined || redirections.has(piece.operator)) {
      // A number directly before a redirection is the file descriptor.
      const last = open.at(-1)?.word;
      if (piece.operator && last && /^\d$/.test(last.text) && last.end === piece.start) open.pop();
      open.push(piece);
      continue;
    }
    finish(piece.operator);
    if (piece.operator === '(') depth += 1;
    if (piece.operator === ')') depth = Math.max(0, depth - 1);
  }
  finish('');
  return { commands, ...(reader.openQuote === undefined ? {} : { openQuote: reader.openQuote }) };
}
