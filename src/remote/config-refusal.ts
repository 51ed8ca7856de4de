import type { Failure } from '../base/failure.ts';
import { type Message, msg } from '../base/l10n.ts';
import { nameOf, placeOf, type Target } from './base/target.ts';

/** Why the user's ssh config lets nothing connect to the target; undefined if it may. */
export function configRefusal(target: Target): Failure | undefined {
  const { security } = target;
  if (!security) return undefined;
  if (security.refused && target.proxyCommand !== undefined)
    return refusal(
      target,
      security.refused,
      msg('Remove it from your ssh config, or set `jump` in the cluster file.'),
    );
  return security.methods.size > 0
    ? undefined
    : refusal(
        target,
        msg('it allows none of the methods publickey, password and keyboard-interactive'),
        msg('Allow one of them in your ssh config.'),
      );
}

function refusal(target: Target, why: Message, action: Message): Failure {
  return {
    code: 'config',
    message: msg(
      '{0} ({1}): your ssh config forbids this connection: {2}.',
      nameOf(target),
      placeOf(target),
      why,
    ),
    action,
  };
}
