/** A package of the demo's world, as yum or dnf would take it into a transaction. */
export interface DemoPackage {
  readonly name: string;
  readonly arch: string;
  /** `[epoch:]version-release`, as the tool's table prints it: without an epoch of 0. */
  readonly version: string;
  readonly repository: string;
  /** Of the package file, in bytes. */
  readonly size: number;
  /** The package for whose sake this one comes; absent if it was asked for. */
  readonly dependencyOf?: string;
  /** The version on the node that this one takes the place of. */
  readonly replaces?: string;
  /** What the scriptlets of the package print. */
  readonly output?: readonly string[];
}

interface Evr {
  readonly epoch: string;
  readonly rest: string;
}

function split(version: string): Evr {
  const colon = version.indexOf(':');
  return colon < 0
    ? { epoch: '0', rest: version }
    : { epoch: version.slice(0, colon), rest: version.slice(colon + 1) };
}

/** `0:1.0-1.el7`, as yum 3 writes a version outside of its table. */
export function fullVersion(version: string): string {
  const { epoch, rest } = split(version);
  return `${epoch}:${rest}`;
}

/** `[epoch:]name-version-release.arch`, as yum 3 names a package in its steps. */
export function yumNevra({ name, arch }: DemoPackage, version: string): string {
  const { epoch, rest } = split(version);
  return `${epoch === '0' ? '' : `${epoch}:`}${name}-${rest}.${arch}`;
}

/** `name-[epoch:]version-release.arch`, as dnf 4 names a package. */
export function dnfNevra({ name, arch }: DemoPackage, version: string): string {
  return `${name}-${version}.${arch}`;
}

/** The name of the package file, which has no epoch. */
export function fileOf({ name, arch, version }: DemoPackage): string {
  return `${name}-${split(version).rest}.${arch}.rpm`;
}

function scaled(bytes: number): { readonly amount: string; readonly unit: string } {
  const units = ['', 'k', 'M', 'G'];
  let amount = bytes;
  let step = 0;
  for (; amount > 999 && step < units.length - 1; step++) amount /= 1024;
  const digits = step === 0 || amount >= 9.95 ? 0 : 1;
  return { amount: amount.toFixed(digits), unit: units[step] ?? '' };
}

/** `62 k`, in a table or a sum. */
export function sizeText(bytes: number): string {
  const { amount, unit } = scaled(bytes);
  return `${amount} ${unit || ' '}`;
}

/** `62 kB`, beside a bar. */
export function amountText(bytes: number): string {
  const { amount, unit } = scaled(bytes);
  return unit === '' ? `${amount}  B` : `${amount} ${unit}B`;
}

export function totalSize(packages: readonly DemoPackage[]): number {
  return packages.reduce((sum, { size }) => sum + size, 0);
}
