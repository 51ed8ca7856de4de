import { Uri } from 'vscode';
import type { Target } from '../../view/live.ts';
import { decodeTarget } from '../cluster/target.ts';

/** The URI of a read-only document for a target; the path is the title of its tab. */
export function documentUri(scheme: string, name: string, target: Target): Uri {
  return Uri.from({ scheme, path: `/${name}`, query: JSON.stringify(target) });
}

/** The target of a read-only document; throws for any other URI. */
export function documentTarget(uri: Uri): Target {
  const target = decodeTarget(JSON.parse(uri.query));
  if (!target) throw new Error(`Not a document of Stackprep: ${uri.toString()}`);
  return target;
}
