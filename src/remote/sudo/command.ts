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

/**
 * Tests whether sudo starts a shell that can start a program, and whether it does so without a password; cached credentials are
 * ignored, since they could expire during a run.
 */
export const probeLine: string = commandLine({
  // In English, since the output is parsed.
  argv: ['env', 'LC_ALL=C', 'LANGUAGE=C', 'sudo', '-k', '-n', 'sh', '-c', 'exec true'],
});

/** Prints what could take the place of a sudo that was not found: doas, or a sudo outside of PATH. */
export const substituteLine: string = commandLine({
  argv: [
    'sh',
    '-c',
    'for f in /usr/bin /usr/sbin /usr/local/bin /usr/local/sbin /bin /sbin /opt/bin; do for p in sudo doas; do ' +
      '[ -x "$f/$p" ] && printf "%s\\n" "$f/$p"; done; done; :',
  ],
});

/** A raw terminal has no end of input, so the command reads exactly the announced number of bytes. */
const untilLength = 'n=$1; shift; head -c "$n" | "$@"';

/** The command with sudo; no input is sent before the shell that sudo starts has printed the marker. */
export function sudoCommand(command: Command, way: SudoMode, { prompt, begun }: SudoMarkers): SudoCommand {
  const input = Buffer.from(command.stdin ?? '');
  // `%p`: whose password it is, which is not the user's with rootpw, targetpw and runaspw.
  const sudo = way.password ? ['sudo', '-k', '-S', '-p', `${prompt}(%p) `] : ['sudo', '-n'];
  const argv = way.tty
    ? ['sh', '-c', untilLength, 'sh', String(input.length), ...command.argv]
    : command.argv;
  const announced = announcedLine(commandLine({ argv }), begun, way);
  return { line: `${commandLine({ argv: sudo })} ${announced}`, input };
}
