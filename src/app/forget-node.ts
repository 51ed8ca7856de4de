import type { Failure } from '../base/failure.ts';
import { joined, msg } from '../base/l10n.ts';
import type { ClusterNode } from '../cluster/model.ts';
import type { Frame } from '../jobs/frames.ts';
import { forgetCommand } from '../jobs/job.ts';
import type { Connected } from '../remote/base/transport.ts';
import { isFinalFailure, type OnNode } from '../view/forget.ts';
import { reasonText } from '../view/reasons.ts';
import { requestFrame } from './jobs/request-frame.ts';
import { noControllerAnswer } from './jobs/session.ts';

/** Backups may be large, and a disk slow. */
const answerMs = 180_000;

function refused({ name }: ClusterNode, { why, values }: Extract<Frame, { type: 'refused' }>): Failure {
  return {
    code: why === 'later-format' ? why : 'protocol',
    message: joined([name, reasonText({ code: `job-${why}`, args: values })], ': '),
    action: msg('Check the node and try again.'),
  };
}

function answerOf(node: ClusterNode, frame: Frame | undefined, now: number): OnNode {
  if (frame?.type === 'kept') return { type: 'kept', kept: frame.kept };
  if (frame?.type === 'refused') return { type: 'failed', failure: refused(node, frame) };
  if (frame?.type !== 'occupied') return { type: 'failed', failure: noControllerAnswer(node) };
  const { job: _, nonce: __, ageMs, ...by } = frame.by;
  return { type: 'occupied', by: { ...by, since: now - ageMs } };
}

export interface ForgetRequest {
  readonly node: ClusterNode;
  readonly mode: 'show' | 'remove';
  /** Marks the frames of the answer. */
  readonly lead: string;
  /** This computer's time, milliseconds since 1970. */
  readonly now: number;
}

/** Shows or removes what Stackprep keeps on the node; refused while a job runs there. Closes the connection. */
export async function forgetOnNode(
  connected: Connected,
  { node, mode, lead, now }: ForgetRequest,
): Promise<OnNode> {
  if (!connected.ok) return { type: 'failed', failure: connected.failure };
  const { transport } = connected;
  try {
    const frame = await requestFrame(transport, forgetCommand(node, { lead, mode }), { lead, ms: answerMs });
    return answerOf(node, frame, now);
  } finally {
    await transport.dispose();
  }
}

/** Whether the node may be forgotten on this computer: no run is known to work there. */
export function mayForgetHere(onNode: OnNode): boolean {
  return onNode.type === 'kept' || (onNode.type === 'failed' && !isFinalFailure(onNode.failure));
}
