import { assertNever } from '../../base/assert-never.ts';
import { type Message, msg, type Translate } from '../../base/l10n.ts';
import type {
  Effect,
  FileChange,
  PackageChange,
  PreviewEnd,
  StepDifference,
  Transaction,
  Unpreviewed,
} from '../../plan/differences.ts';
import { quote } from '../../shell/command.ts';
import { reasonText } from '../reasons.ts';
import { type DifferenceLine, unifiedLines } from './unified.ts';

/** What the programs of a group of commands change. */
const groups: readonly (readonly [title: Message, programs: readonly string[]])[] = [
  [msg('Units'), ['systemctl', 'service', 'chkconfig']],
  [
    msg('Users'),
    ['useradd', 'usermod', 'userdel', 'groupadd', 'groupmod', 'groupdel', 'gpasswd', 'passwd', 'chpasswd'],
  ],
  [msg('Firewall'), ['firewall-cmd', 'firewall-offline-cmd']],
  [msg('Network'), ['nmcli', 'ip', 'ifup', 'ifdown']],
  [msg('Kernel'), ['sysctl', 'modprobe']],
  [msg('SELinux mode and ports'), ['setenforce', 'setsebool', 'semanage']],
  [msg('Repositories'), ['subscription-manager', 'rpm', 'dnf', 'yum']],
];

/** Why a node shows no differences. */
export function unpreviewedText(why: Unpreviewed): Message {
  switch (why) {
    case 'not-root':
      return msg('The login is not root and does not use sudo, so the changes cannot be shown.');
    case 'no-view':
      return msg(
        'The kernel of the node does not allow a copy-on-write view of its disk (unshare and overlayfs), so the changes cannot be shown.',
      );
    case 'simulated':
      return msg('The node is simulated, so it has no changes to show.');
    default:
      return assertNever(why);
  }
}

function endText(end: PreviewEnd): Message | undefined {
  switch (end) {
    case 'whole':
      return undefined;
    case 'waits':
      return msg('The step then waits for its service; what it does afterwards depends on that.');
    case 'failed':
      return msg('The rest depends on changes that were not made here, so it is not shown.');
    default:
      return assertNever(end);
  }
}

function note(text: string): DifferenceLine {
  return { kind: 'note', text };
}

function withheld(change: FileChange): Message | undefined {
  const { kind } = change.after.kind === 'absent' ? change.before : change.after;
  switch (kind) {
    case 'private':
      return msg('The content is secret and stays on the node.');
    case 'large':
      return msg('The file is larger than 256 KB, so its lines are not shown.');
    case 'binary':
      return msg('The file is not text, so its lines are not shown.');
    case 'absent':
    case 'text':
    case 'link':
      return undefined;
    default:
      return assertNever(kind);
  }
}

/** A file as a unified diff, and why it has no lines. */
export function fileLines(change: FileChange, t: Translate): readonly DifferenceLine[] {
  const why = withheld(change);
  return [...unifiedLines(change), ...(why ? [note(t(why))] : [])];
}

function packageWords(change: PackageChange, t: Translate): readonly string[] {
  const { name, arch, from, to, repository, size, advisories, isKernel, action } = change;
  const version = [from, to].filter((each) => each !== undefined).join(' → ');
  const marks = [
    ...(advisories.length > 0 ? [t(msg('security: {0}', advisories.join(', ')))] : []),
    ...(isKernel && action !== 'remove' ? [t(msg('kernel, in use after a reboot'))] : []),
  ];
  return [`${name}.${arch}`, version, repository, size, marks.length > 0 ? `(${marks.join('; ')})` : ''];
}

const signs: Readonly<Record<PackageChange['action'], readonly [string, DifferenceLine['kind']]>> = {
  install: ['+', 'added'],
  upgrade: ['^', 'added'],
  reinstall: ['=', 'added'],
  downgrade: ['v', 'removed'],
  remove: ['-', 'removed'],
  replace: ['-', 'removed'],
};

/** The packages of a transaction in columns; `+` installs, `^` upgrades, `v` downgrades, `=` reinstalls, `-` removes. */
export function packageLines({ packages, failure }: Transaction, t: Translate): readonly DifferenceLine[] {
  const rows = packages.map((change) => ({ change, words: packageWords(change, t) }));
  const widths = [0, 1, 2, 3].map((at) =>
    rows.reduce((most, { words }) => Math.max(most, words[at]?.length ?? 0), 0),
  );
  const lines = rows.map(({ change, words }): DifferenceLine => {
    const [sign, kind] = signs[change.action];
    const columns = words.map((word, at) =>
      at < 3 ? word.padEnd(widths[at] ?? 0) : word.padStart(widths[at] ?? 0),
    );
    return { kind, text: `${sign} ${columns.join('  ').trimEnd()}` };
  });
  if (!failure) return lines;
  return [...lines, note(t(msg('The package manager would fail:'))), ...failure.map(note)];
}

/** A command as typed in a shell. */
export function commandText({ program, args }: Effect): string {
  return [program, ...args].map(quote).join(' ');
}

interface Section {
  readonly title: Message;
  readonly lines: readonly DifferenceLine[];
}

function commandSections(effects: readonly Effect[]): readonly Section[] {
  const named = new Set(groups.flatMap(([, programs]) => programs));
  const section = (title: Message, has: (program: string) => boolean): Section => ({
    title,
    lines: effects
      .filter(({ program }) => has(program))
      .map((effect): DifferenceLine => ({ kind: 'added', text: `$ ${commandText(effect)}` })),
  });
  return [
    ...groups.map(([title, programs]) => section(title, (program) => programs.includes(program))),
    section(msg('Commands'), (program) => !named.has(program)),
  ].filter(({ lines }) => lines.length > 0);
}

/** Everything that a step would change, as lines: its files, packages and commands, and what is not known. */
export function differenceLines(difference: StepDifference, t: Translate): readonly DifferenceLine[] {
  const { files, transactions, effects, notices, end, log, isCut } = difference;
  const ending = endText(end);
  const packages = transactions.flatMap((each) => packageLines(each, t));
  const sections: readonly Section[] = [
    ...(packages.length > 0 ? [{ title: msg('Packages'), lines: packages }] : []),
    ...commandSections(effects),
  ];
  return [
    ...files.flatMap((change) => fileLines(change, t)),
    ...sections.flatMap(({ title, lines }) => [note(t(title)), ...lines]),
    ...(effects.some(({ program }) => program === 'ssh-keygen')
      ? [note(t(msg('The files with the new key are shown once the key exists.')))]
      : []),
    ...notices.map((reason) => note(t(reasonText(reason)))),
    ...(ending ? [note(t(ending))] : []),
    ...(end === 'failed' ? log.slice(-5).map((line) => note(`  ${line}`)) : []),
    ...(isCut ? [note(t(msg('There is more, which is not shown.')))] : []),
  ];
}

/** The commands of a custom step, which are shown as they are. */
export function customLines(run: string): readonly DifferenceLine[] {
  return run
    .replace(/\n$/, '')
    .split('\n')
    .map((line): DifferenceLine => ({ kind: 'added', text: `$ ${line}` }));
}
