import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { StoredRun } from '../../app/logs/stored-runs.ts';
import { isSystemError } from '../../app/logs/system-error.ts';
import { largest } from '../../base/extremes.ts';
import { type Message, msg, plain } from '../../base/l10n.ts';
import { type Change, type Comparison, compareChanges } from '../../yum/changes.ts';
import { changesIn } from '../../yum/explain/log-reader.ts';
import { systemErrorMessage } from '../cluster/cluster-file.ts';
import { type Context, exit, say, wrongUse } from '../command-line/context.ts';
import { jsonText } from '../text/json.ts';
import { pad, widthOf } from '../text/width.ts';

/** A log to compare: its path and its display name. */
export interface Side {
  readonly path: string;
  readonly name: string;
}

export type Sides =
  | { readonly ok: true; readonly left: Side; readonly right: Side }
  | { readonly ok: false; readonly message: Message };

/** The logs of two nodes for the same step of a run. */
export function sidesOfRun(
  { folder, nodes, steps }: StoredRun,
  wanted: { readonly nodes: readonly string[]; readonly steps: readonly string[] },
): Sides {
  const [left, right, more] = wanted.nodes;
  const [step, another] = wanted.steps;
  if (left === undefined || right === undefined || more !== undefined || !step || another !== undefined)
    return {
      ok: false,
      message: msg('Specify two nodes and one step: stackprep logs compare RUN --node A --node B --step ID.'),
    };
  const strange = [left, right].find((node) => !nodes.includes(node));
  if (strange !== undefined)
    return {
      ok: false,
      message: msg('The run has no node {0}. Its nodes are: {1}.', strange, nodes.join(', ')),
    };
  if (!steps.includes(step))
    return {
      ok: false,
      message: msg('The run has no step {0}. Its steps are: {1}.', step, steps.join(', ')),
    };
  const side = (node: string): Side => ({ name: node, path: resolve(folder, node, `${step}.log`) });
  return { ok: true, left: side(left), right: side(right) };
}

function cell(change: Change | undefined, none: string): string {
  return change ? `${change.version} (${change.action})` : none;
}

function rowsOf({ differences }: Comparison, head: readonly string[]): readonly (readonly string[])[] {
  return [head, ...differences.map((each) => [each.package, cell(each.left, '-'), cell(each.right, '-')])];
}

function print(context: Context, found: Comparison, { left, right }: { left: Side; right: Side }): void {
  const { t, style } = context;
  if (found.differences.length > 0) {
    const shown = rowsOf(found, [t(msg('Package')), left.name, right.name]);
    const table = shown.map((row) => row.map((word) => t(plain(word))));
    const widths = [0, 1, 2].map((column) => largest(table.map((cells) => widthOf(cells[column] ?? ''))));
    table.forEach((cells, at) => {
      const line = cells
        .map((text, column) => pad(text, widths[column] ?? 0))
        .join('  ')
        .trimEnd();
      say(context, at === 0 ? style.bold(line) : line);
    });
    say(context);
  }
  say(context, t(msg('{0} identical packages, {1} different.', found.same, found.differences.length)));
}

/** Prints the packages and versions that differ between two logs. */
export async function compareLogs(context: Context, sides: { left: Side; right: Side }): Promise<number> {
  const { io, options } = context;
  const texts: string[] = [];
  for (const { path, name } of [sides.left, sides.right]) {
    try {
      texts.push(await readFile(path, 'utf8'));
    } catch (cause) {
      if (!isSystemError(cause)) throw cause;
      return wrongUse(context, systemErrorMessage(name, cause));
    }
  }
  const [left = '', right = ''] = texts;
  const found = compareChanges(changesIn(left), changesIn(right));
  if (options.json)
    io.stdout.write(`${jsonText({ left: sides.left.name, right: sides.right.name, ...found })}\n`);
  else print(context, found, sides);
  return exit.fine;
}
