/** One file of a package. */
export interface PackageFile {
  readonly text: string;
  readonly mode?: '0644' | '0755' | '0600';
  /** `%config(noreplace)`: a changed one stays, the new one lands as `.rpmnew`. */
  readonly config?: boolean;
}

/** One package of the lab's world: a real name, version and dependencies, with little inside. */
export interface Package {
  readonly name: string;
  readonly epoch?: string;
  readonly version: string;
  readonly release: string;
  readonly arch: 'noarch' | 'x86_64';
  readonly requires?: readonly string[];
  readonly provides?: readonly string[];
  readonly conflicts?: readonly string[];
  readonly obsoletes?: readonly string[];
  /** Path to content; a plain text is mode 0644 and no configuration. */
  readonly files?: Readonly<Record<string, string | PackageFile>>;
  /** Path of a link to what it points at. */
  readonly links?: Readonly<Record<string, string>>;
  /** Folders taken from the base root file system into the package (the compiled locales). */
  readonly folders?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly posttrans?: string;
  readonly preun?: string;
  /** Kilobytes of content that does not compress, for a package that takes its time. */
  readonly size?: number;
  /** Left without signature, for a `gpgcheck` that fails. */
  readonly unsigned?: boolean;
  /** Signed with the key of the special interest groups instead of the distribution's. */
  readonly sig?: boolean;
}

/** What a package has beyond its name. */
export type Extra = Partial<Omit<Package, 'name' | 'epoch' | 'version' | 'release' | 'arch'>>;

/** Reads `[epoch:]name-version-release.arch`, the way yum prints packages. */
export function pkg(nevra: string, extra: Extra = {}): Package {
  const found = /^(?:(\d+):)?(.+)-([^-]+)-([^-]+)\.(noarch|x86_64)$/.exec(nevra);
  const [, epoch, name, version, release, arch] = found ?? [];
  if (!name || !version || !release || !arch) throw new Error(`not a package: ${nevra}`);
  const common = { name, version, release, arch: arch as Package['arch'], ...extra };
  return epoch === undefined ? common : { ...common, epoch };
}

/** The same extra for a list of names. */
export function pkgs(extra: Extra, nevras: string): readonly Package[] {
  return nevras
    .trim()
    .split(/\s+/)
    .map((nevra) => pkg(nevra, extra));
}

/** One repository of the world: where it lies under the mirror's root and what is in it. */
export interface Repository {
  readonly path: string;
  readonly packages: readonly Package[];
}

/** Everything that one kind of machine can install, and what it has from the start. */
export interface World {
  readonly repositories: readonly Repository[];
  /** Packages that a fresh machine has: `name` or `name-version-release.arch`, from the first repository with it. */
  readonly installed: readonly Package[];
  /** Other paths of the mirror that lead to the same place (path to target, both from its root). */
  readonly aliases: Readonly<Record<string, string>>;
  /** Single packages served by URL: path under the mirror to the package's name. */
  readonly single: readonly { readonly path: string; readonly package: Package }[];
}
