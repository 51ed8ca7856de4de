import { announcedLine } from '../../shell/announce.ts';
import { type Command, commandLine } from '../../shell/command.ts';

/** How sudo lets a user become root on one node. */
export interface SudoMode {
  /** `Defaults requiretty`: it works on a terminal only. */
  readonly tty: boolean;
  readonly password: boolean;
}

/** Words that cannot come up by chance: what sudo asks with, and what the command's shell says once it runs as root. */
export interface SudoMarkers {
  readonly prompt: string;
  readonly begun: string;
}

/** A command line, and what goes over its input once the command runs as root. */
export interface SudoCommand {
  readonly line: string;
  readonly input: Buffer;
}

/** Whether sudo works without a password; cached credentials do not count, for they would run out in the middle of a run. */
export const probeLine: string = commandLine({
  // In English, since what sudo says is read.
  argv: ['env', 'LC_ALL=C', 'LANGUAGE=C', 'sudo', '-k', '-n', 'true'],
});

/** A terminal in raw mode knows no end of input, so the command gets exactly as many bytes as were announced. */
const untilLength = 'n=$1; shift; head -c "$n" | "$@"';

/** The command as root: nothing goes over the input before the shell that sudo starts has said the watchword. */
export function sudoCommand(command: Command, way: SudoMode, { prompt, begun }: SudoMarkers): SudoCommand {
  const input = Buffer.from(command.stdin ?? '');
  const sudo = way.password ? ['sudo', '-k', '-S', '-p', prompt] : ['sudo', '-n'];
  const argv = way.tty
    ? ['sh', '-c', untilLength, 'sh', String(input.length), ...command.argv]
    : command.argv;
  const announced = announcedLine(commandLine({ argv }), begun, way);
  return { line: `${commandLine({ argv: sudo })} ${announced}`, input };
}
