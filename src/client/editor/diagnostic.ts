import { Diagnostic, Range, Uri } from 'vscode';
import type { PlainDiagnostic } from '../../language/diagnostics.ts';
import { commands } from '../../protocol/contributions.ts';

/** The link that opens an anchor of the reference page; a plain file link would show its source. */
export function referenceLink(anchor: string): Uri {
  return Uri.parse(`command:${commands.openReference}?${encodeURIComponent(JSON.stringify([anchor]))}`);
}

/** A diagnostic of the language module for VS Code, which counts severities from 0 where LSP begins with 1. */
export function editorDiagnostic({
  range: { start, end },
  message,
  severity = 1,
  source,
  code,
}: PlainDiagnostic): Diagnostic {
  const range = new Range(start.line, start.character, end.line, end.character);
  const diagnostic = new Diagnostic(range, message, severity - 1);
  if (source !== undefined) diagnostic.source = source;
  if (code !== undefined) diagnostic.code = { value: code, target: referenceLink(String(code)) };
  return diagnostic;
}
