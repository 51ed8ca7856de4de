import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cached, recipeHash } from './cache.ts';
import { guestFiles, guestFolder } from './guest.ts';
import type { LookName } from './looks.ts';
import { must } from './run.ts';
import type { BuiltWorld } from './world.ts';

/** Turns the base into a system of the EL family, as an overlay layer; returns the folder to mount above the base. */
export async function lookLayer(
  order: { readonly look: LookName; readonly base: string; readonly world: BuiltWorld },
  tell: (line: string) => void,
): Promise<string> {
  const { look, base, world } = order;
  const hash = recipeHash(look, basename(base), basename(world.folder), guestFiles());
  const folder = await cached(`look-${look}`, hash, async (half) => {
    tell(`making the base look like ${look}, once`);
    for (const name of ['upper', 'work', 'root', 'stage/world'])
      mkdirSync(join(half, name), { recursive: true });
    cpSync(guestFolder, join(half, 'stage/lab'), { recursive: true });
    for (const file of world.installed) cpSync(file, join(half, 'stage/world', basename(file)));
    await must(['unshare', '--mount', '--propagation', 'private', 'sh', '-s', half, base, look], {
      input: script,
    });
    for (const name of ['work', 'root', 'stage']) rmSync(join(half, name), { recursive: true });
  });
  return join(folder, 'upper');
}

// The mounts are in a namespace that ends with the script.
const script = `set -eu
half=$1 base=$2 look=$3
mount -t overlay overlay -o "lowerdir=$base,upperdir=$half/upper,workdir=$half/work" "$half/root"
mount -t proc proc "$half/root/proc"
mount --bind "$half/stage" "$half/root/mnt"
exec chroot "$half/root" env LOOK="$look" WORLD=/mnt/world LAB=/mnt/lab /bin/sh /mnt/lab/look.sh
`;
