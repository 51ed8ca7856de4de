/** The role of a step. */
export interface RoleName {
  readonly step: string;
  /** The name of the role, of its group of hosts and of its variables: lower-case letters, digits and underscores. */
  readonly role: string;
}

/** A word that begins like every name of the export, and that none of the taken ones is. */
function unique(prefix: string, text: string, taken: Set<string>): string {
  const name = `${prefix}${text.toLowerCase().replace(/[^a-z0-9_]/g, '_')}`;
  let found = name;
  for (let count = 2; taken.has(found); count += 1) found = `${name}_${count}`;
  taken.add(found);
  return found;
}

/** The names of the roles, as ansible-lint requires them; names that only differ in other characters get a number. */
export function roleNames(steps: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(steps.map((step) => [step, unique('stackprep_', step, taken)]));
}

/** The variables of the secrets. */
export function secretVariables(secrets: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(secrets.map((name) => [name, unique('stackprep_secret_', name, taken)]));
}

/** Tags that Ansible defines. Source: its documentation, "Tags". */
const specialTags: ReadonlySet<string> = new Set(['all', 'always', 'never', 'tagged', 'untagged']);

/** The tag of a step: its id, unless Ansible gives the word another meaning. */
export function tagOf(step: string, role: string): string {
  return specialTags.has(step.toLowerCase()) ? role : step;
}
