import { type Piece, redirections, ShellReader, type Word } from './shell-reader.ts';

/** One simple command; offsets are those of the script. */
export interface Command {
  readonly words: readonly Word[];
  readonly end: number;
  /** The operator in front of it: '' at the beginning, a line feed, `;`, `&`, `|`, `||`, `&&`, `(`. */
  readonly before: string;
  readonly after: string;
  /** Files that it writes to (`>` and `>>`). */
  readonly writes: readonly { readonly operator: '>' | '>>'; readonly target: Word }[];
  /** Whether it reads a file or a here-document. */
  readonly hasInput: boolean;
}

export interface Script {
  readonly commands: readonly Command[];
  /** Where a quote opens that never closes. */
  readonly openQuote?: number;
}

/** Words of the grammar that stand before a command. */
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
/** Words that begin what is no command, up to the next operator. */
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

/** The commands between two operators that end one. */
function commandOf(pieces: readonly Piece[], before: string, after: string): Command | undefined {
  const words: Word[] = [];
  const writes: { operator: '>' | '>>'; target: Word }[] = [];
  let hasInput = false;
  let end = 0;
  pieces.forEach(({ word, operator }, index) => {
    const lead = pieces[index - 1]?.operator;
    if (operator?.startsWith('<')) hasInput = true;
    if (!word) return;
    end = word.end;
    if (lead === undefined || !redirections.has(lead)) words.push(word);
    else if (lead === '>' || lead === '>|' || lead === '&>') writes.push({ operator: '>', target: word });
    else if (lead === '>>') writes.push({ operator: '>>', target: word });
  });
  const start = words.findIndex(({ text }) => !leading.has(text));
  const first = start < 0 ? undefined : words[start];
  if (!first || notCommands.has(first.text)) return undefined;
  return { words: words.slice(start), end, before, after, writes, hasInput };
}

/** The commands of a script in their order. */
export function readShell(text: string): Script {
  const reader = new ShellReader(text);
  const commands: Command[] = [];
  let open: Piece[] = [];
  let before = '';
  let depth = 0;
  const finish = (after: string): void => {
    // A word before an unopened bracket is a pattern of `case`.
    const command = after === ')' && depth === 0 ? undefined : commandOf(open, before, after);
    if (command) commands.push(command);
    open = [];
    before = after;
  };
  for (const piece of reader.pieces()) {
    if (piece.operator === undefined || redirections.has(piece.operator)) {
      // A number right before a redirection is the file descriptor.
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
