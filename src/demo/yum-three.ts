import { largest } from '../base/extremes.ts';
import { headerRow, layOut, listRows, packageRow, screen } from './yum-columns.ts';
import { amountText, type DemoPackage, fullVersion, sizeText, totalSize, yumNevra } from './yum-package.ts';
import { changesOf, type Groups, groupsOf, labour, rounds } from './yum-transaction.ts';
import { stepLine, type YumWriter } from './yum-writer.ts';

const rule = '='.repeat(screen);
const cancelled = '\n\nExiting on user cancel\n';

/** The output of yum 3.4.3 before it resolves packages. */
export function yumOpening(writer: YumWriter): void {
  writer.onInterrupt(cancelled);
  writer.say('Loaded plugins: fastestmirror', 3);
}

export function yumMirrors(writer: YumWriter): void {
  writer.say('Loading mirror speeds from cached hostfile', 4);
  writer.say(['base', 'extras', 'updates'].map((id) => ` * ${id}: mirror.kakao.com`));
}

function resolved(each: DemoPackage): readonly string[] {
  const line = (version: string, what: string) =>
    `---> Package ${each.name}.${each.arch} ${fullVersion(version)} will be ${what}`;
  return each.replaces === undefined
    ? [line(each.version, 'installed')]
    : [line(each.replaces, 'updated'), line(each.version, 'an update')];
}

function resolve(writer: YumWriter, packages: readonly DemoPackage[]): void {
  writer.say('Resolving Dependencies', 2);
  for (const wave of rounds(packages)) {
    writer.say('--> Running transaction check');
    for (const each of wave) {
      const needs = packages.filter(({ dependencyOf }) => dependencyOf === each.name);
      const needed = needs.map(
        ({ name }) => `--> Processing Dependency: ${name} for package: ${yumNevra(each, each.version)}`,
      );
      writer.say([...resolved(each), ...needed], 0.4);
    }
  }
  writer.say('--> Finished Dependency Resolution');
}

const headings = [
  ['installing', 'Installing:'],
  ['upgrading', 'Updating:'],
  ['installingDependencies', 'Installing for dependencies:'],
  ['upgradingDependencies', 'Updating for dependencies:'],
] as const;

function table(packages: readonly DemoPackage[], groups: Groups): readonly string[] {
  const layout = layOut(packages, false);
  const listed = headings.flatMap(([key, heading]) =>
    groups[key].length > 0 ? [heading, ...groups[key].map((each) => packageRow(layout, each))] : [],
  );
  const header = headerRow(layout, ['Package', 'Arch', 'Version', 'Repository']);
  return ['', 'Dependencies Resolved', '', rule, header, rule, ...listed];
}

/** `Install  1 Package  (+17 Dependent packages)`, with aligned numbers. */
function summary(groups: Groups): readonly string[] {
  const rows = [
    { word: 'Install', count: groups.installing.length, dependent: groups.installingDependencies.length },
    { word: 'Upgrade', count: groups.upgrading.length, dependent: groups.upgradingDependencies.length },
  ].filter(({ count, dependent }) => count + dependent > 0);
  const label = (count: number) => (count === 1 ? 'Package' : 'Packages');
  const widest = (texts: readonly string[]) => largest(texts.map((text) => text.length));
  const labels = widest(rows.map(({ count }) => label(count)));
  const counts = widest(rows.map(({ count }) => String(count)));
  const dependents = widest(rows.map(({ dependent }) => String(dependent)));
  return rows.map(({ word, count, dependent }) => {
    const asked = count > 0 ? `${String(count).padStart(counts)} ${label(count)}` : '';
    const sign = count > 0 ? '+' : ' ';
    const more = `(${sign}${String(dependent).padStart(dependents)} Dependent ${label(dependent).toLowerCase()})`;
    return `${word}  ${asked.padEnd(counts + 1 + labels)} ${dependent > 0 ? more : ''}`.trimEnd();
  });
}

function download(writer: YumWriter, packages: readonly DemoPackage[]): void {
  const weight = packages.reduce((sum, each) => sum + labour(each), 2);
  writer.say('Downloading packages:', weight);
  if (packages.length < 2) return;
  const bytes = totalSize(packages);
  const head = 'Total'.padEnd(59 - '4.2 MB/s'.length);
  writer.say(['-'.repeat(screen), `${head}4.2 MB/s | ${amountText(bytes).padStart(6)}  00:00     `]);
}

function transaction(writer: YumWriter, packages: readonly DemoPackage[], failing: string | undefined): void {
  writer.say('Running transaction check', 2);
  writer.say('Running transaction test', 3);
  writer.say('Transaction test succeeded');
  writer.say('Running transaction', 2);
  const all = changesOf(packages, { upgrading: 'Updating', nevra: yumNevra });
  const step = (action: string, nevra: string, done: number) =>
    stepLine({ action, column: 11, name: nevra, done, total: all.length });
  for (const [index, { action, nevra, package: each, output }] of all.entries()) {
    if (each.name === failing) {
      const failed = `error: %pre(${nevra}) scriptlet failed, exit status 1`;
      writer.among([...output, failed, `Error in PREIN scriptlet in rpm package ${nevra}`]);
      continue;
    }
    const weight = action === 'Cleanup' ? 1 : labour(each);
    writer.step(step(action, nevra, index + 1), weight);
    if (output.length > 0) writer.among(output);
  }
  for (const [index, { nevra }] of all.entries()) writer.step(step('Verifying', nevra, index + 1), 0.3);
}

const results = [
  ['installing', 'Installed:'],
  ['installingDependencies', 'Dependency Installed:'],
  ['upgrading', 'Updated:'],
  ['upgradingDependencies', 'Dependency Updated:'],
] as const;

function lists(groups: Groups, failing: string | undefined): readonly string[] {
  const rows = (packages: readonly DemoPackage[]) =>
    listRows(packages.map(({ name, arch, version }) => `${name}.${arch} ${fullVersion(version)}`));
  const done = results.flatMap(([key, heading]) => {
    const packages = groups[key].filter(({ name }) => name !== failing);
    return packages.length > 0 ? ['', heading, ...rows(packages)] : [];
  });
  const broken = Object.values(groups)
    .flat()
    .filter(({ name }) => name === failing);
  return broken.length > 0 ? [...done, '', 'Failed:', ...rows(broken)] : done;
}

/** A transaction of yum 3.4.3 without a terminal; it prints `Complete!` even if a package failed. Source: yum's output.py and rpmtrans.py. */
export function yumTransaction(writer: YumWriter, packages: readonly DemoPackage[], failing?: string): void {
  const groups = groupsOf(packages);
  resolve(writer, packages);
  writer.say(table(packages, groups));
  writer.say(['', 'Transaction Summary', rule, ...summary(groups), '']);
  writer.say(`Total download size: ${sizeText(totalSize(packages)).trimEnd()}`);
  if (packages.every(({ replaces }) => replaces === undefined))
    writer.say(`Installed size: ${sizeText(3 * totalSize(packages)).trimEnd()}`);
  download(writer, packages);
  transaction(writer, packages, failing);
  writer.among([...lists(groups, failing), '', 'Complete!']);
}
