import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { probePayload } from '../../src/plan/ready.ts';
import { decodeCluster } from '../../src/rules/decode.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { opensshMissing } from '../support/sshd.ts';
import { ansibleFigures } from './engine-ansible.ts';
import { type BenchNodes, type LoopbackNodes, labNodes, sshArgs, startNodes } from './engine-nodes.ts';
import { planFigures } from './engine-plan.ts';
import { Bench, roundsOf, run, timed } from './engine-tools.ts';
import { type Figure, median } from './report.ts';

/** The numbers of nodes that are checked; the last is what a computer with two processors can run in less than a minute. */
const counts = [1, 4, 16, 64, 256] as const;
const logBytes = 100_000_000;

const steps = (present: string) =>
  Array.from({ length: 20 }, (_, index) => ({
    name: `check-${index + 1}`,
    check: `test -e ${present}`,
    run: 'true',
  }));

/** A converged check of 20 steps on the given number of nodes, and the same script with OpenSSH; milliseconds. */
async function check(
  nodes: BenchNodes,
  bench: Bench,
  count: number,
): Promise<{ readonly ours: number; readonly floor: number }> {
  const clusterText = nodes.clusterText(count, steps(nodes.present));
  const { cluster } = decodeCluster(clusterText);
  const [node] = cluster?.nodes ?? [];
  if (!cluster || !node) throw new Error('no cluster');
  const script = probePayload({ cluster, node, selection: {} }).text('n0nce');
  const result = await bench.engine(nodes, {
    clusterText,
    kind: 'check',
    limit: count,
    rounds: roundsOf(count),
  });
  const done = result.cells.filter((state) => state === 'done').length;
  if (done !== 20 * count) throw new Error(`${done} of ${20 * count} checks found done`);
  return { ours: median(result.milliseconds), floor: await bench.floor(nodes, count, script) };
}

function comparedWithSsh(
  name: string,
  { ours, floor }: { readonly ours: number; readonly floor: number },
): Figure {
  const peer = { name: 'ssh, the same script on all', value: floor };
  return { name, unit: 'ms', ours, peer, goal: '<=1.5x', met: ours <= 1.5 * floor };
}

async function checks(nodes: BenchNodes, bench: Bench): Promise<Figure[]> {
  const ours = new Map<number, number>();
  const floors = new Map<number, number>();
  const figures: Figure[] = [];
  for (const count of counts) {
    const found = await check(nodes, bench, count);
    ours.set(count, found.ours);
    floors.set(count, found.floor);
    figures.push(comparedWithSsh(`engine.check.${count}`, found));
  }
  const of = (map: ReadonlyMap<number, number>, count: number): number => map.get(count) ?? Number.NaN;
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
  ];
}

/** All nodes stream their logs at once for some seconds. */
async function memory(nodes: BenchNodes, bench: Bench): Promise<Figure> {
  const script =
    'i=0; while [ $i -lt 40 ]; do i=$((i+1)); head -c 2000 /dev/zero | tr "\\0" x | fold -w 79; sleep 0.1; done';
  const text = nodes.clusterText(64, [{ name: 'talk', check: 'false', run: `${script}; false` }]);
  const { peak, cells, logLines } = await bench.engine(nodes, {
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

/** A log of 100 MB: the time until every byte has arrived, and until every line has been reported. */
async function throughput(nodes: LoopbackNodes, bench: Bench, folder: string): Promise<Figure[]> {
  const file = join(folder, 'big.log');
  const line = `${'a line of a long log that yum could have written '.padEnd(79, '.')}\n`;
  writeFileSync(file, line.repeat(logBytes / line.length));
  const copy = join(folder, 'copy.log');
  const [place] = nodes.places;
  if (!place) throw new Error('no node');
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const args = sshArgs(nodes, place)
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
  const result = await bench.engine(nodes, { clusterText: text, kind: 'run', limit: 1, rounds: 1 });
  isOver = true;
  await watching;
  const whole = result.milliseconds[0] ?? Number.NaN;
  const here = await sum(join(runs, result.run, 'n1/big.1.raw'));
  const there = await sum(nodes.home.file(`base0/jobs/${result.run}.big.1/log`));
  if (here !== there) throw new Error('the log here is not the one there');
  if (result.logLines !== logBytes / line.length) throw new Error(`${result.logLines} lines were reported`);
  // Measured from the call, as all figures here: connection, staging and start of the job included.
  const rate = logBytes / 1000 / (arrivedAt - result.begunAt);
  const peer = { name: 'ssh node cat', value: cat };
  return [
    { name: 'engine.log', unit: 'MB/s', ours: rate, peer, goal: '>=0.5x', met: rate >= 0.5 * cat },
    {
      name: 'engine.log-reported',
      unit: 'MB/s',
      ours: logBytes / 1000 / whole,
      peer,
      goal: 'every line, once',
      met: true,
    },
  ];
}

/** Four nodes of the lab, compared with OpenSSH, with a check, and with Ansible. */
export async function benchLab(): Promise<readonly Figure[]> {
  const nodes = await labNodes();
  if (typeof nodes === 'string') throw new Error(nodes);
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-bench-'));
  const bench = new Bench(folder);
  try {
    return [
      comparedWithSsh('engine.check.four-nodes', await check(nodes, bench, 4)),
      ...(await planFigures(nodes, bench)),
      ...(await ansibleFigures(nodes, join(folder, 'ansible'))),
    ];
  } finally {
    await nodes.stop();
    clearAwaySync(folder);
  }
}

/** The engine compared with OpenSSH, for scale and logs: on real sshd processes of this computer. */
export async function benchEngine(): Promise<readonly Figure[]> {
  const missing = opensshMissing();
  if (missing !== undefined) throw new Error(missing);
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-bench-'));
  const bench = new Bench(folder);
  const nodes = await startNodes(Math.max(...counts));
  try {
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
