import { largest } from '../base/extremes.ts';
import { headerRow, layOut, listRows, packageRow, screen } from './yum-columns.ts';
import { amountText, type DemoPackage, dnfNevra, fileOf, sizeText, totalSize } from './yum-package.ts';
import { changesOf, type Groups, groupsOf, labour } from './yum-transaction.ts';
import { stepLine, type YumWriter } from './yum-writer.ts';

const cached = [
  'The downloaded packages were saved in cache until the next successful transaction.',
  "You can remove cached packages by executing 'dnf clean packages'.",
];
const interruptedEarly = 'KeyboardInterrupt: Terminated.\n';
const interruptedDownload = `${['', ...cached, 'Error: Error downloading packages:', '  Interrupted by a SIGINT signal'].join('\n')}\n`;

/** `name   29 MB/s | 299 kB     00:00    `, a completed download. */
function transfer(name: string, rate: string, bytes: number): string {
  return `${name.slice(0, 47).padEnd(47)} ${rate.padStart(8)} | ${amountText(bytes).padStart(6)}     00:00    `;
}

const repositories: readonly (readonly [string, string, number])[] = [
  ['CentOS Stream 9 - BaseOS', '11 MB/s', 8_800_000],
  ['CentOS Stream 9 - AppStream', '14 MB/s', 26_000_000],
  ['CentOS Stream 9 - Extras packages', '62 kB/s', 20_100],
];

/** The output of dnf 4 while it downloads repository metadata. */
export function dnfOpening(writer: YumWriter): void {
  writer.onInterrupt(interruptedEarly);
  for (const [name, rate, bytes] of repositories) writer.say(transfer(name, rate, bytes), 3);
}

/** The line of a repository that does not respond. */
export function dnfDeadRepository(writer: YumWriter): void {
  writer.onInterrupt(interruptedEarly);
  writer.say(transfer('CentOS Stream 9 - BaseOS', '0.0  B/s', 0), 3);
}

const headings = [
  ['installing', 'Installing:'],
  ['upgrading', 'Upgrading:'],
  ['installingDependencies', 'Installing dependencies:'],
  ['upgradingDependencies', 'Upgrading:'],
] as const;

/** The longer heading if it fits in its column. */
function fitting(width: number, long: string, short: string): string {
  return long.length <= width ? long : short;
}

function table(packages: readonly DemoPackage[], groups: Groups): readonly string[] {
  const layout = layOut(packages, true);
  const rule = '='.repeat(layout.width);
  const [, arch, , repository] = layout.widths;
  // dnf does not distinguish upgrades of dependencies.
  const upgrading = [...groups.upgrading, ...groups.upgradingDependencies];
  const merged: Groups = { ...groups, upgrading, upgradingDependencies: [] };
  const listed = headings.flatMap(([key, heading]) =>
    merged[key].length > 0 ? [heading, ...merged[key].map((each) => packageRow(layout, each))] : [],
  );
  const header = headerRow(layout, [
    'Package',
    fitting(arch, 'Architecture', 'Arch'),
    'Version',
    fitting(repository, 'Repository', 'Repo'),
  ]);
  return ['Dependencies resolved.', rule, header, rule, ...listed, '', 'Transaction Summary', rule];
}

function summary(groups: Groups): readonly string[] {
  const rows = [
    ['Install', groups.installing.length + groups.installingDependencies.length],
    ['Upgrade', groups.upgrading.length + groups.upgradingDependencies.length],
  ] as const;
  const width = largest(rows.map(([, count]) => String(count).length));
  return rows.flatMap(([word, count]) =>
    count > 0 ? [`${word}  ${String(count).padStart(width)} Package${count === 1 ? '' : 's'}`] : [],
  );
}

function download(writer: YumWriter, packages: readonly DemoPackage[]): void {
  writer.onInterrupt(interruptedDownload);
  writer.say('Downloading Packages:', 2);
  // Small files are completed first.
  const bySize = packages.toSorted((one, other) => one.size - other.size);
  for (const [index, each] of bySize.entries()) {
    const counter = bySize.length > 1 ? `(${index + 1}/${bySize.length}): ` : '';
    writer.say(transfer(`${counter}${fileOf(each)}`, '8.1 MB/s', each.size), labour(each));
  }
  const total = totalSize(packages);
  writer.say(['-'.repeat(screen), `${transfer('Total', '4.2 MB/s', total)} `]);
}

function transaction(writer: YumWriter, packages: readonly DemoPackage[], failing: string | undefined): void {
  writer.onInterrupt(interruptedEarly);
  writer.say('Running transaction check', 2);
  writer.say('Transaction check succeeded.');
  writer.say('Running transaction test', 3);
  writer.say('Transaction test succeeded.');
  writer.say('Running transaction', 2);
  const all = changesOf(packages, { upgrading: 'Upgrading', nevra: dnfNevra });
  const step = (action: string, name: string, [done, total]: readonly [number, number]) =>
    stepLine({ action, column: 17, name, done, total });
  writer.step(step('Preparing', '', [1, 1]), 1);
  for (const [index, { action, nevra, package: each, output }] of all.entries()) {
    const at = [index + 1, all.length] as const;
    const fails = each.name === failing;
    if (!fails) writer.step(step(action, nevra, at), action === 'Cleanup' ? 1 : labour(each));
    if (fails || output.length > 0) writer.step(step('Running scriptlet', nevra, at), 1);
    if (output.length > 0) writer.among(output);
    if (fails) {
      const failed = `error: %prein(${nevra}) scriptlet failed, exit status 1`;
      writer.among([failed, '', `Error in PREIN scriptlet in rpm package ${each.name}`]);
    }
  }
  for (const [index, { nevra }] of all.entries())
    writer.step(step('Verifying', nevra, [index + 1, all.length]), 0.3);
}

function lists(groups: Groups, failing: string | undefined): readonly string[] {
  const whole = (packages: readonly DemoPackage[]) => packages.filter(({ name }) => name !== failing);
  const installed = whole([...groups.installing, ...groups.installingDependencies]);
  const upgraded = whole([...groups.upgrading, ...groups.upgradingDependencies]);
  const failed = Object.values(groups)
    .flat()
    .filter(({ name }) => name === failing);
  const sections = [
    ['Upgraded:', upgraded],
    ['Installed:', installed],
    ['Failed:', failed],
  ] as const;
  return sections.flatMap(([heading, packages]) => {
    const names = packages.map((each) => dnfNevra(each, each.version)).toSorted();
    return names.length > 0 ? [heading, ...listRows(names)] : [];
  });
}

/** A transaction of dnf 4 without a terminal. Source: dnf's cli/output.py and cli/progress.py. */
export function dnfTransaction(writer: YumWriter, packages: readonly DemoPackage[], failing?: string): void {
  const groups = groupsOf(packages);
  writer.say(table(packages, groups));
  writer.say([...summary(groups), '']);
  writer.say(`Total download size: ${sizeText(totalSize(packages)).trimEnd()}`);
  if (packages.every(({ replaces }) => replaces === undefined))
    writer.say(`Installed size: ${sizeText(3 * totalSize(packages)).trimEnd()}`);
  download(writer, packages);
  transaction(writer, packages, failing);
  const broken = packages.some(({ name }) => name === failing);
  writer.among(['', ...lists(groups, failing), '', broken ? 'Error: Transaction failed' : 'Complete!']);
}
