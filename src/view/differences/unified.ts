import { structuredPatch } from 'diff';
import { assertNever } from '../../base/assert-never.ts';
import type { FileChange, FileSide } from '../../plan/differences.ts';

/** A line of a difference; `head` names a file or says what cannot be shown as lines. */
export interface DifferenceLine {
  readonly kind: 'head' | 'place' | 'same' | 'added' | 'removed' | 'note';
  readonly text: string;
}

/** Lines around a change. */
const contextLines = 3;
/** Beyond this many changed lines the file is shown as replaced, so that a huge difference takes no time. */
const maxEdits = 1_000;

/** `0644 root:root CONTEXT`. */
function traitsOf(side: FileSide): string {
  if (side.kind === 'absent') return '';
  return [side.mode.padStart(4, '0'), side.owner, ...(side.context === undefined ? [] : [side.context])].join(
    ' ',
  );
}

/** The side's text as lines of a diff; a link is the line that says where it leads. */
export function textOfSide(side: FileSide): string | undefined {
  switch (side.kind) {
    case 'absent':
      return '';
    case 'text':
      return side.text;
    case 'link':
      return `-> ${side.text}\n`;
    case 'private':
    case 'large':
    case 'binary':
      return undefined;
    default:
      return assertNever(side);
  }
}

function headOf(sign: string, side: FileSide, path: string): DifferenceLine {
  const traits = traitsOf(side);
  return { kind: 'head', text: side.kind === 'absent' ? `${sign} /dev/null` : `${sign} ${path}\t${traits}` };
}

function replaced(before: string, after: string): DifferenceLine[] {
  const lines = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
  return [
    ...lines(before).map((line): DifferenceLine => ({ kind: 'removed', text: `-${line}` })),
    ...lines(after).map((line): DifferenceLine => ({ kind: 'added', text: `+${line}` })),
  ];
}

const kinds = { '+': 'added', '-': 'removed', ' ': 'same', '\\': 'note' } as const;

function kindOf(line: string): DifferenceLine['kind'] {
  const sign = line.slice(0, 1);
  return Object.hasOwn(kinds, sign) ? kinds[sign as keyof typeof kinds] : 'same';
}

/** Start and number of lines as diff(1) writes them: nothing begins after the line before it. */
function placeOf(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

/** The file as a unified diff, with mode, owner and SELinux context in the lines of both names; without lines if only those differ. */
export function unifiedLines({ path, before, after }: FileChange): readonly DifferenceLine[] {
  const heads = [headOf('---', before, path), headOf('+++', after, path)];
  const [old, now] = [textOfSide(before), textOfSide(after)];
  if (old === undefined || now === undefined) return heads;
  if (old === now) return heads;
  const patch = structuredPatch(path, path, old, now, '', '', {
    context: contextLines,
    maxEditLength: maxEdits,
  });
  if (!patch) return [...heads, ...replaced(old, now)];
  return [
    ...heads,
    ...patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }): DifferenceLine[] => [
      { kind: 'place', text: `@@ -${placeOf(oldStart, oldLines)} +${placeOf(newStart, newLines)} @@` },
      ...lines.map((text) => ({ kind: kindOf(text), text })),
    ]),
  ];
}
