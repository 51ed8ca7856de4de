import { Uri } from 'vscode';
import { isRecord } from '../../base/guard.ts';
import { own } from '../../base/own.ts';
import { visible } from '../../base/visible.ts';
import { schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { shortened } from '../../view/page.ts';
import { decodeTarget } from '../cluster/target.ts';

/** A text and the target in whose logs it is searched for. */
export interface SearchOf extends Target {
  readonly query: string;
}

/** Columns of a title; the document has the whole text. */
const titleColumns = 60;

/** The URI of the result of a search; `title` is that of its tab. */
export function searchUri(search: SearchOf, title: string): Uri {
  const name = shortened(visible(title), titleColumns).replaceAll(/[/\\]/g, '-');
  return Uri.from({ scheme: schemes.search, path: `/${name}`, query: JSON.stringify(search) });
}

/** What a document is the result of; undefined for any other URI. */
export function searchOf(uri: Uri): SearchOf | undefined {
  if (uri.scheme !== schemes.search) return undefined;
  try {
    const value: unknown = JSON.parse(uri.query);
    const target = decodeTarget(value);
    const query = isRecord(value) ? own(value, 'query') : undefined;
    return target && typeof query === 'string' && query !== '' ? { ...target, query } : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
