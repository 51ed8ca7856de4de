import type { Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Problem, ProblemCode, Severity } from '../base/problem.ts';
import { ruleLink } from '../rules/page.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import type { Initialization } from './initialization.ts';

/** LSP severities: 1 error, 2 warning, 3 information. */
const severities: Readonly<Record<Severity, DiagnosticSeverity>> = { error: 1, warning: 2, information: 3 };

/** The LSP tag `Unnecessary`. */
const unnecessary: DiagnosticTag = 1;

/** VS Code shows at most this many markers per file (the `MarkerService` limit for extensions), so no more are sent. */
const limit = 1000;

/** Codes of problems without effect: editors fade the text. */
const idle: ReadonlySet<ProblemCode> = new Set([
  'sshd-directive-ignored',
  'sshd-directive-duplicate',
  'become-unneeded',
  'custom-sudo',
]);

/** An LSP diagnostic whose message is plain text. */
export type PlainDiagnostic = Diagnostic & { readonly message: string };

/** The problems of a document as LSP diagnostics, in the user's language. */
export function diagnosticsOf(
  document: Pick<ClusterDocument, 'positions'>,
  problems: readonly Problem[],
  { translate, reference }: Initialization,
): readonly PlainDiagnostic[] {
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
