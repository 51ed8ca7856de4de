/** Texts of which results are remembered at most; a cluster has 10,000 nodes with a name and an address each. */
const maxTexts = 30_000;

/** Remembers the results of a pure function of a text, for texts that are read again with every change of a file. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    const before = known.get(text);
    if (before) return before.value;
    if (known.size >= maxTexts) known.clear();
    const value = of(text);
    known.set(text, { value });
    return value;
  };
}
