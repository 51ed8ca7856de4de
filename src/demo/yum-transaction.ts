import type { DemoPackage } from './yum-package.ts';

export type Verb = 'install' | 'upgrade';

/** The packages of a transaction by what is done to them, in the order of the table. */
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

/** One row of a transaction: a package that comes, or an old version that goes. */
export interface Change {
  readonly action: string;
  readonly nevra: string;
  readonly package: DemoPackage;
  /** What its scriptlets print. */
  readonly output: readonly string[];
}

/** How one tool writes a transaction. */
export interface ChangeWords {
  readonly upgrading: string;
  readonly nevra: (each: DemoPackage, version: string) => string;
}

/** The rows of a transaction in their order: all that comes, then what that replaces, the last one first. */
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

/** Dependencies first, as rpm orders them. */
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

/** The packages in the rounds in which the resolver finds them: what was asked for, then what those need, and so on. */
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

/** How long a package takes to be unpacked, measured against a line of text. */
export function labour({ size }: DemoPackage): number {
  return 1 + Math.min(12, size / 1_500_000);
}
