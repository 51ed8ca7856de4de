import { assertNever } from '../base/assert-never.ts';
import type { Failure } from '../base/failure.ts';
import { msg } from '../base/l10n.ts';
import type { Occupant } from '../base/occupant.ts';
import { changesNodes } from '../base/run-kind.ts';
import type { RunKind } from '../base/states.ts';
import type { OtherJob } from '../jobs/others.ts';
import type { OccupiedAnswer } from '../remote/base/prompts.ts';
import type { RunEvent } from '../run/events.ts';
import { occupantText } from '../view/occupant.ts';
import { clockText } from './clock-text.ts';
import { findOthers, type OthersContext, type OthersEnd } from './find-others.ts';

/** What a run may do on a node. */
export type Admission =
  | { readonly type: 'admitted' }
  | { readonly type: 'join'; readonly by: OtherJob }
  | { readonly type: 'refused'; readonly failure: Failure };

export interface AdmissionContext extends OthersContext {
  readonly kind: RunKind;
  /** What to do about another run; without it, the user is asked. */
  readonly occupied?: OccupiedAnswer;
}

/** The other run by this computer's clock; the clocks of the node and of the other computer may differ from it. */
function occupantOf({ who, run, kind, step, ageMs }: OtherJob, now: number): Occupant {
  return {
    ...{ who, run, since: now - ageMs },
    ...(kind === undefined ? {} : { kind }),
    ...(step === undefined ? {} : { step }),
  };
}

/** The event that shows another run on the node. */
export function occupiedEvent({ link, ports }: OthersContext, by: OtherJob): RunEvent {
  return { type: 'node-occupied', node: link.node.name, by: occupantOf(by, ports.clock.now()) };
}

function occupiedFailure({ link, ports }: OthersContext, by: OtherJob): Failure {
  const now = ports.clock.now();
  const since = clockText(now - by.ageMs, now);
  return {
    code: 'occupied',
    message: msg('{0}: {1}. Nothing was started.', link.node.name, occupantText(occupantOf(by, now), since)),
    action: msg('Wait until it has finished (--wait), or join it to follow its log (--join).'),
  };
}

async function answerOf(context: AdmissionContext, by: OtherJob): Promise<OccupiedAnswer> {
  const { occupied, ports, link, signal } = context;
  if (occupied) return occupied;
  const question = { node: link.node.name, by: occupantOf(by, ports.clock.now()) };
  return (await ports.askOccupied?.(question, signal)) ?? 'leave';
}

/** Waits until no other run works on the node. */
async function* waitForOthers(context: AdmissionContext, by: OtherJob): AsyncGenerator<RunEvent, OthersEnd> {
  const looking = findOthers(context, { mode: 'free', seen: by.job });
  let next = await looking.next();
  for (; !next.done; next = await looking.next()) yield occupiedEvent(context, next.value);
  if (next.value.ok) yield { type: 'node-freed', node: context.link.node.name };
  return next.value;
}

/** The answer of a mode that reports nothing meanwhile. */
export async function askForOthers(
  context: OthersContext,
  options: { readonly mode: 'now' | 'settled' | 'next'; readonly seen?: string },
): Promise<OthersEnd> {
  const looking = findOthers(context, options);
  let next = await looking.next();
  while (!next.done) next = await looking.next();
  return next.value;
}

/**
 * Shows another run on the node. A check continues next to it; a run or an undo is refused, waits for it or joins it. The start of
 * the first job asks the node again, since two runs may come at the same moment.
 */
export async function* admit(context: AdmissionContext): AsyncGenerator<RunEvent, Admission> {
  const isCheck = !changesNodes(context.kind);
  for (;;) {
    const found = await askForOthers(context, { mode: isCheck ? 'now' : 'settled' });
    if (!found.ok) return { type: 'refused', failure: found.failure };
    const { by } = found;
    if (!by) return { type: 'admitted' };
    yield occupiedEvent(context, by);
    if (isCheck) return { type: 'admitted' };
    const answer = await answerOf(context, by);
    switch (answer) {
      case 'leave':
        return { type: 'refused', failure: occupiedFailure(context, by) };
      case 'join':
        return { type: 'join', by };
      case 'wait': {
        const waited = yield* waitForOthers(context, by);
        if (!waited.ok) return { type: 'refused', failure: waited.failure };
        break;
      }
      default:
        return assertNever(answer);
    }
  }
}
