import type { Package, PackageFile } from './package.ts';

/** Groups of packages for one spec file each: no two have a name or a path in common. */
export function batches(packages: readonly Package[]): readonly (readonly Package[])[] {
  const open: { packages: Package[]; taken: Set<string> }[] = [];
  for (const one of packages) {
    const claims = [one.name, ...ownPaths(one)];
    let batch = open.find((candidate) => !claims.some((claim) => candidate.taken.has(claim)));
    if (!batch) {
      batch = { packages: [], taken: new Set() };
      open.push(batch);
    }
    batch.packages.push(one);
    for (const claim of claims) batch.taken.add(claim);
  }
  return open.map((batch) => batch.packages);
}

function ownPaths(one: Package): readonly string[] {
  return [...Object.keys(one.files ?? {}), ...Object.keys(one.links ?? {}), ...(one.folders ?? [])];
}

export function fileOf(value: string | PackageFile): PackageFile {
  return typeof value === 'string' ? { text: value } : value;
}

/** The path of a package's filler. */
export function fillerPath(one: Package): string {
  return `/usr/share/${one.name}/data.bin`;
}

/** A spec file with one subpackage for each package; `stage` holds their files. */
export function specText(packages: readonly Package[], stage: string): string {
  const head = [
    'Name: distribution',
    'Version: 1',
    'Release: 1',
    'Summary: Packages of the lab',
    'License: MIT',
    '%description',
    'Packages of the lab.',
    '%install',
    `cp -a ${stage}/. %{buildroot}/`,
  ];
  return `${[...head, ...packages.flatMap(section)].join('\n')}\n`;
}

function section(one: Package): readonly string[] {
  const lines = [
    `%package -n ${one.name}`,
    ...(one.epoch === undefined ? [] : [`Epoch: ${one.epoch}`]),
    `Version: ${one.version}`,
    `Release: ${one.release}`,
    ...(one.arch === 'noarch' ? ['BuildArch: noarch'] : []),
    `Summary: ${one.name}`,
    'AutoReqProv: no',
    ...(one.requires ?? []).map((what) => `Requires: ${what}`),
    ...(one.provides ?? []).map((what) => `Provides: ${what}`),
    ...(one.conflicts ?? []).map((what) => `Conflicts: ${what}`),
    ...(one.obsoletes ?? []).map((what) => `Obsoletes: ${what}`),
    `%description -n ${one.name}`,
    `${one.name} of the lab.`,
  ];
  for (const when of ['pre', 'post', 'posttrans', 'preun'] as const) {
    const script = one[when];
    if (script !== undefined) lines.push(`%${when} -n ${one.name}`, script);
  }
  lines.push(`%files -n ${one.name}`);
  for (const [path, value] of Object.entries(one.files ?? {})) {
    const { mode = '0644', config } = fileOf(value);
    lines.push(`${config ? '%config(noreplace) ' : ''}%attr(${mode}, root, root) ${path}`);
  }
  lines.push(...Object.keys(one.links ?? {}), ...(one.folders ?? []));
  if (one.size) lines.push(fillerPath(one));
  return lines;
}
