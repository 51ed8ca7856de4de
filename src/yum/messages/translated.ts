/** A message of a tool and its translations; `{0}` is a value. */
export interface Translated {
  readonly english: string;
  readonly others: readonly string[];
}
