const prefix = 'STACKPREP_SECRET_';

/** The environment variable with the password for sudo, for use without a terminal. */
export const sudoVariable = 'STACKPREP_SUDO_PASSWORD';

/** The environment variable of a secret: STACKPREP_SECRET_RABBIT_PASSWORD for `rabbit-password`. */
export function secretVariable(name: string): string {
  return `${prefix}${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

type Env = Readonly<Record<string, string | undefined>>;

/** The variables of an environment that have a secret as value. */
export function secretVariablesIn(env: Env): readonly string[] {
  return Object.keys(env).filter((name) => name.startsWith(prefix) || name === sudoVariable);
}

/** An environment without secrets, for other programs: their environment can be read while they run. */
export function withoutSecrets(env: Env): Env {
  const secret = new Set(secretVariablesIn(env));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}
