import type { Secrets } from '../../app/jobs/ports.ts';
import type { Failure } from '../../base/failure.ts';
import { msg } from '../../base/l10n.ts';
import { own } from '../../base/own.ts';
import { secretVariable } from '../../base/secret-variables.ts';
import type { Asker } from './asker.ts';
import type { Env } from './io.ts';

export interface SecretsNeeds {
  readonly env: Env;
  /** The value from the user's file or command. */
  readonly find: (name: string) => Promise<string | Failure | undefined>;
  readonly asker: Asker;
  readonly signal: AbortSignal;
}

/** Secrets from the environment, the user's file or command, or typed without echo; each is asked for once and kept in memory only. */
export function terminalSecrets({ env, find, asker, signal }: SecretsNeeds): Secrets {
  const known = new Map<string, Promise<string | Failure | undefined>>();

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
          'The cluster file refers to a secret. Its value stays in memory only. You can also set {0}, or use a file or a command (docs/secrets.md).',
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
      const search = async () => (await find(name)) ?? (await ask(name));
      const value = known.get(name) ?? (given ? Promise.resolve(given) : search());
      known.set(name, value);
      return value;
    },
  };
}
