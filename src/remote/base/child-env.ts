import { homedir } from 'node:os';

/** Environment variables by name; undefined if not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables whose values are secrets or settings of Stackprep: no other program gets them. */
export function ownVariables(env: Environment): readonly string[] {
  return Object.keys(env).filter((name) => /^STACKPREP_/i.test(name));
}

/** The environment for a program that the user's ssh config or settings name. */
export function childEnvironment(env: Environment): Record<string, string | undefined> {
  const own = new Set(ownVariables(env));
  return Object.fromEntries(Object.entries(env).filter(([name]) => !own.has(name)));
}

/**
 * How a program is started: without secrets in its environment, and in the home folder. The folder of a project may hold a program of
 * the same name, which Windows, or a PATH with a relative folder, would start instead.
 */
export function programOptions(env: Environment) {
  return { env: childEnvironment(env), cwd: homedir(), windowsHide: true } as const;
}

/** What a program needs to be found, to speak the user's language and to keep its temporary files. */
const toolVariables =
  /^(?:PATH|PATHEXT|HOME|USERPROFILE|LANG|LANGUAGE|LC_[A-Z]+|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|COMSPEC)$/i;

/** How a tool is started that reads a file and nothing of the user's environment. */
export function toolOptions(env: Environment) {
  const needed = Object.entries(env).filter(([name]) => toolVariables.test(name));
  return { ...programOptions({}), env: Object.fromEntries(needed) } as const;
}
