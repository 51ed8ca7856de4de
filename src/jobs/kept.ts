/** What Stackprep keeps on a node for itself, and which files of its steps are there. */
export interface KeptOnNode {
  readonly kilobytes: number;
  /** Number of folders of jobs. */
  readonly jobs: number;
  /** Number of units that would roll back a guarded step at boot. */
  readonly guards: number;
  /** Steps with a backup that their undo needs. */
  readonly undo: readonly string[];
  /** Steps that are done only because the node has a record of it: custom steps without a check, and `packstack`. */
  readonly ran: readonly string[];
  /** Files that steps have written and that stay in effect. */
  readonly files: readonly string[];
}

const stepId = /^[A-Za-z0-9_-]{1,100}$/;
const path = /^\/[A-Za-z0-9._/-]{1,300}$/;
const number = /^\d{1,12}$/;
/** A frame has no room for more. */
const maxWords = 500;

function words(text: string, form: RegExp): readonly string[] {
  return text
    .split(' ', maxWords)
    .filter((word) => form.test(word))
    .toSorted();
}

/** Decodes the fields of a `kept` frame, which are foreign; undefined if its numbers are malformed. */
export function decodeKept(fields: readonly string[]): KeptOnNode | undefined {
  const [kilobytes = '', jobs = '', guards = '', undo = '', ran = '', files = ''] = fields;
  if (![kilobytes, jobs, guards].every((each) => number.test(each))) return undefined;
  return {
    ...{ kilobytes: Number(kilobytes), jobs: Number(jobs), guards: Number(guards) },
    ...{ undo: words(undo, stepId), ran: words(ran, stepId), files: words(files, path) },
  };
}
