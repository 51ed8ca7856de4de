import type { Failure } from '../../base/failure.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { lastLines } from '../../base/visible.ts';
import { nameOf, placeOf, type Target } from '../base/target.ts';

/** The login started no command; nothing was run on the node, and nothing is running. */
function noCommand(message: Message, action: Message, said: string): Failure {
  const detail = lastLines(said);
  return { code: 'login-shell', message, action, ...(detail !== '' && { detail }) };
}

/** Advice for start files that need a user at a terminal. */
function interactiveOnly({ user }: Target): Message {
  return msg(
    'Log in as {0} with ssh in a terminal to see it. Make ~/.bashrc do that in interactive shells only: add `[[ $- == *i* ]] || return` at the top.',
    user,
  );
}

export function startTimedOut(
  target: Target,
  { seconds, said }: { readonly seconds: number; readonly said: string },
): Failure {
  return noCommand(
    msg(
      '{0} ({1}): the login of {2} started no command within {3} seconds; a start file or the login shell is waiting.',
      nameOf(target),
      placeOf(target),
      target.user,
      seconds,
    ),
    interactiveOnly(target),
    said,
  );
}

/** Messages of script(1), openpty(3) and sshd when the computer has no pseudo-terminal left. */
const noTerminalLeft =
  /(create|open|allocate|out of|no more) [a-z' ]{0,20}(pseudo-?terminal|pty|ptys|ptmx)\b|openpty/i;

/**
 * Start files that run a program with a terminal, such as script(1), whose shell reads them again, until the node has no
 * pseudo-terminal left. Undefined if the output does not say so.
 */
export function startNested(target: Target, said: string): Failure | undefined {
  if (!noTerminalLeft.test(said)) return undefined;
  return noCommand(
    msg(
      '{0} ({1}): the login of {2} started no command: a start file starts shells in shells (such as `script` in ~/.bashrc) until the node has no terminal left.',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    interactiveOnly(target),
    said,
  );
}

/** The shell started the command, but its output is redirected. */
export function startRedirected(target: Target): Failure {
  return noCommand(
    msg(
      '{0} ({1}): a start file of {2} redirects the output of commands.',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    msg('Remove the `exec` with a redirection from the start files of {0} on the node.', target.user),
    '',
  );
}

/** The shell exited at the end of its input, which the command never received. */
export function startReplaced(target: Target, said: string): Failure {
  return noCommand(
    msg(
      '{0} ({1}): the login of {2} started no command: a start file replaces the shell (such as `exec zsh` or `exec tmux`), or the login shell is not a shell.',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    interactiveOnly(target),
    said,
  );
}

/** The shell continued at the end of its input. */
export function startAsks(target: Target, said: string): Failure {
  return noCommand(
    msg(
      '{0} ({1}): a start file of {2} waits for input before commands run.',
      nameOf(target),
      placeOf(target),
      target.user,
    ),
    interactiveOnly(target),
    said,
  );
}

export function startTooNoisy(target: Target, maxBytes: number): Failure {
  return noCommand(
    msg(
      '{0} ({1}): the start files of {2} print more than {3} MB before a command starts.',
      nameOf(target),
      placeOf(target),
      target.user,
      maxBytes / 1_048_576,
    ),
    interactiveOnly(target),
    '',
  );
}

/** Cloud images refuse root with this sentence (cloud-init, `disable_root_opts`). */
const otherUser = /login as the user "?([a-z_][a-z0-9_-]{0,31})\b/i;
/** Messages of tmux, screen and dialog without a terminal. */
const needsTerminal =
  /not a terminal|must be connected to a terminal|unsuitable terminal|unknown terminal|TERM .{0,40}not set/i;
/** Messages of sshd (session.c, auth-pam.c). */
const expired = /password change required|password has expired/i;

/** The login ended before the command started. */
export function startEnded(
  target: Target,
  end: { readonly code: number | undefined; readonly said: string },
): Failure {
  const [name, place, { user }, { said }] = [nameOf(target), placeOf(target), target, end];
  if (needsTerminal.test(said))
    return noCommand(
      msg(
        '{0} ({1}): the login of {2} started no command: a start file replaces the shell with a program that needs a terminal.',
        name,
        place,
        user,
      ),
      interactiveOnly(target),
      said,
    );
  const message = msg(
    '{0} ({1}) runs no commands for {2}: the login ended with exit code {3}.',
    name,
    place,
    user,
    end.code ?? '?',
  );
  const other = otherUser.exec(said)?.[1];
  if (other !== undefined)
    return noCommand(
      message,
      msg('Set `user: {0}` and `become: sudo` for the node in the cluster file.', other),
      said,
    );
  if (expired.test(said))
    return noCommand(message, msg('Log in with ssh in a terminal and set a new password.'), said);
  return noCommand(
    message,
    msg(
      'On the node, check the login shell of {0}, `exec` in its start files, and `command=` in its authorized_keys.',
      user,
    ),
    said,
  );
}
