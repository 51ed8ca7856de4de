import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { type BenchNodes, sshArgs } from './engine-nodes.ts';
import type { WorkerResult, WorkerTask } from './engine-worker.ts';
import { median } from './report.ts';

const root = join(import.meta.dirname, '../..');
/** From this many nodes on, one round is enough. */
const many = 256;
const rounds = 5;

/** Runs a program to its end with text as its input; returns its output. */
export function run(
  program: string,
  args: readonly string[],
  input: string,
  env = process.env,
): Promise<string> {
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

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** How many rounds are measured for a number of nodes. */
export function roundsOf(count: number): number {
  return count < many ? rounds : 1;
}

/** The built engine and OpenSSH, measured on the nodes. */
export class Bench {
  readonly #folder: string;
  readonly #worker: string;

  constructor(folder: string) {
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

  async engine(
    { knownHosts }: BenchNodes,
    task: Pick<WorkerTask, 'clusterText' | 'kind' | 'limit' | 'rounds' | 'differences'>,
  ): Promise<WorkerResult> {
    const whole: WorkerTask = {
      ...task,
      engine: join(root, 'dist/engine.js'),
      stateFolder: join(this.#folder, 'state'),
      knownHosts,
    };
    return JSON.parse(await run(process.execPath, [this.#worker], JSON.stringify(whole))) as WorkerResult;
  }

  /** OpenSSH with the same script on all nodes at once. */
  async floor(nodes: BenchNodes, count: number, script: string): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < roundsOf(count); round += 1)
      times.push(
        await timed(() =>
          Promise.all(
            nodes.places
              .slice(0, count)
              .map((place) => run('ssh', [...sshArgs(nodes, place), 'sh -s'], script)),
          ),
        ),
      );
    return median(times);
  }
}
