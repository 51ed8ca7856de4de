import { Uri } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';

/** The run, node and step of a log. */
export interface LogAddress {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** The URI of a log document; its path is that of the file, relative to the folder of the runs. */
export function logUri({ run, node, step }: LogAddress): Uri {
  return Uri.from({ scheme: schemes.log, path: `/${run}/${node}/${step}.log` });
}

/** The address of a log document; undefined for any other URI. */
export function logAddress(uri: Uri): LogAddress | undefined {
  const found = /^\/([^/]+)\/([^/]+)\/([^/]+)\.log$/.exec(uri.path);
  const names = found?.slice(1) ?? [];
  if (uri.scheme !== schemes.log || names.some((name) => name === '..' || name === '.')) return undefined;
  const [run, node, step] = names;
  return run !== undefined && node !== undefined && step !== undefined ? { run, node, step } : undefined;
}
