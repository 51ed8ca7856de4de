import type { Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Problem, ProblemCode, Severity } from '../base/problem.ts';
import { ruleLink } from '../rules/page.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import type { Initialization } from './initialization.ts';

/** LSP's numbers: 1 error, 2 warning, 3 information. */
const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, information: 3 };

/** LSP's number of the tag for what may go. */
const unnecessary: DiagnosticTag = 1;

/** VS Code shows at most this many markers for one file (its `MarkerService` limit for extensions), so more are not sent. */
const limit = 1000;

/** Codes of what has no effect: editors show it faded. */
const idle: ReadonlySet<ProblemCode> = new Set([
  'sshd-directive-ignored',
  'sshd-directive-duplicate',
  'become-unneeded',
  'custom-sudo',
]);

/** Problems of a document as LSP diagnostics, in the reader's language. */
export function diagnosticsOf(
  document: Pick<ClusterDocument, 'positions'>,
  problems: readonly Problem[],
  { translate, reference }: Initialization,
): readonly Diagnostic[] {
  return problems.slice(0, limit).map(({ code, severity, span, message }) => ({
    range: rangeOf(document, span),
    severity: severities[severity],
    code,
    source: 'Stackprep',
    message: translate(message),
    ...(reference === undefined ? {} : { codeDescription: { href: ruleLink(reference, code) } }),
    ...(idle.has(code) ? { tags: [unnecessary] } : {}),
  }));
}
