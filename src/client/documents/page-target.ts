import type { Uri } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';
import type { Target } from '../../view/live.ts';
import { decodeTarget } from '../cluster/target.ts';

const ofTarget: ReadonlySet<string> = new Set([
  schemes.plan,
  schemes.differences,
  schemes.script,
  schemes.search,
]);

/** The target of a plan, a script, or the result of a search; undefined for any other URI. */
export function pageTarget({ scheme, query }: Pick<Uri, 'scheme' | 'query'>): Target | undefined {
  if (!ofTarget.has(scheme)) return undefined;
  try {
    return decodeTarget(JSON.parse(query));
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
