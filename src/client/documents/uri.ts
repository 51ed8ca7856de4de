import { Uri } from 'vscode';
import type { Target } from '../../view/live.ts';
import { decodeTarget } from '../cluster/target.ts';

/** The uri of a read-only document on a target; the path is what its tab says. */
export function documentUri(scheme: string, name: string, target: Target): Uri {
  return Uri.from({ scheme, path: `/${name}`, query: JSON.stringify(target) });
}

/** The target of a read-only document; throws for a uri that is not one of ours. */
export function documentTarget(uri: Uri): Target {
  const target = decodeTarget(JSON.parse(uri.query));
  if (!target) throw new Error(`Not a document of Stackprep: ${uri.toString()}`);
  return target;
}
