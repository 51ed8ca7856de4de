/** Architectures of RPM packages; the last part of a full package name. */
const arches: ReadonlySet<string> = new Set([
  ...['noarch', 'x86_64', 'i386', 'i486', 'i586', 'i686', 'athlon', 'amd64', 'ia32e', 'aarch64', 'armv7hl'],
  ...['ppc', 'ppc64', 'ppc64le', 's390', 's390x', 'riscv64', 'loongarch64', 'src', 'nosrc'],
]);

const units: ReadonlySet<string> = new Set(['k', 'M', 'G', 'B', 'KiB', 'MiB', 'GiB', 'TiB']);

/** The columns of a row of the transaction table. */
export interface Row {
  readonly name: string;
  readonly arch: string;
  readonly version: string;
  readonly repository: string;
  readonly size: string;
}

/** White space as in a regular expression. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return code >= 0xa0 && /\s/.test(String.fromCharCode(code));
}

/** The words of a line, up to a maximum number; a blank line has one empty word. */
export function columnsOf(line: string, limit = Number.POSITIVE_INFINITY): string[] {
  const words: string[] = [];
  const { length } = line;
  let at = 0;
  while (words.length < limit) {
    while (at < length && isSpace(line.charCodeAt(at))) at += 1;
    if (at === length) break;
    const start = at;
    while (at < length && !isSpace(line.charCodeAt(at))) at += 1;
    words.push(line.slice(start, at));
  }
  return words.length > 0 ? words : [''];
}

export function endsWithArch(name: string): boolean {
  return arches.has(name.slice(name.lastIndexOf('.') + 1));
}

/** Name, arch, version, repository and size; a size below one kilobyte has no unit. Undefined for any other line. */
export function rowOf(columns: readonly string[]): Row | undefined {
  const [name, arch, version, repository, amount, unit] = columns;
  if (columns.length < 5 || columns.length > 6) return undefined;
  if (!name || !arch || !version || !repository || !amount) return undefined;
  if (unit !== undefined && !units.has(unit)) return undefined;
  if (!arches.has(arch) && unit === undefined) return undefined;
  if (!version.includes('-') || !/^\d[\d.,]*$/.test(amount)) return undefined;
  return { name, arch, version, repository, size: unit === undefined ? amount : `${amount} ${unit}` };
}

/** The name in a full package name, without version, release and architecture; undefined if invalid. */
export function nameOf(nevra: string): string | undefined {
  const release = nevra.lastIndexOf('-');
  const version = release > 0 ? nevra.lastIndexOf('-', release - 1) : -1;
  if (version < 1) return undefined;
  const epoch = nevra.indexOf(':');
  return nevra.slice(epoch > 0 && epoch < version ? epoch + 1 : 0, version);
}
