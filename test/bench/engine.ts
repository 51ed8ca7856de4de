import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { decodeCluster } from '../../src/core/cluster/decode.ts';
import { probePayload } from '../../src/core/plan/plan.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { aptInstall } from '../support/provision.ts';
import { opensshMissing } from '../support/sshd.ts';
import { ansibleConfig, type BenchNodes, sshArgs, startNodes, writePlaybook } from './engine-nodes.ts';
import type { WorkerResult, WorkerTask } from './engine-worker.ts';
import { type Figure, median } from './report.ts';

const root = join(import.meta.dirname, '../..');
const counts = [1, 4, 16, 64] as const;
const rounds = 5;
const logBytes = 100_000_000;

/** Runs a program to its end with text as its input; its output. */
function run(program: string, args: readonly string[], input: string, env = process.env): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (bytes: Buffer) => {
    output += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${program}: ${code} ${errors} ${output.slice(-500)}`)),
    );
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

class Bench {
  readonly #nodes: BenchNodes;
  readonly #folder: string;
  readonly #worker: string;

  constructor(nodes: BenchNodes, folder: string) {
    this.#nodes = nodes;
    this.#folder = folder;
    this.#worker = join(folder, 'worker.cjs');
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
    buildSync({
      entryPoints: [join(root, 'test/bench/engine-worker.ts')],
      outfile: this.#worker,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      define: { 'import.meta.url': JSON.stringify(`file://${this.#worker}`) },
    });
  }

  async engine(task: Pick<WorkerTask, 'clusterText' | 'kind' | 'limit' | 'rounds'>): Promise<WorkerResult> {
    const whole: WorkerTask = {
      ...task,
      engine: join(root, 'dist/engine.js'),
      stateFolder: join(this.#folder, 'state'),
      knownHosts: this.#nodes.knownHosts,
    };
    return JSON.parse(await run(process.execPath, [this.#worker], JSON.stringify(whole))) as WorkerResult;
  }

  /** OpenSSH with the same one script on all nodes at once. */
  async floor(count: number, script: string): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      times.push(
        await timed(() =>
          Promise.all(
            this.#nodes.ports
              .slice(0, count)
              .map((port) => run('ssh', [...sshArgs(this.#nodes, port), 'sh -s'], script)),
          ),
        ),
      );
    return median(times);
  }
}

const steps = (present: string) =>
  Array.from({ length: 20 }, (_, index) => ({
    name: `check-${index + 1}`,
    check: `test -e ${present}`,
    run: 'true',
  }));

async function checks(nodes: BenchNodes, bench: Bench): Promise<Figure[]> {
  const ours = new Map<number, number>();
  const floors = new Map<number, number>();
  for (const count of counts) {
    const clusterText = nodes.clusterText(count, steps(nodes.present));
    const { cluster } = decodeCluster(clusterText);
    const [node] = cluster?.nodes ?? [];
    if (!cluster || !node) throw new Error('no cluster');
    const script = probePayload({ cluster, node, selection: {} }).text('n0nce');
    const result = await bench.engine({ clusterText, kind: 'check', limit: count, rounds });
    const done = result.cells.filter((state) => state === 'done').length;
    if (done !== 20 * count) throw new Error(`${done} of ${20 * count} checks found done`);
    ours.set(count, median(result.milliseconds));
    floors.set(count, await bench.floor(count, script));
  }
  const of = (map: ReadonlyMap<number, number>, count: number): number => map.get(count) ?? Number.NaN;
  const figures = counts.map((count): Figure => {
    const peer = { name: `ssh, the same script on ${count}`, value: of(floors, count) };
    const met = of(ours, count) <= 1.5 * peer.value;
    return { name: `engine.check.${count}`, unit: 'ms', ours: of(ours, count), peer, goal: '<=1.5x', met };
  });
  const slope = (map: ReadonlyMap<number, number>): number => (of(map, 64) - of(map, 4)) / 60;
  const further = { ours: slope(ours), floor: slope(floors) };
  return [
    ...figures,
    {
      name: 'engine.further-node',
      unit: 'ms',
      ours: further.ours,
      peer: { name: 'ssh, from 4 to 64', value: further.floor },
      goal: '<=2x',
      met: further.ours <= 2 * further.floor,
    },
    ...(await besideAnsible(nodes, of(ours, 4))),
  ];
}

async function besideAnsible(nodes: BenchNodes, ours: number): Promise<Figure[]> {
  const provided = await aptInstall(['ansible']);
  if (!provided.ok) {
    console.log(`no figure beside ansible: ${provided.reason}`);
    return [];
  }
  const args = writePlaybook(
    nodes,
    4,
    steps(nodes.present).map(({ check }) => check),
  );
  const env = { ...process.env, ANSIBLE_CONFIG: ansibleConfig(nodes), LC_ALL: 'C.UTF-8' };
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1)
    times.push(await timed(() => run('ansible-playbook', args, '', env)));
  const value = median(times);
  const peer = { name: 'ansible-playbook, pipelining, 4 nodes', value };
  return [{ name: 'engine.ansible.4', unit: 'ms', ours, peer, goal: '<=1/20', met: ours * 20 <= value }];
}

/** All nodes stream their logs at once for some seconds. */
async function memory(nodes: BenchNodes, bench: Bench): Promise<Figure> {
  const script =
    'i=0; while [ $i -lt 40 ]; do i=$((i+1)); head -c 2000 /dev/zero | tr "\\0" x | fold -w 79; sleep 0.1; done';
  const text = nodes.clusterText(64, [{ name: 'talk', check: 'false', run: `${script}; false` }]);
  const { peak, cells, logLines } = await bench.engine({
    clusterText: text,
    kind: 'run',
    limit: 64,
    rounds: 1,
  });
  if (cells.length !== 64 || logLines < 64 * 40 * 25)
    throw new Error(`${cells.length} nodes, ${logLines} lines`);
  const peer = { name: 'goal', value: 150 };
  return { name: 'engine.memory.64', unit: 'MB', ours: peak, peer, goal: '<=150MB', met: peak <= 150 };
}

async function sum(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/** A log of 100 MB: until every byte is here, and until every line has been told. */
async function throughput(nodes: BenchNodes, bench: Bench, folder: string): Promise<Figure[]> {
  const file = join(folder, 'big.log');
  const line = `${'a line of a long log that yum could have written '.padEnd(79, '.')}\n`;
  writeFileSync(file, line.repeat(logBytes / line.length));
  const copy = join(folder, 'copy.log');
  const [port = 0] = nodes.ports;
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const args = sshArgs(nodes, port)
      .map((word) => `'${word}'`)
      .join(' ');
    times.push(await timed(() => run('sh', ['-c', `ssh ${args} 'cat ${file}' >${copy}`], '')));
  }
  const cat = logBytes / 1000 / median(times);
  const text = nodes.clusterText(1, [{ name: 'big', check: 'false', run: `cat ${file}; false` }]);
  let arrivedAt = 0;
  let isOver = false;
  const runs = join(folder, 'state/runs');
  const known = new Set(readdirSync(runs));
  const watching = (async () => {
    while (!isOver && arrivedAt === 0) {
      await sleep(5);
      const fresh = readdirSync(runs).find((name) => !known.has(name));
      const raw = join(runs, fresh ?? '', 'n1/big.1.raw');
      const size = statSync(raw, { throwIfNoEntry: false })?.size ?? 0;
      if (size > logBytes) arrivedAt = Date.now();
    }
  })();
  const result = await bench.engine({ clusterText: text, kind: 'run', limit: 1, rounds: 1 });
  isOver = true;
  await watching;
  const whole = result.milliseconds[0] ?? Number.NaN;
  const here = await sum(join(runs, result.run, 'n1/big.1.raw'));
  const there = await sum(nodes.home.file(`base0/jobs/${result.run}.big.1/log`));
  if (here !== there) throw new Error('the log here is not the one there');
  if (result.logLines !== logBytes / line.length) throw new Error(`${result.logLines} lines were told`);
  // From the call on, as all figures here: connection, staging and start of the job included.
  const rate = logBytes / 1000 / (arrivedAt - result.begunAt);
  const peer = { name: 'ssh node cat', value: cat };
  return [
    { name: 'engine.log', unit: 'MB/s', ours: rate, peer, goal: '>=0.5x', met: rate >= 0.5 * cat },
    {
      name: 'engine.log-told',
      unit: 'MB/s',
      ours: logBytes / 1000 / whole,
      peer,
      goal: 'every line, once',
      met: true,
    },
  ];
}

/** The engine beside OpenSSH and ansible on real sshd's of this machine. */
export async function benchEngine(): Promise<readonly Figure[]> {
  const missing = opensshMissing();
  if (missing !== undefined) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-bench-'));
  const nodes = await startNodes(Math.max(...counts));
  try {
    const bench = new Bench(nodes, folder);
    return [
      ...(await checks(nodes, bench)),
      await memory(nodes, bench),
      ...(await throughput(nodes, bench, folder)),
    ];
  } finally {
    await nodes.stop();
    clearAwaySync(folder);
  }
}
