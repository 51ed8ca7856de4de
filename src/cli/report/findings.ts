import type { Translate } from '../../base/l10n.ts';
import { msg } from '../../base/l10n.ts';
import { positions } from '../../base/position.ts';
import type { Problem, Severity } from '../../base/problem.ts';
import type { Suppressed } from '../../cluster/suppressions.ts';
import { coverShapes } from '../../run/mask-shapes.ts';
import type { Style } from '../terminal/style.ts';
import { shownAs } from '../text/printable.ts';
import { head, widthOf } from '../text/width.ts';

/** A decoded cluster file with its problems. */
export interface Findings {
  readonly file: string;
  readonly text: string;
  readonly problems: readonly Problem[];
  /** Problems that comments of the file accept. */
  readonly suppressed?: readonly Suppressed[];
}

/** A problem for programs; lines and columns start at 1, columns are UTF-16 code units, the end is exclusive. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Maximum length of the context; longer lines are truncated around the position. */
const maxColumns = 100;
const severities = { error: msg('error'), warning: msg('warning'), information: msg('information') };

/** The problems for programs. */
export function findingList({ text, problems }: Findings, t: Translate): readonly Finding[] {
  const { at } = positions(text);
  return problems.map(({ code, severity, span, message }) => {
    const start = at(span.start);
    const end = at(span.end);
    return {
      code,
      severity,
      message: t(message),
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
    };
  });
}

/** The source line with carets under the position, truncated to a readable length. */
function excerpt(source: string, finding: Finding, style: Style): readonly string[] {
  const start = finding.column - 1;
  const end = finding.endLine === finding.line ? finding.endColumn - 1 : source.length;
  const from = start > maxColumns / 2 && source.length > maxColumns ? start - 20 : 0;
  const covered = coverShapes(source);
  // What was reported as a secret is covered, whatever it looks like.
  const isSecret = finding.code.startsWith('secret-');
  const hidden = isSecret
    ? covered.slice(0, start) + covered.slice(start, end).replace(/\S/gu, '*') + covered.slice(end)
    : covered;
  const shown = shownAs(hidden.slice(from));
  const before = widthOf(shown.slice(0, start - from));
  const marked = Math.max(1, widthOf(shown.slice(start - from, end - from)));
  const number = String(finding.line);
  const gutter = (left: string): string => style.dim(`${left.padStart(5)} ${style.signs.bar} `);
  const carets = '^'.repeat(Math.max(1, Math.min(marked, maxColumns - before)));
  const paint = paintOf(finding.severity, style);
  return [gutter(number) + head(shown, maxColumns), gutter('') + ' '.repeat(before) + paint(carets)];
}

function paintOf(severity: Severity, style: Style) {
  return { error: style.red, warning: style.yellow, information: style.cyan }[severity];
}

/** The problems for users: position, message and code, then the source line with carets. */
export function findingsText(findings: Findings, t: Translate, style: Style): string {
  const lines = findings.text.split(/\r\n|\n|\r/);
  return findingList(findings, t)
    .flatMap((finding) => {
      const place = `${findings.file}:${finding.line}:${finding.column}`;
      const severity = paintOf(finding.severity, style)(t(severities[finding.severity]));
      const code = style.dim(`[${finding.code}]`);
      return [
        `${style.bold(place)} ${severity} ${shownAs(finding.message)} ${code}`,
        ...excerpt(lines[finding.line - 1] ?? '', finding, style),
      ];
    })
    .map((line) => `${line}\n`)
    .join('');
}
