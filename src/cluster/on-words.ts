/** What an `on` selects by: `all`, a role, a node, or a range of nodes; a list selects the nodes of each. */
export type On = string | readonly string[];

/** The words of an `on`. */
export function wordsOf(on: On): readonly string[] {
  return typeof on === 'string' ? [on] : on;
}
