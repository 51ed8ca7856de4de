import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cached, recipeHash } from './cache.ts';
import { buildDistribution, withKeys } from './distributions/build.ts';
import type { Package } from './distributions/package.ts';
import type { DistributionOptions, MirrorKind } from './distributions/repofile.ts';
import type { SystemName } from './systems.ts';
import { systems } from './systems.ts';

/** Increase when the builder changes but the data does not. */
const builder = 3;

/** The built packages: repositories below `mirror`, and the package files of a new system. */
export interface BuiltDistribution {
  readonly folder: string;
  readonly mirror: string;
  readonly installed: readonly string[];
}

/** Returns the packages of one system, built if necessary. */
export async function distributionFolder(
  want: { readonly system: SystemName; readonly mirror: MirrorKind; readonly base: string },
  report: (line: string) => void,
): Promise<BuiltDistribution> {
  const system = systems[want.system];
  const distribution = (options: DistributionOptions) => system.distribution(options);
  const blank = distribution({ mirror: want.mirror, keys: { distribution: 'd', sig: 's' } });
  const name = `distribution-${want.system}-${want.mirror}`;
  const folder = await cached(name, recipeHash(builder, blank, basename(want.base)), async (half) => {
    report(`building the packages of ${want.system} (${want.mirror}), once`);
    const work = join(half, 'work');
    mkdirSync(work);
    await withKeys(system.keyOwners, (ring) =>
      buildDistribution({
        distribution: distribution({ mirror: want.mirror, keys: ring.keys }),
        ring,
        mirror: join(half, 'mirror'),
        work,
        base: want.base,
      }),
    );
    rmSync(work, { recursive: true });
  });
  const paths = new Map(
    blank.repositories.flatMap(({ path, packages }) => packages.map((one) => [one, path] as const)),
  );
  const installed = blank.installed.map((one) => join(folder, 'mirror', paths.get(one) ?? '', fileName(one)));
  return { folder, mirror: join(folder, 'mirror'), installed };
}

export function fileName(one: Package): string {
  return `${one.name}-${one.version}-${one.release}.${one.arch}.rpm`;
}
