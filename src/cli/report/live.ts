import { msg } from '../../base/l10n.ts';
import type { TimedEvent } from '../../run/events.ts';
import type { RunState } from '../../run/state.ts';
import { reasonText } from '../../view/reasons.ts';
import type { Out } from '../terminal/io.ts';
import { createRegion } from '../terminal/region.ts';
import { type EventPrinting, eventLine } from './progress-log.ts';
import type { Reporter } from './reporter.ts';
import { type Moment, rowText } from './row-text.ts';
import { type LiveRequest, type LiveRow, liveRows } from './rows.ts';

export interface LiveOptions {
  readonly out: Out;
  readonly printing: EventPrinting;
  readonly request: Omit<LiveRequest, 'state'>;
  /** Whether all log lines are shown above the bars. */
  readonly verbose: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Interval between redraws: as short as is visible, without flooding a slow terminal. */
const drawEvery = 80;
const tickEvery = 1000;

/** The rows that fit, active ones first, in the file's order; the rest is counted. */
function fitting(rows: readonly LiveRow[], room: number): readonly LiveRow[] {
  if (rows.length <= room) return rows;
  const order = { active: 0, finished: 1, waiting: 2 };
  const chosen = rows.toSorted((a, b) => order[a.phase] - order[b.phase]).slice(0, Math.max(1, room - 1));
  return rows.filter((row) => chosen.includes(row));
}

/** A line with a bar per node at the bottom of the terminal; log lines scroll above it. */
export function liveReporter({ out, printing, request, verbose, now }: LiveOptions): Reporter {
  const region = createRegion(out);
  const { t, style, widths } = printing;
  const moments = new Map<string, { line: string; since?: number }>();
  let state: RunState | undefined;
  let above: string[] = [];
  let suspended = false;
  let timer: NodeJS.Timeout | undefined;

  function momentOf(node: string): Moment {
    const { line = '', since } = moments.get(node) ?? {};
    return { line, ...(since === undefined ? {} : { elapsed: Math.max(0, now() - since) }) };
  }

  function lines(): readonly string[] {
    if (!state) return [];
    const { columns, rows: height } = out.size();
    const all = liveRows({ ...request, state });
    const shown = fitting(all, Math.max(3, height - 4));
    const page = { t, style, columns, widths };
    const texts = shown.map((row) => rowText(row, momentOf(row.node), page));
    const hidden = all.length - shown.length;
    const rest = hidden > 0 ? [style.dim(t(msg('and {0} more nodes', hidden)))] : [];
    // Separates the scrolling lines from the bars.
    return [...(verbose ? [''] : []), ...texts, ...rest];
  }

  function draw(): void {
    clearTimeout(timer);
    timer = undefined;
    if (suspended) return;
    region.show(above, lines());
    above = [];
  }

  function soon(): void {
    if (!suspended) timer ??= setTimeout(draw, drawEvery);
  }

  function note(event: TimedEvent): void {
    if (event.type === 'step-started') moments.set(event.node, { line: '', since: event.at });
    if (event.type === 'node-waiting')
      moments.set(event.node, {
        ...moments.get(event.node),
        line: event.reason ? t(reasonText(event.reason)) : '',
      });
    if (event.type === 'log') moments.set(event.node, { ...moments.get(event.node), line: event.line });
  }

  const tick = setInterval(soon, tickEvery);
  const forget = out.onResize(draw);
  return {
    event: (event, next) => {
      state = next;
      note(event);
      const line = verbose && event.type !== 'run-refused' ? eventLine(event, printing) : undefined;
      if (line !== undefined) above.push(line);
      soon();
    },
    notice: (line) => {
      above.push(line);
      draw();
    },
    suspend: () => {
      draw();
      suspended = true;
      region.clear();
    },
    resume: () => {
      suspended = false;
      draw();
    },
    end: () => {
      forget();
      clearInterval(tick);
      suspended = false;
      draw();
      region.clear();
    },
  };
}
