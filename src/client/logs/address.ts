import { Uri } from 'vscode';
import { schemes } from '../../protocol/contributions.ts';

/** The run, node and step of a log. */
export interface LogAddress {
  readonly run: string;
  readonly node: string;
  readonly step: string;
}

/** What a log document shows: a run, a node in it, or a step on that node. */
export interface LogPlace {
  readonly run: string;
  readonly node?: string;
  readonly step?: string;
}

/** Whether it can be the name of a folder or a file of a run. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[^/\\\0]+$/.test(value) && value !== '.' && value !== '..';
}

/** Decodes a command's argument, or the query of a URI; undefined if it is something else. */
export function decodePlace(value: unknown): LogPlace | undefined {
  if (typeof value !== 'object' || value === null || !('run' in value) || !isName(value.run))
    return undefined;
  const { run } = value;
  if (!('node' in value) || value.node === undefined) return { run };
  if (!isName(value.node)) return undefined;
  const { node } = value;
  if (!('step' in value) || value.step === undefined) return { run, node };
  return isName(value.step) ? { run, node, step: value.step } : undefined;
}

/** The title of the tab, which is the path of the document. */
function titleOf({ node, step }: LogPlace, runTitle: string): string {
  const title = node === undefined ? runTitle : step === undefined ? `${node}.log` : `${step} · ${node}`;
  // A name from a damaged journal must not become a folder, or an address that VS Code refuses.
  return title.replaceAll(/[/\\]/g, '-');
}

/** The URI of a log document; `runTitle` is the title of the page of a run. */
export function logUri({ run, node, step }: LogPlace, runTitle = ''): Uri {
  const place: LogPlace = {
    run,
    ...(node === undefined ? {} : { node, ...(step === undefined ? {} : { step }) }),
  };
  return Uri.from({
    scheme: schemes.log,
    path: `/${titleOf(place, runTitle)}`,
    query: JSON.stringify(place),
  });
}

/** What a log document shows; undefined for any other URI. */
export function logPlace(uri: Uri): LogPlace | undefined {
  if (uri.scheme !== schemes.log) return undefined;
  try {
    return decodePlace(JSON.parse(uri.query));
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** The address of the log of a step; undefined for any other URI. */
export function logAddress(uri: Uri): LogAddress | undefined {
  const { run, node, step } = logPlace(uri) ?? {};
  return run !== undefined && node !== undefined && step !== undefined ? { run, node, step } : undefined;
}
