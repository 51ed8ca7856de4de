import { readFile, stat } from 'node:fs/promises';
import { logFile } from '../../app/logs/paths.ts';
import { createRunRecordReader, type RunReading, type RunRecordReader } from '../../app/logs/run-record.ts';
import { laterFormat } from '../../app/logs/stored-runs.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { own } from '../../base/own.ts';
import type { RunRecord } from '../../run/record.ts';
import type { Writing } from '../../view/log/log-head.ts';
import { type LogSection, nodeLog, stepLog } from '../../view/log/node-log.ts';
import { type PageLink, runPage } from '../../view/log/run-page.ts';
import { decodePlace, type LogPlace } from './address.ts';

/** Maximum number of runs and documents whose contents are remembered. */
const maxKnown = 50;

/** The content of a log document. */
export interface LogText {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly links: readonly PageLink[];
  readonly sections: readonly LogSection[];
  /** Milliseconds since 1970; grows whenever the text changes. */
  readonly changedAt: number;
}

type Made = Pick<LogText, 'text'> & Partial<Pick<LogText, 'links' | 'sections'>>;

export interface LogTexts {
  /** What is stored of a run. */
  run(run: string): Promise<RunReading>;
  /** The current content; undefined if the run is no longer stored. */
  of(place: LogPlace): Promise<LogText | undefined>;
}

function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > maxKnown && oldest !== undefined) map.delete(oldest);
}

/** The value, or `otherwise` if there is no such file: a step without output has none. */
async function orNone<Value, Other>(act: () => Promise<Value>, otherwise: Other): Promise<Value | Other> {
  try {
    return await act();
  } catch (cause) {
    if (!isSystemError(cause) || (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR')) throw cause;
    return otherwise;
  }
}

interface Known extends LogText {
  /** What the text was made of. */
  readonly parts: readonly unknown[];
}

/** The contents of the log documents, made from the files of the runs; unchanged ones are not read again. */
export function createLogTexts(stateFolder: string, writing: Writing): LogTexts {
  const readers = new Map<string, RunRecordReader>();
  const known = new Map<string, Known>();

  const run = (id: string): Promise<RunReading> => {
    const reader = readers.get(id) ?? createRunRecordReader(stateFolder, id);
    remember(readers, id, reader);
    return reader.read();
  };
  /** Steps that have a log on the node; names from a journal are not trusted to be names of files. */
  const stepsOf = ({ started }: RunRecord, { run: id, node, step }: LogPlace): readonly string[] => {
    if (node === undefined) return [];
    const steps = step === undefined ? started.steps : [step];
    return steps.filter((each) => decodePlace({ run: id, node, step: each }) !== undefined);
  };
  const path = ({ run: id, node = '' }: LogPlace, step: string): string =>
    logFile(stateFolder, { run: id, node, step });

  async function render(record: RunRecord, place: LogPlace): Promise<Made> {
    const { node, step } = place;
    if (node === undefined) return runPage(record, writing);
    const logs = new Map<string, string>();
    for (const each of stepsOf(record, place)) {
      const log = await orNone(() => readFile(path(place, each), 'utf8'), undefined);
      if (log !== undefined) logs.set(each, log);
    }
    const request = { record, node, logOf: (each: string) => logs.get(each) };
    return step === undefined ? nodeLog(request, writing) : stepLog(request, step, writing);
  }
  async function partsOf(record: RunRecord, place: LogPlace): Promise<readonly unknown[]> {
    const { node } = place;
    if (node === undefined) return [record.state];
    const sizes: number[] = [];
    for (const step of stepsOf(record, place))
      sizes.push(await orNone(async () => (await stat(path(place, step))).size, 0));
    return [own(record.state.nodes, node), record.state.run?.finishedAt, ...sizes];
  }
  function keep(key: string, made: Made, parts: readonly unknown[]): LogText {
    const before = known.get(key);
    const isSame = before?.text === made.text;
    const text: Known = {
      ...{ links: [], sections: [] },
      ...made,
      bytes: isSame ? before.bytes : Buffer.from(made.text),
      changedAt: isSame ? before.changedAt : Math.max(Date.now(), (before?.changedAt ?? 0) + 1),
      parts,
    };
    remember(known, key, text);
    return text;
  }
  return {
    run,
    of: async (place) => {
      const key = JSON.stringify([place.run, place.node, place.step]);
      const reading = await run(place.run);
      if (reading.kind === 'gone') return undefined;
      if (reading.kind === 'later') {
        const refusal = laterFormat({ run: place.run, format: reading.format });
        return keep(key, { text: refusal ? `${writing.t(refusal)}\n` : '' }, []);
      }
      const parts = await partsOf(reading.record, place);
      const before = known.get(key);
      if (
        before &&
        parts.length === before.parts.length &&
        parts.every((part, at) => part === before.parts[at])
      )
        return before;
      return keep(key, await render(reading.record, place), parts);
    },
  };
}
