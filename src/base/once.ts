/** The result of a function that is called at most once, when it is first needed: for tables that take time to make. */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
