/** A package as an element of a yum or dnf transaction. */
export interface DemoPackage {
  readonly name: string;
  readonly arch: string;
  /** `[epoch:]version-release`, as in the tool's table: without an epoch of 0. */
  readonly version: string;
  readonly repository: string;
  /** Size of the package file in bytes. */
  readonly size: number;
  /** The package that requires this one; undefined if it was requested. */
  readonly dependencyOf?: string;
  /** The installed version that it replaces. */
  readonly replaces?: string;
  /** The output of its scriptlets. */
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

/** `0:1.0-1.el7`, the format of yum 3 for versions outside of its table. */
export function fullVersion(version: string): string {
  const { epoch, rest } = split(version);
  return `${epoch}:${rest}`;
}

/** `[epoch:]name-version-release.arch`, the format of yum 3 for transaction elements. */
export function yumNevra({ name, arch }: DemoPackage, version: string): string {
  const { epoch, rest } = split(version);
  return `${epoch === '0' ? '' : `${epoch}:`}${name}-${rest}.${arch}`;
}

/** `name-[epoch:]version-release.arch`, the format of dnf 4. */
export function dnfNevra({ name, arch }: DemoPackage, version: string): string {
  return `${name}-${version}.${arch}`;
}

/** The name of the package file, without epoch. */
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

/** `62 k`, in a table or a total. */
export function sizeText(bytes: number): string {
  const { amount, unit } = scaled(bytes);
  return `${amount} ${unit || ' '}`;
}

/** `62 kB`, next to a bar. */
export function amountText(bytes: number): string {
  const { amount, unit } = scaled(bytes);
  return unit === '' ? `${amount}  B` : `${amount} ${unit}B`;
}

export function totalSize(packages: readonly DemoPackage[]): number {
  return packages.reduce((sum, { size }) => sum + size, 0);
}
