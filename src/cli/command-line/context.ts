import type { Message, Translate } from '../../base/l10n.ts';
import type { Io } from '../terminal/io.ts';
import type { Style } from '../terminal/style.ts';
import type { Options } from './command-spec.ts';

/** The context of a command. */
export interface Context {
  readonly io: Io;
  readonly t: Translate;
  /** The style of standard output. */
  readonly style: Style;
  readonly options: Options;
}

/** The exit codes documented in the help. */
export const exit = { fine: 0, findings: 1, usage: 2, unreachable: 3, cancelled: 130 } as const;

/** Prints a usage error to standard error; returns the exit code for it. */
export function wrongUse({ io, t }: Pick<Context, 'io' | 't'>, message: Message): number {
  io.stderr.write(`stackprep: ${t(message)}\n`);
  return exit.usage;
}

/** Prints a line to standard output. */
export function say({ io }: Context, line = ''): void {
  io.stdout.write(`${line}\n`);
}

/** The width of reports: that of the terminal, or for a pipe a width that log viewers can show. */
export function pageWidth({ io }: Context): number {
  return io.stdout.isTTY ? io.stdout.size().columns : 120;
}
