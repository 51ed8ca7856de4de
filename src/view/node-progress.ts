import { own } from '../base/own.ts';
import type { NodeStatus } from '../run/state.ts';
import { isWorking } from './cell.ts';
import { type ClusterSource, nodeOf } from './live.ts';
import { indexOf } from './outline-index.ts';
import { shareOn } from './step-share.ts';

/** What a node adds to the progress of the run. */
export interface NodeProgress {
  /** The steps that have run or will run, those of them that are over, and the completed share of all. */
  readonly total: number;
  readonly finished: number;
  readonly share: number;
  /** The steps in progress. */
  readonly working: readonly string[];
  /** How many steps failed in the run. */
  readonly failed: number;
}

type Base = readonly unknown[];

const known = new WeakMap<NodeStatus, { readonly base: Base; readonly progress: NodeProgress }>();
const members = new WeakMap<readonly string[], ReadonlySet<string>>();

function meantSteps(steps: readonly string[]): ReadonlySet<string> {
  const found = members.get(steps) ?? new Set(steps);
  members.set(steps, found);
  return found;
}

function calculated(source: ClusterSource, name: string, node: NodeStatus): NodeProgress {
  const { outline, scope, state } = source;
  const meant = meantSteps(scope?.steps ?? []);
  const on = { name, node };
  const working: string[] = [];
  let [total, finished, share] = [0, 0, 0];
  for (const { id, runnable } of indexOf(outline).stepsOf.get(name) ?? []) {
    if (isWorking(own(node.steps, id))) working.push(id);
    const part = runnable && meant.has(id) ? shareOn(source, on, id) : undefined;
    if (part === undefined) continue;
    total += 1;
    share += part;
    if (part === 1) finished += 1;
  }
  let failed = 0;
  for (const { outcome, endedIn } of Object.values(node.steps))
    if ((outcome === 'failed' || outcome === 'interrupted') && endedIn === state.run?.id) failed += 1;
  return { total, finished, share, working, failed };
}

/** What a node adds to the progress of the run; calculated once per state of the node. */
export function nodeProgress(source: ClusterSource, name: string): NodeProgress {
  const node = nodeOf(source, name);
  const { outline, scope, state } = source;
  const base: Base = [outline, scope, state.run, name];
  const last = known.get(node);
  if (last?.base.every((part, index) => part === base[index])) return last.progress;
  const progress = calculated(source, name, node);
  known.set(node, { base, progress });
  return progress;
}
