import { journalEvents } from '../../app/logs/journal-file.ts';
import { journalPath } from '../../app/logs/paths.ts';
import { laterFormat, type StoredRun } from '../../app/logs/stored-runs.ts';
import { largest } from '../../base/extremes.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { expandRange } from '../../cluster/range.ts';
import type { TimedEvent } from '../../run/events.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { eventJson } from '../report/json.ts';
import { type EventPrinting, eventLine } from '../report/progress-log.ts';
import { printable } from '../text/printable.ts';
import { widthOf } from '../text/width.ts';
import { printFailure, printLost } from './failures.ts';

interface Wanted {
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
}

type SelectionResult =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly message: Message };

/** The nodes and steps of a run that the options choose. */
export function wantedOf({ nodes, steps }: StoredRun, { options }: Context): SelectionResult {
  const names: string[] = [];
  for (const text of options.nodes) {
    const expanded = expandRange(text);
    if (!expanded.ok)
      return { ok: false, message: msg('{0} is not a range of nodes. Example: compute[1:3].', text) };
    for (const name of expanded.values) names.push(name);
  }
  const node = names.find((name) => !nodes.includes(name));
  if (node !== undefined)
    return {
      ok: false,
      message: msg('The run has no node {0}. Its nodes are: {1}.', node, nodes.join(', ')),
    };
  const step = options.steps.find((id) => !steps.includes(id));
  if (step !== undefined)
    return {
      ok: false,
      message: msg('The run has no step {0}. Its steps are: {1}.', step, steps.join(', ')),
    };
  return {
    ok: true,
    wanted: {
      nodes: names.length > 0 ? names : nodes,
      steps: options.steps.length > 0 ? options.steps : steps,
    },
  };
}

function isWanted(event: TimedEvent, { nodes, steps }: Wanted): boolean {
  return (
    (!('node' in event) || nodes.includes(event.node)) && (!('step' in event) || steps.includes(event.step))
  );
}

/** Formats events: as JSON, without prefix for a single log, else prefixed with node and step. */
function shower({ kind }: StoredRun, wanted: Wanted, context: Context) {
  const { t, style, options } = context;
  if (options.json) return (event: TimedEvent) => eventJson(event, t);
  const [node, step] = [wanted.nodes, wanted.steps].map((names) => largest(names.map(widthOf), 0));
  const printing: EventPrinting = { t, style, kind, widths: { node: node ?? 0, step: step ?? 0 } };
  if (!isOneLog(wanted, context)) return (event: TimedEvent) => eventLine(event, printing);
  return (event: TimedEvent) => {
    if (event.type !== 'log') return undefined;
    return printable(event.line);
  };
}

function isOneLog({ nodes, steps }: Wanted, { options }: Context): boolean {
  return options.nodes.length > 0 && options.steps.length > 0 && nodes.length * steps.length === 1;
}

function unreadText(lines: number): Message {
  return lines === 1
    ? msg('1 line of the journal could not be read.')
    : msg('{0} lines of the journal could not be read.', lines);
}

/** What remains to be printed after all events. */
interface Remainder {
  readonly failed: Extract<TimedEvent, { type: 'step-finished' }>[];
  /** Lost nodes and refused runs for which no line was printed. */
  readonly lost: Extract<TimedEvent, { type: 'node-failed' | 'run-refused' }>[];
  unreadLines: number;
}

interface Showing {
  readonly run: StoredRun;
  readonly wanted: Wanted;
  readonly signal: AbortSignal;
}

/** Prints the requested events of a run; follows the journal if requested. */
async function printEvents(context: Context, { run, wanted, signal }: Showing): Promise<Remainder> {
  const show = shower(run, wanted, context);
  const rest: Remainder = { failed: [], lost: [], unreadLines: 0 };
  const reading = { path: journalPath(run.folder), follow: context.options.follow, signal };
  for await (const event of journalEvents(reading)) {
    if (!event) rest.unreadLines += 1;
    if (!event || !isWanted(event, wanted)) continue;
    const line = show(event);
    if (line !== undefined) say(context, line);
    if (event.type === 'step-finished' && event.trouble) rest.failed.push(event);
    const isLoss = event.type === 'node-failed' || event.type === 'run-refused';
    if (isLoss && line === undefined) rest.lost.push(event);
  }
  return rest;
}

/** Prints the logs of a run, or of some of its nodes and steps, and the causes of its failures. */
export async function showRun(context: Context, run: StoredRun): Promise<number> {
  const { io, t, options } = context;
  const later = laterFormat(run);
  if (later) return wrongUse(context, later);
  const selected = wantedOf(run, context);
  if (!selected.ok) return wrongUse(context, selected.message);
  const controller = new AbortController();
  const { signal } = controller;
  const forget = io.onInterrupt(() => controller.abort());
  const { failed, lost, unreadLines } = await printEvents(context, {
    run,
    wanted: selected.wanted,
    signal,
  }).finally(forget);
  if (unreadLines > 0) io.stderr.write(`${t(unreadText(unreadLines))}\n`);
  if (signal.aborted) return exit.cancelled;
  if (options.json) return exit.fine;
  for (const event of failed) printFailure(context, event);
  for (const event of lost) printLost(context, event);
  return exit.fine;
}
