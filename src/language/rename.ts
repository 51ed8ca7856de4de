import type { Range, WorkspaceEdit } from 'vscode-languageserver';
import { type Message, msg } from '../base/l10n.ts';
import type { Span } from '../base/problem.ts';
import { hostName } from '../cluster/nodes.ts';
import { replaced } from '../schema/replace.ts';
import { findStep } from '../steps/catalogue.ts';
import { type ClusterDocument, rangeOf } from './document/document.ts';
import type { Mark } from './document/marks.ts';
import { allNames, type Name, namesAt, namesOfKind } from './document/names.ts';

/** A name that can be renamed, or the reason why not. */
export type Renaming =
  | { readonly ok: true; readonly mark: Mark; readonly name: Name }
  | { readonly ok: false; readonly reason: Message };

function refused(reason: Message): { readonly ok: false; readonly reason: Message } {
  return { ok: false, reason };
}

/** Names in a range that are also used individually. */
function usedOfRange(document: ClusterDocument, range: Mark): readonly string[] {
  return allNames(document).flatMap(({ kind, name, definitions, uses }) =>
    kind === 'node' && name !== range.word && definitions.includes(range) && uses.length > 0 ? [name] : [],
  );
}

/** Whether the name also belongs to another kind of thing, and a reference means both. */
function hasTwin(document: ClusterDocument, { kind, name, uses }: Name): boolean {
  return allNames(document).some(
    (other) => other.kind !== kind && other.name === name && other.uses.some((use) => uses.includes(use)),
  );
}

/** A name quoted like the text that it replaces; digits need quotes, or they would be read as a number. */
function written(source: string, { means, span, whole }: Mark, next: string): { span: Span; text: string } {
  if (means === 'anchor' || means === 'alias') return { span, text: next };
  const edit = replaced(source, whole, next);
  return { span: whole, text: /^[\d.]+$/.test(edit.text) ? JSON.stringify(next) : edit.text };
}

/** The name that can be renamed at an offset. */
export function renamingAt(document: ClusterDocument, offset: number): Renaming {
  const found = namesAt(document, offset);
  const name = found?.names[0];
  if (!found || !name)
    return refused(
      msg('Only names can be renamed: nodes, roles, networks, secrets, custom steps and anchors.'),
    );
  if (hasTwin(document, name))
    return refused(
      msg('{0} is the name of both a node and a role. Rename one of them manually first.', name.name),
    );
  const [range] = name.definitions;
  if (name.kind === 'node' && range && range.word !== name.name)
    return refused(
      msg(
        '{0} is part of the range {1}. Define it as a separate node before you rename it.',
        name.name,
        range.word,
      ),
    );
  const used = range && name.kind === 'node' ? usedOfRange(document, range) : [];
  if (used.length > 0)
    return refused(
      msg(
        '{0} is used separately elsewhere in the file, so the range {1} cannot be renamed.',
        used.join(', '),
        name.name,
      ),
    );
  return { ok: true, mark: found.mark, name };
}

/** The word to edit in the editor's input box. */
export function renameRange(
  document: ClusterDocument,
  { mark }: Renaming & { readonly ok: true },
): { readonly range: Range; readonly placeholder: string } {
  return { range: rangeOf(document, mark.span), placeholder: mark.word };
}

/** Why a new name is not valid. */
function refusalOf(document: ClusterDocument, { kind, name }: Name, next: string): Message | undefined {
  if (next.trim() !== next || next === '' || /[\r\n\t]/.test(next))
    return msg('A name must be on one line, without white space at the start or end.');
  if (next === name) return undefined;
  if (kind === 'node' && !next.includes('[') && !hostName.test(next))
    return msg('{0} is not a valid host name.', next);
  if (kind === 'custom-step' && !/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(next))
    return msg('A step name consists of letters, digits, and _ . - after the first character.');
  if (kind === 'custom-step' && findStep(next))
    return msg('`{0}` is a built-in step. Rename your custom step.', next);
  if (kind === 'anchor' && /[\s,[\]{}]/.test(next))
    return msg('An anchor must not contain white space, commas or brackets.');
  if (kind === 'secret' || kind === 'anchor') return undefined;
  const kinds = kind === 'node' || kind === 'role' ? (['node', 'role'] as const) : ([kind] as const);
  return kinds.some((each) => namesOfKind(document, each).includes(next))
    ? msg('The name {0} is already used in this file.', next)
    : undefined;
}

/** The edits that rename all occurrences, or why that is not possible. */
export function rename(
  document: ClusterDocument,
  { mark, name }: Renaming & { readonly ok: true },
  next: string,
): WorkspaceEdit | { readonly ok: false; readonly reason: Message } {
  const reason = refusalOf(document, name, next);
  if (reason) return refused(reason);
  const marks = new Set([...name.definitions, ...name.uses, mark]);
  const edits = [...marks].map((each) => {
    const { span, text } = written(document.text, each, next);
    return { range: rangeOf(document, span), newText: text };
  });
  return { changes: { [document.uri]: edits } };
}
