import type { Message, Translate } from '../../base/l10n.ts';
import type { Io } from '../terminal/io.ts';
import type { Style } from '../terminal/style.ts';
import type { Options } from './options.ts';

/** What every command is given. */
export interface Context {
  readonly io: Io;
  readonly t: Translate;
  /** The style of the standard output. */
  readonly style: Style;
  readonly options: Options;
}

/** The exit codes, as the help documents them. */
export const exit = { fine: 0, findings: 1, usage: 2, unreachable: 3, cancelled: 130 } as const;

/** Says in one line on the error output what is wrong with the call; gives the exit code for it. */
export function wrongUse({ io, t }: Pick<Context, 'io' | 't'>, message: Message): number {
  io.stderr.write(`stackprep: ${t(message)}\n`);
  return exit.usage;
}

/** Writes one line to the standard output. */
export function say({ io }: Context, line = ''): void {
  io.stdout.write(`${line}\n`);
}

/** The width that reports are laid out for: the terminal's, in a pipe one that a log viewer shows. */
export function pageWidth({ io }: Context): number {
  return io.stdout.isTTY ? io.stdout.size().columns : 120;
}
