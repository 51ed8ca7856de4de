/** One file of a package. */
export interface PackageFile {
  readonly text: string;
  readonly mode?: '0644' | '0755' | '0600';
  /** `%config(noreplace)`: a changed file remains, the new one is written as `.rpmnew`. */
  readonly config?: boolean;
}

/** A package with a real name, version and dependencies, and little content. */
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
  /** Path to content; a plain string has mode 0644 and is not configuration. */
  readonly files?: Readonly<Record<string, string | PackageFile>>;
  /** Path of a link to its target. */
  readonly links?: Readonly<Record<string, string>>;
  /** Folders copied from the base root file system (the compiled locales). */
  readonly folders?: readonly string[];
  readonly pre?: string;
  readonly post?: string;
  readonly posttrans?: string;
  readonly preun?: string;
  /** Kilobytes of incompressible content, for a slow package. */
  readonly size?: number;
  /** Not signed, so that `gpgcheck` fails. */
  readonly unsigned?: boolean;
  /** Signed with the key of the special interest groups instead of the distribution's. */
  readonly sig?: boolean;
}

/** The properties of a package besides its name. */
export type Extra = Partial<Omit<Package, 'name' | 'epoch' | 'version' | 'release' | 'arch'>>;

/** Parses `[epoch:]name-version-release.arch`, the format of yum. */
export function pkg(nevra: string, extra: Extra = {}): Package {
  const found = /^(?:(\d+):)?(.+)-([^-]+)-([^-]+)\.(noarch|x86_64)$/.exec(nevra);
  const [, epoch, name, version, release, arch] = found ?? [];
  if (!name || !version || !release || !arch) throw new Error(`not a package: ${nevra}`);
  const common = { name, version, release, arch: arch as Package['arch'], ...extra };
  return epoch === undefined ? common : { ...common, epoch };
}

/** Packages with the same properties for a list of names. */
export function pkgs(extra: Extra, nevras: string): readonly Package[] {
  return nevras
    .trim()
    .split(/\s+/)
    .map((nevra) => pkg(nevra, extra));
}

/** A repository: its path below the mirror and its packages. */
export interface Repository {
  readonly path: string;
  readonly packages: readonly Package[];
}

/** All packages that a system can install, and those it has from the start. */
export interface Distribution {
  readonly repositories: readonly Repository[];
  /** Packages of a new system: `name` or `name-version-release.arch`, from the first repository that has it. */
  readonly installed: readonly Package[];
  /** Links in the mirror (path to target, both from its root). */
  readonly aliases: Readonly<Record<string, string>>;
  /** Single packages by URL: path below the mirror to the name of the package. */
  readonly single: readonly { readonly path: string; readonly package: Package }[];
}
