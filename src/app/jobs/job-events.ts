import { assertNever } from '../../base/assert-never.ts';
import type { Reason } from '../../base/states.ts';
import type { Marker } from '../../plan/markers.ts';
import type { RunEvent } from '../../run/events.ts';
import { addReason } from '../../run/reasons.ts';
import type { YumEvent } from '../../yum/events.ts';
import { createYumParser } from '../../yum/parser.ts';
import type { FollowItem } from './follow.ts';

/** What the log of a job says of its end. */
export interface JobFindings {
  readonly result?: Extract<Marker, { type: 'result' }>;
  /** The payload came to its own end. */
  readonly isWhole: boolean;
  /** Codes of what was noticed. */
  readonly noticed: ReadonlySet<string>;
  /** Reasons of the last check. */
  readonly reasons: readonly Reason[];
}

/** The findings of a job without a log. */
export const nothingFound: JobFindings = { isWhole: false, noticed: new Set(), reasons: [] };

/** Log lines that the yum parser only passes on are events already. */
const passedOn: ReadonlySet<string> = new Set(['text', 'unparsed', 'scriptlet']);
/** Events that follow from the log alone, so that a resumed job would repeat them. */
const fromLog: ReadonlySet<RunEvent['type']> = new Set(['log', 'phase', 'step-state', 'yum']);

/** Whether an event is one that a resumed job repeats. */
export function isFromLog({ type }: RunEvent): boolean {
  return fromLog.has(type);
}

/** Turns the items of a job into events of its run, and collects what its end is judged by. */
export class JobEvents {
  readonly #on: { readonly node: string; readonly step: string };
  readonly #parser = createYumParser();
  readonly #noticed = new Set<string>();
  /** So many events of the log an earlier process has told already: the first ones. */
  #told: number;
  #reasons: Reason[] = [];
  #result: JobFindings['result'];
  #isApplying = false;
  #isWhole = false;

  constructor(on: { readonly node: string; readonly step: string }, told: number) {
    this.#on = on;
    this.#told = told;
  }

  /** The events of one item, without those told already. */
  of(item: FollowItem): readonly RunEvent[] {
    return this.#untold(this.#all(item));
  }

  /** The events of what the yum parser still held back when the log ended. */
  end(): readonly RunEvent[] {
    return this.#untold(this.#ofYum(this.#parser.end()));
  }

  get findings(): JobFindings {
    const result = this.#result;
    return {
      isWhole: this.#isWhole,
      noticed: this.#noticed,
      reasons: this.#reasons,
      ...(result ? { result } : {}),
    };
  }

  #untold(events: readonly RunEvent[]): readonly RunEvent[] {
    if (this.#told <= 0) return events;
    return events.filter((event) => {
      if (!isFromLog(event) || this.#told <= 0) return true;
      this.#told -= 1;
      return false;
    });
  }

  #all(item: FollowItem): readonly RunEvent[] {
    switch (item.type) {
      case 'log': {
        const event: RunEvent = { type: 'log', ...this.#on, stream: item.stream, line: item.line };
        return this.#isApplying ? [event, ...this.#ofYum(this.#parser.push(`${item.line}\n`))] : [event];
      }
      case 'marker':
        return this.#ofMarker(item.marker);
      case 'notice':
        return [this.#notice(item.reason)];
      default:
        return assertNever(item);
    }
  }

  #ofYum(found: readonly YumEvent[]): readonly RunEvent[] {
    return found
      .filter(({ type }) => !passedOn.has(type))
      .map((event): RunEvent => ({ type: 'yum', ...this.#on, event }));
  }

  #notice(reason: Reason): RunEvent {
    this.#noticed.add(reason.code);
    return { type: 'notice', ...this.#on, reason };
  }

  #ofMarker(marker: Marker): readonly RunEvent[] {
    switch (marker.type) {
      case 'phase':
        this.#isApplying = marker.phase === 'apply';
        this.#reasons = [];
        return [{ type: 'phase', ...this.#on, phase: marker.phase }];
      case 'because':
        addReason(this.#reasons, marker.reason);
        return [];
      case 'state':
        return [{ type: 'step-state', ...this.#on, state: marker.state, reasons: [...this.#reasons] }];
      case 'notice':
        return [this.#notice(marker.reason)];
      case 'result':
        this.#result = marker;
        return [];
      case 'end':
        this.#isWhole = true;
        return [];
      case 'begin':
      case 'fact':
      case 'step':
      case 'prove':
        return [];
      default:
        return assertNever(marker);
    }
  }
}
