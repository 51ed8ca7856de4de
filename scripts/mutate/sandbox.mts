import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Mutant } from './mutant.mts';

type End = 'ok' | 'failed' | 'timeout' | 'no-fence';
export type Verdict = 'killed' | 'survived' | 'timeout' | 'invalid';

/**
 * Runs a command in a separate mount namespace, so that its changes to the system vanish when it ends: a mutant of a
 * script may remove or write anything. The temporary files of the tests are in the sandbox's folder.
 */
const fenced = `mount -t tmpfs none /mnt || exit 70
for place in boot etc home opt root srv usr var; do
  [ -d "/$place" ] || continue
  mkdir -p "/mnt/$place/upper" "/mnt/$place/work" &&
    mount -t overlay -o "lowerdir=/$place,upperdir=/mnt/$place/upper,workdir=/mnt/$place/work" none "/$place" || exit 70
done
exec "$@"`;
/** The exit code of `fenced` if the system does not allow such a namespace. */
const noFence = 70;

/** A copy of the project in which one file at a time is changed. */
export interface Sandbox {
  /** Runs test files on a mutant, one stage after another, until one fails. */
  judge(mutant: Mutant, stages: readonly (readonly string[])[]): Promise<Verdict>;
  /** Whether the tests pass without any mutant. */
  passes(tests: readonly string[]): Promise<boolean>;
  remove(): void;
}

/** The time limit of a stage in milliseconds; a mutant that exceeds it is in a loop. */
const longest = 600_000;

export function createSandbox(root: string): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-mutate-'));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter((name) => name !== '')) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  function run(program: string, args: readonly string[]): Promise<End> {
    return new Promise((resolve, reject) => {
      const env = { ...process.env, TMPDIR: join(folder, 'tmp') };
      mkdirSync(env.TMPDIR, { recursive: true });
      const child = spawn(program, args, { cwd: folder, stdio: 'ignore', detached: true, env });
      const timer = setTimeout(() => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      }, longest);
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        if (signal === 'SIGKILL') resolve('timeout');
        else if (code === noFence) resolve('no-fence');
        else resolve(code === 0 ? 'ok' : 'failed');
      });
    });
  }
  const mocha = async (tests: readonly string[]): Promise<Exclude<End, 'no-fence'>> => {
    const command = [process.execPath, 'node_modules/mocha/bin/mocha.js', '--no-parallel', '--bail'];
    const end = await run('unshare', ['--mount', 'sh', '-c', fenced, 'sh', ...command, ...tests]);
    if (end === 'no-fence') throw new Error('mutants run as root only, in a mount namespace with overlays');
    return end;
  };
  const generate = () => run(process.execPath, ['--import', 'tsx', 'scripts/generate.ts']);

  return {
    passes: async (tests) => (await mocha(tests)) === 'ok',
    judge: async (mutant, stages) => {
      const path = join(folder, mutant.file);
      const text = readFileSync(path, 'utf8');
      const isShell = mutant.file.endsWith('.sh');
      writeFileSync(path, text.slice(0, mutant.start) + mutant.replacement + text.slice(mutant.end));
      try {
        if (isShell && (await run('dash', ['-n', path])) !== 'ok') return 'invalid';
        if (isShell && (await generate()) !== 'ok') return 'invalid';
        for (const tests of stages.filter((stage) => stage.length > 0)) {
          const end = await mocha(tests);
          if (end !== 'ok') return end === 'failed' ? 'killed' : 'timeout';
        }
        return 'survived';
      } finally {
        writeFileSync(path, text);
        if (isShell) await generate();
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
