import { type Message, msg } from '../../base/l10n.ts';
import type { BatchPlan } from '../../cluster/batches.ts';
import type { Cluster } from '../../cluster/model.ts';
import { leavesQuorum, type PlaySource } from './playbook.ts';
import type { StepRole } from './step-role.ts';

function names(steps: readonly StepRole[]): string {
  return steps.map(({ id }) => id).join(', ');
}

function* ofSteps(steps: readonly StepRole[], { quorum }: PlaySource): Generator<Message> {
  const guarded = steps.filter((step) => step.guarded.length > 0);
  if (guarded.length > 0)
    yield msg(
      'The rollback of {0}: Ansible does not confirm a second login, so a node that can no longer be reached stays as it is. Run these steps on one node first.',
      names(guarded),
    );
  const leaving = steps.filter((step) => leavesQuorum(step) && quorum.length > 1);
  if (leaving.length > 0)
    yield msg(
      'The wait for the members of a quorum after {0}: the playbook changes one member at a time, but does not wait until all answer.',
      names(leaving),
    );
  if (quorum.length > 1 && steps.some(({ id }) => id === 'etcd'))
    yield msg(
      'The turns of `{0}`: all members start at once, since the first one waits for the others. To change a cluster that serves, use `--forks 1`.',
      'etcd',
    );
  const waiting = steps.filter(({ isLong, secrets }) => isLong && secrets.length > 0);
  if (waiting.length > 0)
    yield msg(
      'Asynchronous tasks for {0}: Ansible would store their secrets in a file on the node. They need a connection that lasts.',
      names(waiting),
    );
}

function* ofPlan({ batches, maxFailed }: BatchPlan): Generator<Message> {
  if (batches.length > 1 && maxFailed)
    yield msg(
      'The exact limit for failed nodes: Ansible counts all failed nodes of the run against the nodes of each play, so it stops earlier.',
    );
}

/** What a run of Stackprep does and the playbook does not, each with the reason. */
export function notExported(
  { betweenNodes }: Cluster,
  {
    withoutScript,
    steps,
    source,
  }: {
    /** Steps without a role. */
    readonly withoutScript: readonly string[];
    readonly steps: readonly StepRole[];
    readonly source: PlaySource;
  },
): readonly Message[] {
  const missing = withoutScript.map((id) =>
    msg('The step `{0}`: no node has it, or this version has no script for it.', id),
  );
  const keys =
    betweenNodes && source.exchange
      ? [
          msg(
            'The keys of nodes outside `--limit`: `{0}` knows only those of the nodes in the run. Run it on all nodes.',
            'ssh-keys',
          ),
        ]
      : [];
  return [
    ...missing,
    ...ofSteps(steps, source),
    ...ofPlan(source.plan),
    ...keys,
    msg('Undo: use `{0}`.', 'stackprep undo'),
  ];
}
