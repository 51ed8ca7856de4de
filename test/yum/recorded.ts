import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLogReader, type LogFindings } from '../../src/yum/explain/log-reader.ts';
import { createYumParser } from '../../src/yum/parser.ts';

const cases = join(import.meta.dirname, '../cases');
const folders = ['yum/logs', 'yum/written', 'public-logs', 'fresh-logs', 'yum3', 'packstack-logs'];

/** Where the fingerprints of what the reader found are recorded. */
export const recordFile = join(cases, 'yum/recorded.tsv');

/** A log of the corpora, by its path below `test/cases`. */
export interface CorpusLog {
  readonly name: string;
  readonly text: string;
}

export function corpus(): readonly CorpusLog[] {
  return folders.flatMap((folder) =>
    readdirSync(join(cases, folder))
      .filter((file) => file.endsWith('.log'))
      .sort()
      .map((file) => ({
        name: `${folder}/${file}`,
        text: readFileSync(join(cases, folder, file), 'utf8'),
      })),
  );
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** Divides a text into chunks whose lengths `next` determines. */
export function* chunksOf(text: string, next: () => number): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + Math.max(1, next());
    yield text.slice(start, end);
    start = end;
  }
}

export function eventsOf(chunks: Iterable<string>): string {
  const parser = createYumParser();
  const events = [];
  for (const chunk of chunks) events.push(...parser.push(chunk));
  return fingerprint([...events, ...parser.end()]);
}

/** What the reports of a log show, without the texts for people. */
function shown({ carriers, runs, ...last }: LogFindings): unknown {
  return {
    carriers,
    runs: [...runs, last].map(({ summary, row, explanation, notes }) => ({
      summary,
      row,
      explanation: explanation ? [explanation.id, explanation.line] : [],
      notes: notes.map(({ id, line }) => [id, line]),
    })),
  };
}

export function findingsOf(chunks: Iterable<string>): string {
  const reader = createLogReader();
  for (const chunk of chunks) reader.push(chunk);
  return fingerprint(shown(reader.end()));
}

/** The time before each line, as Jenkins and others print it: 12 bytes. */
export function timed(text: string): string {
  return text.replace(/^(?=.)/gm, '[12:30:15]  ');
}

/** The fingerprints of a log: its events, its findings, and its findings in a carrier. */
export function recordOf({ text }: CorpusLog): readonly string[] {
  return [eventsOf([text]), findingsOf([text]), findingsOf([timed(text)])];
}
