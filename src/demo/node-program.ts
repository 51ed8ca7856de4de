import type { Reason } from '../base/states.ts';
import { apply, revert } from './apply.ts';
import { check, type Finding } from './check.ts';
import { checkUpdate } from './manager.ts';
import type { NodeState } from './node-state.ts';
import { type Piece, type Program, said } from './piece.ts';
import type { Script, ScriptStep } from './script.ts';
import { systems } from './systems.ts';

/** Simulates a payload on a node, with the markers of the shell library (shell/library.ts). */
interface Work {
  readonly node: NodeState;
  readonly nonce: string;
  /** Whether a second login was confirmed. */
  readonly isProven: () => boolean;
}

/** Time for the second login, in milliseconds (shell/guard.sh). */
const proofWithin = 60_000;
/** Duration of a check, in milliseconds. */
const looking = 60;

function marker({ nonce }: Work, ...fields: readonly string[]): Piece {
  return said(`@@stackprep:${nonce}\t${fields.join('\t')}\n`);
}

function withReason(work: Work, type: string, { code, args }: Reason): Piece {
  return marker(work, type, code, ...args);
}

function* facts(work: Work): Generator<Piece> {
  const { node } = work;
  const { id, version, name, el, kernel, manager } = systems[node.system];
  const found = {
    hostname: node.name,
    osId: id,
    osVersion: version,
    osName: name,
    el: String(el),
    arch: 'x86_64',
    kernel,
    manager,
    user: 'root',
    bootId: node.bootId,
    interfaces: 'lo eth0 eth1',
    memory: '8388608',
  };
  for (const [key, value] of Object.entries(found)) yield marker(work, 'fact', key, value);
}

function* checked(work: Work, step: ScriptStep): Generator<Piece, Finding['state']> {
  const { node } = work;
  if (step.intent.upgrade) yield* checkUpdate(node);
  yield said('', looking);
  const { state, reasons } = check(node, step);
  for (const found of reasons) yield withReason(work, 'because', found);
  const drifted = state === 'needed' && step.drifts && node.records.has(step.id);
  yield marker(work, 'state', step.id, drifted ? 'drifted' : state);
  return state;
}

/** Waits for the second login, as the guard of the real script does; whether it was confirmed. */
function* confirmed(work: Work): Generator<Piece, boolean> {
  yield marker(work, 'prove');
  yield { text: '', wait: proofWithin, awaitsProof: true };
  return work.isProven();
}

function* changed(work: Work, step: ScriptStep): Generator<Piece> {
  const { node } = work;
  const failed = (...why: readonly string[]): Piece => marker(work, 'result', step.id, 'failed', ...why);
  yield marker(work, 'phase', 'check');
  const before = yield* checked(work, step);
  if (before === 'done') return yield marker(work, 'result', step.id, 'unchanged');
  if (before === 'unknown') return yield failed('check-unknown');
  yield marker(work, 'phase', 'apply');
  const { code, notices } = yield* apply(node, step);
  if (code !== 0) return yield failed('apply-failed', String(code));
  for (const notice of notices) yield withReason(work, 'notice', notice);
  if (step.isGuarded && !(yield* confirmed(work))) {
    yield* revert(node, step);
    return yield failed('rolled-back');
  }
  yield marker(work, 'phase', 'verify');
  if ((yield* checked(work, step)) !== 'done') return yield failed('verify-failed');
  node.records.add(step.id);
  return yield marker(work, 'result', step.id, 'changed');
}

function* undone(work: Work, step: ScriptStep): Generator<Piece> {
  yield marker(work, 'phase', 'apply');
  yield* revert(work.node, step);
  if (step.isGuarded && !(yield* confirmed(work))) {
    yield* apply(work.node, step);
    return yield marker(work, 'result', step.id, 'failed', 'rolled-back');
  }
  work.node.records.delete(step.id);
  yield marker(work, 'phase', 'verify');
  yield* checked(work, step);
  yield marker(work, 'result', step.id, 'changed');
}

interface PayloadWork {
  readonly givesFacts: boolean;
  readonly changes: boolean;
  readonly work: (work: Work, step: ScriptStep) => Generator<Piece, unknown>;
  /** A marker after the last step. */
  readonly ending?: readonly string[];
}

/** The programs by kind of payload. */
const kinds: Readonly<Record<Script['kind'], PayloadWork>> = {
  probe: { givesFacts: true, changes: false, work: checked },
  // Its files have no contents.
  preview: { givesFacts: true, changes: false, work: checked, ending: ['unpreviewed', 'simulated'] },
  run: { givesFacts: false, changes: true, work: changed },
  undo: { givesFacts: false, changes: true, work: undone },
};

/** The output of a payload when a signal has ended its step: the resulting state. */
export function* afterCancel(node: NodeState, script: Script): Generator<Piece> {
  const work: Work = { node, nonce: script.nonce, isProven: () => true };
  for (const step of kinds[script.kind].changes ? script.steps : []) {
    yield marker(work, 'phase', 'verify');
    yield* checked(work, step);
    yield marker(work, 'result', step.id, 'cancelled');
  }
  yield marker(work, 'end');
}

/** The simulated effect and output of a payload. */
export function* program(
  node: NodeState,
  script: Script,
  { pid, isProven }: { readonly pid: number; readonly isProven: () => boolean },
): Program {
  const work: Work = { node, nonce: script.nonce, isProven };
  yield marker(work, 'begin', String(pid));
  const kind = kinds[script.kind];
  if (kind.givesFacts) yield* facts(work);
  for (const step of script.steps) {
    yield marker(work, 'step', step.id);
    yield* kind.work(work, step);
  }
  const [type, ...fields] = kind.ending ?? [];
  if (type !== undefined) yield marker(work, type, ...fields);
  yield marker(work, 'end');
  return 0;
}
