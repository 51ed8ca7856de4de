import type { Secrets } from '../../app/jobs/ports.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import type { Asker } from './asker.ts';
import type { Env } from './io.ts';

/** The environment variable of a secret: STACKPREP_SECRET_RABBIT_PASSWORD for `rabbit-password`. */
export function secretVariable(name: string): string {
  return `STACKPREP_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

export interface SecretsNeeds {
  readonly env: Env;
  readonly asker: Asker;
  readonly signal: AbortSignal;
}

/** Secrets from the environment, or typed without echo; each is asked for once and kept in memory only. */
export function terminalSecrets({ env, asker, signal }: SecretsNeeds): Secrets {
  const known = new Map<string, Promise<string | undefined>>();

  function ask(name: string): Promise<string | undefined> {
    const variable = secretVariable(name);
    const without = msg(
      'The secret {0} is required. Not a terminal: put it in the environment variable {1}.',
      name,
      variable,
    );
    return asker.inTurn(without, async (on) => {
      if (signal.aborted) return undefined;
      asker.print(on, [
        msg(
          'The cluster file refers to a secret. Its value stays in memory only. You can also set {0}.',
          variable,
        ),
      ]);
      return (
        (await asker.readLine(on, msg('Value of the secret {0}', name), { echo: false, signal })) || undefined
      );
    });
  }

  return {
    get: (name) => {
      const given = own(env, secretVariable(name));
      const value = known.get(name) ?? (given ? Promise.resolve(given) : ask(name));
      known.set(name, value);
      return value;
    },
  };
}
