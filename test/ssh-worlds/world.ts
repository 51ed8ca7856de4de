import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../lab/run.ts';
import type { WorldCase, WorldNode } from './case.ts';

const here = import.meta.dirname;
/** Longer than any node takes to start, milliseconds. */
const bootMs = 60_000;

/** What all worlds share. */
export interface Workshop {
  /** Where the folders of the worlds are. */
  readonly folder: string;
  /** Packages that only the nodes have. */
  readonly layer: string;
  /** Keys of hosts and of this side, and the hash of the password. */
  readonly keys: string;
}

/** The addresses of the nodes; `sick` is the one of the case. */
export const addresses = { sick: '10.9.0.2', healthy: '10.9.0.3' } as const;

const usualSshd = [
  'UsePAM yes',
  'PermitRootLogin yes',
  'PrintMotd no',
  'LogLevel VERBOSE',
  'UseDNS no',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'Subsystem sftp internal-sftp',
];

function sshdConfig({ address, sshd = [] }: WorldNode): string {
  const keys = sshd.some((line) => line.startsWith('HostKey '))
    ? []
    : ['HostKey /etc/ssh/ssh_host_ed25519_key'];
  const at = sshd.some((line) => /^(ListenAddress|Port) /.test(line)) ? [] : [`ListenAddress ${address}:22`];
  // The first value of a keyword counts, and what follows Match belongs to it.
  const match = sshd.findIndex((line) => line.startsWith('Match '));
  const [own, last] = match === -1 ? [sshd, []] : [sshd.slice(0, match), sshd.slice(match)];
  return [...own, ...at, ...keys, ...usualSshd, ...last, ''].join('\n');
}

/** Private namespaces with nodes on loopback, and a fresh home for this side; everything ends with `end`. */
export class World {
  readonly folder: string;
  readonly #shop: Workshop;
  #holder: ChildProcess | undefined;
  #pid = 0;
  readonly #children: ChildProcess[] = [];

  constructor(shop: Workshop, name: string) {
    this.#shop = shop;
    this.folder = join(shop.folder, name);
  }

  /** The directory of this side that is its home inside. */
  get home(): string {
    return join(this.folder, 'home');
  }

