/** Environment variables by name; undefined if not set. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for a program that the user's ssh config or Stackprep starts: without STACKPREP_ variables, which hold secrets. */
export function childEnvironment(env: Environment): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^STACKPREP_/i.test(name)));
}
