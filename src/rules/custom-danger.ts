import { msg } from '../base/l10n.ts';
import type { Called, CustomScript } from './custom.ts';
import { type Call, onCalls, put } from './custom-calls.ts';
import { operands } from './irreversible.ts';
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

const network = /^(?:network|NetworkManager|systemd-networkd|wicked)$/;

function isLogin(unit: string): boolean {
  return network.test(unit) || unit === 'sshd' || unit === 'ssh';
}

/** Whether a call of systemctl stops what a login needs. */
function stopsUnit(args: Called['args'], verb: string, units: readonly string[]): boolean {
  // Restarting NetworkManager keeps the connections up.
  if (verb === 'restart') return units.includes('network');
  if (verb === 'isolate' || verb === 'set-default')
    return units.some((unit) => /^(?:rescue|emergency|poweroff|reboot|halt)(?:\.target)?$/.test(unit));
  // To disable one of two network services is how a node changes from one to the other.
  if (verb === 'disable' || verb === 'mask')
    return units.includes('sshd') || (args.some(({ text }) => text === '--now') && units.some(isLogin));
  return (verb === 'stop' || verb === 'kill') && units.some(isLogin);
}

/** Whether a command stops the daemons that a login needs, or keeps them from starting again. */
function stopsDaemon({ name, args }: Called): boolean {
  const [verb = '', ...units] = operands(args).map(({ text }) => text.replace(/\.(?:service|socket)$/, ''));
  if (name === 'systemctl') return stopsUnit(args, verb, units);
  if (name === 'service' || name === 'rc-service')
    return isLogin(verb) && (units[0] === 'stop' || (units[0] === 'restart' && verb === 'network'));
  if (name === 'chkconfig') return verb === 'sshd' && units[0] === 'off';
  return /^(?:pkill|killall|kill)$/.test(name) && (verb === 'sshd' || units.includes('sshd'));
}

/** Whether a command closes the firewall for everything, or opens what it has in an order that closes first. */
function closesFirewall({ name, args }: Called): boolean {
  const text = args.map((each) => each.text);
  const has = (...words: readonly string[]): boolean => text.some((word) => words.includes(word));
  if (/^ip6?tables$/.test(name)) {
    const chain = text.find((_, index) => /^(?:-P|--policy)$/.test(text[index - 1] ?? ''));
    if (chain !== undefined) return (chain === 'INPUT' || chain === 'OUTPUT') && has('DROP', 'REJECT');
    // A rule that drops logins from everywhere.
    const isClosing = has('-A', '--append', '-I', '--insert') && has('INPUT') && has('DROP', 'REJECT');
    const isLimited = has('-s', '--source', '-i', '--in-interface', '!', '-m', '--match');
    const port = text.find((_, index) => /^--(?:dport|destination-port)$/.test(text[index - 1] ?? ''));
    if (isClosing && !isLimited && (port === '22' || port === 'ssh')) return true;
    return (
      (has('-F', '--flush') && !text.some((word) => /^(?:-t|--table)/.test(word))) || (has('-X') && has('-F'))
    );
  }
  if (name === 'nft') return /(?:^| )flush (?:ruleset|table|chain)(?: |;|$)/.test(text.join(' '));
  if (name !== 'firewall-cmd') return false;
  return text.some((word) =>
    /^--(?:panic-on|remove-service=ssh|remove-port=22\/tcp|set-default-zone=(?:drop|block))$/.test(word),
  );
}

/** Calls that take addresses, links or routes away: words of the call, joined by blanks. */
const drops =
  /^(?:nmcli (?:n|net|networking) off|nmcli (?:c|con|connection) down .*|ip (?:r|route) (?:f|flush|del default|delete default)(?: .*)?|ifdown|ifconfig down)$/;
/** Like above, for one interface. */
const dropsOne =
  /^(?:nmcli (?:d|dev|device) (?:disconnect|delete) (\S+)|nmcli (?:c|con|connection) delete (\S+)|ip (?:l|link) set (?:dev )?(\S+) down|ip (?:a|addr|address) (?:f|flush) (?:dev )?(\S+)(?: .*)?|ifconfig (\S+) down|ifdown (\S+))$/;

/** Whether a command takes the addresses or the routes of the node away; `device` is the interface of the management network. */
function dropsNetwork({ name, args }: Called, device: string | undefined): boolean {
  if (!/^(?:nmcli|ip|ifconfig|ifdown)$/.test(name)) return false;
  const words = [name, ...operands(args).map(({ text }) => text)].join(' ').slice(0, 300);
  if (drops.test(words)) return true;
  const found = dropsOne
    .exec(words)
    ?.slice(1)
    .find((each) => each !== undefined);
  return found !== undefined && (device === undefined || found === device);
}

/** Whether a command cuts the connection. */
function isCut(call: Called, device: string | undefined): boolean {
  return stopsDaemon(call) || closesFirewall(call) || dropsNetwork(call, device);
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
