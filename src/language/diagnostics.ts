import type { Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { Translate } from '../core/l10n.ts';
import { positions } from '../core/position.ts';
import type { Problem, Severity } from '../core/problem.ts';

/** LSP's numbers: 1 error, 2 warning, 3 information. */
const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, information: 3 };

/** VS Code shows at most this many markers for one file (its `MarkerService` limit for extensions), so more are not sent. */
const limit = 1000;

/** The problems of a text as LSP diagnostics, in the reader's language. */
export function diagnosticsOf(
  text: string,
  problems: readonly Problem[],
  translate: Translate,
): readonly Diagnostic[] {
  const { at } = positions(text);
  const place = (offset: number) => {
    const { line, column } = at(offset);
    return { line, character: column };
  };
  return problems.slice(0, limit).map(({ code, severity, span, message }) => ({
    range: { start: place(span.start), end: place(span.end) },
    severity: severities[severity],
    code,
    source: 'Stackprep',
    message: translate(message),
  }));
}
