import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cached, recipeHash } from './cache.ts';
import type { BuiltDistribution } from './distribution.ts';
import { guestFiles, guestFolder } from './guest.ts';
import { must } from './run.ts';
import type { SystemName } from './systems.ts';

/** Turns the base into a system of the EL family, as an overlay layer; returns the folder to mount above the base. */
export async function systemLayer(
  order: { readonly system: SystemName; readonly base: string; readonly distribution: BuiltDistribution },
  report: (line: string) => void,
): Promise<string> {
  const { system, base, distribution } = order;
  const hash = recipeHash(system, basename(base), basename(distribution.folder), guestFiles());
  const folder = await cached(`system-${system}`, hash, async (half) => {
    report(`building the layer of ${system}, once`);
    for (const name of ['upper', 'work', 'root', 'stage/packages'])
      mkdirSync(join(half, name), { recursive: true });
    cpSync(guestFolder, join(half, 'stage/lab'), { recursive: true });
    for (const file of distribution.installed) cpSync(file, join(half, 'stage/packages', basename(file)));
    await must(['unshare', '--mount', '--propagation', 'private', 'sh', '-s', half, base, system], {
      input: script,
    });
    for (const name of ['work', 'root', 'stage']) rmSync(join(half, name), { recursive: true });
  });
  return join(folder, 'upper');
}

// The mounts are in a namespace that ends with the script.
const script = `set -eu
half=$1 base=$2 system=$3
mount -t overlay overlay -o "lowerdir=$base,upperdir=$half/upper,workdir=$half/work" "$half/root"
mount -t proc proc "$half/root/proc"
mount --bind "$half/stage" "$half/root/mnt"
exec chroot "$half/root" env SYSTEM="$system" PACKAGES=/mnt/packages LAB=/mnt/lab /bin/sh /mnt/lab/system.sh
`;
