import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { must, run } from '../run.ts';
import type { Distribution, Package } from './package.ts';
import { batches, fileOf, fillerPath, specText } from './spec.ts';

/** The two package signing keys. */
export type KeyName = 'distribution' | 'sig';

/** Public keys, ASCII armored. */
export type Keys = Readonly<Record<KeyName, string>>;

const define = (name: string, value: string) => ['--define', `${name} ${value}`];

const macros = [
  ...define('_build_name_fmt', '%%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm'),
  ...define('__os_install_post', '%{nil}'),
  ...define('debug_package', '%{nil}'),
  ...define('_build_id_links', 'none'),
  ...define('_binary_payload', 'w1.gzdio'),
  ...define('_buildhost', 'lab.invalid'),
];

/** The signing keys during a build. */
export interface KeyRing {
  readonly home: string;
  readonly keys: Keys;
}

/** Creates the signing keys, uses them and removes them; only the public keys remain, in the packages. */
export async function withKeys(
  who: Readonly<Record<KeyName, string>>,
  use: (ring: KeyRing) => Promise<void>,
) {
  // Not in the cache folder: the path of the agent's socket is limited to 107 characters.
  const home = mkdtempSync(join(tmpdir(), 'lab-keys-'));
  try {
    const keys: Record<KeyName, string> = { distribution: '', sig: '' };
    const gpg = ['gpg', '--homedir', home, '--batch', '--quiet'];
    for (const name of ['distribution', 'sig'] as const) {
      const id = `${who[name]} <${name}@lab.invalid>`;
      await must([...gpg, '--passphrase', '', '--quick-gen-key', id, 'rsa2048', 'sign', 'never']);
      keys[name] = await must([...gpg, '--armor', '--export', `${name}@lab.invalid`]);
    }
    await use({ home, keys });
  } finally {
    await run(['gpgconf', '--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
  }
}

/** What to build and where; `base` is the root file system that folders are copied from. */
export interface Order {
  readonly distribution: Distribution;
  readonly ring: KeyRing;
  readonly mirror: string;
  readonly work: string;
  readonly base: string;
}

/** Builds, signs and indexes every repository below `mirror`. */
export async function buildDistribution({ distribution, ring, mirror, work, base }: Order): Promise<void> {
  for (const [index, repository] of distribution.repositories.entries()) {
    const folder = join(mirror, repository.path);
    mkdirSync(folder, { recursive: true });
    await buildPackages(repository.packages, { folder, work: join(work, `repository-${index}`), base });
  }
  for (const [index, single] of distribution.single.entries()) {
    const folder = join(work, `single-${index}`);
    mkdirSync(folder);
    await buildPackages([single.package], { folder, work: join(work, `single-work-${index}`), base });
    const [file = ''] = readdirSync(folder);
    mkdirSync(dirname(join(mirror, single.path)), { recursive: true });
    cpSync(join(folder, file), join(mirror, single.path));
  }
  await sign(distribution, mirror, ring.home);
  for (const repository of distribution.repositories) {
    await must(['createrepo_c', '--quiet', '--general-compress-type=gz', join(mirror, repository.path)]);
  }
  for (const [path, target] of Object.entries(distribution.aliases)) {
    const link = join(mirror, path);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), join(mirror, target)), link);
  }
}

interface Place {
  readonly folder: string;
  readonly work: string;
  readonly base: string;
}

async function buildPackages(packages: readonly Package[], { folder, work, base }: Place): Promise<void> {
  for (const [index, batch] of batches(packages).entries()) {
    const stage = join(work, `stage-${index}`);
    mkdirSync(stage, { recursive: true });
    for (const one of batch) stageFiles(one, stage, base);
    const spec = join(work, `batch-${index}.spec`);
    writeFileSync(spec, specText(batch, stage));
    const top = define('_topdir', join(work, 'rpmbuild'));
    const options = [...macros, ...top, ...define('_rpmdir', folder)];
    await must(['rpmbuild', '-bb', '--quiet', '--nodeps', ...options, spec], { env: { LC_ALL: 'C' } });
  }
  rmSync(work, { recursive: true, force: true });
}

function stageFiles(one: Package, stage: string, base: string): void {
  const place = (path: string) => {
    const full = join(stage, path);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  for (const [path, value] of Object.entries(one.files ?? {})) {
    const file = fileOf(value);
    writeFileSync(place(path), file.text);
    chmodSync(place(path), Number.parseInt(file.mode ?? '0644', 8));
  }
  for (const [path, target] of Object.entries(one.links ?? {})) symlinkSync(target, place(path));
  for (const path of one.folders ?? []) cpSync(join(base, path), place(path), { recursive: true });
  if (one.size) writeFileSync(place(fillerPath(one)), randomBytes(one.size * 1024));
}

async function sign(distribution: Distribution, mirror: string, home: string): Promise<void> {
  const files: Record<KeyName, string[]> = { distribution: [], sig: [] };
  const add = (file: string, one: Package) => {
    if (!existsSync(file)) throw new Error(`${file} was not built`);
    if (!one.unsigned) files[one.sig ? 'sig' : 'distribution'].push(file);
  };
  for (const { path, packages } of distribution.repositories) {
    for (const one of packages) {
      add(join(mirror, path, `${one.name}-${one.version}-${one.release}.${one.arch}.rpm`), one);
    }
  }
  for (const single of distribution.single) add(join(mirror, single.path), single.package);
  for (const name of ['distribution', 'sig'] as const) {
    const key = [
      ...define('_gpg_name', `${name}@lab.invalid`),
      ...define('_gpg_path', home),
      ...define('__gpg', '/usr/bin/gpg'),
    ];
    if (files[name].length > 0) await must(['rpmsign', ...key, '--addsign', ...files[name]]);
  }
}
