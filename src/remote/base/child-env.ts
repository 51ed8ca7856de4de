import { homedir } from 'node:os';

/** Environment variables by name; undefined if not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for a program that the user's ssh config or Stackprep starts: without STACKPREP_ variables, which hold secrets. */
export function childEnvironment(env: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^STACKPREP_/i.test(name)));
}

/**
 * How a program is started: without secrets in its environment, and in the home folder. The folder of a project may hold a program of
 * the same name, which Windows, or a PATH with a relative folder, would start instead.
 */
export function programOptions(env: Environment) {
  return { env: childEnvironment(env), cwd: homedir(), windowsHide: true } as const;
}
