import { msg } from '../base/l10n.ts';
import type { Called, CustomScript } from './custom.ts';
import { onCalls, put } from './custom-calls.ts';
import type { Rule } from './rule.ts';

const givenBy = new WeakMap<CustomScript, ReadonlySet<string>>();

/** Variables to which the script itself assigns text; computed once per script. */
function given(own: CustomScript): ReadonlySet<string> {
  const known = givenBy.get(own);
  if (known) return known;
  const assignments = own.text.matchAll(/(?:^|[\s;])(\w+)=["']?[^\s"'$;]/g);
  const names = new Set([...assignments].map(([, name = '']) => name));
  givenBy.set(own, names);
  return names;
}

function isReboot({ name, args }: Called): boolean {
  const first = args.find(({ text }) => !text.startsWith('-'))?.text;
  if (name === 'systemctl') return /^(?:reboot|poweroff|halt|kexec)$/.test(first ?? '');
  if (name === 'init' || name === 'telinit') return first === '0' || first === '6';
  // A delayed reboot starts after the step has reported its result.
  if (name === 'shutdown') return !args.some(({ text }) => /^(?:-c|\+?[1-9]\d*|\d{1,2}:\d{2})$/.test(text));
  return name === 'reboot' || name === 'poweroff' || name === 'halt';
}

/** Whether a command cuts the connection; `device` is the interface of the management network. */
function isCut({ name, args }: Called, device: string | undefined): boolean {
  const [verb, unit] = args
    .filter(({ text }) => !text.startsWith('-'))
    .map(({ text }) => text.replace(/\.service$/, ''));
  const isNetwork = (text: string | undefined): boolean => /^(?:network|NetworkManager)$/.test(text ?? '');
  // Restarting NetworkManager keeps the connections up.
  const isDown = (does: string | undefined, what: string | undefined): boolean =>
    (does === 'stop' && (isNetwork(what) || what === 'sshd')) || (does === 'restart' && what === 'network');
  if (name === 'systemctl') return isDown(verb, unit);
  if (name === 'service') return isDown(unit, verb);
  if (name === 'nmcli') return /^(?:con|connection|c)$/.test(verb ?? '') && unit === 'down';
  return name === 'ifdown' && (device === undefined || verb === undefined || verb === device);
}

/** Dangerous commands in custom steps. */
export const customDangerRules: readonly Rule[] = [
  {
    code: 'custom-reboot',
    severity: 'warning',
    about: msg('The reboot ends the step before it can report its result, so the step counts as failed.'),
    check: onCalls((call, report) => {
      if (!isReboot(call)) return;
      report(msg('The step reboots its own node here and counts as failed. Reboot outside of the run.'));
    }),
  },
  {
    code: 'custom-rm-variable',
    severity: 'warning',
    about: msg(
      'If the variable is empty, the path starts at the root of the disk, and rm deletes from there.',
    ),
    hasFix: true,
    check: onCalls((call, report) => {
      if (call.name !== 'rm' || !call.args.some(({ text }) => /^(?:-[a-zA-Z]*[rR]|--recursive)/.test(text)))
        return;
      for (const word of call.args) {
        const first = word.variables[0];
        const source = call.own.text.slice(word.start, word.end);
        if (!first || first.isGuarded || /^HOME$/.test(first.name) || !/^"?\$\{?\w+\}?"?\//.test(source))
          continue;
        // Variables to which the script assigns text are not empty.
        if (given(call.own).has(first.name)) continue;
        const fix = put(call, msg('Stop if it is empty'), { ...first, text: `\${${first.name}:?}` });
        const message = msg(
          'If {0} is empty, this deletes from the root of the disk. Write {1}.',
          first.name,
          `\${${first.name}:?}`,
        );
        report(message, word, fix);
      }
    }),
  },
  {
    code: 'custom-lock-file',
    severity: 'warning',
    about: msg(
      'The lock belongs to a running yum. Without it, two processes write to the package database at the same time.',
    ),
    sources: ['YUM'],
    check: onCalls((call, report) => {
      if (call.name !== 'rm') return;
      const lock = call.args.find(({ text }) =>
        /\/yum\.pid$|\/var\/lib\/rpm\/(?:\.rpm\.lock|__db)/.test(text),
      );
      if (lock)
        report(msg('Never remove a lock that is in use. Wait for the other yum, or stop its service.'), lock);
    }),
  },
  {
    code: 'custom-authorized-keys',
    severity: 'warning',
    about: msg('Overwriting the file removes every key in it, including yours.'),
    check: onCalls((call, report) => {
      const file = /\/?authorized_keys$/;
      const written = call.command.writes.find(
        ({ operator, target }) => operator === '>' && file.test(target.text),
      );
      const last = call.args.at(-1);
      const isCopy =
        (call.name === 'cp' || call.name === 'mv' || call.name === 'install') && last && file.test(last.text);
      if (written)
        report(
          msg('This overwrites the existing keys. Append with >>, or use step `ssh-keys`.'),
          written.target,
        );
      else if (isCopy)
        report(msg('This overwrites the existing keys. Append with >>, or use step `ssh-keys`.'), last);
    }),
  },
  {
    code: 'custom-cuts-connection',
    severity: 'warning',
    about: msg(
      'The network goes down under the connection of the step. If it does not come back, the node is unreachable.',
    ),
    check: onCalls((call, report, { file }) => {
      if (!isCut(call, file.networks?.management?.interface)) return;
      report(msg('This can cut off the node. Keep a console available.'));
    }),
  },
];