  async begin(situation: WorldCase): Promise<void> {
    await mkdir(join(this.home, '.ssh'), { recursive: true, mode: 0o700 });
    for (const place of ['product', 'layer']) await mkdir(join(this.folder, place));
    await writeFile(join(this.folder, 'node'), '');
    for (const file of ['id_ed25519', 'id_ed25519.pub'])
      await cp(join(this.#shop.keys, file), join(this.home, '.ssh', file));
    await this.#hold();
    const { setup, sshd, more = {} } = situation;
    const nodes: Record<string, WorldNode> = {
      sick: { address: addresses.sick, ...(setup && { setup }), ...(sshd && { sshd }) },
      healthy: { address: addresses.healthy },
      ...more,
    };
    const started = await Promise.allSettled(
      Object.entries(nodes).map(([name, node]) => this.#boot(name, node)),
    );
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    await this.#trustHosts(Object.values(nodes));
    await this.#prepareClient(situation);
  }

  /** The log of a node's sshd. */
  async sshdLog(name: string): Promise<string> {
    return readFile(join(this.folder, name, 'log/sshd.log'), 'utf8').catch(() => '');
  }

  /** The command, run on this side; its environment is only the given one. */
  inside(argv: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
    const set = Object.entries({ ...this.#environment(), ...env }).map(([name, value]) => `${name}=${value}`);
    return this.#enter(['env', '-i', ...set, ...argv]);
  }

  async end(): Promise<void> {
    const gone = [this.#holder, ...this.#children].map((child) =>
      !child || child.exitCode !== null || child.signalCode !== null
        ? undefined
        : new Promise<void>((resolve) => child.once('exit', () => resolve())),
    );
    this.#holder?.kill('SIGKILL');
    await Promise.all(gone);
  }

  #environment(): Readonly<Record<string, string>> {
    return {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/root',
      LANG: 'C',
      WORLD: this.folder,
      KEYS: this.#shop.keys,
    };
  }

  async #hold(): Promise<void> {
    const { folder } = this;
    // The product and its Node are bound first: they may be in the home that is hidden then.
    const script = `set -e
ip link set lo up
for n in 2 3 4 5 6 7 8 9; do ip address add 10.9.0.$n/32 dev lo; done
mount --bind "$1" '${folder}/node'
mount --bind "$2" '${folder}/product'
mount -t tmpfs tmpfs '${folder}/layer'
cp -a "$3/." '${folder}/layer'
mount --bind '${folder}/home' /root
echo up
exec sleep infinity`;
    const spaces = [
      '--net',
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--mount-proc',
      '--fork',
      '--kill-child',
    ];
    const holder = spawn(
      'unshare',
      [...spaces, 'sh', '-c', script, 'sh', process.execPath, join(here, '../..'), this.#shop.layer],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#holder = holder;
    await new Promise<void>((resolve, reject) => {
      holder.once('error', reject);
      holder.once('exit', (code) => reject(new Error(`the namespace ended with ${code}`)));
      holder.stdout.once('data', () => resolve());
    });
    const children = await readFile(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8');
    this.#pid = Number(children.trim().split(' ')[0]);
  }

  #enter(argv: readonly string[]): ChildProcess {
    const all = ['--target', String(this.#pid), '--net', '--mount', '--pid', '--wd=/', ...argv];
    const child = spawn('nsenter', all, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin?.on('error', () => undefined);
    this.#children.push(child);
    return child;
  }

  async #boot(name: string, node: WorldNode): Promise<void> {
    const folder = join(this.folder, name);
    const keys = join(folder, 'keys');
    await mkdir(join(folder, 'log'), { recursive: true });
    await cp(this.#shop.keys, keys, { recursive: true });
    await writeFile(join(keys, 'sshd.conf'), sshdConfig(node));
    await writeFile(join(keys, 'setup.sh'), `${node.setup ?? ':'}\n`);
    await cp(join(here, 'node.sh'), join(keys, 'node.sh'));
    const spaces = [
      '--mount',
      '--propagation',
      'private',
      '--pid',
      '--uts',
      '--ipc',
      '--fork',
      '--kill-child',
    ];
    const child = this.#enter([
      'unshare',
      ...spaces,
      'sh',
      join(this.folder, 'product/test/ssh-worlds/boot.sh'),
      folder,
      name,
      join(this.folder, 'layer'),
    ]);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
    const isUp = await until(bootMs, async () => {
      if (child.exitCode !== null)
        throw new Error(`${name} ended with ${child.exitCode}: ${said}${await this.sshdLog(name)}`);
      return (await this.sshdLog(name)).includes('Server listening');
    });
    if (!isUp) throw new Error(`${name} does not start: ${said}`);
  }

  async #trustHosts(nodes: readonly WorldNode[]): Promise<void> {
    const key = (await readFile(join(this.#shop.keys, 'ssh_host_ed25519_key.pub'), 'utf8'))
      .split(' ', 2)
      .join(' ');
    const lines = nodes.map(({ address }) => `${address} ${key}\n`);
    await writeFile(join(this.home, '.ssh/known_hosts'), lines.join(''), { mode: 0o600 });
  }

  async #prepareClient({ client, beside }: WorldCase): Promise<void> {
    if (client !== undefined) await this.finish(client);
    if (beside === undefined) return;
    const child = this.inside(['sh', '-eu', '-c', beside], {});
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.once('exit', (code) => reject(new Error(`what stays beside ended with ${code}: ${said}`)));
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (bytes: Buffer) => {
          said += bytes.toString();
          if (/^ready$/m.test(said)) resolve();
        });
    });
  }

  /** Runs a script on this side; throws with its words if it fails. */
  async finish(script: string): Promise<void> {
    const child = this.inside(['sh', '-eu', '-c', `cd\n${script}`], {});
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (bytes: Buffer) => {
        said += bytes.toString();
      });
    const code = await new Promise((resolve) => child.once('close', resolve));
    if (code !== 0) throw new Error(`a script of this side ended with ${code}: ${said}`);
  }
}
