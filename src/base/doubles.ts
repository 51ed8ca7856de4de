/**
 * Finds out whether groups have a word in common, or one has it twice. Of the next version of a list of groups, only the
 * groups that differ are counted.
 */
export function createDoubles<G extends object>(
  wordsOf: (group: G) => readonly string[],
): (groups: readonly G[]) => boolean {
  let last: ReadonlySet<G> = new Set();
  let counts = new Map<string, number>();
  let surplus = 0;
  const add = (word: string): void => {
    const before = counts.get(word) ?? 0;
    counts.set(word, before + 1);
    if (before > 0) surplus += 1;
  };
  const remove = (word: string): void => {
    const before = counts.get(word) ?? 0;
    if (before > 1) {
      counts.set(word, before - 1);
      surplus -= 1;
    } else counts.delete(word);
  };
  return (groups) => {
    const all = new Set(groups);
    const gone = [...last].filter((group) => !all.has(group));
    const come = [...all].filter((group) => !last.has(group));
    // Of another file, nothing is the same.
    if (gone.length === last.size) [counts, surplus] = [new Map(), 0];
    else for (const group of gone) wordsOf(group).forEach(remove);
    for (const group of come) wordsOf(group).forEach(add);
    last = all;
    return surplus > 0 || all.size < groups.length;
  };
}
