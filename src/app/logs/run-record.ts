import { formatNumber, formats } from '../../base/format.ts';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { type RunRecord, reduceRecord } from '../../run/record.ts';
import { createGrowingJournal } from './growing-journal.ts';
import { decodeEvent, decodeLine } from './journal-file.ts';
import { runFolder } from './paths.ts';
import { isSystemError } from './system-error.ts';

/** What can be said of a stored run: its record, or that a later version wrote its journal in that format. */
export type RunReading =
  | { readonly kind: 'record'; readonly record: RunRecord }
  | { readonly kind: 'later'; readonly format: number }
  | { readonly kind: 'gone' };

/** Reads the journal of a run that may still grow: every call reads only what was added since the last one. */
export interface RunRecordReader {
  read(): Promise<RunReading>;
}

/** A reader of a stored run. */
export function createRunRecordReader(stateFolder: string, run: string): RunRecordReader {
  let record: RunRecord | undefined;
  let later: number | undefined;
  const readOn = createGrowingJournal(runFolder(stateFolder, run), (line) => {
    if (!record) {
      const first = decodeLine(line);
      const format = (isRecord(first) ? formatNumber(own(first, 'format')) : undefined) ?? 1;
      if (format > formats.journal) {
        later = format;
        return false;
      }
    }
    const event = decodeEvent(line);
    if (event) record = reduceRecord(record, event);
    return true;
  });
  return {
    read: async () => {
      try {
        await readOn();
      } catch (cause) {
        if (isSystemError(cause) && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
          return { kind: 'gone' };
        throw cause;
      }
      if (later !== undefined) return { kind: 'later', format: later };
      return record ? { kind: 'record', record } : { kind: 'gone' };
    },
  };
}
