import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { readLog } from '../../src/cli/logs/read-log.ts';
import type { YumSummary } from '../../src/yum/summarize.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { clearAwaySync } from '../support/clear-away.ts';
import { type Case, differences, fixtures, readCases } from '../yum/logs.ts';
import type { Measured } from './logs-worker.ts';
import type { Figure } from './report.ts';

/** Logs of other people, which are read in place and are not part of the project. */
const publicLogs = join(import.meta.dirname, '../cases/public-logs');
const large = 1_000_000_000;
const rounds = 4;
const goals = { outcome: 99, counts: 97, error: 97 } as const;

/** What the worker does with which log. */
type Mode = 'reader' | 'carried' | 'lines';

/** Reads generated logs in a separate process, so that only the reader's memory is measured. */
function measure(mode: Mode, bytes: number): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'stackprep-bench-'));
  try {
    const worker = join(folder, 'worker.cjs');
    buildSync({
      entryPoints: [join(import.meta.dirname, 'logs-worker.ts')],
      outfile: worker,
      bundle: true,
      platform: 'node',
    });
    const output = execFileSync(process.execPath, [worker, mode, fixtures, String(bytes)], {
      encoding: 'utf8',
    });
    return JSON.parse(output);
  } finally {
    clearAwaySync(folder);
  }
}

/** What grep finds in a log: the last `Error`, and whether there is a `Complete!`. */
function grepped({ text }: Case): YumSummary {
  const errors = text.split('\n').filter((line) => /^Error/.test(line));
  const done = text.includes('Complete!');
  const count = (word: RegExp): number => Number(word.exec(text)?.[1] ?? 0);
  const [install, upgrade] = [count(/^Install +(\d+)/m), count(/^Upgrade +(\d+)/m)];
  return {
    outcome: done ? 'success' : errors.length > 0 ? 'failed' : 'incomplete',
    summary: { ...(install > 0 ? { install } : {}), ...(upgrade > 0 ? { upgrade } : {}) },
    ...(errors.length > 0 && !done ? { mainError: errors.at(-1) ?? '' } : {}),
    details: [],
    unparsed: 0,
  };
}

function share(found: readonly (readonly [Case, YumSummary])[], kind: keyof typeof goals): number {
  const right = found.filter(([each, summary]) => !differences(each, summary).includes(kind));
  return (100 * right.length) / found.length;
}

/** Reads every indexed log by its name as the command line does, and compares with the verdict in the index. */
async function accuracy(): Promise<readonly Figure[]> {
  const cases = readCases(join(publicLogs, 'INDEX.tsv'), publicLogs);
  const ours: [Case, YumSummary][] = [];
  for (const each of cases) {
    const read = await readLog(each.file, fakeIo({ cwd: publicLogs }).io, each.exitCode);
    if (!read.ok) throw new Error(`${each.file} cannot be read.`);
    ours.push([each, read.report.summary]);
  }
  const theirs = cases.map((each): [Case, YumSummary] => [each, grepped(each)]);
  return (['outcome', 'counts', 'error'] as const).map((kind) => ({
    name: `logs.${kind}`,
    unit: '%',
    ours: share(ours, kind),
    peer: { name: 'grep', value: share(theirs, kind) },
    goal: `>=${goals[kind]}% of ${cases.length}`,
    met: share(ours, kind) >= goals[kind],
  }));
}

/** Speed and memory of `stackprep logs explain` on a log of 1 GB, and how often it is right. */
export async function benchLogs(): Promise<readonly Figure[]> {
  const ours = measure('reader', large);
  const speed = ({ bytes, milliseconds }: Measured): number => bytes / 1e6 / (milliseconds / 1000);
  // The best of several rounds: other load can only slow a round down.
  const best = (mode: Mode): number =>
    Math.max(...Array.from({ length: rounds }, () => speed(measure(mode, large / 5))));
  const [reader, lines] = [Math.max(speed(ours), best('reader')), best('lines')];
  const carried = best('carried');
  const growth = ours.highest - ours.early;
  return [
    {
      name: 'logs.speed',
      unit: 'MB/s',
      ours: reader,
      peer: { name: 'node:readline, lines only', value: lines },
      goal: '>=100MB/s',
      met: reader >= 100,
    },
    {
      name: 'logs.carried-speed',
      unit: 'MB/s',
      ours: carried,
      peer: { name: 'node:readline, lines only', value: lines },
      goal: '>=50MB/s',
      met: carried >= 50,
    },
    {
      name: 'logs.memory',
      unit: 'MB',
      ours: ours.highest,
      peer: { name: 'itself after 100 MB', value: ours.early },
      goal: 'at most 32 MB more after 1 GB',
      met: growth <= 32,
    },
    ...(await accuracy()),
  ];
}
