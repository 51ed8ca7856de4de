import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

type End = 'ok' | 'failed' | 'timeout';
/** What became of a mutant. */
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

/** How mocha runs in a sandbox. */
export interface MochaRun {
  readonly tests: readonly string[];
  /** Whether the first failure ends the run. */
  readonly bail: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A copy of the project whose files can be changed. */
export interface Sandbox {
  readonly folder: string;
  /** Writes a file of the copy, by its path in the project. */
  write(file: string, text: string): void;
  mocha(run: MochaRun): Promise<End>;
  isShell(file: string): Promise<boolean>;
  remove(): void;
}

/** The time limit of a run in milliseconds; a mutant that exceeds it is in a loop. */
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

  function run(
    command: readonly string[],
    limit: number,
    extra: MochaRun['env'] = {},
  ): Promise<number | 'timeout'> {
    return new Promise((resolve, reject) => {
      const env = { ...process.env, ...extra, TMPDIR: join(folder, 'tmp') };
      mkdirSync(env.TMPDIR, { recursive: true });
      const [program = '', ...args] = command;
      const child = spawn(program, args, { cwd: folder, stdio: 'ignore', detached: true, env });
      const end = (): void => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      };
      const timer = setTimeout(end, limit);
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        resolve(signal === 'SIGKILL' ? 'timeout' : (code ?? 1));
      });
    });
  }

  return {
    folder,
    write: (file, text) => writeFileSync(join(folder, file), text),
    mocha: async ({ tests, bail, env }) => {
      const options = [
        '--no-parallel',
        '--require',
        './scripts/mutate/hooks.mts',
        ...(bail ? ['--bail'] : []),
      ];
      const command = [process.execPath, 'node_modules/mocha/bin/mocha.js', ...options, ...tests];
      const limit = bail ? longest : 6 * longest;
      const end = await run(['unshare', '--mount', 'sh', '-c', fenced, 'sh', ...command], limit, env);
      if (end === noFence) throw new Error('mutants run as root only, in a mount namespace with overlays');
      if (end === 'timeout') return end;
      return end === 0 ? 'ok' : 'failed';
    },
    isShell: async (file) => (await run(['dash', '-n', join(folder, file)], longest)) === 0,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
