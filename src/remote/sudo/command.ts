import { type Command, commandLine } from '../../shell/command.ts';

/** How sudo lets a user become root on one node. */
export interface SudoWay {
  /** `Defaults requiretty`: it works on a terminal only. */
  readonly tty: boolean;
  readonly password: boolean;
}

/** Words that cannot come up by chance: what sudo asks with, and what the command's shell says once it runs as root. */
export interface Watchwords {
  readonly prompt: string;
  readonly begun: string;
}

/** A command line, and what goes over its input once the command runs as root (at once where `isWatched` is false). */
export interface Elevated {
  readonly line: string;
  readonly input: Buffer;
  readonly isWatched: boolean;
}

/** Whether sudo works without a password; cached credentials do not count, for they would run out in the middle of a run. */
export const probeLine: string = commandLine({
  // In English, since what sudo says is read.
  argv: ['env', 'LC_ALL=C', 'LANGUAGE=C', 'sudo', '-k', '-n', 'true'],
});

/** Says the watchword where sudo's prompts go, and on the other stream, which may arrive before it; then becomes the command. */
const onPipes = 'printf "%s\\n" "$0" >&2; printf "%s\\n" "$0"; exec "$@"';

/** A terminal in raw mode knows no end of input, so the command gets exactly as many bytes as were announced. */
const onTerminal = 'printf "%s\\n" "$0"; n=$1; shift; head -c "$n" | "$@"';

/** The command as root: nothing goes over the input before the shell that sudo starts has said the watchword. */
export function elevate(command: Command, way: SudoWay, { prompt, begun }: Watchwords): Elevated {
  const input = Buffer.from(command.stdin ?? '');
  const { argv } = command;
  if (!way.tty && !way.password)
    return { line: commandLine({ argv: ['sudo', '-n', ...argv] }), input, isWatched: false };
  const sudo = way.password ? ['sudo', '-k', '-S', '-p', prompt] : ['sudo', '-n'];
  const shell = way.tty ? [onTerminal, begun, String(input.length)] : [onPipes, begun];
  return { line: commandLine({ argv: [...sudo, 'sh', '-c', ...shell, ...argv] }), input, isWatched: true };
}
