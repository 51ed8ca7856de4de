import { cancelled, type Failure } from '../base/failure.ts';
import { appliesSteps } from '../base/run-kind.ts';
import type { RunOutcome, StepOutcome, StepState } from '../base/states.ts';
import type { OtherJob } from '../jobs/others.ts';
import type { RunEvent } from '../run/events.ts';
import { type CheckRequest, checkNode } from './check-node.ts';
import { type JobContext, runJob } from './jobs/run-job.ts';
import { verdictOf } from './jobs/verdict.ts';
import { askForOthers, occupiedEvent } from './occupied.ts';

/** How following another run ended: the outcomes of the steps that were followed to their end, or why not. */
type JoinEnd =
  | { readonly ok: true; readonly followed: ReadonlyMap<string, StepOutcome> }
  | { readonly ok: false; readonly failure: Failure };

/** Follows the jobs of another run on the node, one after the other, until it has no more there; changes nothing. */
async function* followRun(context: JobContext, first: OtherJob): AsyncGenerator<RunEvent, JoinEnd> {
  const { link, signal } = context;
  const node = link.node.name;
  const followed = new Map<string, StepOutcome>();
  let by: OtherJob | undefined = first;
  for (let attempt = 1; by; attempt += 1) {
    if (attempt > 1) yield occupiedEvent(context, by);
    const { step } = by;
    // Without the id of a step its log has no place here.
    if (step !== undefined) {
      yield { type: 'step-started', node, step };
      const report = yield* runJob(context, { step, other: by, attempt });
      const { outcome, reasons } = verdictOf(report);
      yield { type: 'step-finished', node, step, outcome, reasons, milliseconds: report.milliseconds };
      if (report.end.type === 'unreached') return { ok: false, failure: report.end.failure };
      followed.set(step, outcome);
    }
    if (signal.aborted) return { ok: false, failure: cancelled(node) };
    const next = await askForOthers(context, { mode: 'next', seen: by.job });
    if (!next.ok) return next;
    by = next.by;
  }
  yield { type: 'node-freed', node };
  return { ok: true, followed };
}

/** The outcomes of this run's steps after another run was joined: none was started, the check reports which are done. */
function* ownSteps(
  { link, kind }: JobContext,
  states: ReadonlyMap<string, StepState>,
  { followed, who }: { readonly followed: ReadonlyMap<string, StepOutcome>; readonly who: string },
): Generator<RunEvent, RunOutcome> {
  let outcome: RunOutcome = 'ok';
  for (const [step, state] of states) {
    const isReached = (state === 'done') === appliesSteps(kind);
    if (!isReached) outcome = 'failed';
    if (followed.has(step)) continue;
    yield {
      ...{ type: 'step-finished', node: link.node.name, step, milliseconds: 0 },
      ...(isReached
        ? { outcome: 'unchanged', reasons: [] }
        : { outcome: 'skipped', reasons: [{ code: 'joined-other-run', args: [who] }] }),
    };
  }
  return outcome;
}

/** Follows the other run to its end on the node, then checks which steps of this run are done; starts none of them. */
export async function* joinNode(
  context: JobContext,
  by: OtherJob,
  check: CheckRequest,
): AsyncGenerator<RunEvent, RunOutcome | { readonly failure: Failure }> {
  const joined = yield* followRun(context, by);
  if (!joined.ok) return joined;
  const probed = yield* checkNode(context.link, context.ports, check);
  if (!probed.ok) return probed;
  const states = new Map([...probed.report.steps].map(([step, { state }]) => [step, state]));
  return yield* ownSteps(context, states, { followed: joined.followed, who: by.who });
}
