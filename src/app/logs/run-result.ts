import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { formatNumber, formats } from '../../base/format.ts';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { decodeRunState } from '../../run/decode-state.ts';
import type { TimedEvent } from '../../run/events.ts';
import { createReducer, type RunState } from '../../run/state.ts';
import { createGrowingJournal } from './growing-journal.ts';
import { decodeEvent } from './journal-file.ts';
import { resultPath } from './paths.ts';
import { laterFormat, type StoredRun } from './stored-runs.ts';
import { isSystemError } from './system-error.ts';

/** A thousand nodes with thirty steps need 10 MB. */
const maxResultBytes = 64 * 1024 * 1024;

/** Stores the states of the nodes of a finished run. Without it, they are read from the journal, so a full disk is no failure. */
export async function writeResult(folder: string, state: RunState): Promise<void> {
  const path = resultPath(folder);
  try {
    const text = JSON.stringify({ format: formats.result, state });
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The stored result; undefined if there is none of this format, or none of this run. */
async function readResult({ run, folder }: StoredRun): Promise<RunState | undefined> {
  const path = resultPath(folder);
  try {
    const about = await stat(path);
    if (!about.isFile() || about.size > maxResultBytes) return undefined;
    const value = parsed(await readFile(path, 'utf8'));
    if (!isRecord(value) || formatNumber(own(value, 'format')) !== formats.result) return undefined;
    const state = decodeRunState(own(value, 'state'));
    return state?.run?.id === run ? state : undefined;
  } catch (cause) {
    if (isSystemError(cause)) return undefined;
    throw cause;
  }
}

/** The states of a run according to its journal. */
export interface JournalState {
  /** Reads what has been added since the last time. */
  update(): Promise<RunState>;
}

/** The folder's name identifies the run, whatever the journal says. */
function named(event: TimedEvent, run: string): TimedEvent {
  return event.type === 'run-started' ? { ...event, run } : event;
}

export function createJournalState({ run, folder }: Pick<StoredRun, 'run' | 'folder'>): JournalState {
  const reducer = createReducer();
  const readOn = createGrowingJournal(folder, (line) => {
    const event = decodeEvent(line);
    if (event) reducer.add(named(event, run));
    return true;
  });
  return {
    update: async () => {
      await readOn();
      return reducer.state();
    },
  };
}

/**
 * The states of the nodes at the end of a stored run. A finished run without a stored result is read from its journal once.
 * Undefined if a later version wrote it, or if it is no longer stored.
 */
export async function stateOfRun(run: StoredRun): Promise<RunState | undefined> {
  if (laterFormat(run)) return undefined;
  const known = run.outcome === undefined ? undefined : await readResult(run);
  if (known) return known;
  try {
    const state = await createJournalState(run).update();
    if (run.outcome !== undefined && state.run) await writeResult(run.folder, state);
    return state;
  } catch (cause) {
    if (isSystemError(cause) && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}
