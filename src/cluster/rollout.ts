/** A number of nodes, or a percentage of them. */
export type Share = { readonly nodes: number } | { readonly percent: number };

/** How a run goes through its nodes; absent keys: all at once, and no limit for failures. */
export interface Rollout {
  /** The sizes of the batches; the last one repeats. */
  readonly batch?: readonly Share[];
  /** The run stops after a batch in which more nodes than this failed or were unreachable. */
  readonly maxFailed?: Share;
}

/** The form of a batch size, as a regular expression. */
export const batchPattern = '^([1-9][0-9]{0,3}|(100|[1-9][0-9]?)%)$';
/** The form of the limit for failed nodes. */
export const maxFailedPattern = '^(0|[1-9][0-9]{0,3}|(100|[1-9]?[0-9])%)$';

const batchForm = new RegExp(batchPattern);
const maxFailedForm = new RegExp(maxFailedPattern);

function shareOf(text: string): Share {
  return text.endsWith('%') ? { percent: Number(text.slice(0, -1)) } : { nodes: Number(text) };
}

/** Reads a batch size such as `5` or `25%`; undefined if it is not one. */
export function parseBatchSize(text: string): Share | undefined {
  return batchForm.test(text) ? shareOf(text) : undefined;
}

/** Reads a list such as `1,5,25%`; undefined if an entry is not a batch size. */
export function parseBatch(text: string): readonly Share[] | undefined {
  const sizes = text.split(',').map((part) => parseBatchSize(part.trim()));
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length ? known : undefined;
}

/** Reads a limit for failed nodes such as `2` or `20%`; undefined if it is not one. */
export function parseMaxFailed(text: string): Share | undefined {
  return maxFailedForm.test(text) ? shareOf(text) : undefined;
}

/** A share as written in a file: `5` or `25%`. */
export function shareText(share: Share): string {
  return 'percent' in share ? `${share.percent}%` : String(share.nodes);
}
