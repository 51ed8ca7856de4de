import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cached, recipeHash } from './cache.ts';
import type { LookName } from './looks.ts';
import { looks } from './looks.ts';
import { buildWorld, withKeys } from './world/build.ts';
import type { Package } from './world/package.ts';
import type { Making, MirrorKind } from './world/repofile.ts';

/** Increase when the builder changes but the data does not. */
const builder = 3;

/** The built packages: repositories below `mirror`, and the package files of a new system. */
export interface BuiltWorld {
  readonly folder: string;
  readonly mirror: string;
  readonly installed: readonly string[];
}

/** Returns the packages of one system, built if necessary. */
export async function worldFolder(
  want: { readonly look: LookName; readonly mirror: MirrorKind; readonly base: string },
  tell: (line: string) => void,
): Promise<BuiltWorld> {
  const look = looks[want.look];
  const world = (making: Making) => look.world(making);
  const blank = world({ mirror: want.mirror, keys: { distribution: 'd', sig: 's' } });
  const name = `world-${want.look}-${want.mirror}`;
  const folder = await cached(name, recipeHash(builder, blank, basename(want.base)), async (half) => {
    tell(`building the packages of ${want.look} (${want.mirror}), once`);
    const work = join(half, 'work');
    mkdirSync(work);
    await withKeys(look.keyOwners, (ring) =>
      buildWorld({
        world: world({ mirror: want.mirror, keys: ring.keys }),
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
