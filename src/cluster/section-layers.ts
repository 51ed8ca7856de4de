import type { ExtraRepository, KernelSettings, OwnSettings, Repositories } from './model.ts';
import type { FileShape } from './schema.ts';

type FileRepositories = NonNullable<FileShape['repositories']>;

/** The sections of the file that a group or a node can change. */
export const layeredSections = ['kernel', 'sshd', 'repositories'] as const;

/** What a layer says in these sections. */
export type SectionLayer = Pick<FileShape, (typeof layeredSections)[number]>;

/** The repositories as written, with defaults filled in. */
export function repositoriesOf(written: FileRepositories = {}): Repositories {
  return {
    rdo: written.rdo ?? 'enabled',
    epel: written.epel ?? 'disabled',
    archive: written.archive ?? 'auto',
    source: written.source ?? 'system',
    extra: (written.extra ?? []).map(
      ({ baseurl, ...rest }): ExtraRepository =>
        baseurl === undefined
          ? rest
          : { ...rest, baseurl: typeof baseurl === 'string' ? [baseurl] : baseurl },
    ),
  };
}

/** Later items replace earlier ones of the same key; others are added. */
function joined<T>(key: (item: T) => string, ...lists: readonly (readonly T[] | undefined)[]): readonly T[] {
  return [...new Map(lists.flatMap((list) => list ?? []).map((item) => [key(item), item])).values()];
}

function withKernel(below: KernelSettings = {}, layer: KernelSettings = {}): KernelSettings {
  const all = [below, layer];
  const has = (key: keyof KernelSettings): boolean => all.some((each) => each[key] !== undefined);
  return {
    ...(has('sysctl') ? { sysctl: { ...below.sysctl, ...layer.sysctl } } : {}),
    ...(has('modules') ? { modules: joined((name) => name, below.modules, layer.modules) } : {}),
    ...(has('limits')
      ? {
          limits: joined(
            ({ domain, type = 'both', item }) => `${domain} ${type} ${item}`,
            below.limits,
            layer.limits,
          ),
        }
      : {}),
  };
}

type Directives = NonNullable<FileShape['sshd']>;

/** sshd reads names without regard to case, and counts the first value. */
function withSshd(below: Directives = {}, layer: Directives = {}): Directives {
  const changed = new Set(Object.keys(layer).map((key) => key.toLowerCase()));
  const kept = Object.entries(below).filter(([key]) => !changed.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...layer };
}

function withRepositories(below: FileRepositories = {}, layer: FileRepositories = {}): FileRepositories {
  return { ...below, ...layer, extra: [...joined(({ id }) => id, below.extra, layer.extra)] };
}

/** The sections of the file as a node with these layers has them, the strongest first; without those that no layer changes. */
export function layeredFile(file: SectionLayer, layers: readonly SectionLayer[]): SectionLayer {
  const upward = layers.toReversed();
  const changes = (key: keyof SectionLayer): boolean => layers.some((layer) => layer[key] !== undefined);
  const all = [file, ...upward];
  return {
    ...(changes('kernel') ? { kernel: all.map(({ kernel }) => kernel).reduce(withKernel) } : {}),
    ...(changes('sshd') ? { sshd: all.map(({ sshd }) => sshd).reduce(withSshd) } : {}),
    ...(changes('repositories')
      ? { repositories: all.map(({ repositories }) => repositories).reduce(withRepositories) }
      : {}),
  };
}

/** The same as settings of a node. */
export function ownSections(
  file: SectionLayer,
  layers: readonly SectionLayer[],
): Pick<OwnSettings, (typeof layeredSections)[number]> {
  const { repositories, ...rest } = layeredFile(file, layers);
  return { ...rest, ...(repositories ? { repositories: repositoriesOf(repositories) } : {}) };
}
