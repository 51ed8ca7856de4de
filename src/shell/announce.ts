import { quote } from './command.ts';

/**
 * What stands before every command: the shell that the login starts says a word, waits for a line of input, and becomes the command.
 * So it is known what the start files print and when they are through, and a command that nobody waits for any more never begins,
 * for its input ends without that line. One short line that sh, csh, tcsh, zsh and fish read alike.
 */
const onPipes = 'printf "%s\\n" "$0" >&2; printf "%s\\n" "$0"; read -r sj_go && exec "$@"';
/** On a terminal both streams are one. */
const onTerminal = 'printf "%s\\n" "$0"; read -r sj_go && exec "$@"';

/** The line of input that lets the command begin. */
export const goAhead = '\n';

/** The command line with the announcement before it; `word` consists of letters, digits and dashes. */
export function announcedLine(line: string, word: string, { tty }: { readonly tty: boolean }): string {
  return `sh -c ${quote(tty ? onTerminal : onPipes)} ${word} ${line}`;
}

const lead = `sh -c ${quote(onPipes)} `;

/** The word and the command of an announced command line without a terminal; undefined for any other line. */
export function readAnnounced(line: string): { readonly word: string; readonly line: string } | undefined {
  const rest = line.startsWith(lead) ? line.slice(lead.length) : '';
  const at = rest.indexOf(' ');
  return at === -1 ? undefined : { word: rest.slice(0, at), line: rest.slice(at + 1) };
}
