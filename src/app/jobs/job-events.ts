import { assertNever } from '../../base/assert-never.ts';
import type { Reason } from '../../base/states.ts';
import { isDifferenceMarker, type Marker } from '../../plan/markers.ts';
import type { RunEvent } from '../../run/events.ts';
import { addReason } from '../../run/reasons.ts';
import type { YumEvent } from '../../yum/events.ts';
import { createYumParser } from '../../yum/parser.ts';
import { kilobytes } from '../../yum/sizes.ts';
import type { FollowItem } from './follow.ts';

/** What the log of a job says about its end. */
export interface JobFindings {
  readonly result?: Extract<Marker, { type: 'result' }>;
  /** The payload ran to its end. */
  readonly isComplete: boolean;
  /** Codes of the notices. */
  readonly noticed: ReadonlySet<string>;
  /** Reasons of the last check. */
  readonly reasons: readonly Reason[];
}

/** Findings without a log. */
export const noFindings: JobFindings = { isComplete: false, noticed: new Set(), reasons: [] };

/** yum events that only repeat a log line, which is an event already. */
const passThrough: ReadonlySet<string> = new Set(['text', 'unparsed', 'scriptlet']);
/** Events derived from the log alone; a resumed job would repeat them. */
const fromLog: ReadonlySet<RunEvent['type']> = new Set(['log', 'phase', 'step-state', 'yum']);

/** Whether a resumed job repeats the event. */
export function isFromLog({ type }: RunEvent): boolean {
  return fromLog.has(type);
}

/** Converts the items of a job to events, and collects what determines its outcome. */
export class JobEvents {
  readonly #on: { readonly node: string; readonly step: string };
  readonly #parser = createYumParser();
  readonly #noticed = new Set<string>();
  /** How many of the first log events an earlier process already reported. */
  #reported: number;
  #reasons: Reason[] = [];
  #result: JobFindings['result'];
  /** What yum said that it would download, kB. */
  #expectedKb = 0;
  #isApplying = false;
  #isComplete = false;

  constructor(on: { readonly node: string; readonly step: string }, reported: number) {
    this.#on = on;
    this.#reported = reported;
  }

  /** The events of one item, without those already reported. */
  of(item: FollowItem): readonly RunEvent[] {
    return this.#unreported(this.#all(item));
  }

  /** The events that the yum parser still held back at the end of the log. */
  end(): readonly RunEvent[] {
    return this.#unreported(this.#ofYum(this.#parser.end()));
  }

  get findings(): JobFindings {
    const result = this.#result;
    return {
      isComplete: this.#isComplete,
      noticed: this.#noticed,
      reasons: this.#reasons,
      ...(result ? { result } : {}),
    };
  }

  #unreported(events: readonly RunEvent[]): readonly RunEvent[] {
    if (this.#reported <= 0) return events;
    return events.filter((event) => {
      if (!isFromLog(event) || this.#reported <= 0) return true;
      this.#reported -= 1;
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
    for (const event of found)
      if (event.type === 'size' && event.kind === 'download') this.#expectedKb = kilobytes(event.text);
    return found
      .filter(({ type }) => !passThrough.has(type))
      .map((event): RunEvent => ({ type: 'yum', ...this.#on, event }));
  }

  #notice(reason: Reason): RunEvent {
    this.#noticed.add(reason.code);
    return { type: 'notice', ...this.#on, reason };
  }

  #ofMarker(marker: Marker): readonly RunEvent[] {
    if (isDifferenceMarker(marker)) return [];
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
      case 'downloaded': {
        const total = this.#expectedKb;
        const done = Math.min(marker.kb, total);
        return total > 0 ? this.#ofYum([{ type: 'download', file: '', done, total }]) : [];
      }
      case 'result':
        this.#result = marker;
        return [];
      case 'end':
        this.#isComplete = true;
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
