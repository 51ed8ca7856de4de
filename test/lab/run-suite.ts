import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { prepareLab } from './lab.ts';
import { inNewNamespace } from './namespace.ts';
import { whyNot } from './provision.ts';
import { sudoRsFolder } from './sudo-rs.ts';
import { systemNames } from './systems.ts';

/** The exit code for a host that cannot run the suite; the last line is the reason. */
const cannot = 75;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const mocha = [here('../../node_modules/.bin/mocha'), '--config', here('.mocharc.json')];
const running = new Set<ChildProcess>();
let stopped = false;

/** Runs one file in a new namespace; its output is printed when it has ended. Returns the exit code. */
function runFile(file: string, index: number): Promise<number> {
  const [program = '', ...args] = inNewNamespace([...mocha, file]);
  const child = spawn(program, args, {
    cwd: here('../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, STACKPREP_LAB_NAMESPACE: `-${process.pid}-${index}` },
  });
  running.add(child);
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => parts.push(bytes));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      process.stdout.write(Buffer.concat(parts));
      resolve(code ?? 1);
    });
  });
}

/** Runs all files, as many in parallel as there are processors; returns 0 or the first exit code of a failed file. */
async function runAll(files: readonly string[]): Promise<number> {
  const waiting = [...files.entries()];
  let worst = 0;
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !stopped; next = waiting.shift()) {
      const code = await runFile(next[1], next[0]);
      worst = worst === 0 ? code : worst;
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return worst;
}

// A runner has two processes, and only the inner one has a lab to take down: signal both.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped = true;
    for (const { pid } of running) if (pid !== undefined) process.kill(-pid, signal);
  });
}

/** The files whose path contains one of the words; without words, all. */
function filesOf(all: readonly string[], words: readonly string[]): readonly string[] {
  const unknown = words.find((word) => !all.some((file) => file.includes(word)));
  if (unknown !== undefined) throw new Error(`${unknown} is not in the path of any of ${all.join(', ')}`);
  return words.length === 0 ? all : all.filter((file) => words.some((word) => file.includes(word)));
}

/** A word of the files that need it, for what is built before they run; a file that names no system may need all. */
function needs(files: readonly string[], word: string): boolean {
  return files.some((file) => {
    const text = readFileSync(here(`../../${file}`), 'utf8');
    return text.includes(word) || !systemNames.some((name) => text.includes(name));
  });
}

/** The arguments are words of the paths of files; without any, runs all lab files, longest first; with `--long`, those of `npm run test:long`. */
async function main(args: readonly string[]): Promise<number> {
  const isLong = args[0] === '--long';
  const words = isLong ? args.slice(1) : args;
  const reason = whyNot();
  if (reason !== undefined) {
    process.stdout.write(`${reason}\n`);
    return cannot;
  }
  const long = ['steps', 'services', 'packages', 'recovery', 'policy', 'disruptions', 'guard'];
  const rank = (file: string) => long.findIndex((name) => file.includes(name)) + 1 || long.length + 1;
  const all = readdirSync(here('.'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.lab.ts'))
    .filter((file) => file.endsWith('.long.lab.ts') === isLong || words.includes(`test/lab/${file}`))
    .map((file) => `test/lab/${file}`)
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const files = filesOf(all, words);
  // A new namespace has no network access, so everything that is built once is built before.
  const report = (line: string) => process.stdout.write(`${line}\n`);
  for (const system of systemNames) if (needs(files, system)) await prepareLab({ system, report });
  const isMirrored = needs(files, "'http'") || needs(files, "'archive'");
  if (isMirrored) for (const mirror of ['http', 'archive'] as const) await prepareLab({ mirror, report });
  if (isMirrored) await prepareLab({ system: 'el8', mirror: 'archive', report });
  await sudoRsFolder(report);
  return runAll(files);
}

void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
