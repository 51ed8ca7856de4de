import { announcedLine } from '../../shell/announce.ts';
import { type Command, commandLine } from '../../shell/command.ts';

/** How sudo works on a node. */
export interface SudoMode {
  /** `Defaults requiretty`: sudo needs a terminal. */
  readonly tty: boolean;
  readonly password: boolean;
}

/** Unguessable markers: sudo's prompt, and the line that the command's shell prints once it runs as root. */
export interface SudoMarkers {
  readonly prompt: string;
  readonly begun: string;
}

/** A command line, and the input to send once the command runs as root. */
export interface SudoCommand {
  readonly line: string;
  readonly input: Buffer;
}

/** Tests whether sudo works without a password; cached credentials are ignored, since they could expire during a run. */
export const probeLine: string = commandLine({
  // In English, since the output is parsed.
  argv: ['env', 'LC_ALL=C', 'LANGUAGE=C', 'sudo', '-k', '-n', 'true'],
});

/** A raw terminal has no end of input, so the command reads exactly the announced number of bytes. */
const untilLength = 'n=$1; shift; head -c "$n" | "$@"';

/** The command with sudo; no input is sent before the shell that sudo starts has printed the marker. */
export function sudoCommand(command: Command, way: SudoMode, { prompt, begun }: SudoMarkers): SudoCommand {
  const input = Buffer.from(command.stdin ?? '');
  const sudo = way.password ? ['sudo', '-k', '-S', '-p', prompt] : ['sudo', '-n'];
  const argv = way.tty
    ? ['sh', '-c', untilLength, 'sh', String(input.length), ...command.argv]
    : command.argv;
  const announced = announcedLine(commandLine({ argv }), begun, way);
  return { line: `${commandLine({ argv: sudo })} ${announced}`, input };
}
