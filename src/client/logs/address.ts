import { Uri } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';

/** Whose log it is. */
export interface LogAddress {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** The uri of a log document; its path is that of the file below the folder of the runs. */
export function logUri({ run, node, step }: LogAddress): Uri {
  return Uri.from({ scheme: schemes.log, path: `/${run}/${node}/${step}.log` });
}

/** Whose log a document is; undefined for a uri that is not one of ours. */
export function logAddress(uri: Uri): LogAddress | undefined {
  const found = /^\/([^/]+)\/([^/]+)\/([^/]+)\.log$/.exec(uri.path);
  const names = found?.slice(1) ?? [];
  if (uri.scheme !== schemes.log || names.some((name) => name === '..' || name === '.')) return undefined;
  const [run, node, step] = names;
  return run !== undefined && node !== undefined && step !== undefined ? { run, node, step } : undefined;
}
