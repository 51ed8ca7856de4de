import { msg } from '../base/l10n.ts';
import type { Call } from './call.ts';
import { customScripts } from './custom.ts';
import { onCalls } from './custom-calls.ts';
import { operands } from './irreversible.ts';
import type { Rule } from './rule.ts';

/** Commands whose effect ends with the shell. */
const ofShell: ReadonlySet<string> = new Set([
  'export',
  'declare',
  'typeset',
  'cd',
  'umask',
  'ulimit',
  'set',
  'shopt',
  'unset',
  'source',
  '.',
  'pushd',
  'popd',
]);

/** Whether a command starts a shell that has nothing to run: the commands after it run without it. */
function isIdleShell({ name, args, wrappers, command }: Call): boolean {
  if (command.hasInput || command.before === '|') return false;
  const hasCommand = args.some(({ text }) =>
    /^(?:-[a-z]*c|--command(?:=.*)?|--session-command(?:=.*)?)$/.test(text),
  );
  if (name === 'su' || name === 'runuser')
    return !hasCommand && !(name === 'runuser' && args.some(({ text }) => text === '-u'));
  if (/^(?:ba|da|k|z|c|tc)?sh$/.test(name))
    return (
      !hasCommand &&
      operands(args).length === 0 &&
      !args.some(({ text }) => /^--?(?:version|help|n)$/.test(text))
    );
  return name === 'newgrp' || (name === 'login' && wrappers.length === 0);
}

/** A call of sudo that opens a shell: `called` finds no program after its options. */
function isSudoShell(words: readonly { readonly text: string }[]): boolean {
  const [first, ...rest] = words;
  return (
    first?.text === 'sudo' &&
    rest.length > 0 &&
    rest.every(({ text }) => text.startsWith('-')) &&
    rest.some(({ text }) => /^(?:-[is]|--login|--shell)$/.test(text))
  );
}

const reportIdle = onCalls((call, report) => {
  const { name, isLast, own, command, args } = call;
  if (name === 'alias' && args.length > 0) {
    report(
      msg(
        'An alias has no effect in a script, and ends with the shell of the step. Write the command itself.',
      ),
    );
    return;
  }
  if (isIdleShell(call)) {
    report(
      msg(
        '{0} starts another shell, which ends at once: the commands after it run without it. Use {1}.',
        call.command.words.map(({ text }) => text).join(' '),
        `${name === 'su' || name === 'runuser' ? 'su - USER' : name} -c '…'`,
      ),
    );
    return;
  }
  // In a check, and before `||`, the exit code counts.
  if (!isLast || own.kind === 'check' || !ofShell.has(name) || args.length === 0) return;
  if (command.before === '(' || command.after === ')' || command.before === '||' || own.change) return;
  // `set -e` and the like at the end do no harm, but an empty step has another rule.
  if ((name === 'set' || name === 'cd' || name === 'unset') && own.script.commands.length > 1) return;
  report(
    msg(
      'Nothing in this step comes after {0}, and its effect ends with the shell of the step. Put it in the step that needs it, or in a file such as /etc/profile.d/stack.sh.',
      name,
    ),
  );
});

const reportSudo: Rule['check'] = (context, report) => {
  for (const { script, spanOf } of customScripts(context))
    for (const { words, end, hasInput, before } of script.commands) {
      const [first] = words;
      if (!first || hasInput || before === '|' || !isSudoShell(words)) continue;
      report(
        spanOf(first.start, end),
        msg(
          '{0} starts another shell, which ends at once: the commands after it run without it. Steps run as root.',
          words.map(({ text }) => text).join(' '),
        ),
      );
    }
};

export const customStateRules: readonly Rule[] = [
  {
    code: 'custom-state-lost',
    severity: 'warning',
    about: msg(
      'Each step runs in its own shell. Variables, aliases, limits and the user of that shell are lost when the step ends.',
    ),
    check: (context, report) => {
      reportIdle(context, report);
      reportSudo(context, report);
    },
  },
];
