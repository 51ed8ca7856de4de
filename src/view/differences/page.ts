import { msg, type Translate } from '../../base/l10n.ts';
import { visibleText } from '../../base/visible.ts';
import type { FileChange } from '../../plan/differences.ts';
import type { DifferenceBlock, DifferenceBlocks } from './blocks.ts';
import { textOfSide } from './unified.ts';

/** A file in the page. */
export interface PageFile {
  readonly change: FileChange;
  readonly nodes: readonly string[];
  readonly step: string;
  /** The line of its head, from 0. */
  readonly line: number;
}

/** The lines of a step, from 0; `last` is included. */
export interface PageBlock {
  readonly title: string;
  readonly first: number;
  readonly last: number;
  readonly files: readonly PageFile[];
}

/** The differences as one text in the format of diff(1), headed by comments. */
export interface DifferencePage {
  readonly text: string;
  readonly blocks: readonly PageBlock[];
}

export interface PageRequest extends DifferenceBlocks {
  /** The name of the cluster. */
  readonly cluster: string;
  /** When the nodes were asked, as shown. */
  readonly time: string;
  /** Nodes that were not reached, with the reason if it is known. */
  readonly missing: readonly string[];
  /** Whether a node was reached. */
  readonly isKnown: boolean;
}

/** Whether both sides of a file are text, so that a diff editor can show them. */
export function isShown({ before, after }: FileChange): boolean {
  return textOfSide(before) !== undefined && textOfSide(after) !== undefined;
}

function filesOf({ lines, files, nodes, step }: DifferenceBlock, first: number): readonly PageFile[] {
  const heads = lines.flatMap(({ kind }, at) => (kind === 'head' ? [at] : []));
  return files.flatMap((change, at) => {
    const head = heads[at * 2];
    return head === undefined ? [] : [{ change, nodes, step, line: first + head }];
  });
}

function comments(
  { cluster, time, blocks, unavailable, missing, isKnown }: PageRequest,
  t: Translate,
): string[] {
  const isNothing = isKnown && blocks.length === 0 && unavailable.length === 0;
  return [
    t(msg('What a run of {0} would change, as of {1}.', cluster, time)),
    ...(isNothing ? [t(msg('Nothing would change.'))] : []),
    ...unavailable.map(({ nodes, reason }) => `${nodes.join(', ')}: ${reason}`),
    ...(missing.length > 0 ? [t(msg('Not reached, so not known: {0}.', missing.join(', ')))] : []),
  ].map((line) => `# ${line}`);
}

/** The page of the differences; what a node sent is made visible. */
export function differencePage(request: PageRequest, t: Translate): DifferencePage {
  const lines = comments(request, t);
  const blocks = request.blocks.map((block): PageBlock => {
    lines.push('');
    const first = lines.length;
    const title = `${block.step} (${block.nodes.join(', ')})`;
    lines.push(`# ${title}`);
    for (const { kind, text } of block.lines) lines.push(kind === 'note' ? `# ${text}` : text);
    return { title, first, last: lines.length - 1, files: filesOf(block, first + 1) };
  });
  return { text: `${lines.map(visibleText).join('\n')}\n`, blocks };
}
