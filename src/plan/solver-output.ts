import { createYumParser } from '../yum/parser.ts';
import type { PackageChange, Transaction } from './differences.ts';

/** What a node prints of one transaction. */
export interface SolverOutput {
  /** Of `yum` or `dnf` with `--assumeno`. */
  readonly output: string;
  /** Lines NAME, ARCH, EPOCH:VERSION-RELEASE, separated by tabs. */
  readonly installed: string;
  /** Of `updateinfo list security`: lines ADVISORY, KIND, NAME-VERSION-RELEASE.ARCH. */
  readonly security: string;
}

/** Packages whose new version is in use only after a reboot. */
const kernels: ReadonlySet<string> = new Set([
  'kernel',
  'kernel-core',
  'kernel-rt',
  'kernel-rt-core',
  'kernel-64k',
  'kernel-64k-core',
  'kernel-ml',
  'kernel-lt',
  'kernel-uek',
  'kernel-uek-core',
  'kernel-plus',
]);

const maxLines = 20_000;

function withoutEpoch(version: string): string {
  return version.replace(/^0:/, '');
}

/** The installed version of each package, the last one of several. */
function versionsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n').slice(0, maxLines)) {
    const [name, arch, version] = line.split('\t');
    if (name && arch && version) found.set(`${name}\t${arch}`, withoutEpoch(version));
  }
  return found;
}

/** The advisories of each update, by `NAME-VERSION-RELEASE.ARCH`. */
function advisoriesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n').slice(0, maxLines)) {
    const [advisory, , nevra] = line.trim().split(/\s+/, 4);
    if (advisory && nevra && /^[A-Za-z0-9:._-]{3,64}$/.test(advisory) && /\d/.test(advisory))
      found.set(nevra, [...(found.get(nevra) ?? []), advisory]);
  }
  return found;
}

const actions = {
  install: true,
  upgrade: true,
  downgrade: true,
  reinstall: true,
  remove: true,
  replace: true,
};

function isAction(action: string): action is PackageChange['action'] {
  return Object.hasOwn(actions, action);
}

/** The transaction that the output describes, and its last lines. */
export function transactionOf({ output, installed, security }: SolverOutput): Pick<
  Transaction,
  'packages'
> & {
  readonly last: readonly string[];
} {
  const versions = versionsOf(installed);
  const advisories = advisoriesOf(security);
  const parser = createYumParser();
  const packages: PackageChange[] = [];
  for (const event of [...parser.push(output), ...parser.end()]) {
    if (event.type !== 'package' || !isAction(event.action)) continue;
    const { action, name, arch, repository, size, dependency } = event;
    const version = withoutEpoch(event.version);
    const known = versions.get(`${name}\t${arch}`);
    const isKernel = kernels.has(name);
    // A new kernel is installed next to the running one.
    const from = action === 'remove' ? version : isKernel || action === 'install' ? undefined : known;
    const bare = version.replace(/^\d+:/, '');
    packages.push({
      ...{ action, name, arch, repository, size, isDependency: dependency, isKernel },
      ...(from === undefined ? {} : { from }),
      ...(action === 'remove' ? {} : { to: version }),
      advisories: [...new Set(advisories.get(`${name}-${bare}.${arch}`) ?? [])],
    });
  }
  const lines = output.split('\n').map((line) => line.trimEnd());
  return { packages, last: lines.filter((line) => line !== '').slice(-12) };
}
