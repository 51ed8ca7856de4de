import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUnwrapper } from '../../src/yum/carrier/unwrap.ts';
import type { PackageAction, PlacedYumEvent } from '../../src/yum/events.ts';
import { createYumParser } from '../../src/yum/parser.ts';
import { createMergePointFinder } from '../../src/yum/stream-merge.ts';
import { summarize, type YumSummary } from '../../src/yum/summarize.ts';

export const fixtures = join(import.meta.dirname, '../cases/yum');

/** The verdict on a log in the index. */
export interface Case {
  readonly file: string;
  readonly tool: string;
  readonly outcome: string;
  /** Undefined when the log does not show it. */
  readonly counts: Counts | undefined;
  readonly error: string;
  readonly exitCode: number | undefined;
  readonly text: string;
}

type Counts = Partial<Record<PackageAction, number>>;

export function parse(text: string): readonly PlacedYumEvent[] {
  const unwrapper = createUnwrapper();
  const parser = createYumParser();
  const lines = [...unwrapper.push(text), ...unwrapper.end()];
  return [...lines.flatMap((line) => parser.push(`${line.text}\n`)), ...parser.end()];
}

function actionOf(word: string): PackageAction {
  const known = word.toLowerCase();
  if (/^(?:dependency )?install/.test(known)) return 'install';
  return known.startsWith('up') ? 'upgrade' : (known as PackageAction);
}

/** `install 1 (+53 dependent), upgrade (1 dependent)` and its variants. */
function countsOf(text: string): Counts | undefined {
  if (text.startsWith('none counted (Reinstalling 1)')) return { reinstall: 1 };
  if (text.startsWith('none')) return {};
  if (/^(?:not shown|summary not shown$)/.test(text)) return undefined;
  if (text === 'summary not shown; 2 packages') return { install: 2 };
  const counts: Counts = {};
  const words =
    /(Dependency Installed|install(?:ed)?|upgrade|updated?|remove|downgrade|reinstall|replace|skip) (\d+)?(?: ?\(\+?(\d+) dependent\))?/gi;
  for (const [, word = '', count, dependent] of text.matchAll(words)) {
    const sum = Number(count ?? 0) + Number(dependent ?? 0);
    if (sum > 0) counts[actionOf(word)] = (counts[actionOf(word)] ?? 0) + sum;
  }
  return counts;
}

/** `1`, `0 (by source)`, `killed by SIGTERM (143 in a shell)`. */
function exitCodeOf(text: string): number | undefined {
  const found = /^\d+/.exec(text) ?? /\((\d+) in a shell\)/.exec(text);
  return found ? Number(found[1] ?? found[0]) : undefined;
}

/** Merges two streams in the order in which they would have arrived. */
function merge(out: string, err: string): string {
  const seam = createMergePointFinder();
  const [outLines, errLines] = [out, err].map((text) => text.split('\n').slice(0, -1));
  for (const line of outLines ?? []) seam.out(line);
  for (const line of errLines ?? []) seam.err(line);
  return (errLines ?? [])
    .toSpliced(seam.find().after, 0, ...(outLines ?? []))
    .map((line) => `${line}\n`)
    .join('');
}

function textOf(folder: string, file: string): string {
  const base = /^(.*)\.(?:stdout|stderr)\.log$/.exec(file)?.[1];
  if (base === undefined) return readFileSync(join(folder, file), 'utf8');
  const [out = '', err = ''] = ['stdout', 'stderr'].map((stream) => {
    // One run of the public logs has two names.
    const path = join(
      folder,
      `${base.replace(/assumeno-.*/, `assumeno-${stream === 'stdout' ? 'saved-tx' : 'lock-wait'}`)}.${stream}.log`,
    );
    const plain = join(folder, `${base}.${stream}.log`);
    const found = [plain, path].find((each) => existsSync(each));
    return found ? readFileSync(found, 'utf8') : '';
  });
  return merge(out, err);
}

/** The rows of an index with their logs. */
export function readCases(index: string, folder: string): readonly Case[] {
  const [head = '', ...rows] = readFileSync(index, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    const tool = cell('tool_version');
    return {
      file: cell('file'),
      tool: tool.slice(0, 4).replace('dnf2', 'dnf4'),
      outcome: cell('outcome'),
      counts: countsOf(cell('packages_in_summary')),
      error: cell('main_error_line').trim(),
      exitCode: exitCodeOf(cell('exit_code')),
      text: textOf(folder, cell('file')),
    };
  });
}

function sorted(counts: Counts): string {
  return JSON.stringify(Object.entries(counts).sort());
}

/** Which of the three verdicts differ from the index. */
export function differences(each: Case, found: YumSummary): readonly ('outcome' | 'counts' | 'error')[] {
  return [
    ...(found.outcome === each.outcome ? [] : (['outcome'] as const)),
    ...(each.counts === undefined || sorted(found.summary) === sorted(each.counts)
      ? []
      : (['counts'] as const)),
    ...((found.mainError ?? '').trim() === each.error ? [] : (['error'] as const)),
  ];
}

export function summaryOf(each: Case, withExitCode = true): YumSummary {
  return summarize(parse(each.text), withExitCode ? each.exitCode : undefined);
}
