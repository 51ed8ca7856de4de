import { fail } from './readers.ts';
import { emit, emitImplied, emitLine, emitPhase, noteTool, type State, startRun } from './state.ts';

/**
 * The output of Packstack (PS 26.0.0): a line per task with `[ DONE ]` or `[ ERROR ]`, `Applying HOST_KIND.pp` when
 * a manifest starts and `HOST_KIND.pp:  [ DONE ]` when it is finished. Packstack does not print the total number;
 * the step does, in an earlier line.
 */
const announced = /^Packstack applies (\d+) manifests\b/;
/** Before Newton there is a manifest per service and host, such as `10.0.0.5_mariadb.pp`. */
const manifest = /^[^\s_]+_[a-z_]+\.pp$/;
const applying = /^Applying (\S+\.pp)$/;
/** A line of `openstack-setup.log` (run_setup.py, `initLogging`). */
const logged = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d::([A-Z]+)::\w+::\d+::\w+:: ?/;
/** The last line of a traceback in that log, which repeats the error. */
const raised = /^(?:packstack\.installer\.exceptions\.)?([A-Z]\w*(?:Error|Exception)): /;
const stopped = /^(?:ERROR : |Error appeared during Puppet run: |packstack: error: )/;
/** What Packstack prints after the output of a script that failed. */
const afterScript = /^(?:Please check log file |Additional information:)/;
/** The end of an error of a manifest (modules/puppet.py), and of any error (run_setup.py). */
const traced = /^You will find full trace in log \S+\.pp\.log$/;
const loggedElsewhere = /^Please check log file \S+ for more information$/;
/** One of the messages at the end, whatever the outcome. */
const needsReboot = /^ \* .*Because of the kernel update the host /;
/** What Puppet prints of a whole catalogue. */
const puppetBegins = /^(?:Notice|Info|Debug): (?:Compiled catalog for|Loading facts|Scope\(Class\[main\]\))/;
const puppetEnds = /^Notice: (?:Applied catalog|Finished catalog run) in [\d.]+ seconds/;
const taskEnds = ['[ DONE ]', '[ ERROR ]'];
const waiting = /^Testing if puppet apply is finished: /;

/** Packstack's list of harmless lines (modules/puppet.py re_ignore): never an error. */
const harmless =
  /Command mysql is missing|Could not prefetch database_grant provider|NetworkManager is not running|Failed to download metadata for repo/;

const taskOfManifest = /^[^\s_]+_[a-z_]+\.pp:\s+\[ (?:DONE|ERROR) \]/;
const fromTheMiddle = [
  logged,
  taskOfManifest,
  /^Applying [^\s_]+_[a-z_]+\.pp$/,
  waiting,
  /^[A-Z][^[\]]{5,80}\[ (?:DONE|ERROR) \]$/,
  /^ERROR : (?:Error (?:appeared )?during Puppet run|Failed |Cinder's |The cinder |Couldn't |Inconsistent host |IPv6 |Unknown hostname |Given host )/i,
  /^Error appeared during Puppet run: /,
  traced,
  loggedElsewhere,
  puppetBegins,
  /^(?:Notice|Error|Warning): \/Stage\[main\]/,
];

/** What the lines begin with that begin a run, apart from those of tasks. */
const firstCodes: ReadonlySet<number> = new Set(
  Array.from('0123456789ADEINPTWY', (char) => char.charCodeAt(0)),
);

/** The last line of a run that succeeded (output_messages.py). */
function isCompleted(line: string): boolean {
  return line.charCodeAt(1) === 0x2a && /^ \*{4} Installation completed successfully \*+$/.test(line);
}

/** Whether a line may be that of a task: it ends with its mark, or begins with the name of a host and a manifest. */
function mayBeTask(line: string): boolean {
  return line.charCodeAt(0) > 0x20 && (line.endsWith(' ]') || line.includes('.pp:'));
}

/** Whether the line starts a run of Packstack, or can only be one of its lines, for a text that was copied from the middle. */
export function beginsPackstack(line: string): boolean {
  if (!firstCodes.has(line.charCodeAt(0)) && !mayBeTask(line) && !isCompleted(line)) return false;
  return (
    announced.test(line) ||
    line.startsWith('Welcome to the Packstack setup utility') ||
    isCompleted(line) ||
    fromTheMiddle.some((pattern) => pattern.test(line))
  );
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
  if (steps.total === 0 || steps.done > steps.total) emitLine(state, 'text', line);
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
  else emitLine(state, 'text', line);
}

/** A line of Puppet’s output: its first error is the cause, and later ones follow from it. */
function readPuppet(state: State, line: string): boolean {
  if (puppetEnds.test(line)) {
    if (state.failed) emitLine(state, 'text', line);
    else emit(state, { type: 'complete' });
    return true;
  }
  // In a text that was copied from the middle, the error itself may be missing.
  const isEnd = !state.failed && (traced.test(line) || loggedElsewhere.test(line));
  if (!isEnd && !/^(?:Error|err): /.test(line)) return false;
  fail(state, line, state.failed ? 'minor' : 'fatal');
  return true;
}

/** Reads a line of Packstack, of its log or of Puppet’s; the lines after an error may explain it. */
export function readPackstack(state: State, whole: string): void {
  const level = logged.exec(whole);
  const line = level ? whole.slice(level[0].length) : whole;
  const total = announced.exec(line)?.[1];
  if (total !== undefined) state.steps.total = Number(total);
  const done = taskOf(line);
  const begun = applying.exec(line)?.[1];
  if (harmless.test(line) || waiting.test(line)) emitLine(state, 'text', line);
  else if (done) readTask(state, done, line);
  else if (begun !== undefined) {
    if (state.steps.done === 0) emitImplied(state, { type: 'phase', phase: 'transaction' });
    readManifest(state, begun, false, line);
  } else if (line === 'Installing:') emitPhase(state, 'resolve');
  else if (isCompleted(line)) emit(state, { type: 'complete' });
  else if (stopped.test(line)) {
    fail(state, line, 'fatal');
    // The output of the script follows, in paragraphs.
    if (line.includes('Failed to run remote script')) state.explaining = 'run';
  } else if (state.explained === 'run' && !afterScript.test(line)) fail(state, line, 'detail');
  else if (raised.test(line)) fail(state, line.replace(raised, ''), 'fatal');
  else if (state.explained === 'paragraph' && state.blanks === 0) fail(state, line, 'detail');
  else if (needsReboot.test(line)) emitLine(state, 'warning', line);
  else if (!readPuppet(state, line)) emitLine(state, 'text', line);
}
