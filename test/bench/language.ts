import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cached } from '../lab/cache.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { largeCluster } from '../support/texts.ts';
import { type MeasuredServer, startServer } from './language-server.ts';
import { type Figure, median } from './report.ts';

const root = join(import.meta.dirname, '../..');
const peerVersion = '2.0.0';
const peerName = `yaml-language-server ${peerVersion}`;

/** The peer, installed once into the cache of this project's tests. */
async function peerCommand(): Promise<readonly string[]> {
  const folder = await cached('yaml-language-server', peerVersion, async (half) => {
    writeFileSync(join(half, 'package.json'), '{ "private": true }\n');
    const wanted = `yaml-language-server@${peerVersion}`;
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', wanted], {
      cwd: half,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  });
  const bin = join(folder, 'node_modules/yaml-language-server/bin/yaml-language-server');
  if (!existsSync(bin)) throw new Error(`${bin} is missing; remove ${folder} and run again`);
  return [process.execPath, bin, '--stdio'];
}

interface Measured {
  readonly keystrokes: readonly number[];
  readonly completions: readonly number[];
  /** The processor time for one keystroke, in milliseconds. */
  readonly work: number;
  readonly memory: number;
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Types a letter into a number and deletes it again, throughout the file; then requests the keys of a node. */
async function measure(server: MeasuredServer, text: string, rounds: number): Promise<Measured> {
  const lines = text.split('\n');
  const ports = lines.flatMap((line, index) => (line.startsWith('    port: ') ? [index] : []));
  const at = (round: number): number => ports[(round * 7919) % ports.length] ?? 0;
  const letter = async (line: number): Promise<readonly number[]> => {
    const column = lines[line]?.length ?? 0;
    const broken = await server.type(
      { line, from: column, to: column, text: 'x' },
      (found) => found.length > 0,
    );
    const fixed = await server.type(
      { line, from: column, to: column + 1, text: '' },
      (found) => found.length === 0,
    );
    return [broken, fixed];
  };
  // The first ones warm up the server, as opening a file and reading it does.
  const warm = Math.min(10, rounds);
  for (let round = 0; round < warm; round += 1) await letter(at(round));
  const before = server.computed();
  const keystrokes: number[] = [];
  for (let round = 0; round < rounds; round += 1) keystrokes.push(...(await letter(at(round + warm))));
  const work = (server.computed() - before) / keystrokes.length;
  const completions: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const line = at(round);
    const whole = lines[line]?.length ?? 0;
    const { milliseconds, items } = await server.complete({ line, from: 4, to: whole, text: 'jum' });
    if (items === 0) throw new Error('no completions came');
    completions.push(milliseconds);
    await server.type(
      { line, from: 4, to: 7, text: lines[line]?.slice(4) ?? '' },
      (found) => found.length === 0,
    );
  }
  return { keystrokes, completions, work, memory: server.memory() };
}

interface Pair {
  readonly ours: Measured;
  readonly theirs: Measured;
}

async function compare(
  folder: string,
  nodes: number,
  peer: readonly string[],
  rounds: number,
): Promise<Pair> {
  const schema = pathToFileURL(join(root, 'schema/openstack-cluster.schema.json')).href;
  const text = `# yaml-language-server: $schema=${schema}\n${largeCluster(nodes)}`;
  const file = join(folder, `${nodes}.cluster.yaml`);
  writeFileSync(file, text);
  const document = { uri: pathToFileURL(file).href, text };
  const own = [process.execPath, join(root, 'dist/cli.js'), 'lsp', '--stdio'];
  const run = async (command: readonly string[], languageId: string): Promise<Measured> => {
    const server = await startServer(command, { ...document, languageId });
    const measured = await measure(server, text, rounds);
    await server.stop();
    return measured;
  };
  return { ours: await run(own, 'openstack-cluster'), theirs: await run(peer, 'yaml') };
}

/** The most that one keystroke in twenty can take, in milliseconds: at 10,000 nodes more than at fewer. */
function slowest(nodes: number): number {
  return nodes >= 10_000 ? 100 : 50;
}

function figures(nodes: number, { ours, theirs }: Pair, isLarge: boolean): readonly Figure[] {
  const peer = (value: number) => ({ name: peerName, value });
  const wait = { ours: median(ours.keystrokes), theirs: median(theirs.keystrokes) };
  const slow = percentile(ours.keystrokes, 0.95);
  const complete = { ours: median(ours.completions), theirs: median(theirs.completions) };
  const name = `language.${nodes}`;
  return [
    {
      name: `${name}.keystroke`,
      unit: 'ms',
      ours: wait.ours,
      peer: peer(wait.theirs),
      goal: isLarge ? '>=5x-faster' : 'never-slower',
      met: wait.ours * (isLarge ? 5 : 1) <= wait.theirs,
    },
    {
      name: `${name}.keystroke-p95`,
      unit: 'ms',
      ours: slow,
      peer: peer(percentile(theirs.keystrokes, 0.95)),
      goal: `<=${slowest(nodes)}ms`,
      met: slow <= slowest(nodes),
    },
    {
      // Without the peer's deliberate delay.
      name: `${name}.keystroke-work`,
      unit: 'ms',
      ours: ours.work,
      peer: peer(theirs.work),
      goal: isLarge ? '>=5x-less' : 'never-more',
      met: ours.work * (isLarge ? 5 : 1) <= theirs.work,
    },
    {
      name: `${name}.completion`,
      unit: 'ms',
      ours: complete.ours,
      peer: peer(complete.theirs),
      goal: isLarge ? '>=5x-faster' : 'never-slower',
      met: complete.ours * (isLarge ? 5 : 1) <= complete.theirs,
    },
    {
      name: `${name}.memory`,
      unit: 'MB',
      ours: ours.memory,
      peer: peer(theirs.memory),
      goal: '<=half',
      met: ours.memory * 2 <= theirs.memory,
    },
  ];
}

/** Keystroke to diagnostics, completion and memory compared with the peer, with the same JSON Schema on the same file. */
export async function benchLanguage(): Promise<readonly Figure[]> {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root });
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-bench-'));
  try {
    const peer = await peerCommand();
    const small = await compare(folder, 4, peer, 30);
    const large = await compare(folder, 1000, peer, 30);
    const huge = await compare(folder, 10_000, peer, 10);
    return [...figures(4, small, false), ...figures(1000, large, true), ...figures(10_000, huge, true)];
  } finally {
    clearAwaySync(folder);
  }
}
