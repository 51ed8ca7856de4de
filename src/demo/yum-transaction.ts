import type { DemoPackage } from './yum-package.ts';

export type Verb = 'install' | 'upgrade';

/** The packages of a transaction by action, in the order of the table. */
export interface Groups {
  readonly installing: readonly DemoPackage[];
  readonly upgrading: readonly DemoPackage[];
  readonly installingDependencies: readonly DemoPackage[];
  readonly upgradingDependencies: readonly DemoPackage[];
}

function byName(packages: readonly DemoPackage[]): readonly DemoPackage[] {
  return packages.toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

export function groupsOf(packages: readonly DemoPackage[]): Groups {
  const pick = (dependency: boolean, replaces: boolean) =>
    byName(
      packages.filter(
        (each) =>
          (each.dependencyOf !== undefined) === dependency && (each.replaces !== undefined) === replaces,
      ),
    );
  return {
    installing: pick(false, false),
    upgrading: pick(false, true),
    installingDependencies: pick(true, false),
    upgradingDependencies: pick(true, true),
  };
}

/** An element of a transaction: a package to install, or an old version to remove. */
export interface Change {
  readonly action: string;
  readonly nevra: string;
  readonly package: DemoPackage;
  /** The output of its scriptlets. */
  readonly output: readonly string[];
}

/** The transaction format of a tool. */
export interface ChangeWords {
  readonly upgrading: string;
  readonly nevra: (each: DemoPackage, version: string) => string;
}

/** The elements of a transaction in order: installations, then removals of replaced versions in reverse order. */
export function changesOf(
  packages: readonly DemoPackage[],
  { upgrading, nevra }: ChangeWords,
): readonly Change[] {
  const incoming = rpmOrder(packages).map((each) => ({
    action: each.replaces === undefined ? 'Installing' : upgrading,
    nevra: nevra(each, each.version),
    package: each,
    output: each.output ?? [],
  }));
  const outgoing = packages.flatMap((each) =>
    each.replaces === undefined
      ? []
      : [{ action: 'Cleanup', nevra: nevra(each, each.replaces), package: each, output: [] }],
  );
  return [...incoming, ...outgoing.toReversed()];
}

/** Dependencies first, as in rpm's order. */
function rpmOrder(packages: readonly DemoPackage[]): readonly DemoPackage[] {
  const done = new Set<string>();
  const ordered: DemoPackage[] = [];
  const visit = (each: DemoPackage): void => {
    if (done.has(each.name)) return;
    done.add(each.name);
    for (const other of packages) if (other.dependencyOf === each.name) visit(other);
    ordered.push(each);
  };
  for (const each of packages) visit(each);
  return ordered;
}

/** The packages in the order of dependency resolution: the requested ones, then their dependencies, and so on. */
export function rounds(packages: readonly DemoPackage[]): readonly (readonly DemoPackage[])[] {
  const names = new Set(packages.map(({ name }) => name));
  let wave = packages.filter(({ dependencyOf }) => dependencyOf === undefined || !names.has(dependencyOf));
  const found: (readonly DemoPackage[])[] = [];
  const seen = new Set<string>();
  while (wave.length > 0) {
    found.push(byName(wave));
    for (const { name } of wave) seen.add(name);
    const last = new Set(wave.map(({ name }) => name));
    wave = packages.filter(
      ({ name, dependencyOf }) => !seen.has(name) && dependencyOf !== undefined && last.has(dependencyOf),
    );
  }
  return found;
}

/** Duration of unpacking a package, relative to that of a line of text. */
export function labour({ size }: DemoPackage): number {
  return 1 + Math.min(12, size / 1_500_000);
}
