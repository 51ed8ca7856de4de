import { quote } from './command.ts';

/**
 * The prefix of every command: the login shell prints a marker, waits for a line of input, and becomes the command. This
 * separates the output of start files from the command's, and an abandoned command never starts, since its input ends without
 * that line. The line means the same in sh, csh, tcsh, zsh and fish.
 */
const onPipes = 'printf "%s\\n" "$0" >&2; printf "%s\\n" "$0"; read -r sj_go && exec "$@"';
/** A terminal merges both streams. */
const onTerminal = 'printf "%s\\n" "$0"; read -r sj_go && exec "$@"';

/** The line of input that starts the command. */
export const goAhead = '\n';

/** The command line with the prefix; `word` is the marker, made of letters, digits and dashes. */
export function announcedLine(line: string, word: string, { tty }: { readonly tty: boolean }): string {
  return `sh -c ${quote(tty ? onTerminal : onPipes)} ${word} ${line}`;
}

const lead = `sh -c ${quote(onPipes)} `;

/** The marker and the command of such a line without a terminal; undefined for any other line. */
export function readAnnounced(line: string): { readonly word: string; readonly line: string } | undefined {
  const rest = line.startsWith(lead) ? line.slice(lead.length) : '';
  const at = rest.indexOf(' ');
  return at === -1 ? undefined : { word: rest.slice(0, at), line: rest.slice(at + 1) };
}
