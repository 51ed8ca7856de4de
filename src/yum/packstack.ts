import { fail } from './readers.ts';
import { emit, emitImplied, emitPhase, noteTool, type State, startRun } from './state.ts';

/**
 * The output of Packstack (PS 26.0.0): a line per task with `[ DONE ]` or `[ ERROR ]`, `Applying HOST_KIND.pp` when
 * a manifest starts and `HOST_KIND.pp:  [ DONE ]` when it is finished. Packstack does not print the total number;
 * the step does, in an earlier line.
 */
const announced = /^Packstack applies (\d+) manifests\b/;
const manifest = /^\S+_(?:controller|controller_post|network|compute)\.pp$/;
const applying = /^Applying (\S+\.pp)$/;
const taskEnds = ['[ DONE ]', '[ ERROR ]'];
const waiting = /^Testing if puppet apply is finished: /;

/** Packstack's list of harmless lines (modules/puppet.py re_ignore): never an error. */
const harmless =
  /Command mysql is missing|Could not prefetch database_grant provider|NetworkManager is not running|Failed to download metadata for repo/;

/** Whether the line starts a run of Packstack. */
export function beginsPackstack(line: string): boolean {
  return announced.test(line) || line.startsWith('Welcome to the Packstack setup utility');
}

export function beginPackstack(state: State): void {
  const { unaccounted } = state;
  startRun(state);
  state.unaccounted = unaccounted;
  state.stage = 'packstack';
  emitImplied(state, { type: 'phase', phase: 'setup' });
  noteTool(state, 'packstack');
}

/** A manifest that started or finished; without the step's announcement the total is unknown and nothing is counted. */
function readManifest(state: State, name: string, through: boolean, line: string): void {
  const { steps } = state;
  if (through) steps.done += 1;
  if (steps.total === 0 || steps.done > steps.total) emit(state, { type: 'text', line });
  else
    emit(state, {
      type: 'step',
      action: through ? 'Applied' : 'Applying',
      name,
      done: steps.done,
      total: steps.total,
    });
}

interface Task {
  readonly title: string;
  readonly failed: boolean;
}

/** `Copying Puppet modules and manifests                [ DONE ]`; undefined for any other line. */
function taskOf(line: string): Task | undefined {
  const end = taskEnds.find((each) => line.endsWith(each));
  if (end === undefined) return undefined;
  const title = line.slice(0, -end.length).trimEnd().replace(/:$/, '');
  return { title, failed: end === '[ ERROR ]' };
}

function readTask(state: State, { title, failed }: Task, line: string): void {
  if (failed) fail(state, line, 'minor');
  else if (manifest.test(title)) readManifest(state, title, true, line);
  else emit(state, { type: 'text', line });
}

/** Reads a line of Packstack; indented lines may explain the preceding error. */
export function readPackstack(state: State, line: string): void {
  const total = announced.exec(line)?.[1];
  if (total !== undefined) state.steps.total = Number(total);
  const done = taskOf(line);
  const begun = applying.exec(line)?.[1];
  if (harmless.test(line) || waiting.test(line)) emit(state, { type: 'text', line });
  else if (done) readTask(state, done, line);
  else if (begun !== undefined) {
    if (state.steps.done === 0) emitImplied(state, { type: 'phase', phase: 'transaction' });
    readManifest(state, begun, false, line);
  } else if (line === 'Installing:') emitPhase(state, 'resolve');
  else if (/^ \*{4} Installation completed successfully \*+$/.test(line)) emit(state, { type: 'complete' });
  else if (/^(?:ERROR : |Error appeared during Puppet run: |packstack: error: )/.test(line))
    fail(state, line, 'fatal');
  else if (state.explained === 'paragraph' && state.blanks === 0) fail(state, line, 'detail');
  else emit(state, { type: 'text', line });
}
