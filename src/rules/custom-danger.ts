import { msg } from '../base/l10n.ts';
import type { Call } from './call.ts';
import type { CustomScript } from './custom.ts';
import { onCalls, put } from './custom-calls.ts';
import { isCut } from './cut-connection.ts';
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

const reboots =
  /(?:^|[\s;&|/'"])(?:reboot|poweroff|halt|init\s+[06]|shutdown\s+-\w*[rhP]\w*|systemctl\s+(?:reboot|poweroff|halt))\b/;

/** Files whose commands run at each start, at each login or on a timer. */
const timedFile = /\/(?:rc\.local|rc\.d\/|crontab|\.bashrc|\.bash_profile|profile|bashrc)$/;
/** Files in folders whose files do. */
const inTimedFolder = /\/(?:rc\.d|cron\.\w+|cron|profile\.d|systemd\/system)\/./;

function isTimed({ text }: { readonly text: string }): boolean {
  const path = text.split(/\s/).at(-1) ?? '';
  return timedFile.test(path) || inTimedFolder.test(path);
}

/** Whether a command writes one that reboots into a file that runs at each start or on a timer. */
function isRebootLoop({ name, args, command }: Call): boolean {
  const isText =
    (name === 'echo' || name === 'printf') && reboots.test(args.map(({ text }) => text).join(' '));
  if (!isText) return false;
  const isCron = args.some(({ text }) => text.startsWith('@reboot'));
  return isCron || command.writes.some(({ target }) => isTimed(target)) || command.after === '|';
}

function isReboot(call: Call): boolean {
  const { name, args, command } = call;
  const first = args.find(({ text }) => !text.startsWith('-'))?.text;
  if (command.writes.some(({ target }) => target.text === '/proc/sysrq-trigger'))
    return /[bco]/.test(args.at(-1)?.text ?? '');
  if (name === 'tee' && args.some(({ text }) => text === '/proc/sysrq-trigger'))
    return /[bco]/.test(call.from?.args.at(-1)?.text ?? '');
  if (command.writes.some(({ target }) => target.text === '/sys/power/state')) return true;
  if (name === 'systemctl')
    return /^(?:reboot|poweroff|halt|kexec|soft-reboot|rescue|emergency|suspend|hibernate)$/.test(
      first ?? '',
    );
  if (name === 'init' || name === 'telinit') return /^[0156sS]$/.test(first ?? '');
  // A delayed reboot starts after the step has reported its result.
  if (name === 'shutdown') return !args.some(({ text }) => /^(?:-c|\+?[1-9]\d*|\d{1,2}:\d{2})$/.test(text));
  if (name === 'kexec') return args.some(({ text }) => /^(?:-e|--exec)$/.test(text));
  return name === 'reboot' || name === 'poweroff' || name === 'halt';
}

/** Dangerous commands in custom steps. */
export const customDangerRules: readonly Rule[] = [
  {
    code: 'custom-reboot',
    severity: 'warning',
    about: msg('The reboot ends the step before it can report its result, so the step counts as failed.'),
    check: onCalls((call, report) => {
      if (isRebootLoop(call)) {
        report(msg('The node would reboot again and again: this command runs at each start, or on a timer.'));
        return;
      }
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
