import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../lab/run.ts';
import { clearAway } from '../support/clear-away.ts';
import type { WorldCase } from './case.ts';
import { cases } from './cases.ts';
import { provideWorlds, whyNoWorlds } from './packages.ts';
import { tryCase } from './try-case.ts';
import type { Workshop } from './world.ts';

/** The exit code for a computer that cannot run the suite; the last line is the reason. */
const cannot = 75;
/** Worlds at once: those that wait for a deadline need no processor. */
const atOnce = 6;
const longAtOnce = 24;

/** The keys of all nodes and of this side. */
async function makeKeys(keys: string): Promise<void> {
  await must(['mkdir', '-p', keys]);
  const make = (file: string, ...more: string[]) =>
    must(['ssh-keygen', '-q', '-N', '', '-C', file, '-f', join(keys, file), ...more]);
  await Promise.all([
    make('ssh_host_ed25519_key', '-t', 'ed25519'),
    make('ssh_host_ecdsa_key', '-t', 'ecdsa'),
    make('ssh_host_rsa_key', '-t', 'rsa', '-b', '2048'),
    make('id_ed25519', '-t', 'ed25519'),
    make('id_rsa', '-t', 'rsa', '-b', '2048', '-m', 'PEM'),
    make('id_ecdsa', '-t', 'ecdsa', '-m', 'PKCS8'),
    make('ca', '-t', 'ed25519'),
  ]);
  const own = ['id_ed25519', 'id_rsa', 'id_ecdsa'].map((name) => readFile(join(keys, `${name}.pub`), 'utf8'));
  await writeFile(join(keys, 'client.pub'), (await Promise.all(own)).join(''));
  await writeFile(
    join(keys, 'hash'),
    await must(['openssl', 'passwd', '-6', '-salt', 'worlds', 'right horse']),
  );
}

/** Runs the cases, long ones first and at the same time as the others. */
async function runAll(
  shop: Workshop,
  chosen: readonly WorldCase[],
): Promise<{ passed: number; failed: number }> {
  const count = { passed: 0, failed: 0 };
  const numbered = [...chosen.entries()];
  const pool = async (waiting: [number, WorldCase][], size: number) => {
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, situation] = next;
        const begun = performance.now();
        const faults = await tryCase(shop, String(index), situation);
        const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
        if (faults.length === 0) count.passed += 1;
        else count.failed += 1;
        process.stdout.write(`  ${faults.length === 0 ? '✔' : 'FAILED'} ${situation.name} (${seconds} s)\n`);
        for (const fault of faults) process.stdout.write(`      ${fault}\n`);
      }
    };
    await Promise.all(Array.from({ length: size }, worker));
  };
  await Promise.all([
    pool(
      numbered.filter(([, { isLong }]) => isLong),
      longAtOnce,
    ),
    pool(
      numbered.filter(([, { isLong }]) => !isLong),
      atOnce,
    ),
  ]);
  return count;
}

/** The arguments are words of the names of cases; without any, all are run. */
async function main(words: readonly string[]): Promise<number> {
  const reason = whyNoWorlds();
  const provided = reason === undefined ? await provideWorlds() : { ok: false as const, reason };
  if (!provided.ok) {
    process.stdout.write(`${provided.reason}\n`);
    return cannot;
  }
  const chosen =
    words.length === 0 ? cases : cases.filter(({ name }) => words.some((word) => name.includes(word)));
  const folder = await mkdtemp(join(tmpdir(), 'ssh-worlds-'));
  try {
    await makeKeys(join(folder, 'keys'));
    const { passed, failed } = await runAll(
      { folder, layer: provided.value, keys: join(folder, 'keys') },
      chosen,
    );
    process.stdout.write(`\n  ${passed} passing\n${failed > 0 ? `  ${failed} failing\n` : ''}`);
    return failed > 0 || passed === 0 ? 1 : 0;
  } finally {
    await clearAway(folder);
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
