import { assertNever } from '../base/assert-never.ts';
import type { Phase, Reason, StepState } from '../base/states.ts';

/** What a payload reports in marker lines between the lines of the log. */
export type Marker =
  | { readonly type: 'begin'; readonly pid: number }
  | { readonly type: 'fact'; readonly key: string; readonly value: string }
  | { readonly type: 'step'; readonly step: string }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'because'; readonly reason: Reason }
  | { readonly type: 'state'; readonly step: string; readonly state: StepState }
  | { readonly type: 'notice'; readonly reason: Reason }
  /** How many kB yum 3 has downloaded of a transaction. */
  | { readonly type: 'downloaded'; readonly kb: number }
  | {
      readonly type: 'result';
      readonly step: string;
      readonly outcome: ReportedOutcome;
      readonly reason?: Reason;
    }
  | DifferenceMarker
  /** A guarded step waits for the confirmation of a second login; without it the node rolls back. */
  | { readonly type: 'prove' }
  | { readonly type: 'end' };

/** What a preview prints of the differences; docs/protocol.md has the fields. */
export type DifferenceMarker =
  /** Path in base64, then kind, mode, owner, context and size of the file before and after. */
  | { readonly type: 'file'; readonly fields: readonly string[] }
  | { readonly type: 'transaction'; readonly verb: string; readonly code: number }
  /** More of a part of the last file or transaction, base64. */
  | { readonly type: 'text'; readonly part: string; readonly data: string }
  | { readonly type: 'effect'; readonly words: readonly string[] }
  | { readonly type: 'previewed'; readonly step: string; readonly code: number }
  /** Why the node cannot show differences. */
  | { readonly type: 'unpreviewed'; readonly why: Unpreviewed };

/** The login is not root; the node's kernel allows no view of its disk; the node is simulated. */
export type Unpreviewed = 'not-root' | 'no-view' | 'simulated';

const unpreviewed: readonly string[] = ['not-root', 'no-view', 'simulated'] satisfies Unpreviewed[];

type ReportedOutcome = 'changed' | 'unchanged' | 'failed' | 'interrupted' | 'cancelled';

/** A line from the node: its log text (if any) and the marker after it. */
export interface MarkedLine {
  readonly log?: string;
  readonly marker?: Marker;
}

const phases: readonly string[] = ['check', 'apply', 'verify'] satisfies Phase[];
const states: readonly string[] = ['done', 'needed', 'drifted', 'unknown'] satisfies StepState[];
const outcomes: readonly string[] = [
  'changed',
  'unchanged',
  'failed',
  'interrupted',
  'cancelled',
] satisfies ReportedOutcome[];
type MarkerType = Marker['type'];

function reasonOf([code = '', ...args]: readonly string[]): Reason {
  return { code, args };
}

function counted(type: 'begin' | 'downloaded', digits: string): Marker | undefined {
  if (!/^\d{1,12}$/.test(digits)) return undefined;
  return type === 'begin' ? { type, pid: Number(digits) } : { type, kb: Number(digits) };
}

function decode(type: MarkerType, fields: readonly string[]): Marker | undefined {
  const [first = '', second = ''] = fields;
  switch (type) {
    case 'begin':
    case 'downloaded':
      return counted(type, first);
    case 'fact':
      return { type, key: first, value: second };
    case 'step':
      return { type, step: first };
    case 'phase':
      return phases.includes(first) ? { type, phase: first as Phase } : undefined;
    case 'because':
    case 'notice':
      return { type, reason: reasonOf(fields) };
    case 'state':
      return states.includes(second) ? { type, step: first, state: second as StepState } : undefined;
    case 'result': {
      if (!outcomes.includes(second)) return undefined;
      const outcome = second as ReportedOutcome;
      return {
        type,
        step: first,
        outcome,
        ...(fields.length > 2 ? { reason: reasonOf(fields.slice(2)) } : {}),
      };
    }
    case 'file':
      return fields.length === 11 ? { type, fields } : undefined;
    case 'transaction':
      return /^\d{1,3}$/.test(second) ? { type, verb: first, code: Number(second) } : undefined;
    case 'text':
      return { type, part: first, data: second };
    case 'effect':
      return { type, words: fields };
    case 'previewed':
      return /^\d{1,3}$/.test(second) ? { type, step: first, code: Number(second) } : undefined;
    case 'unpreviewed':
      return unpreviewed.includes(first) ? { type, why: first as Unpreviewed } : undefined;
    case 'prove':
    case 'end':
      return { type };
    default:
      return assertNever(type);
  }
}

const differenceTypes = [
  'file',
  'transaction',
  'text',
  'effect',
  'previewed',
  'unpreviewed',
] as const satisfies DifferenceMarker['type'][];

/** Whether a marker is about the differences of a preview. */
export function isDifferenceMarker(marker: Marker): marker is DifferenceMarker {
  return differenceTypes.some((type) => type === marker.type);
}

const types: readonly string[] = [
  'begin',
  'fact',
  'step',
  'phase',
  'because',
  'state',
  'notice',
  'downloaded',
  'result',
  ...differenceTypes,
  'prove',
  'end',
] satisfies MarkerType[];

/** Reads one line. A marker may follow log text that had no newline; anything without this nonce is log. */
export function readLine(line: string, nonce: string): MarkedLine {
  const lead = `@@stackprep:${nonce}\t`;
  const at = line.indexOf(lead);
  if (at < 0) return { log: line };
  const [type = '', ...fields] = line.slice(at + lead.length).split('\t');
  const marker = types.includes(type) ? decode(type as MarkerType, fields) : undefined;
  if (!marker) return { log: line };
  return at > 0 ? { log: line.slice(0, at), marker } : { marker };
}
