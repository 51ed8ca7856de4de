import { journalEvents } from '../../app/logs/journal-file.ts';
import { type KeptRun, laterFormat } from '../../app/logs/kept-runs.ts';
import { journalPath } from '../../app/logs/places.ts';
import { largest } from '../../base/extremes.ts';
import { type Message, msg } from '../../base/l10n.ts';
import { expandRange } from '../../cluster/range.ts';
import type { TimedEvent } from '../../run/events.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { eventJson } from '../report/json.ts';
import { narrate, type Telling } from '../report/progress-log.ts';
import { printable } from '../text/printable.ts';
import { widthOf } from '../text/width.ts';
import { printFailure, printLost } from './failures.ts';

interface Wanted {
  readonly nodes: readonly string[];
  readonly steps: readonly string[];
}

type WantedOrFault =
  | { readonly ok: true; readonly wanted: Wanted }
  | { readonly ok: false; readonly message: Message };

function wantedOf({ nodes, steps }: KeptRun, { options }: Context): WantedOrFault {
  const names: string[] = [];
  for (const text of options.nodes) {
    const expanded = expandRange(text);
    if (!expanded.ok)
      return { ok: false, message: msg('{0} is no range of nodes; write one as compute[1:3].', text) };
    for (const name of expanded.values) names.push(name);
  }
  const node = names.find((name) => !nodes.includes(name));
  if (node !== undefined)
    return { ok: false, message: msg('The run has no node {0}; it has: {1}.', node, nodes.join(', ')) };
  const step = options.steps.find((id) => !steps.includes(id));
  if (step !== undefined)
    return {
      ok: false,
      message: msg('The run has no step {0}; its steps are: {1}.', step, steps.join(', ')),
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

/** How events are shown: as they are for programs, bare where it is one log, else led by node and step. */
function shower({ kind }: KeptRun, wanted: Wanted, context: Context) {
  const { io, t, style, options } = context;
  if (options.json) return (event: TimedEvent) => eventJson(event, t);
  const [node, step] = [wanted.nodes, wanted.steps].map((names) => largest(names.map(widthOf), 0));
  const telling: Telling = { t, style, kind, widths: { node: node ?? 0, step: step ?? 0 } };
  if (!isOneLog(wanted, context)) return (event: TimedEvent) => narrate(event, telling);
  return (event: TimedEvent) => {
    if (event.type !== 'log') return undefined;
    return io.stdout.isTTY ? printable(event.line) : event.line;
  };
}

function isOneLog({ nodes, steps }: Wanted, { options }: Context): boolean {
  return options.nodes.length > 0 && options.steps.length > 0 && nodes.length * steps.length === 1;
}

function unreadText(lines: number): Message {
  return lines === 1
    ? msg('1 line of the journal cannot be read.')
    : msg('{0} lines of the journal cannot be read.', lines);
}

/** Prints the logs of a run, or of some of its nodes and steps, and what its failures come from. */
export async function showRun(context: Context, run: KeptRun): Promise<number> {
  const { io, t, options } = context;
  const later = laterFormat(run);
  if (later) return wrongUse(context, later);
  const selected = wantedOf(run, context);
  if (!selected.ok) return wrongUse(context, selected.message);
  const { wanted } = selected;
  const show = shower(run, wanted, context);
  const failed: Extract<TimedEvent, { type: 'step-finished' }>[] = [];
  const lost: Extract<TimedEvent, { type: 'node-failed' | 'run-refused' }>[] = [];
  const controller = new AbortController();
  const forget = io.onInterrupt(() => controller.abort());
  let unread = 0;
  try {
    const reading = { path: journalPath(run.folder), follow: options.follow, signal: controller.signal };
    for await (const event of journalEvents(reading)) {
      if (!event) unread += 1;
      else if (isWanted(event, wanted)) {
        const line = show(event);
        if (line !== undefined) say(context, line);
        if (event.type === 'step-finished' && event.trouble) failed.push(event);
        // Among the bare lines of one log they are not told.
        if (line === undefined && (event.type === 'node-failed' || event.type === 'run-refused'))
          lost.push(event);
      }
    }
  } finally {
    forget();
  }
  if (unread > 0) io.stderr.write(`${t(unreadText(unread))}\n`);
  if (controller.signal.aborted) return exit.cancelled;
  if (options.json) return exit.fine;
  for (const event of failed) printFailure(context, event);
  for (const event of lost) printLost(context, event);
  return exit.fine;
}
